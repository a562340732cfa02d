import { expect, test } from 'vitest';
import type { AppliedTraffic } from '@/lib/figure/figure';
import { FIXTURE } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import { changedSince, firstOrder, planOf } from './order';

const figure = { description: FIXTURE, spec: completeSpec(FIXTURE, 'race') };
const { parameters, seed } = FIXTURE.scenarios.race ?? expect.fail('The fixture has a race.');
const traffic: AppliedTraffic = {
  traffic: {
    atMs: Float64Array.of(0),
    key: Uint32Array.of(0),
    keys: ['anna'],
    spanMs: 1000,
  },
  startMs: null,
};
const plan = (on: AppliedTraffic | null) =>
  planOf(figure, { parameters, seed, traffic: on }, firstOrder(figure));

test('a sweep runs on the traffic that the figure runs on', () => {
  expect(plan(null).base).not.toHaveProperty('traffic');
  expect(plan(traffic).base.traffic).toBe(traffic.traffic);
});

test('what has changed since, apart from what is swept', () => {
  const swept = plan(null).x.parameter;
  const now = { parameters, seed, traffic: null };
  expect(changedSince(plan(null), now)).toEqual([]);
  const moved = { ...parameters, [swept]: 3, retries: true };
  expect(changedSince(plan(null), { ...now, parameters: moved })).toEqual(['retries']);
  expect(changedSince(plan(null), { ...now, seed: seed + 1, traffic })).toEqual([
    'seed',
    'traffic',
  ]);
  expect(changedSince(plan(traffic), { ...now, traffic })).toEqual([]);
});
