import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { negotiateType } from './negotiation';

/** RFC 9110 section 12.5.1, with erratum 7138 for text/html;level=3. */
const EXAMPLE =
  'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5';

describe('the quality of a type is that of the most specific range that holds it', () => {
  test.each([
    ['text/plain;format=flowed', 1],
    ['text/plain', 0.7],
    ['text/html', 0.3],
    ['image/jpeg', 0.5],
    ['text/plain;format=fixed', 0.4],
    ['text/html;level=3', 0.3],
  ])('[HN1] %s has %f in the example of RFC 9110', (offer, q) => {
    expect(negotiateType(EXAMPLE, [offer]).candidates).toEqual([
      expect.objectContaining({ offer, q, chosen: true }),
    ]);
  });
});

describe('the choice', () => {
  test.each([
    // RFC 9110 section 12.5.1: "I prefer audio/basic".
    ['audio/*; q=0.2, audio/basic', ['audio/mpeg', 'audio/basic'], 'audio/basic'],
    [
      'text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c',
      ['text/plain', 'text/x-dvi', 'text/x-c'],
      'text/x-c',
    ],
    [
      'text/plain; q=0.5, text/html, text/x-dvi; q=0.8, text/x-c',
      ['text/plain', 'text/x-dvi'],
      'text/x-dvi',
    ],
    [
      'text/html, application/json;q=0.8, */*;q=0.1',
      ['application/json', 'text/html'],
      'text/html',
    ],
    [undefined, ['application/json', 'text/csv'], 'application/json'],
    ['*/*', ['application/json', 'text/csv'], 'application/json'],
    ['TEXT/CSV', ['application/json', 'text/csv'], 'text/csv'],
    ['application/json;q=0, */*', ['application/json', 'text/csv'], 'text/csv'],
    ['application/json;q=0', ['application/json'], null],
    ['image/*', ['application/json', 'text/csv'], null],
  ])('[HN2] of %s among %j is %s', (accept, offers, chosen) => {
    expect(negotiateType(accept, offers).chosen).toBe(chosen);
  });

  const OFFERS = ['application/json', 'text/csv', 'text/plain;format=flowed', 'image/png'];
  const range = fc
    .record({
      name: fc.constantFrom(
        '*/*',
        'text/*',
        'application/*',
        'application/json',
        'text/csv',
        'text/plain',
        'text/plain;format=flowed',
        'text/plain; format="flowed"',
        'text/plain;format=fixed',
        'nonsense',
      ),
      q: fc.constantFrom('', ';q=0', ';q=0.25', '; q=0.5', ';q=1'),
    })
    .map(({ name, q }) => name + q);

  test('[HN3] always has the highest quality that is shown, and is none where all are shown as 0', () => {
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 1, maxLength: 6 }),
        fc.subarray(OFFERS, { minLength: 1 }),
        (ranges, offers) => {
          const { chosen, candidates } = negotiateType(ranges.join(', '), offers);
          const best = Math.max(...candidates.map(({ q }) => q));
          const shown = candidates.find((candidate) => candidate.chosen);
          expect(shown?.offer ?? null).toBe(chosen);
          expect(shown?.q ?? 0).toBe(best);
        },
      ),
    );
  });
});
