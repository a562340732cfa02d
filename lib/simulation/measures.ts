/**
 * Measures: the named results of a run. A simulation declares them as data and feeds them while it
 * runs; they see the whole measured time, not only what is recorded for drawing.
 */
import type { Unit } from './parameters';

interface MeasureBase {
  readonly label: string;
  /** One sentence: what exactly is counted, over which requests and which time. */
  readonly describe: string;
  /** Why there is no value where none came, if that is not because nothing was observed. */
  readonly refused?: string;
  /** Which direction is an improvement, for comparisons and Pareto fronts. */
  readonly better: 'higher' | 'lower' | 'neither';
}

/** How many times something happened. */
interface CounterMeasure extends MeasureBase {
  readonly kind: 'counter';
  readonly unit: Unit;
}
/** How often something happened per second of measured time. */
interface RateMeasure extends MeasureBase {
  readonly kind: 'rate';
  readonly unit: Unit;
}
/** Which part of the cases had a property; its result is in %, from 0 to 100. */
interface ShareMeasure extends MeasureBase {
  readonly kind: 'share';
}
/** Values one by one (latencies, sizes): mean and the quantiles named, each a result of its own. */
export interface DistributionMeasure extends MeasureBase {
  readonly kind: 'distribution';
  readonly unit: Unit;
  /** In (0, 1), e.g. [0.5, 0.95, 0.99]. */
  readonly quantiles: readonly number[];
}
/** A level that holds between changes (queue length, busy servers): its mean over time. */
interface LevelMeasure extends MeasureBase {
  readonly kind: 'level';
  readonly unit: Unit;
}
/**
 * What happened, counted apart for each key of the workload: a table and no result. Its columns are
 * the counts, then the shares and moments that follow from them.
 */
export interface TableMeasure<Column extends string = string> extends MeasureBase {
  readonly kind: 'table';
  /** What a row stands for: "Client". */
  readonly key: string;
  /** What the run counts. */
  readonly counts: Readonly<Record<Column, { readonly label: string; readonly unit: Unit }>>;
  /** Shares of one count in another, shown in %. */
  readonly shares: Readonly<
    Record<
      string,
      { readonly label: string; readonly part: NoInfer<Column>; readonly of: NoInfer<Column> }
    >
  >;
  /** When a count went up for the first or the last time. */
  readonly moments: Readonly<
    Record<
      string,
      { readonly label: string; readonly which: 'first' | 'last'; readonly of: NoInfer<Column> }
    >
  >;
  /** The count by which rows are sorted at first, the largest on top. */
  readonly sortedBy: NoInfer<Column>;
}
/** The largest value seen. */
interface MaximumMeasure extends MeasureBase {
  readonly kind: 'maximum';
  readonly unit: Unit;
}

export type Measure =
  | CounterMeasure
  | RateMeasure
  | ShareMeasure
  | DistributionMeasure
  | LevelMeasure
  | MaximumMeasure
  | TableMeasure;

export type Measures = Readonly<Record<string, Measure>>;

type Declaration<M extends Measure> = Omit<M, 'kind'>;
export const counter = (declaration: Declaration<CounterMeasure>): CounterMeasure => ({
  kind: 'counter',
  ...declaration,
});
export const rate = (declaration: Declaration<RateMeasure>): RateMeasure => ({
  kind: 'rate',
  ...declaration,
});
export const share = (declaration: Declaration<ShareMeasure>): ShareMeasure => ({
  kind: 'share',
  ...declaration,
});
export const distribution = (
  declaration: Declaration<DistributionMeasure>,
): DistributionMeasure => ({
  kind: 'distribution',
  ...declaration,
});
export const level = (declaration: Declaration<LevelMeasure>): LevelMeasure => ({
  kind: 'level',
  ...declaration,
});
export const maximum = (declaration: Declaration<MaximumMeasure>): MaximumMeasure => ({
  kind: 'maximum',
  ...declaration,
});

export const table = <const Column extends string>(
  declaration: Declaration<TableMeasure<Column>>,
): TableMeasure<Column> => ({
  kind: 'table',
  ...declaration,
});

