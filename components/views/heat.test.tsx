import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefix, Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';
import { indexRecording } from '@/lib/simulation/recording-index';
import { viewMisfits } from '@/lib/simulation/view-misfits';
import type { HeatView } from '@/lib/simulation/views';
import { callsHeat, latencyHeat, latencyRecording } from './fixtures';
import { amountsOf, piecesOf, SHADES, scaleOf, shadeOf } from './heat-cells';
import { counted, draw, keepsPromises, propsOf, runOf } from './promises';
import { describeView, tableView } from './view';

keepsPromises('heat', latencyHeat, [runOf(latencyRecording())]);
keepsPromises('heat of states', callsHeat, [runOf(latencyRecording())]);
keepsPromises('heat of a race', latencyHeat, [
  runOf(latencyRecording(), 'One'),
  runOf(latencyRecording(10_000), 'Other'),
]);

const overTime = (take: 'sum' | 'mean' | 'greatest' | 'last'): HeatView => ({
  kind: 'heat',
  title: 'Heat',
  rows: [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ],
  columns: { of: 'time', everyMs: 100, take },
  value: { label: 'Amount', unit: '' },
});

function sampled(...samples: readonly (readonly [at: number, series: string, value: number])[]) {
  const recorder = new Recorder({ shownMs: 400 });
  for (const [at, series, value] of samples) recorder.sample(at, series, value);
  return recorder.finish();
}
const some = sampled([0, 'a', 1], [99, 'a', 4], [100, 'a', 7], [350, 'a', 2], [400, 'a', 3]);
const amounts = (view: HeatView, recording: Recording, t: number) =>
  amountsOf(view, { index: indexRecording(recording), t, parameters: {} });

describe('the amounts of a stretch of time', () => {
  it('come to what is asked for, each sample counted in one stretch', () => {
    const none = undefined;
    expect(amounts(overTime('sum'), some, 400)[0]).toEqual([5, 7, 0, 5]);
    expect(amounts(overTime('mean'), some, 400)[0]).toEqual([2.5, 7, none, 2.5]);
    expect(amounts(overTime('greatest'), some, 400)[0]).toEqual([4, 7, none, 3]);
    expect(amounts(overTime('last'), some, 400)[0]).toEqual([4, 7, 7, 3]);
    expect(amounts(overTime('mean'), some, 400)[1]).toEqual([none, none, none, none]);
  });

  it('are those of what has happened: stretches that have not begun are left out', () => {
    expect(amounts(overTime('sum'), some, 50)[0]).toEqual([1]);
    expect(amounts(overTime('sum'), some, 100)[0]).toEqual([5, 7]);
    expect(amounts(overTime('sum'), some, 360)[0]).toEqual([5, 7, 0, 2]);
  });

  it('add up to all samples, wherever the stretches begin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }),
        fc.integer({ min: 7, max: 200 }),
        fc.integer({ min: 0, max: 400 }),
        (times, everyMs, t) => {
          const rising = times.sort((a, b) => a - b);
          const recording = sampled(...rising.map((at): [number, string, number] => [at, 'a', 1]));
          const view: HeatView = {
            ...overTime('sum'),
            columns: { of: 'time', everyMs, take: 'sum' },
          };
          const sum = (amounts(view, recording, t)[0] ?? []).reduce<number>(
            (all, each) => all + (each ?? 0),
            0,
          );
          expect(sum).toBe(rising.filter((at) => at <= t).length);
        },
      ),
    );
  });
});

describe('the shades', () => {
  const index = indexRecording(latencyRecording());
  const scale = scaleOf(latencyHeat, [index], {});

  it('go from none to the darkest, in equal steps up to a round number', () => {
    const most = Math.max(
      ...amountsOf(latencyHeat, { index, t: 10_000, parameters: {} })
        .flat()
        .map((amount) => amount ?? 0),
    );
    expect(shadeOf(0, scale)).toBe(0);
    expect(shadeOf(undefined, scale)).toBeUndefined();
    expect(shadeOf(1e-6, scale)).toBeGreaterThan(0);
    expect(shadeOf(most, scale)).toBe(SHADES);
    expect(scale.at(-1)).toBeGreaterThanOrEqual(most);
    expect(scale.at(-2)).toBeLessThan(most);
    const [step = 0] = scale;
    expect(scale).toEqual(scale.map((_, i) => expect.closeTo(step * (i + 1), 9)));
  });

  it('tell small amounts apart where a few are far greater, in steps that grow', () => {
    const few = Array.from({ length: 20 }, (_, i): [number, string, number] => [
      i * 20,
      'a',
      1 + (i % 4),
    ]);
    const view: HeatView = {
      ...overTime('last'),
      columns: { of: 'time', everyMs: 20, take: 'last' },
    };
    const even = scaleOf(view, [indexRecording(sampled(...few))], {});
    expect(even).toEqual([1, 2, 3, 4]);
    const herd = scaleOf(view, [indexRecording(sampled(...few, [390, 'a', 150]))], {});
    expect(herd).toEqual([1, 2, 10, 20, 100, 200]);
    expect([1, 2, 3, 12, 30, 150].map((amount) => shadeOf(amount, herd))).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    const milder = scaleOf(view, [indexRecording(sampled(...few, [390, 'a', 30]))], {});
    expect(milder).toEqual([1, 2, 5, 10, 20, 50]);
    // Of runs side by side the scale is one, for the run with the smallest amounts.
    const both = [indexRecording(sampled(...few)), indexRecording(sampled([0, 'a', 30]))];
    expect(scaleOf(view, both, {})).toEqual(milder);
  });

  it('never fall when amounts rise', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100 }), fc.double({ min: 0, max: 100 }), (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(shadeOf(less, scale) ?? 0).toBeLessThanOrEqual(shadeOf(more, scale) ?? 0);
      }),
    );
  });

  it('are those of a declared level, which greater amounts do not exceed', () => {
    const declared = { ...latencyHeat, value: { ...latencyHeat.value, max: 3 } };
    expect(scaleOf(declared, [index], {})).toEqual([0.5, 1, 1.5, 2, 2.5, 3]);
    expect(shadeOf(99, scaleOf(declared, [index], {}))).toBe(SHADES);
  });

  it('are drawn in pieces that lie apart and say where each shade begins and ends', () => {
    expect(piecesOf([1, 1, 0, 2, undefined, 2, 3])).toEqual([
      { from: 0, to: 2, shade: 1 },
      { from: 3, to: 4, shade: 2 },
      { from: 5, to: 6, shade: 2 },
      { from: 6, to: 7, shade: 3 },
    ]);
  });
});

