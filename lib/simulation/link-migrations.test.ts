import { expect, test } from 'vitest';
import { heldTo, renamedValues } from './link-migrations';

test('a number is held to the bounds of today, and nothing else is touched', () => {
  const raw = { fill: '10', other: '10' };
  expect(heldTo(raw, 'fill', { min: 30, max: 100 })).toEqual({ fill: '30', other: '10' });
  expect(heldTo({ fill: '2000' }, 'fill', { min: 30, max: 100 })).toEqual({ fill: '100' });
  expect(heldTo({ fill: '40' }, 'fill', { min: 30 })).toEqual({ fill: '40' });
  expect(heldTo({ fill: 'much' }, 'fill', { min: 30 })).toEqual({ fill: 'much' });
  expect(heldTo({}, 'fill', { min: 30 })).toEqual({});
});

test('options that are gone become those that took their place', () => {
  const names = { order: { turns: 'written' } };
  expect(renamedValues({ order: 'turns', script: 'turns' }, names)).toEqual({
    order: 'written',
    script: 'turns',
  });
  expect(renamedValues({ order: 'constructor' }, names)).toEqual({ order: 'constructor' });
});
