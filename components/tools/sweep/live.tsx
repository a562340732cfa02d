/**
 * The live charts of a ready-made sweep, in the slots of its still; the rest of the still stays. Loaded
 * when it comes near, and drawn when the reader's browser has made the same runs.
 */
import './sweep.css';
import { type ReactNode, useSyncExternalStore } from 'react';
import { drawInTurn } from '@/components/charts/in-turn';
import { descriptionOf } from '@/components/figure/description';
import { ownEngine } from '@/components/figure/engine';
import { pageTimer } from '@/components/figure/frame-clock';
import type { Start } from '@/components/figure/islands';
import { createStore, type Store } from '@/lib/figure/store';
import type { CurvePanel, SweepCurves } from '@/lib/tools/sweep/curves';
import type { SweepOutcome } from '@/lib/tools/sweep/estimate';
import type { SweepPlan } from '@/lib/tools/sweep/plan';
import { startSweep } from '@/lib/tools/sweep/pool';
import { completeReady, readyCurves, readyPlan } from '@/lib/tools/sweep/ready';
import { LivePlot } from './live-plot';

export const start: Start = async ({ element, bundle, spec, failed }) => {
  if (spec.kind !== 'sweep') {
    throw new Error(`Expected the place of a sweep, got one of kind "${spec.kind}".`);
  }
  const description = await descriptionOf(bundle);
  const ready = completeReady(description, spec);
  const outcomes = await allOutcomes(readyPlan(description, ready), bundle);
  const curves = readyCurves(description, ready, outcomes);
  const reading = createStore<Reading>({ at: null });
  return drawInTurn({ element, failed }, ({ chart, width }) => {
    const panel = curves.panels.find(({ id }) => id === chart);
    if (!panel) throw new Error(`Expected a panel of the sweep, got "${chart}".`);
    return <LinkedPlot curves={curves} panel={panel} width={width} reading={reading} />;
  });
};

/** One worker is enough for what nobody waits for: the still stands there meanwhile. */
function allOutcomes(plan: SweepPlan, bundle: string): Promise<readonly SweepOutcome[]> {
  return new Promise((resolve, reject) => {
    const outcomes: SweepOutcome[] = [];
    startSweep({
      plan,
      workers: 1,
      spawn: () => ownEngine(bundle),
      now: pageTimer.nowMs,
      onOutcome: (outcome) => outcomes.push(outcome),
      onEnd: (failure) => (failure === null ? resolve(outcomes) : reject(new Error(failure))),
    });
  });
}

/** Where all panels are read. */
interface Reading {
  /** Index into the values; null while nobody reads. */
  readonly at: number | null;
}

/** A panel that is read at the same value as all others. */
function LinkedPlot({
  reading,
  ...plot
}: {
  readonly curves: SweepCurves;
  readonly panel: CurvePanel;
  readonly width: number;
  readonly reading: Store<Reading>;
}): ReactNode {
  const { at } = useSyncExternalStore(reading.subscribe, reading.get);
  return <LivePlot {...plot} at={at} onAt={(next) => reading.set({ at: next })} />;
}
