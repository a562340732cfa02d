/** What the runs of one point say together. */
import { Mean, studentT975 } from '@/lib/kernel/statistics';
import type { RaceResults } from '@/lib/simulation/measures';
import type { SweepRun } from './plan';

/** How one run of a sweep ended. */
export type SweepOutcome =
  | (SweepRun & { readonly results: RaceResults })
  | (SweepRun & { readonly error: string });

export interface Estimate {
  /** Mean over the seeds that gave a value; null if none did. */
  readonly value: number | null;
  /** Half of its 95 % confidence interval by Student's t; null below two seeds. */
  readonly halfWidth: number | null;
  /** How many seeds gave a value. */
  readonly seeds: number;
  /** Why a seed gave none: what the measure refused, or what the run failed with; null if all did. */
  readonly why: string | null;
}

/** @param outcomes those of one point; a point that has none yet has no estimate */
export function estimateOf(
  outcomes: readonly SweepOutcome[],
  variant: string,
  resultId: string,
): Estimate | null {
  if (outcomes.length === 0) return null;
  const mean = new Mean();
  let why: string | null = null;
  for (const outcome of outcomes) {
    if ('error' in outcome) {
      why ??= outcome.error;
      continue;
    }
    const result = outcome.results[variant]?.find(({ id }) => id === resultId);
    if (result?.value != null) mean.add(result.value);
    else why ??= result?.refused ?? 'The run has no such result';
  }
  const { count } = mean;
  return {
    value: count === 0 ? null : mean.mean,
    halfWidth: count < 2 ? null : studentT975(count - 1) * mean.standardError,
    seeds: count,
    why,
  };
}

/** Outcomes by point. */
export function byCell(
  outcomes: readonly SweepOutcome[],
): ReadonlyMap<number, readonly SweepOutcome[]> {
  const cells = new Map<number, SweepOutcome[]>();
  for (const outcome of outcomes) {
    const cell = cells.get(outcome.cell);
    if (cell) cell.push(outcome);
    else cells.set(outcome.cell, [outcome]);
  }
  return cells;
}
