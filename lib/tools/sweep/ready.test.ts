import { describe, expect, test } from 'vitest';
import { FIXTURE as FIGURE_FIXTURE } from '@/lib/figure/fixture';
import type { Description } from '@/lib/simulation/definition';
import { type Result, share } from '@/lib/simulation/measures';
import type { RunRequest } from '@/lib/simulation/protocol';
import { sweptIds } from './curves';
import { completeReady, measureReady, readyPlan, shortReady } from './ready';

const FIXTURE: Description = {
  ...FIGURE_FIXTURE,
  measures: {
    share: share({ label: 'Share', describe: 'Of all.', better: 'higher' }),
  },
};

const [scenario = ''] = Object.keys(FIXTURE.scenarios);
const [parameter = ''] = sweptIds(FIXTURE);

describe('a ready-made sweep', () => {
  test('has what it leaves unsaid from its scenario', () => {
    const ready = completeReady(FIXTURE, { scenario, parameter });
    const declared = FIXTURE.scenarios[scenario];
    expect(ready.measures).toEqual(declared?.measures);
    expect(ready.variants).toEqual(declared?.variants);
    expect(ready.value).toBe(declared?.parameters[parameter]);
  });
  test('is told a page in what differs, and completed there to the same', () => {
    const whole = completeReady(FIXTURE, { scenario, parameter, points: 5, set: { other: 1 } });
    expect(shortReady(FIXTURE, whole)).toEqual({
      scenario,
      parameter,
      points: 5,
      set: { other: 1 },
    });
    expect(completeReady(FIXTURE, shortReady(FIXTURE, whole))).toEqual(whole);
  });
  test('runs the seed of its scenario first, with the parameters that it sets', () => {
    const plan = readyPlan(FIXTURE, completeReady(FIXTURE, { scenario, parameter, set: { x: 3 } }));
    expect(plan.seeds[0]).toBe(FIXTURE.scenarios[scenario]?.seed);
    expect(plan.base.parameters).toEqual({ ...FIXTURE.scenarios[scenario]?.parameters, x: 3 });
  });
  test('goes over the runs of all its points', () => {
    const asked: RunRequest[] = [];
    const ready = completeReady(FIXTURE, { scenario, parameter, points: 3, seeds: 2 });
    const [measure = ''] = ready.measures;
    const result: Result = {
      id: measure,
      label: '',
      unit: '',
      better: 'lower',
      value: 4,
      n: 1,
      halfWidth: null,
    };
    const curves = measureReady(FIXTURE, ready, (request) => {
      asked.push(request);
      return Object.fromEntries(request.variants.map((variant) => [variant, [result]]));
    });
    expect(asked).toHaveLength(curves.values.length * 2);
    expect(curves.present).toBe(ready.value);
    expect(curves.panels[0]?.curves[0]?.map((estimate) => estimate?.seeds)).toEqual(
      curves.values.map(() => 2),
    );
  });
  test('says what there is when a name is wrong', () => {
    expect(() => completeReady(FIXTURE, { scenario: 'none', parameter })).toThrow(
      'Expected a scenario of',
    );
    expect(() => completeReady(FIXTURE, { scenario, parameter: 'none' })).toThrow(
      `Expected a parameter with a range of numbers (${sweptIds(FIXTURE).join(', ')}), got "none".`,
    );
  });
});
