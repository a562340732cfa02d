/** What the views of a figure are given at a moment. */
import type { ViewProps } from '@/components/views/view-props';
import type { Shown } from '@/lib/figure/extras';
import type { Figure, FigureState } from '@/lib/figure/figure';
import type { View } from '@/lib/simulation/views';

/** The views of a figure, in order, with their ids. */
export function viewsOf({ description, spec }: Figure): readonly (readonly [string, View])[] {
  return spec.views.flatMap((id) => {
    const view = description.views[id];
    return view ? [[id, view] as const] : [];
  });
}

/** The same without their ids: what stands beside each of them. */
export const viewsBeside = (figure: Figure): readonly View[] =>
  viewsOf(figure).map(([, view]) => view);

/** Parameters are those of the run on screen, which is not yet the one that was just asked for. */
export function viewPropsAt(view: View, shown: Shown, t: number): ViewProps<View> {
  return {
    view,
    runs: shown.drawn,
    t,
    shownMs: shown.shownMs,
    parameters: shown.race.parameters,
  };
}

export function momentOf({ t, shown }: FigureState): number {
  return Math.min(t, shown?.shownMs ?? 0);
}
