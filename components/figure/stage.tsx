/** The views of a figure at the present moment: the only part that is drawn at every frame. */
import { memo, type ReactNode } from 'react';
import { describeView, View } from '@/components/views/view';
import type { Figure, Shown } from '@/lib/figure/figure';
import type { View as ViewSpec } from '@/lib/simulation/views';
import { useFigure } from './use-figure';
import { momentOf, viewPropsAt, viewsOf } from './view-props';

export function Stage({ figure }: { readonly figure: Figure }): ReactNode {
  const shown = useFigure(figure, (state) => state.shown);
  const { figure: id } = figure.spec;
  return (
    <section
      className="fig-stage"
      aria-label={figure.live ? 'Scene; press ? for the keys that move it' : 'Scene'}
      data-keys="frame"
      tabIndex={figure.live ? 0 : undefined}
    >
      {shown &&
        viewsOf(figure).map(([name, view]) => (
          <div key={name} className="fig-view" data-kind={view.kind}>
            <p className="fig-view-title" id={`${id}-view-${name}`}>
              {view.title}
            </p>
            <Moving figure={figure} view={view} shown={shown} />
          </div>
        ))}
      {shown?.truncated && (
        <p className="fig-remark">
          The recording is full: it ends here, before the run does. The numbers below are of the
          whole run.
        </p>
      )}
    </section>
  );
}

const Moving = memo(function Moving({
  figure,
  view,
  shown,
}: {
  readonly figure: Figure;
  readonly view: ViewSpec;
  readonly shown: Shown;
}): ReactNode {
  const t = useFigure(figure, momentOf);
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
