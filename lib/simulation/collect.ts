/** Turns declared measures into sinks that a run feeds, and those into results. */
import type { Simulator } from '../kernel/simulator';
import {
  BatchMeans,
  batchInterval,
  independentCount,
  Mean,
  quantileInterval,
  Samples,
} from '../kernel/statistics';
import { thinned } from './cumulative';
import {
  type DistributionMeasure,
  type DistributionResult,
  type Measure,
  type Measures,
  type Percentile,
  quantileName,
  type Result,
  type Sinks,
  type TableResult,
} from './measures';
import { Tally } from './tally';

interface CollectorOptions {
  readonly simulator: Simulator;
  /** What happens before this moment (simulated ms) is not measured. */
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

interface Collector<M extends Measures> {
  readonly sinks: Sinks<M>;
  /** To be called once, at the end of the measured time, with the keys of the workload. */
  readonly finish: (keys: readonly string[]) => {
    readonly results: readonly Result[];
    readonly distributions: readonly DistributionResult[];
    readonly tables: readonly TableResult[];
  };
}

type Estimate = Pick<Result, 'value' | 'n' | 'halfWidth' | 'refused'>;
interface Part {
  readonly sink: unknown;
  readonly finish: (keys: readonly string[]) => {
    results: readonly Result[];
    distribution?: DistributionResult;
    table?: TableResult;
  };
}

export function collectorOf<const M extends Measures>(
  measures: M,
  options: CollectorOptions,
): Collector<M> {
  const parts = Object.entries(measures).map(([id, measure]) => ({
    id,
    part: partOf(id, measure, options),
  }));
  return {
    sinks: Object.fromEntries(parts.map(({ id, part }) => [id, part.sink])) as Sinks<M>,
    finish: (keys) => {
      const finished = parts.map(({ part }) => part.finish(keys));
      return {
        results: finished.flatMap(({ results }) => results),
        distributions: finished.flatMap(({ distribution }) => distribution ?? []),
        tables: finished.flatMap(({ table }) => table ?? []),
      };
    },
  };
}

function partOf(id: string, measure: Measure, options: CollectorOptions): Part {
  const { simulator, warmUpMs, measuredMs } = options;
  const measuring = (): boolean => simulator.now >= warmUpMs;
  const single = (unit: Result['unit'], estimate: Estimate): { results: readonly Result[] } => ({
    results: [resultOf(id, measure, { unit, ...estimate })],
  });

  switch (measure.kind) {
    case 'counter': {
      let count = 0;
      return {
        sink: {
          add: (times = 1) => {
            if (measuring()) count += times;
          },
        },
        finish: () => single(measure.unit, { value: count, n: count, halfWidth: null }),
      };
    }
    case 'rate': {
      const windows = new Windows(warmUpMs, measuredMs);
      let count = 0;
      return {
        sink: {
          add: (amount = 1) => {
            if (!measuring()) return;
            count++;
            windows.addAt(simulator.now, amount);
          },
        },
        finish: () => {
          const { mean, halfWidth } = windows.estimate();
          return single(measure.unit, {
            value: mean * 1000,
            n: count,
            halfWidth: halfWidth === null ? null : halfWidth * 1000,
          });
        },
      };
    }
    case 'share': {
      const hits = new BatchMeans();
      return {
        sink: {
          add: (hit: boolean) => {
            if (measuring()) hits.add(hit ? 100 : 0);
          },
        },
        finish: () => single('%', shareOf(hits)),
      };
    }
    case 'level': {
      const windows = new Windows(warmUpMs, measuredMs);
      let value = 0;
      let sinceMs = 0;
      let changes = 0;
      const advance = (): void => {
        windows.addOver(sinceMs, simulator.now, value);
        sinceMs = simulator.now;
      };
      return {
        sink: {
          set: (next: number) => {
            advance();
            value = next;
            if (measuring()) changes++;
          },
        },
        finish: () => {
          advance();
          const { mean, halfWidth } = windows.estimate();
          return single(measure.unit, { value: mean, n: changes, halfWidth });
        },
      };
    }
    case 'maximum': {
      const seen = new Mean();
      return {
        sink: {
          add: (value: number) => {
            if (measuring()) seen.add(value);
          },
        },
        finish: () =>
          single(measure.unit, {
            ...(seen.count === 0 ? NOTHING : { value: seen.max, n: seen.count }),
            halfWidth: null,
          }),
      };
    }
    case 'distribution':
      return distributionPart(id, measure, measuring);
    case 'table': {
      const tally = new Tally(measure);
      return {
        sink: {
          add: (key: number, column: string) => {
            if (measuring()) tally.add(key, column, simulator.now);
          },
        },
        finish: (keys) => ({ results: [], table: tally.finish(id, keys) }),
      };
    }
    default:
      return measure satisfies never;
  }
}

const NOTHING = {
  value: null,
  n: 0,
  refused: 'Nothing was observed in the measured time',
} as const;

function distributionPart(
  id: string,
  measure: DistributionMeasure,
  measuring: () => boolean,
): Part {
  const samples = new Samples();
  const means = new BatchMeans();
  const single = new Mean();
  return {
    sink: {
      add: (value: number) => {
        if (!measuring()) return;
        samples.add(value);
        means.add(value);
        single.add(value);
      },
    },
    finish: () => {
      const { unit } = measure;
      const mean = resultOf(`${id}.mean`, measure, { unit, ...estimateOf(means) }, 'mean');
      const quantiles = measure.quantiles.map((p) => {
        const name = quantileName(p);
        const answer = samples.count === 0 ? undefined : samples.quantile(p);
        const estimate: Estimate = !answer
          ? { ...NOTHING, halfWidth: null }
          : answer.known
            ? { value: answer.value, n: answer.n, halfWidth: null }
            : { value: null, n: answer.n, halfWidth: null, refused: answer.reason };
        return resultOf(`${id}.${name}`, measure, { unit, ...estimate }, name);
      });
      const results = [mean, ...quantiles];
      if (samples.count === 0) return { results };
      const independent = independentCount(means.estimate(), single.variance);
      return {
        results,
        distribution: {
          id,
          label: measure.label,
          unit,
          n: samples.count,
          ...thinned(samples.cdf(), 0.01),
          percentiles: PERCENTILES.map((p) => percentileOf(samples, p, independent)),
        },
      };
    },
  };
}

const PERCENTILES = [0.5, 0.9, 0.99, 0.999] as const;

function percentileOf(samples: Samples, p: number, independent: number): Percentile {
  const answer = samples.quantile(p);
  if (!answer.known) return { p, value: null, refused: answer.reason, low: null, high: null };
  const shares = quantileInterval(p, independent);
  return {
    p,
    value: answer.value,
    low: shares && samples.valueAt(shares.low),
    high: shares && samples.valueAt(shares.high),
  };
}

function estimateOf(means: BatchMeans): Estimate {
  const { n, mean, halfWidth } = means.estimate();
  if (n === 0) return { ...NOTHING, halfWidth: null };
  return { value: mean, n, halfWidth: Number.isFinite(halfWidth) ? halfWidth : null };
}

/** Where all went one way, the run knows nothing of how often it goes the other. */
function shareOf(hits: BatchMeans): Estimate {
  const estimate = estimateOf(hits);
  return estimate.value === 0 || estimate.value === 100
    ? { ...estimate, halfWidth: null }
    : estimate;
}

function resultOf(
  id: string,
  { label, better, refused = NOTHING.refused }: Measure,
  estimate: Estimate & Pick<Result, 'unit'>,
  suffix?: string,
): Result {
  const why = estimate.refused === NOTHING.refused ? { refused } : {};
  return { id, label: suffix ? `${label}, ${suffix}` : label, better, ...estimate, ...why };
}

/** Number of windows behind the interval of a mean over time. */
const WINDOWS = 20;

/**
 * Means over time with an interval: the measured time is cut into 20 windows, whose means are
 * batches of equal length.
 */
class Windows {
  private readonly sums = new Float64Array(WINDOWS);
  private readonly windowMs: number;

