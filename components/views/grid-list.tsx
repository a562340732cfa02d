/** The cells of a group; in a live figure a list from which the reader may choose one, by pointer or keys. */
import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useId,
} from 'react';
import { type CellGroup, describeCell } from './grid-cells';
import { GridCell, ink } from './grid-ink';
import { cellPx } from './grid-layout';
import { Part } from './part';

/** More columns than this are dense on a phone. */
const ROOMY_COLUMNS = 8;
/** Cells that are drawn in one turn, as far as they make whole rows: a new run changes them all. */
const CELLS_IN_TURN = 8;

/** One group of cells; in a live figure a list from which one may be chosen. */
export function Cells({
  cells: { group, columns, cells },
  of,
  changedAt,
  gapPx,
  name,
  nameOf,
  chosenId,
  sought,
  choose,
  live,
}: {
  readonly cells: CellGroup;
  readonly of: readonly unknown[];
  /** Between two changes of the run its cells stay as they are, simulated ms. */
  readonly changedAt: number;
  readonly gapPx: number;
  readonly name: string;
  readonly nameOf: (id: string) => string;
  readonly chosenId: string | undefined;
  readonly sought: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly live: boolean;
}): ReactNode {
  const prefix = useId();
  const place = cells.findIndex(({ id }) => id === chosenId);
  const shape = {
    '--columns': columns,
    '--cell': `${cellPx(group)}px`,
    '--gap': `${gapPx}px`,
  } as CSSProperties;
  const className = columns > ROOMY_COLUMNS ? 'v-cells v-dense' : 'v-cells';
  const inTurn = columns * Math.max(1, Math.floor(CELLS_IN_TURN / columns));
  const draw = (from: number): ReactNode => (
    <div className="v-cell-rows">
      {cells.slice(from, from + inTurn).map((cell, at) => (
        <GridCell
          // biome-ignore lint/suspicious/noArrayIndexKey: a place is what stays, whatever stands in it; elements that change places would shift the layout
          key={at}
          {...ink(group, cell)}
          isChosen={cell.id === chosenId}
          isSought={sought !== undefined && sought !== '' && cell.content === sought}
          option={
            live
              ? {
                  id: `${prefix}${cell.id}`,
                  name: describeCell(group, cell, nameOf),
                  cell: cell.id,
                }
              : undefined
          }
        />
      ))}
    </div>
  );
  const turns = Array.from({ length: Math.ceil(cells.length / inTurn) }, (_, turn) => (
    <Part
      // biome-ignore lint/suspicious/noArrayIndexKey: as with the cells
      key={turn}
      draw={() => draw(turn * inTurn)}
      of={[...of, cells.length]}
      t={changedAt}
      atOnce={[chosenId, sought]}
    />
  ));
  const label = group.label && <p className="v-grid-label">{group.label}</p>;
  if (!live) {
    return (
      <>
        {label}
        <div className={className} style={shape}>
          {turns}
        </div>
      </>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next =
      event.key === 'Escape' ? null : movedTo(event.key, { place, columns, count: cells.length });
    if (next === undefined || (next === null && place < 0)) return;
    event.preventDefault();
    choose(next === null ? undefined : cells[next]?.id);
  };
  const onClick = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-cell]') : null;
    const id = target instanceof HTMLElement ? target.dataset.cell : undefined;
    if (id !== undefined) choose(id === chosenId ? undefined : id);
  };
  // Whoever comes by keyboard stands on a cell at once; a click says itself which one.
  const onFocus = (event: FocusEvent): void => {
    if (place < 0 && event.currentTarget.matches(':focus-visible')) choose(cells[0]?.id);
  };
  return (
    <>
      {label}
      <div
        className={className}
        style={shape}
        role="listbox"
        aria-label={name}
        aria-activedescendant={place < 0 ? undefined : `${prefix}${chosenId}`}
        tabIndex={0}
        data-keys="slider"
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
      >
        {turns}
      </div>
    </>
  );
}

/** Which cell a key leads to, from the place of the present one (−1 for none); undefined if none. */
export function movedTo(
  key: string,
  {
    place,
    columns,
    count,
  }: { readonly place: number; readonly columns: number; readonly count: number },
): number | undefined {
  if (count === 0) return undefined;
  const from = Math.max(0, place);
  const inside = (to: number): number => (to >= 0 && to < count ? to : from);
  switch (key) {
    case 'ArrowRight':
      return inside(from + 1);
    case 'ArrowLeft':
      return inside(from - 1);
    case 'ArrowDown':
      return inside(from + columns);
    case 'ArrowUp':
      return inside(from - columns);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    case 'Enter':
      return from;
    default:
      return undefined;
  }
}
