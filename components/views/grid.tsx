/**
 * Slots with what they hold, as a grid of cells: what the last change concerned is marked, hands and
 * pointers are drawn from cell to cell, and the reader may choose a cell to read all there is of it.
 */
import { type ReactNode, useState } from 'react';
import { formatMoment } from '@/lib/simulation/format';
import type { GridView as GridSpec } from '@/lib/simulation/views';
import { Arrows } from './grid-arrows';
import {
  type Cell,
  describeCell,
  describeChange,
  type GridReading,
  namesOf,
  readGrid,
} from './grid-cells';
import { layoutOf } from './grid-layout';
import { Legend } from './grid-legend';
import { Cells } from './grid-list';
import { tableGrid } from './grid-table';
import { Part } from './part';
import type { ViewKind } from './view';
import {
  butTheMoment,
  capitalised,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
} from './view-props';

/** A cell that the reader has chosen: in which run, and which. */
interface Chosen {
  /** Id of the run. */
  readonly run: string;
  readonly id: string;
}

function GridView(props: ViewProps<GridSpec>): ReactNode {
  const { view, runs, t, parameters, live = false } = props;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const readings = runs.map(({ index }) => readGrid(view, index, t, parameters));
  const ofChosen = readings[runs.findIndex(({ id }) => id === chosen?.run)];
  const chosenCell = chosen && cellOf(ofChosen, chosen.id);
  return (
    // Live, the cells are lists with names of their own; in a still they are parts of one picture.
    <div className="v v-grid" {...(live ? {} : { role: 'img', 'aria-label': describeGrid(props) })}>
      <div className="v-grid-runs">
        {runs.map((run, i) => {
          const chosenId = chosen?.run === run.id ? chosen.id : undefined;
          const sought = chosen !== null && chosen.run !== run.id ? chosenCell?.content : undefined;
          return (
            <Part
              key={run.id}
              draw={() => (
                <GridRun
                  props={props}
                  run={run}
                  reading={readings[i] ?? NOTHING}
                  chosenId={chosenId}
                  sought={sought}
                  choose={(id) => setChosen(id === undefined ? null : { run: run.id, id })}
                  live={live}
                />
              )}
              of={butTheMoment(props)}
              t={t}
              atOnce={[chosenId, sought]}
            />
          );
        })}
      </div>
      <Legend view={view} readings={readings} />
    </div>
  );
}

const NOTHING: GridReading = { groups: [], changedAt: undefined, hands: [] };

const cellOf = (reading: GridReading | undefined, id: string): Cell | undefined =>
  reading?.groups.flatMap(({ cells }) => cells).find((cell) => cell.id === id);

function GridRun({
  props,
  run,
  reading,
  chosenId,
  sought,
  choose,
  live,
}: {
  readonly props: ViewProps<GridSpec>;
  readonly run: ViewRun;
  readonly reading: GridReading;
  readonly chosenId: string | undefined;
  /** What the cell holds that was chosen in another run. */
  readonly sought: string | undefined;
  readonly choose: (id: string | undefined) => void;
  readonly live: boolean;
}): ReactNode {
  const { view, runs, shownMs } = props;
  const layout = layoutOf(view, reading);
  const nameOf = namesOf(reading);
  const race = runs.length > 1;
  return (
    <div className="v-grid-run">
      {race && <p className="v-grid-title">{run.title}</p>}
      <div className="v-grid-plan" style={{ height: layout.height }}>
        {reading.groups.map((cells) => (
          <Cells
            key={cells.group.node}
            cells={cells}
            of={butTheMoment(props)}
            changedAt={reading.changedAt ?? 0}
            gapPx={layout.gapPx}
            name={listed(
              [view.title, race ? run.title : '', cells.group.label].filter((part) => part !== ''),
            )}
            nameOf={nameOf}
            chosenId={chosenId}
            sought={sought}
            choose={choose}
            live={live}
          />
        ))}
        <Arrows reading={reading} layout={layout} />
      </div>
      <p className="v-grid-said">
        {said(view, reading, { chosenId, sought, nameOf, shownMs })}
        {reading.groups
          .filter(({ hasMore }) => hasMore)
          .map(({ group }) => ` No further ${group.cell} is ever filled.`)}
      </p>
    </div>
  );
}

/** The line below the cells: the chosen cell, where its content is in this run, or the last change. */
function said(
  view: GridSpec,
  reading: GridReading,
  {
    chosenId,
    sought,
    nameOf,
    shownMs,
  }: {
    readonly chosenId: string | undefined;
    readonly sought: string | undefined;
    readonly nameOf: (id: string) => string;
    readonly shownMs: number;
  },
): string {
  if (chosenId !== undefined) {
    for (const { group, cells } of reading.groups) {
      const cell = cells.find(({ id }) => id === chosenId);
      if (cell) return `${capitalised(describeCell(group, cell, nameOf))}.`;
    }
  }
  if (sought) {
    const holders = reading.groups
      .flatMap(({ cells }) => cells)
      .filter(({ content }) => content === sought);
    return `${sought} is in ${listed(holders.map(({ name }) => name)) || 'no cell'}.`;
  }
  if (view.standing !== undefined) return view.standing;
  if (reading.changedAt === undefined) return 'Nothing has changed yet.';
  return `At ${formatMoment(reading.changedAt, shownMs)}: ${describeChange(view, reading)}.`;
}

/** How much there is in the grid, where the hands are, and what changed last. */
function describeGrid({ view, runs, t, shownMs, parameters }: ViewProps<GridSpec>): string {
  if (view.standing !== undefined) return `${view.title}. ${view.standing}`;
  const told = perRun(runs, ({ index }) => {
    const reading = readGrid(view, index, t, parameters);
    const nameOf = namesOf(reading);
    const parts = reading.groups.flatMap(({ group, cells }) => {
      if (!group.fields.some(({ as }) => as === 'content')) return [];
      const taken = cells.filter(({ content }) => content !== '').length;
      const label = group.label ? `${group.label}: ` : '';
      return [`${label}${taken} of ${cells.length} taken`];
    });
    parts.push(...reading.hands.map(({ label, id }) => `${label} at ${nameOf(id)}`));
    parts.push(
      reading.changedAt === undefined
        ? 'nothing has changed yet'
        : `last change at ${formatMoment(reading.changedAt, shownMs)}: ${describeChange(view, reading)}`,
    );
    return parts.join(', ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${told}.`;
}

export const grid: ViewKind<GridSpec> = {
  Drawing: GridView,
  describe: describeGrid,
  table: tableGrid,
};
