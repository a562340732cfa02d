/**
 * What a comparison shows: results of all variants of a race side by side, and the distributions
 * behind them. Plain data, which the still and the live charts are both drawn from.
 */

import { type Cumulative, thinned } from '@/lib/simulation/cumulative';
import type { Description, Race } from '@/lib/simulation/definition';
import { formatNumber, formatResult, formatValue } from '@/lib/simulation/format';
import type { DistributionResult, Result } from '@/lib/simulation/measures';
import type { Unit } from '@/lib/simulation/parameters';
import { axisUnit, niceTicks, tickText } from './scale';

export interface ComparisonOptions {
  readonly scenario: string;
  /** Ids of the variants compared, in their order. */
  readonly variants: readonly string[];
  /** Ids of the results compared, e.g. "latency.p99". */
  readonly measures: readonly string[];
}

interface ComparedResult {
  /** Index into `variants`. */
  readonly variant: number;
  /** Null where the run refuses it. */
  readonly value: number | null;
  /** Half-width of the 95 % confidence interval; null where one run gives none. */
  readonly halfWidth: number | null;
  /** Number of observations. */
  readonly n: number;
  /** The value with its unit, or why there is none. */
  readonly text: string;
}

export interface ComparedMeasure {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Result['better'];
  /** Best first; in the order of the variants where neither direction is better. */
  readonly results: readonly ComparedResult[];
}

interface ComparedCurve extends Cumulative {
  /** Index into `variants`. */
  readonly variant: number;
}

export interface ComparedDistribution {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly curves: readonly ComparedCurve[];
}

/** The `data-chart` of the slot of a distribution; that of a measure is its id. */
export function distributionChart(id: string): string {
  return `${id}:distribution`;
}

export interface ComparisonData {
  readonly title: string;
  /** What was run: arrivals, time, seed. */
  readonly made: string;
  readonly variants: readonly string[];
  readonly measures: readonly ComparedMeasure[];
  readonly distributions: readonly ComparedDistribution[];
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** @throws if a variant or result is not part of the race, naming what there is. */
export function comparisonData(
  description: Description,
  race: Race,
  { scenario, variants, measures }: ComparisonOptions,
): ComparisonData {
  const runs = variants.map((variant) => {
    const run = race.runs.find((each) => each.variant === variant);
    if (!run)
      throw new Error(
        `A comparison needs a run of each of its variants; "${variant}" is not among ` +
          `${race.runs.map((each) => each.variant).join(', ')}. Race it, or leave it out.`,
      );
    return run;
  });
  const distributionIds = [...new Set(measures.map((measure) => measure.split('.')[0] ?? ''))];
  return {
    title: description.scenarios[scenario]?.title ?? description.title,
    made: `${formatNumber(race.arrivals, 12)} arrivals in ${formatValue(race.measuredMs, 'ms')}, the same for all; seed ${race.seed}`,
    variants: variants.map((variant) => description.variants[variant]?.title ?? variant),
    measures: measures.map((measure) => {
      const found = runs.map((run) => {
        const result = run.results.find((each) => each.id === measure);
        if (!result)
          throw new Error(
            `A comparison names results of the simulation; "${measure}" is not among ` +
              `${run.results.map((each) => each.id).join(', ')}. Correct it in measures="…".`,
          );
        return result;
      });
      const [
        { label, unit, better } = { label: measure, unit: '' as const, better: 'neither' as const },
      ] = found;
      const results = found.map((result, variant) => ({
        variant,
        value: result.value,
        halfWidth: result.halfWidth,
        n: result.n,
        text: result.value === null ? (result.refused ?? 'not known') : formatResult(result),
      }));
      return { id: measure, label, unit, better, results: inOrder(results, better) };
    }),
    distributions: distributionIds.flatMap((id) => {
      const curves = runs.flatMap((run, variant) => {
        const found = run.distributions.find((each) => each.id === id);
        if (!found || found.n === 0) return [];
        return [{ variant, found }];
      });
      const [first] = curves;
      if (!first) return [];
      return [
        {
          id,
          label: first.found.label,
          unit: first.found.unit,
          curves: curves.map(({ variant, found }) => ({ variant, ...drawn(found) })),
        },
      ];
    }),
  };
}

function inOrder(
  results: readonly ComparedResult[],
  better: Result['better'],
): readonly ComparedResult[] {
  if (better === 'neither') return results;
  const sign = better === 'higher' ? -1 : 1;
  // What was refused is last, whichever direction is better.
  return [...results].sort((a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null);
    return sign * (a.value - b.value) || a.variant - b.variant;
  });
}

/** As many points as can be told apart at the width of a page. */
function drawn(found: DistributionResult): Cumulative {
  const { value, p } = thinned(found, 0.02);
  return { value: Array.from(value, rounded), p: Array.from(p, rounded) };
}

/** The range of values that is drawn, its ticks and the unit they are written in. */
export interface ValueAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly unit: string;
  readonly textOf: (tick: number) => string;
}

/**
 * @param range `air` is what is left free above the greatest value, as a factor of it
 */
export function valueAxis(
  range: { readonly from: number; readonly reach: number; readonly air: number },
  unit: Unit,
): ValueAxis {
  const { from, reach, air } = range;
  const highest = reach > from ? reach * air : from;
  const axis = axisUnit(unit, reach);
  return {
    from,
    to: highest > from ? highest : from + 1,
    ticks: niceTicks(from / axis.divisor, highest / axis.divisor, 4).map(
      (tick) => tick * axis.divisor,
    ),
    unit: axis.unit,
    textOf: (tick) => tickText(Number((tick / axis.divisor).toPrecision(6))),
  };
}

/** Holds all values with their intervals, and 0: dots are read from a base line. */
export function measureAxis({ results, unit }: ComparedMeasure): ValueAxis {
  const ends = results.flatMap(({ value, halfWidth }) =>
    value === null ? [] : [value - (halfWidth ?? 0), value + (halfWidth ?? 0)],
  );
  return valueAxis({ from: Math.min(0, ...ends), reach: Math.max(0, ...ends), air: 1.04 }, unit);
}

export function distributionAxis({ curves, unit }: ComparedDistribution): ValueAxis {
  const values = curves.flatMap(({ value }) => Array.from(value));
  return valueAxis({ from: 0, reach: Math.max(0, ...values), air: 1.02 }, unit);
}
