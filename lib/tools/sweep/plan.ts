/**
 * The runs of a sweep, in the order in which they are worth having: a coarse picture of the whole
 * range first, then the points between, then the same points again with other seeds, which turn a
 * line into a band.
 */
import { SEED_MAX } from '@/lib/simulation/link';
import type { RunRequest } from '@/lib/simulation/protocol';

interface SweepAxis {
  readonly parameter: string;
  /** Rising. */
  readonly values: readonly number[];
}

export interface SweepPlan {
  /** What all runs have in common; its seed is the first of `seeds`. */
  readonly base: RunRequest;
  readonly x: SweepAxis;
  /** A second parameter; null where only one is varied. */
  readonly y: SweepAxis | null;
  /** Each point is run once with each, all points with the same: their differences are then not chance. */
  readonly seeds: readonly number[];
}

export interface SweepRun {
  /** Which point: see `cellAt`. */
  readonly cell: number;
  readonly seed: number;
}

/** Bound on the runs of one sweep: some minutes on a phone, for a simulation that takes its time. */
export const RUNS_MAX = 2000;

/** The point of the x-th value of the one parameter and the y-th of the other. */
export function cellAt({ x }: Pick<SweepPlan, 'x'>, xIndex: number, yIndex = 0): number {
  return yIndex * x.values.length + xIndex;
}

/**
 * Different seeds, beginning with the one that is on screen, so that a sweep goes through the run
 * that the reader sees.
 */
export function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => (first + i) % (SEED_MAX + 1));
}

/** @throws Error if there are more runs than `RUNS_MAX` */
export function sweepRuns({ x, y, seeds }: SweepPlan): readonly SweepRun[] {
  const count = x.values.length * (y?.values.length ?? 1) * seeds.length;
  if (count > RUNS_MAX) {
    throw new Error(
      `A sweep makes at most ${RUNS_MAX} runs, this one would make ${count}. Choose fewer points or fewer seeds.`,
    );
  }
  const xPasses = passes(x.values.length);
  const yPasses = passes(y?.values.length ?? 1);
  const cells = yPasses
    .flatMap((yPass, yIndex) =>
      xPasses.map((xPass, xIndex) => ({
        pass: Math.max(xPass, yPass),
        cell: cellAt({ x }, xIndex, yIndex),
      })),
    )
    .sort((a, b) => a.pass - b.pass || a.cell - b.cell);
  return seeds.flatMap((seed) => cells.map(({ cell }) => ({ cell, seed })));
}

/** In which pass each of n places in a row is visited: the ends first, then the middle of each gap. */
function passes(n: number): readonly number[] {
  const pass = new Array<number>(n).fill(0);
  const halve = (from: number, to: number, depth: number): void => {
    if (to - from < 2) return;
    const middle = (from + to) >> 1;
    pass[middle] = depth;
    halve(from, middle, depth + 1);
    halve(middle, to, depth + 1);
  };
  halve(0, n - 1, 1);
  return pass;
}

export function requestOf({ base, x, y }: SweepPlan, { cell, seed }: SweepRun): RunRequest {
  const width = x.values.length;
  const xValue = x.values[cell % width];
  const yValue = y?.values[Math.floor(cell / width)];
  return {
    ...base,
    seed,
    parameters: {
      ...base.parameters,
      ...(xValue === undefined ? {} : { [x.parameter]: xValue }),
      ...(y === null || yValue === undefined ? {} : { [y.parameter]: yValue }),
    },
  };
}