/**
 * What a run feeds: `add` for single values, `set` for levels, `add(key, count)` for tables, where the
 * key is that of the workload. What is added to a rate is an observation of that amount, 1 unless said,
 * which may be a fraction: the part of one of many. Values before the warm-up are dropped.
 */
type Sink<M extends Measure> = M extends ShareMeasure
  ? { readonly add: (hit: boolean) => void }
  : M extends LevelMeasure
    ? { readonly set: (value: number) => void }
    : M extends TableMeasure<infer Column>
      ? { readonly add: (key: number, column: Column) => void }
      : M extends CounterMeasure
        ? { readonly add: (times?: number) => void }
        : M extends RateMeasure
          ? { readonly add: (amount?: number) => void }
          : { readonly add: (value: number) => void };

export type Sinks<M extends Measures> = { readonly [Id in keyof M]: Sink<M[Id]> };

/**
 * One number of a run. The id is that of the measure, or `<measure>.mean`, `<measure>.p99` for those
 * of a distribution.
 */
export interface Result {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Measure['better'];
  /** Null when the run cannot support it; `refused` says why. */
  readonly value: number | null;
  readonly refused?: string;
  /** Number of observations behind it. */
  readonly n: number;
  /** Half-width of the 95 % confidence interval; null where one run gives none. */
  readonly halfWidth: number | null;
}

/** "p99", "p99.9": how a quantile is called in ids and labels. */
export const quantileName = (p: number): string =>
  // 0.999 × 100 is 99.9 with a tail of noise; ten digits take it off.
  `p${Number((p * 100).toPrecision(10))}`;

/** The results that the declared measures give, as far as they are known without a run. */
export function declaredResults(
  measures: Measures,
): readonly Pick<Result, 'id' | 'label' | 'unit' | 'better'>[] {
  return Object.entries(measures).flatMap(([id, measure]) => {
    // A table by key is no number.
    if (measure.kind === 'table') return [];
    const { label, better } = measure;
    const unit = measure.kind === 'share' ? '%' : measure.unit;
    if (measure.kind !== 'distribution') return [{ id, label, unit, better }];
    return ['mean', ...measure.quantiles.map(quantileName)].map((name) => ({
      id: `${id}.${name}`,
      label: `${label}, ${name}`,
      unit,
      better,
    }));
  });
}

/** Results of a race by variant, without the recordings. */
export type RaceResults = Readonly<Record<string, readonly Result[]>>;

/** A percentile of a distribution, or why the run cannot support it. */
export interface Percentile {
  /** In (0, 1). */
  readonly p: number;
  /** Null when there are too few observations; `refused` says how many it takes. */
  readonly value: number | null;
  readonly refused?: string;
  /** Bounds of its 95 % confidence interval, both or neither. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The distribution behind a distribution measure, for CDF charts. */
export interface DistributionResult {
  readonly id: string;
  readonly label: string;
  readonly unit: Unit;
  readonly n: number;
  /** Points of the empirical CDF, a few hundred at most: `p` of the observations lie at or below `value`. */
  readonly p: Float64Array;
  readonly value: Float64Array;
  /** p50, p90, p99 and p99.9, whatever quantiles the measure names. */
  readonly percentiles: readonly Percentile[];
}

/** A column of a table by key; a share is in %, a moment in simulated ms; NaN where there is none. */
export interface TableColumn {
  readonly id: string;
  readonly label: string;
  readonly kind: 'count' | 'share' | 'moment';
  readonly unit: Unit;
  readonly values: Float64Array;
}

/** A table by key at the end of a run, sorted as declared. */
export interface TableResult {
  /** That of the measure. */
  readonly id: string;
  readonly label: string;
  /** What a row stands for. */
  readonly key: string;
  readonly rows: readonly string[];
  readonly columns: readonly TableColumn[];
  /** The columns over all keys, also those left out. */
  readonly total: readonly number[];
  /** Keys that something was counted for, but that stand beyond the bound on rows. */
  readonly omitted: number;
}
