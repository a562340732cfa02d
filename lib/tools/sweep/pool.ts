/**
 * Makes the runs of a sweep in several workers. A run that fails is the outcome of its point; the
 * others go on. Ending the sweep ends the workers, so that even a run that never returns is over.
 */
import type { RaceResults } from '@/lib/simulation/measures';
import type { RunRequest } from '@/lib/simulation/protocol';
import type { SweepOutcome } from './estimate';
import { requestOf, type SweepPlan, sweepRuns } from './plan';

/** A worker, as far as a sweep needs one. After a crash it starts again with the next run. */
interface Measurer {
  readonly measure: (request: RunRequest) => Promise<RaceResults>;
  /** Stops at once. */
  readonly end: () => void;
}

interface SweepOptions {
  readonly plan: SweepPlan;
  /** How many workers; at least 1. */
  readonly workers: number;
  readonly spawn: () => Measurer;
  /** Real ms. */
  readonly now: () => number;
  readonly onOutcome: (outcome: SweepOutcome) => void;
  /** Told once, unless the sweep is cancelled: null, or why it was given up. */
  readonly onEnd: (failure: string | null) => void;
}

export interface RunningSweep {
  /** Ends the workers; nothing is told any more. */
  readonly cancel: () => void;
  /** For how long the slowest of the runs under way has been at it, real ms. */
  readonly slowestMs: () => number;
}

/** So many failures and no success are no matter of single points. */
const FAILURES_MAX = 8;

/** A worker less than there are cores, for the page itself to have one; more than four help little. */
export const workersFor = (cores: number): number => Math.min(4, Math.max(1, cores - 1));

/** @throws Error if the plan has more runs than a sweep may have */
export function startSweep(options: SweepOptions): RunningSweep {
  const { plan, workers, spawn, now, onOutcome, onEnd } = options;
  const waiting = sweepRuns(plan)[Symbol.iterator]();
  const measurers: Measurer[] = [];
  const startedMs = new Map<Measurer, number>();
  let failures = 0;
  let hasSuccess = false;
  let isOver = false;

  const close = (): void => {
    isOver = true;
    for (const measurer of measurers) measurer.end();
    startedMs.clear();
  };
  const end = (failure: string | null): void => {
    if (isOver) return;
    close();
    onEnd(failure);
  };

  const work = async (measurer: Measurer): Promise<void> => {
    for (;;) {
      if (isOver) return;
      const next = waiting.next();
      if (next.done) break;
      const run = next.value;
      startedMs.set(measurer, now());
      let outcome: SweepOutcome;
      try {
        outcome = { ...run, results: await measurer.measure(requestOf(plan, run)) };
        hasSuccess = true;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        outcome = { ...run, error: message };
        failures++;
      }
      startedMs.delete(measurer);
      if (isOver) return;
      onOutcome(outcome);
      if (!hasSuccess && failures >= FAILURES_MAX && 'error' in outcome) end(outcome.error);
    }
    if (startedMs.size === 0) end(null);
  };

  for (let i = 0; i < workers; i++) measurers.push(spawn());
  for (const measurer of measurers) void work(measurer);
  return {
    cancel: close,
    slowestMs: () => Math.max(0, ...[...startedMs.values()].map((since) => now() - since)),
  };
}
