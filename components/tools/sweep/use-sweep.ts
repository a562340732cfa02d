/** A sweep that is under way while a component shows it: begun anew with each order, ended with it. */
import { useEffect, useRef, useState } from 'react';
import { ownEngine } from '@/components/figure/engine';
import { pageTimer } from '@/components/figure/frame-clock';
import type { SweepOutcome } from '@/lib/tools/sweep/estimate';
import { type SweepPlan, sweepRuns } from '@/lib/tools/sweep/plan';
import { type RunningSweep, startSweep, workersFor } from '@/lib/tools/sweep/pool';

export interface SweepProgress {
  readonly outcomes: readonly SweepOutcome[];
  /** Runs that the whole sweep makes. */
  readonly total: number;
  readonly phase: 'running' | 'done' | 'cancelled' | 'failed';
  /** Why it was given up; null if it was not. */
  readonly failure: string | null;
  /** What is left to wait for at the present pace, real ms; null while nothing is known. */
  readonly remainingMs: number | null;
  /** For how long the slowest run under way has been at it, real ms. */
  readonly slowestMs: number;
}

/** Charts are drawn again at most this often: outcomes come faster than they can be looked at. Real ms. */
const GAP_MS = 250;

const NOTHING: SweepProgress = {
  outcomes: [],
  total: 0,
  phase: 'running',
  failure: null,
  remainingMs: null,
  slowestMs: 0,
};

/**
 * @param plan another object begins another sweep, even with the same content
 * @param bundle address of the worker's script
 */
export function useSweep(
  plan: SweepPlan,
  bundle: string,
): SweepProgress & { readonly cancel: () => void } {
  const [shown, setShown] = useState<{ plan: SweepPlan; progress: SweepProgress }>({
    plan,
    progress: NOTHING,
  });
  const stop = useRef<() => void>(() => undefined);

  useEffect(() => {
    const outcomes: SweepOutcome[] = [];
    const startedMs = pageTimer.nowMs();
    let total = 0;
    let phase: SweepProgress['phase'] = 'running';
    let failure: string | null = null;
    let sweep: RunningSweep | undefined;
    const show = (): void => {
      const done = outcomes.length;
      const spentMs = pageTimer.nowMs() - startedMs;
      setShown({
        plan,
        progress: {
          outcomes: [...outcomes],
          total,
          phase,
          failure,
          remainingMs: done === 0 ? null : (spentMs / done) * (total - done),
          slowestMs: sweep?.slowestMs() ?? 0,
        },
      });
    };
    // While it runs, time itself is news: a run that takes long is told.
    let callOff: () => void = () => undefined;
    const showOnAndOn = (): void => {
      show();
      callOff = pageTimer.after(GAP_MS, showOnAndOn);
    };
    const finish = (next: SweepProgress['phase'], why: string | null): void => {
      if (phase !== 'running') return;
      phase = next;
      failure = why;
      callOff();
      show();
    };
    try {
      total = sweepRuns(plan).length;
      sweep = startSweep({
        plan,
        workers: workersFor(navigator.hardwareConcurrency),
        spawn: () => ownEngine(bundle),
        now: pageTimer.nowMs,
        onOutcome: (outcome) => outcomes.push(outcome),
        onEnd: (why) => finish(why === null ? 'done' : 'failed', why),
      });
      showOnAndOn();
    } catch (error) {
      finish('failed', error instanceof Error ? error.message : String(error));
    }
    stop.current = () => {
      sweep?.cancel();
      finish('cancelled', null);
    };
    return () => {
      callOff();
      sweep?.cancel();
    };
  }, [plan, bundle]);

  // What was computed for an earlier plan says nothing about this one.
  const progress = shown.plan === plan ? shown.progress : NOTHING;
  return { ...progress, cancel: () => stop.current() };
}
