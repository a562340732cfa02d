import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RecentCount } from './recent-count';

test('what happened exactly the length ago has left, what happens now is in', () => {
  const recent = new RecentCount(1000);
  recent.add(0);
  recent.add(500);
  expect(recent.at(999)).toBe(2);
  expect(recent.at(1000)).toBe(1);
  recent.add(1000);
  expect(recent.at(1000)).toBe(2);
  expect(recent.at(2000)).toBe(0);
});

test('it counts as a list of all times does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (gapsMs) => {
      const recent = new RecentCount(250);
      const all: number[] = [];
      let nowMs = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        recent.add(nowMs);
        all.push(nowMs);
        expect(recent.at(nowMs)).toBe(all.filter((atMs) => atMs > nowMs - 250).length);
      }
    }),
    { seed: 1 },
  );
});
