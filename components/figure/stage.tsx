/** The views of a figure at the present moment: the only part that is drawn at every frame. */
import { memo, type ReactNode, useDeferredValue, useRef } from 'react';
import { describeView, View } from '@/components/views/view';
import type { Figure, FigureState, Shown } from '@/lib/figure/figure';
import type { View as ViewSpec } from '@/lib/simulation/views';
import { useNear } from './near';
import { useFigure } from './use-figure';
import { momentOf, viewPropsAt, viewsOf } from './view-props';

export function Stage({ figure }: { readonly figure: Figure }): ReactNode {
  const isTruncated = useFigure(figure, (state) => state.shown?.truncated === true);
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
        <MovingView key={name} figure={figure} view={view} />
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

/** A view that nobody can see stands still, whatever moves; it catches up when it comes near. */
function MovingView({
  figure,
  view,
}: {
  readonly figure: Figure;
  readonly view: ViewSpec;
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const isNear = useNear(root);
  const drawn = useRef<FigureState>(figure.store.get());
  const latest = (state: FigureState): FigureState => {
    if (isNear) drawn.current = state;
    return drawn.current;
  };
  // A new run is drawn in slices between which the page answers its reader; the old one stands there
  // meanwhile.
  const shown = useDeferredValue(useFigure(figure, (state) => latest(state).shown));
  const t = useFigure(figure, (state) => momentOf(latest(state)));
  return (
    <div ref={root} className="fig-view" data-kind={view.kind}>
      <p className="fig-view-title">{view.title}</p>
      {shown && <Drawn view={view} shown={shown} t={t} />}
    </div>
  );
}

/** Drawn again only if one of these is another: not when a newer run merely waits for its turn. */
const Drawn = memo(function Drawn({
  view,
  shown,
  t,
}: {
  readonly view: ViewSpec;
  readonly shown: Shown;
  readonly t: number;
}): ReactNode {
  return <View {...viewPropsAt(view, shown, t)} />;
});

/** The whole stage in words: for the live region. */
export function describeStage(figure: Figure): string {
  const state = figure.store.get();
  const { shown } = state;
  if (!shown) return '';
  const t = momentOf(state);
  const [first] = viewsOf(figure);
  return first ? describeView(viewPropsAt(first[1], shown, t)) : '';
}
