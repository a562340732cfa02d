import { describe, expect, test } from 'vitest';
import type { AppliedTraffic } from '@/lib/figure/figure';
import { FIXTURE as FIGURE_FIXTURE } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { share } from '@/lib/simulation/measures';
import { sweepCurves, sweptIds } from './curves';
import {
  changedSince,
  DETAILS,
  firstOrder,
  type Order,
  orderedMeasures,
  orderedParameters,
  orderOn,
  planOf,
  SEEDS,
} from './order';
import { sweepRuns } from './plan';

const FIXTURE: Description = {
  ...FIGURE_FIXTURE,
  measures: {
    share: share({ label: 'Share', describe: 'Of all.', better: 'higher' }),
  },
};

const scenario = Object.keys(FIXTURE.scenarios)[0] ?? '';
const figure = { description: FIXTURE, spec: completeSpec(FIXTURE, scenario) };
const state = {
  parameters: FIXTURE.scenarios[scenario]?.parameters ?? {},
  seed: 1,
  traffic: null,
};
const traffic: AppliedTraffic = {
  name: 'access.log',
  traffic: {
    atMs: Float64Array.of(0),
    key: Uint32Array.of(0),
    keys: ['anna'],
    spanMs: 1000,
  },
  startMs: null,
};

describe('an order', () => {
  test('begins with a control of the figure and a result that it shows', () => {
    const { parameter, measure } = firstOrder(figure, null);
    expect(figure.spec.controls).toContain(parameter);
    expect(measure).toBe(figure.spec.measures[0]);
  });
  test('offers every parameter with a range and every result, once', () => {
    expect([...orderedParameters(figure, null)].sort()).toEqual([...sweptIds(FIXTURE)].sort());
    expect(new Set(orderedMeasures(figure)).size).toBe(orderedMeasures(figure).length);
  });
  test('is planned around the figure as it stands, and goes through its present value', () => {
    const order = firstOrder(figure, null);
    const plan = planOf(figure, state, order);
    expect(plan.base).toEqual({
      parameters: state.parameters,
      seed: state.seed,
      variants: figure.spec.variants,
      interventions: [],
    });
    expect(plan.x.values).toContain(state.parameters[order.parameter]);
    expect(plan.y).toBeNull();
  });
  test('over two parameters runs one variant', () => {
    const [first = '', second = first] = orderedParameters(figure, null);
    const order: Order = {
      ...firstOrder(figure, null),
      against: { kind: 'parameter', id: second },
    };
    const plan = planOf(figure, state, order);
    expect(plan.base.variants).toEqual([order.variant]);
    expect(plan.y?.parameter).toBe(second);
  });
  test('never asks for more runs than a sweep may have', () => {
    const [, second = ''] = orderedParameters(figure, null);
    const order: Order = {
      ...firstOrder(figure, null),
      against: { kind: 'parameter', id: second },
      detail: 'fine',
      seeds: Math.max(...SEEDS),
    };
    expect(() => sweepRuns(planOf(figure, state, order))).not.toThrow();
    expect((DETAILS.fine.two + 1) ** 2 * Math.max(...SEEDS)).toBeLessThanOrEqual(2000);
  });
  test('runs on the traffic that the figure runs on', () => {
    const plan = planOf(figure, { ...state, traffic }, firstOrder(figure, traffic));
    expect(plan.base.traffic).toBe(traffic.traffic);
    expect(changedSince(plan, { ...state, traffic })).toEqual([]);
  });
  test('on a log takes the ranges of a log, and leaves out what the log replaces', () => {
    const [first = '', second = ''] = orderedParameters(figure, null);
    const range = FIXTURE.parameters[first];
    if (range?.kind !== 'quantity') throw new Error('The fixture should begin with a quantity.');
    const onLogs = {
      ...figure,
      description: {
        ...FIXTURE,
        traffic: {
          rows: 'requests',
          question: 'Who is served?',
          times: 'kept' as const,
          key: { label: 'Client', fields: ['client' as const] },
          rowsMax: 1000,
          controls: [],
          ranges: { [first]: { ...range, max: 50 * range.max } },
          replaces: [second],
        },
      },
    };
    expect(orderedParameters(onLogs, traffic)).not.toContain(second);
    expect(orderedParameters(onLogs, null)).toContain(second);
    const order = orderOn(onLogs, traffic, { ...firstOrder(onLogs, null), parameter: second });
    expect(order.parameter).toBe(first);
    const plan = planOf(onLogs, { ...state, traffic }, order);
    expect(Math.max(...plan.x.values)).toBe(50 * range.max);
    const measures = [order.measure];
    const { axis } = sweepCurves(onLogs.description, plan, [], { measures, present: null });
    expect(axis.max).toBe(50 * range.max);
  });
  test('is outdated by what it does not sweep', () => {
    const order = firstOrder(figure, null);
    const plan = planOf(figure, state, order);
    const other = Object.keys(state.parameters).find((id) => id !== order.parameter) ?? '';
    expect(changedSince(plan, state)).toEqual([]);
    const swept = { ...state.parameters, [order.parameter]: -1 };
    expect(changedSince(plan, { ...state, parameters: swept })).toEqual([]);
    const changed = { ...state.parameters, [other]: 'something else' };
    expect(changedSince(plan, { parameters: changed, seed: 9, traffic })).toEqual([
      other,
      'seed',
      'traffic',
    ]);
  });
});
