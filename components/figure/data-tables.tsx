/** What the views show, as tables: at the moment at which time stood still. */
import { type ReactNode, useState } from 'react';
import { DataTable } from '@/components/views/data-table';
import { tableView } from '@/components/views/view';
import type { Figure, FigureState } from '@/lib/figure/figure';
import { formatMoment } from '@/lib/simulation/format';
import { usePaced } from './use-figure';
import { momentOf, viewPropsAt, viewsOf } from './view-props';

export function DataTables({
  figure,
  isOpen,
}: {
  readonly figure: Figure;
  readonly isOpen: boolean;
}): ReactNode {
  const [open, setOpen] = useState(isOpen);
  if (pictured(figure).length === 0) return null;
  return (
    <details
      className="fig-details"
      data-section="data"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Data tables</summary>
      {/* A still holds its tables always; the live figure makes them when they are looked at. */}
      {(open || !figure.live) && <Tables figure={figure} />}
    </details>
  );
}

function Tables({ figure }: { readonly figure: Figure }): ReactNode {
  const state = usePaced(figure, tablesDiffer);
  const { shown } = state;
  if (!shown) return null;
  const t = momentOf(state);
  return (
    <div className="fig-tables">
      <p className="fig-remark">
        At {formatMoment(t, shown.shownMs)}
        {figure.live ? '; the tables follow when time stands still.' : '.'}
      </p>
      {pictured(figure).map(([name, view]) => (
        <DataTable key={name} table={tableView(viewPropsAt(view, shown, t))} />
      ))}
    </div>
  );
}

/** Views that are pictures: a table or a list of events says in the scene itself what it has to say. */
function pictured(figure: Figure): ReturnType<typeof viewsOf> {
  return viewsOf(figure).filter(([, { kind }]) => kind !== 'states' && kind !== 'events');
}

/** A table that changes at every frame cannot be read: it follows when time stands still. */
const tablesDiffer = (a: FigureState, b: FigureState): boolean =>
  a.shown !== b.shown || (b.mode !== 'playing' && momentOf(a) !== momentOf(b));
