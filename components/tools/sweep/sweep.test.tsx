import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { SweepCurves } from '@/lib/tools/sweep/curves';
import type { Estimate } from '@/lib/tools/sweep/estimate';
import type { SweepGrid } from '@/lib/tools/sweep/plane';
import { measureAxisOf, parameterAxis, withinAxis } from './axes';
import { CurvesFrame, partsOf, StillPlot } from './curves';
import { GridChart } from './grid-chart';

const at = (value: number, halfWidth = 1): Estimate => ({ value, halfWidth, seeds: 5, why: null });
const refused: Estimate = { value: null, halfWidth: null, seeds: 0, why: 'p99 needs 1,000' };

const CURVES: SweepCurves = {
  axis: { label: 'Rate', unit: 'requests/s', min: 0, max: 40 },
  values: [0, 5, 10, 15, 20, 25, 30, 35, 40],
  present: 20,
  variants: ['Plain', 'Careful'],
  seeds: 5,
  panels: [
    {
      id: 'wait.p99',
      label: 'Wait, p99',
      unit: 'ms',
      better: 'lower',
      curves: [
        [10, 10, 11, 11, 12, 12, 400, 410, 420].map((value) => at(value)),
        new Array(9).fill(at(50, 0)),
      ],
    },
  ],
};

const draw = (curves: SweepCurves): string =>
  renderToStaticMarkup(
    <CurvesFrame curves={curves} plot={(panel) => <StillPlot curves={curves} panel={panel} />} />,
  ).replace(/[\u202f\u00a0]/g, ' ');

describe('the axis of a measure', () => {
  const axisOf = (...estimates: Estimate[]) =>
    measureAxisOf({
      id: 'goodput',
      label: 'Goodput',
      unit: 'requests/s',
      better: 'higher',
      curves: [estimates],
    });
  test('holds 0, every value and an interval of usual width', () => {
    const { from, to } = axisOf(at(10, 2), at(40, 4));
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(44);
    expect(to).toBeLessThan(60);
  });
  test('does not follow an interval of many times the value, nor lead below 0 where no run did', () => {
    const axis = axisOf(at(10, 2), at(12, 130), at(40, 4));
    expect(axis.from).toBe(0);
    expect(axis.to).toBeLessThanOrEqual(70);
    expect(withinAxis(axis, 12 - 130)).toBe(0);
    expect(withinAxis(axis, 12 + 130)).toBe(axis.to);
    expect(axisOf(at(-3, 1), at(5)).from).toBeLessThanOrEqual(-4);
  });
});

describe('the still of a sweep', () => {
  test('has a line for each variant, a band where chance has a width, and the cliff on the floor', () => {
    const html = draw(CURVES);
    expect(html.match(/class="v-line c-\d" d="M(?!0 4h20)/g)).toHaveLength(2);
    expect(html.match(/class="v-area c-\d" d="M/g)).toHaveLength(1);
    expect(html).toContain('<line class="v-cliff c-1" x1="62.5%" x2="75%"');
    expect(html).not.toContain('v-cliff c-2');
  });
  test('says what it shows, with the present value and the axis by name', () => {
    const html = draw(CURVES);
    expect(html).toContain(
      'Plain: Wait, p99 grows 33-fold between 25 requests/s and 30 requests/s, from 12 ms to 400 ms.',
    );
    expect(html).toContain('No cliff in wait, p99, for Careful.');
    expect(html).toContain('Rate, requests/s');
    expect(html).toContain('>20 requests/s</text>');
    expect(html).toContain('Wait, p99, ms; lower is better');
  });
  test('marks no value where there is none to mark', () => {
    expect(draw({ ...CURVES, present: null })).not.toContain('v-level');
  });
  test('is interrupted where the measure was refused, and not where nothing is computed yet', () => {
    expect(partsOf([at(1), refused, at(2), at(3)]).map((part) => part.map(({ i }) => i))).toEqual([
      [0],
      [2, 3],
    ]);
    expect(partsOf([at(1), null, at(2)]).map((part) => part.map(({ i }) => i))).toEqual([[0, 2]]);
  });
});

describe('the axis of a parameter', () => {
  test('has one unit, and round numbers at their places', () => {
    const { label, ticks } = parameterAxis({ label: 'Timeout', unit: 'ms', min: 200, max: 10_200 });
    expect(label).toBe('Timeout, s');
    expect(ticks.map(({ text }) => text)).toEqual(['2', '4', '6', '8', '10']);
    expect(ticks[0]?.share).toBeCloseTo(0.18, 12);
  });
  test('has 1, 2, 5 of each power of ten on a logarithmic scale', () => {
    const axis = { label: 'Size', unit: 'requests', min: 2, max: 100, scale: 'log' } as const;
    const { ticks } = parameterAxis(axis);
    expect(ticks.map(({ text }) => text)).toEqual(['2', '5', '10', '20', '50', '100']);
    expect(ticks[0]?.share).toBe(0);
    expect(ticks.at(-1)?.share).toBe(1);
  });

  test('leaves out a number that would run into the next one on a phone', () => {
    const axis = { label: 'Size', unit: 'keys', min: 1, max: 1000, scale: 'log' } as const;
    expect(
      parameterAxis(axis)
        .ticks.map(({ text }) => text)
        .slice(-4),
    ).toEqual(['50', '100', '200', '1,000']);
  });
});

describe('the grid of a sweep', () => {
  const grid: SweepGrid = {
    result: { id: 'wait.p99', label: 'Wait, p99', unit: 'ms', better: 'lower' },
    x: { label: 'Rate', unit: 'requests/s', min: 0, max: 40 },
    y: { label: 'Timeout', unit: 'ms', min: 500, max: 4000 },
    xValues: [0, 40],
    yValues: [500, 4000],
    rows: [
      [at(100), at(2500)],
      [refused, null],
    ],
    range: { least: 100, greatest: 2500 },
  };
  const html = renderToStaticMarkup(
    <GridChart grid={grid} present={{ x: 40, y: 500 }} onTake={() => undefined} />,
  ).replace(/[\u202f\u00a0]/g, ' ');

  test('writes all values in one unit, said once', () => {
    expect(html).toContain(
      'Wait, p99, s; lower is better. Across: rate, requests/s. Down: timeout, s.',
    );
    expect(html).toContain('>0.1</button>');
    expect(html).toContain('>2.5</button>');
  });
  test('says each cell in full, whether it has a value, has none, or is not there yet', () => {
    expect(html).toContain('aria-label="Rate 0 requests/s, Timeout 500 ms: 100 ms ± 1"');
    expect(html).toContain('Timeout 500 ms: 2.5 s ± 0.001, where the figure is now"');
    expect(html).toContain('Timeout 4 s: p99 needs 1,000"');
    expect(html).toContain('Timeout 4 s: not computed yet"');
  });
  test('is reached by one stop of the Tab key, where the figure is', () => {
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
    expect(html).toMatch(/data-cell="1\/0"[^>]*tabindex="0"/);
  });
});