  constructor(
    private readonly startMs: number,
    endMs: number,
  ) {
    this.windowMs = (endMs - startMs) / WINDOWS;
  }

  /** Something happened `times` at a moment. */
  addAt(atMs: number, times: number): void {
    const window = Math.min(WINDOWS - 1, Math.floor((atMs - this.startMs) / this.windowMs));
    this.sums[window] = (this.sums[window] ?? 0) + times;
  }

  /** A value held from one moment to another. */
  addOver(fromMs: number, toMs: number, value: number): void {
    if (value === 0) return;
    const first = Math.max(0, Math.floor((fromMs - this.startMs) / this.windowMs));
    for (let window = first; window < WINDOWS; window++) {
      const startMs = this.startMs + window * this.windowMs;
      if (startMs >= toMs) return;
      const overlapMs = Math.min(toMs, startMs + this.windowMs) - Math.max(fromMs, startMs);
      if (overlapMs > 0) this.sums[window] = (this.sums[window] ?? 0) + value * overlapMs;
    }
  }

  /** Mean per ms and the half-width of its 95 % confidence interval; null where the windows cannot tell. */
  estimate(): { mean: number; halfWidth: number | null } {
    const mean = this.sums.reduce((all, sum) => all + sum, 0) / (WINDOWS * this.windowMs);
    const { halfWidth } = batchInterval(this.sums.map((sum) => sum / this.windowMs));
    return { mean, halfWidth: Number.isNaN(halfWidth) ? null : halfWidth };
  }
}
