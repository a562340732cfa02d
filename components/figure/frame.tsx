/**
 * The frame of a figure, in two parts with the caption between them. The still and the live figure
 * are this same markup, so that one can take the other's place without anything moving.
 */
import { lazy, type ReactNode, Suspense } from 'react';
import { Controls } from '@/components/controls/control';
import { Player, Settings } from '@/components/player/player';
import type { ToolContext } from '@/components/tools/tool';
import { ToolRow, ToolsPlace } from '@/components/tools/tool-row';
import type { Figure } from '@/lib/figure/figure';
import { DataTables } from './data-tables';
import { HeldFixed } from './held-fixed';
import { Measures } from './measures';
import { Notices } from './notices';
import { Omitted } from './omitted';
import { Stage } from './stage';
import { useFigure } from './use-figure';

/** Few figures have forks: what tells them apart is fetched with the first. Without it they are drawn all the same. */
const Sight = lazy(() =>
  import('./sight').then(
    (loaded) => ({ default: loaded.Sight }),
    () => ({ default: () => null }),
  ),
);

function SightPlace({ figure }: { readonly figure: Figure }): ReactNode {
  const isForked = useFigure(figure, (state) => state.shown?.sight != null);
  if (!isForked) return null;
  return (
    <Suspense fallback={null}>
      <Sight figure={figure} />
    </Suspense>
  );
}

/** Title, question, views, player, controls, context, measures: all above the caption. */
export function FrameTop({
  figure,
  context,
}: {
  readonly figure: Figure;
  /** Absent in a still. */
  readonly context?: ToolContext;
}): ReactNode {
  const { scenario, spec } = figure;
  return (
    <>
      <div className="fig-head">
        <p className="fig-title" id={`${spec.figure}-title`}>
          {scenario.title}
        </p>
        <p className="fig-question">{scenario.question}</p>
        <p className="fig-story">
          {scenario.story} {scenario.watch}
        </p>
      </div>
      <Notices figure={figure} />
      <SightPlace figure={figure} />
      <Stage figure={figure} />
      <Player figure={figure} />
      <Settings figure={figure} />
      <Controls figure={figure} />
      {context ? <ToolRow figure={figure} context={context} /> : <ToolsPlace figure={figure} />}
      <Measures figure={figure} />
    </>
  );
}

/** What is held fixed, the tables, what the model leaves out: all below the caption. */
export function FrameBottom({
  figure,
  open,
}: {
  readonly figure: Figure;
  /** Sections that the reader had opened in the still. */
  readonly open?: ReadonlySet<string>;
}): ReactNode {
  return (
    <div className="fig-foot">
      <HeldFixed figure={figure} />
      <DataTables figure={figure} isOpen={open?.has('data') ?? false} />
      <Omitted description={figure.description} isOpen={open?.has('omissions') ?? false} />
    </div>
  );
}
