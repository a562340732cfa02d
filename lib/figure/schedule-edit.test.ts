import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misfit, schedule } from '@/lib/simulation/parameters';
import { timeStepMs, withoutStep, withStep, withTime, withValue } from './schedule-edit';

const parameter = schedule({
  label: 'Load',
  describe: 'For the tests.',
  unit: 'requests/s',
  min: 0,
  max: 50,
  step: 5,
  untilMs: 10_000,
  stepsMax: 4,
  default: [{ atMs: 0, value: 5 }],
});
const two = [
  { atMs: 0, value: 5 },
  { atMs: 4000, value: 20 },
];

describe('an edit of a schedule', () => {
  it('puts values on the grid and within the range', () => {
    expect(withValue(two, parameter, 1, 33)[1]?.value).toBe(35);
    expect(withValue(two, parameter, 1, 99)[1]?.value).toBe(50);
  });
  it('keeps a step between its neighbours and the first at 0', () => {
    expect(withTime(two, parameter, 1, 2449)[1]?.atMs).toBe(2400);
    expect(withTime(two, parameter, 1, -5)[1]?.atMs).toBe(100);
    expect(withTime(two, parameter, 1, 99_999)[1]?.atMs).toBe(10_000);
    expect(withTime(two, parameter, 0, 500)).toEqual(two);
  });
  it('adds a step in the middle of the longest stretch without changing what holds', () => {
    expect(withStep(two, parameter)).toEqual([...two, { atMs: 7000, value: 20 }]);
  });
  it('takes any step away but the first', () => {
    expect(withoutStep(two, 1)).toEqual([two[0]]);
    expect(withoutStep(two, 0)).toEqual(two);
  });
  it('has steps of time that can be named', () => {
    expect([50, 1000, 7000, 10_000, 60_000].map((untilMs) => timeStepMs({ untilMs }))).toEqual([
      0.5, 10, 50, 100, 500,
    ]);
  });

  it('always gives a schedule that the parameter accepts', () => {
    const edit = fc.record({
      kind: fc.constantFrom('value', 'time', 'add', 'remove'),
      index: fc.nat(5),
      amount: fc.double({ min: -20_000, max: 20_000, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        let current: readonly { atMs: number; value: number }[] = parameter.default;
        for (const { kind, index, amount } of edits) {
          if (kind === 'value') current = withValue(current, parameter, index, amount);
          else if (kind === 'time') current = withTime(current, parameter, index, amount);
          else if (kind === 'add') current = withStep(current, parameter);
          else current = withoutStep(current, index);
          expect(misfit(parameter, current)).toBeNull();
        }
      }),
    );
  });
});