describe('a heat map', () => {
  it('says where the greatest amount is', () => {
    expect(describeView(propsOf(overTime('sum'), [runOf(some)], 400))).toBe(
      'Heat, at 400.0\u202fms. Amount: at most 7, A, 100.0\u202fms to 200.0\u202fms.',
    );
    expect(describeView(propsOf(overTime('sum'), [runOf(sampled())], 400))).toContain(
      'nothing yet',
    );
  });

  it('ends at the present', () => {
    const html = draw(propsOf(overTime('last'), [runOf(some)], 150));
    // The second of four stretches is half over: names as short as these take 5 % of the width.
    expect(html).toMatch(/class="v-shade-6" d="M288 1h118v16h-118z"/);
    expect(html).toMatch(/class="v-head-line" x1="40.62%"/);
  });

  it('writes amounts into wide cells and not into narrow ones', () => {
    expect(draw(propsOf(callsHeat, [runOf(latencyRecording())], 9000))).toContain('>38</text>');
    expect(
      counted(draw(propsOf(latencyHeat, [runOf(latencyRecording())], 9000)), 'v-mid v-ink'),
    ).toBe(0);
  });

  it('has its amounts in a table, stretches of time as rows', () => {
    expect(tableView(propsOf(overTime('sum'), [runOf(some)], 150))).toMatchObject({
      columns: ['Time', 'A', 'B'],
      rows: [
        ['0.0\u202fms to 100.0\u202fms', '5', '0'],
        ['100.0\u202fms to 200.0\u202fms', '7', '0'],
      ],
    });
    expect(tableView(propsOf(callsHeat, [runOf(latencyRecording())], 9000)).columns).toEqual([
      'Calls',
      'cart',
      'users',
      'stock',
      'mail',
      'prices',
    ]);
  });

  it('is told from the past alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9900 }), fc.boolean(), (t, isStates) => {
        const view = isStates ? callsHeat : latencyHeat;
        const whole = propsOf(view, [runOf(latencyRecording())], t, 10_000);
        const past = propsOf(view, [runOf(prefix(latencyRecording(), t + 0.5))], t, 10_000);
        expect(describeView(past)).toBe(describeView(whole));
        expect(tableView(past)).toEqual(tableView(whole));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a heat map that does not fit its recording', () => {
  const misfits = (view: HeatView, recording = some): string[] =>
    viewMisfits(view, { index: indexRecording(recording), parameters: {} });

  it('is told of, with what to do', () => {
    const recorder = new Recorder({ shownMs: 400 });
    recorder.state(0, 'cart', 'mail', 'often');
    expect([
      ...misfits({ ...overTime('sum'), rows: [] }),
      ...misfits({ ...overTime('sum'), columns: { of: 'time', everyMs: 1, take: 'sum' } }),
      ...misfits({ ...overTime('sum'), columns: { of: 'states', fields: [] } }),
      ...misfits(callsHeat, recorder.finish()),
    ]).toMatchInlineSnapshot(`
      [
        "Expected from 1 to 24 rows of categories, got 0. Declare those that matter, and gather the others in one.",
        "Expected stretches of time of which 2 to 200 fit into 400 ms, got 1 ms. Set everyMs to a number, or to a parameter with such values.",
        "Expected from 1 to 24 columns of categories, got 0. Declare those that matter, and gather the others in one.",
        "Expected "mail" of "cart" to be numbers, got "often". Record an amount.",
      ]
    `);
  });

  it('is none of those that are drawn here', () => {
    expect(misfits(latencyHeat, latencyRecording())).toEqual([]);
    expect(misfits(callsHeat, latencyRecording())).toEqual([]);
  });
});
