/** A ready-made sweep as it stands in a page before, and without, the live chart. */
import type { ReactNode } from 'react';
import type { Description } from '@/lib/simulation/definition';
import type { SweepCurves } from '@/lib/tools/sweep/curves';
import type { ReadySweep } from '@/lib/tools/sweep/ready';
import { sweepTitle } from '@/lib/tools/sweep/words';
import { CurvesFrame, StillPlot } from './curves';

/** What stands above the caption. The slots marked `data-chart` are the live chart's. */
export function SweepStill({
  figure,
  description,
  ready,
  curves,
}: {
  /** Name of the figure on its page. */
  readonly figure: string;
  readonly description: Description;
  readonly ready: ReadySweep;
  readonly curves: SweepCurves;
}): ReactNode {
  const scenario = description.scenarios[ready.scenario]?.title ?? ready.scenario;
  const [only, ...others] = curves.variants;
  const what = others.length === 0 ? `${only}, ` : '';
  return (
    <>
      <div className="fig-head">
        <p className="fig-title" id={`${figure}-title`}>
          {sweepTitle(curves)}
        </p>
        <p className="fig-story">{`${what}“${scenario}”; ${curves.seeds} seeds a point, with 95\u202f% intervals.`}</p>
      </div>
      <CurvesFrame curves={curves} plot={(panel) => <StillPlot curves={curves} panel={panel} />} />
    </>
  );
}
