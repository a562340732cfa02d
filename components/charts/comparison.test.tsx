import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { renderFigure } from '@/components/figure/static';
import { comparisonData, distributionAxis, measureAxis } from './comparison-data';
import { ComparisonStill, comparisonTable } from './comparison-still';
import { fakeDescription, fakeOptions, fakeRace } from './fixtures';

const data = comparisonData(fakeDescription, fakeRace(), fakeOptions);
const [admitted, wait] = data.measures;
const [waits] = data.distributions;
if (!admitted || !wait || !waits) throw new Error('The example compares two measures.');

describe('the data of a comparison', () => {
  it('is sorted so that the best comes first, by the direction of the measure', () => {
    const values = admitted.results.map((result) => result.value ?? 0);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    const waited = wait.results.flatMap(({ value }) => (value === null ? [] : [value]));
    expect(waited).toEqual([...waited].sort((a, b) => a - b));
  });

  it('puts a refused value last and says why', () => {
    expect(wait.results.at(-1)).toMatchObject({ value: null, text: 'n < 1,000' });
  });

  it('has the distributions behind the measures, without those that observed nothing', () => {
    expect(waits.id).toBe('wait');
    expect(waits.curves.map((curve) => curve.variant)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const { value, p } of waits.curves) {
      expect(value.length).toBeLessThanOrEqual(100);
      expect(p[p.length - 1]).toBe(1);
    }
  });

  it('refuses variants and results that there are not, naming those there are', () => {
    expect(() =>
      comparisonData(fakeDescription, fakeRace(), { ...fakeOptions, variants: ['leaky'] }),
    ).toThrow(/"leaky" is not among fixed-window/);
    expect(() =>
      comparisonData(fakeDescription, fakeRace(), { ...fakeOptions, measures: ['wait.p95'] }),
    ).toThrow(/"wait.p95" is not among admitted, wait.p99/);
  });

  it('gives every axis room for its intervals', () => {
    const { to } = measureAxis(admitted);
    for (const { value, halfWidth } of admitted.results)
      expect((value ?? 0) + (halfWidth ?? 0)).toBeLessThanOrEqual(to);
    const axis = distributionAxis(waits);
    expect(axis.from).toBe(0);
    for (const { value } of waits.curves)
      expect(value[value.length - 1]).toBeLessThanOrEqual(axis.to);
  });

  it('has no number but 0 on the axis of values that are all zero', () => {
    const none = admitted.results.map((result) => ({ ...result, value: 0, halfWidth: null }));
    const { ticks, from, to } = measureAxis({ ...admitted, results: none });
    expect(ticks).toEqual([0]);
    expect(to).toBeGreaterThan(from);
  });
});

describe('the still of a comparison', () => {
  const html = renderToStaticMarkup(<ComparisonStill data={data} figure="race-comparison" />);

  it('has a dot for every value and none for a refused one', () => {
    expect(html.match(/<circle/g)).toHaveLength(13);
  });

  it('places a dot at its share of the axis', () => {
    const { from, to } = measureAxis(admitted);
    const best = admitted.results[0]?.value ?? 0;
    const share = Number((((best - from) / (to - from)) * 100).toFixed(2));
    expect(html).toContain(`cx="${share}%"`);
  });

  it('has a slot for each of the live charts', () => {
    expect([...html.matchAll(/data-chart="([^"]*)"/g)].map((match) => match[1])).toEqual([
      'admitted',
      'wait.p99',
      'wait:distribution',
    ]);
  });

  it('says its measures in words and has no inline style, which the policy forbids', () => {
    expect(html).toContain('aria-label="Admitted: Leaky bucket as a meter 59');
    expect(html).not.toContain('style=');
  });

  it('has the table below the caption', () => {
    const [above, below] = renderFigure(
      { bundle: '/sim/fake.js', description: fakeDescription, checks: {}, incidents: {} },
      { kind: 'comparison', ...fakeOptions, figure: 'race-comparison' },
      { race: fakeRace() },
    ).split('<figcaption');
    expect(above).not.toContain('<table');
    expect(below).toContain('<th scope="row"');
    expect(comparisonTable(data).rows).toHaveLength(7);
  });
});
