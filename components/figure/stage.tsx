/** The views of a figure at the present moment: the only part that is drawn at every frame. */
import { type ReactNode, useMemo, useRef } from 'react';
import { AtOnce, Parts } from '@/components/views/part';
import { describeView, View } from '@/components/views/view';
import type { Figure, FigureState } from '@/lib/figure/figure';
import type { View as ViewSpec } from '@/lib/simulation/views';
import { useNear } from './near';
import { PacedPart } from './paced-part';
import { useFigure, usePaced } from './use-figure';
import { momentOf, viewPropsAt, viewsBeside, viewsOf } from './view-props';

export function Stage({ figure }: { readonly figure: Figure }): ReactNode {
  const isTruncated = useFigure(figure, (state) => state.shown?.truncated === true);
  const beside = useMemo(() => viewsBeside(figure), [figure]);
  return (
    // A group and no landmark: a page has many figures, and landmarks are for finding one's way.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, of which there are none.
    <div
      role="group"
      className="fig-stage"
      aria-label={`Scene of “${figure.scenario.title}”${figure.live ? '; press ? for the keys that move it' : ''}`}
      data-keys="frame"
      tabIndex={figure.live ? 0 : undefined}
    >
      {viewsOf(figure).map(([name, view]) => (
        <MovingView key={name} figure={figure} view={view} beside={beside} />
      ))}
      {isTruncated && (
        <p className="fig-remark">
          The recording is full: it ends here, before the run does. The numbers below are of the
          whole run.
        </p>
      )}
    </div>
  );
}

/**
 * A view is drawn in its turn, so that several together never make a frame too long. One that nobody
 * can see stands still, whatever moves; it catches up when it comes near.
 */
function MovingView({
  figure,
  view,
  beside,
}: {
  readonly figure: Figure;
  readonly view: ViewSpec;
  readonly beside: readonly ViewSpec[];
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const state = usePaced(figure, viewDiffers, useNear(root));
  const { shown } = state;
  return (
    <div ref={root} className="fig-view" data-kind={view.kind}>
      <p className="fig-view-title">{view.title}</p>
      {shown && (
        <Parts value={figure.live ? PacedPart : AtOnce}>
          <View {...viewPropsAt(view, shown, momentOf(state))} beside={beside} live={figure.live} />
        </Parts>
      )}
    </div>
  );
}

const viewDiffers = (a: FigureState, b: FigureState): boolean =>
  a.shown !== b.shown || momentOf(a) !== momentOf(b);

/** The whole stage in words: for the live region. */
export function describeStage(figure: Figure): string {
  const state = figure.store.get();
  const { shown } = state;
  if (!shown) return '';
  const t = momentOf(state);
  const [first] = viewsOf(figure);
  return first ? describeView(viewPropsAt(first[1], shown, t)) : '';
}
