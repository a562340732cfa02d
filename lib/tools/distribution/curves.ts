/** Distribution functions of several runs, made ready to be drawn and read together. */
import type { DistributionResult } from '@/lib/simulation/measures';
import type { Unit } from '@/lib/simulation/parameters';

export interface Curve {
  readonly id: string;
  readonly title: string;
  /** Place among the forks, from 1; null if it is none. */
  readonly fork: number | null;
  readonly distribution: DistributionResult;
}

/** What is known of one measure in all runs that have observed it. */
export interface Compared {
  readonly label: string;
  readonly unit: Unit;
  readonly curves: readonly Curve[];
}

interface Run {
  readonly id: string;
  readonly title: string;
  readonly fork: number | null;
  readonly distributions: readonly DistributionResult[];
}

/** Null if no run has observed a value. */
export function comparedDistributions(runs: readonly Run[], measure: string): Compared | null {
  const curves = runs.flatMap(({ id, title, fork, distributions }): Curve[] => {
    const distribution = distributions.find((each) => each.id === measure);
    return distribution && distribution.n > 0 ? [{ id, title, fork, distribution }] : [];
  });
  const [first] = curves;
  if (!first) return null;
  const { label, unit } = first.distribution;
  return { label, unit, curves };
}

export type Scale = 'linear' | 'log';

/** What is smaller than this part of the greatest value is as good as 0, and would fill a logarithmic axis. */
const LEAST_SHARE = 1e-5;

/** Room beyond the greatest value, in which its step can be told from the edge. */
const AIR = 1.02;

/** Range of the values that are drawn; on a logarithmic axis it begins at the least value that counts. */
export function rangeOf({ curves }: Compared, scale: Scale): { from: number; to: number } {
  const values = curves.flatMap(({ distribution }) => [...distribution.value]);
  const to = Math.max(0, ...values);
  const least = Math.min(...values.filter((value) => value > 0 && value >= to * LEAST_SHARE));
  if (scale === 'linear' || !Number.isFinite(least)) return { from: 0, to: to * AIR || 1 };
  // A range of one value is no range.
  return least < to ? { from: least, to } : { from: least / 2, to: to * 2 };
}

/** Whether a logarithmic axis can show anything: it has no place for 0 and below. */
export const hasLog = ({ curves }: Compared): boolean =>
  curves.some(({ distribution }) => distribution.value.some((value) => value > 0));

/** Ticks of a logarithmic axis: powers of ten, with twos and fives while there is room. */
export function logTicks(from: number, to: number): number[] {
  const first = Math.floor(Math.log10(from) + 1e-9);
  const last = Math.ceil(Math.log10(to) - 1e-9);
  const steps = last - first <= 2 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = first; power <= last; power++)
    for (const step of steps) {
      const tick = Number((step * 10 ** power).toPrecision(1));
      if (tick >= from * (1 - 1e-9) && tick <= to * (1 + 1e-9)) ticks.push(tick);
    }
  return ticks;
}
