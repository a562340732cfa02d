/** What the nodes hold at `t`, as a table; in a race each variant has its rows. */
import type { ReactNode } from 'react';
import { formatMoment, formatValue } from '@/lib/simulation/format';
import type { Unit } from '@/lib/simulation/parameters';
import type { StatesView as StatesSpec } from '@/lib/simulation/views';
import { DataTable } from './data-table';
import type { ViewKind } from './view';
import {
  listed,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

type Field = StatesSpec['fields'][number];

function held(
  run: ViewRun,
  node: string,
  { field, t, unit = field.unit ?? '' }: { field: Field; t: number; unit?: Unit },
): string | undefined {
  const value = run.index.stateAt(node, field.id, t);
  if (value === undefined) return undefined;
  return typeof value === 'number' ? formatValue(value, unit) : value;
}

function StatesView(props: ViewProps<StatesSpec>): ReactNode {
  return <DataTable table={tableStates(props)} captioned={false} />;
}

function describeStates({ view, runs, t, shownMs }: ViewProps<StatesSpec>): string {
  const said = perRun(runs, (run) => {
    const nodes = view.nodes.flatMap((node) => {
      const known = view.fields.flatMap((field) => {
        const value = held(run, node.id, { field, t });
        return value === undefined ? [] : [`${field.label} ${value}`];
      });
      return known.length === 0 ? [] : [`${node.label}: ${listed(known)}`];
    });
    return nodes.join('; ') || 'nothing known yet';
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

function cell(run: ViewRun, node: string, field: Field, t: number): string {
  return (
    held(run, node, standsWithValue(field.unit ?? '') ? { field, t } : { field, t, unit: '' }) ??
    '–'
  );
}

/** A node of which nothing is ever known in any run has no row. */
function knownNodes({ view, runs }: ViewProps<StatesSpec>): StatesSpec['nodes'] {
  const known = view.nodes.filter(({ id }) =>
    runs.some(({ index }) =>
      view.fields.some((field) => index.stateHistory(id, field.id).at.length > 0),
    ),
  );
  return known.length > 0 ? known : view.nodes;
}

function tableStates(props: ViewProps<StatesSpec>): ViewTable {
  const { view, runs, t, shownMs } = props;
  const race = runs.length > 1;
  const oneNode = view.nodes.length === 1;
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: [race && oneNode ? 'Variant' : 'Name', ...view.fields.map((field) => field.label)],
    rows: runs.flatMap((run) =>
      knownNodes(props).map((node) => [
        !race ? node.label : oneNode ? run.title : `${run.title}: ${node.label}`,
        ...view.fields.map((field) => cell(run, node.id, field, t)),
      ]),
    ),
  };
}

export const states: ViewKind<StatesSpec> = {
  Drawing: StatesView,
  describe: describeStates,
  table: tableStates,
};
