/**
 * The live charts of a ready-made sweep, in the slots of its still; the rest of the still stays. Loaded
 * when it comes near, and drawn when the reader's browser has made the same runs.
 */
import './sweep.css';
import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { calm } from '@/components/figure/calm';
import { descriptionOf } from '@/components/figure/description';
import { ownEngine } from '@/components/figure/engine';
import { pageTimer } from '@/components/figure/frame-clock';
import type { Start } from '@/components/figure/islands';
import { drawInto } from '@/components/figure/root';
import type { SweepCurves } from '@/lib/tools/sweep/curves';
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
  await calm();
  const slots = new Map<string, Element>();
  for (const slot of element.querySelectorAll<HTMLElement>('[data-chart]')) {
    slots.set(slot.dataset.chart ?? '', slot);
    slot.replaceChildren();
  }
  return drawInto(
    document.createDocumentFragment(),
    <LivePlots curves={curves} slots={slots} />,
    failed,
  );
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

/** All panels are read at the same value. */
function LivePlots({
  curves,
  slots,
}: {
  readonly curves: SweepCurves;
  /** Elements by the value of their `data-chart`. */
  readonly slots: ReadonlyMap<string, Element>;
}): ReactNode {
  const [at, setAt] = useState<number | null>(null);
  return curves.panels.map((panel) => {
    const slot = slots.get(panel.id);
    return (
      slot &&
      createPortal(<LivePlot curves={curves} panel={panel} at={at} onAt={setAt} />, slot, panel.id)
    );
  });
}
