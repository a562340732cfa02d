import fc from 'fast-check';
import { expect, test } from 'vitest';
import { titles } from './fixture';
import { nearPages, queryOfPath } from './near-pages';

test.each([
  ['/traffic/rate-limiting/', '/traffic-control/rate-limiting-algorithms/'],
  ['/rate-limitting-algorithm', '/traffic-control/rate-limiting-algorithms/'],
  ['/resilience/circuit-braker.html', '/resilience/circuit-breakers/'],
  ['/caching/stampede/', '/caching/cache-stampede/'],
  ['/databases/mvcc/', '/databases/isolation-levels/'],
  ['/simulation/rate-limiter-races/', '/simulations/rate-limiter-race/'],
  ['/tags/overlaod/', '/tags/overload/'],
])('from %s one is led to %s', (path, url) => {
  expect(nearPages(path, titles.pages)[0]?.u).toBe(url);
});

test('an address like no page leads nowhere rather than anywhere', () => {
  expect(nearPages('/wp-login.php', titles.pages)).toEqual([]);
  expect(nearPages('/', titles.pages)).toEqual([]);
});

test('the words of an address are a query', () => {
  expect(queryOfPath('/traffic/token%20buckets/')).toBe('traffic token buckets');
  expect(queryOfPath('/%E0%A4%A/rate')).toBe('e0 a4 a rate');
});

test('any address is read', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (path) => {
      expect(nearPages(path, titles.pages).length).toBeLessThanOrEqual(4);
    }),
  );
});
