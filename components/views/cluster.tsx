/** Nodes that are alike, the state of each by its mark, and the messages between them. */
import { memo, type ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { ClusterView as ClusterSpec } from '@/lib/simulation/views';
import { itemsOf, type Place } from './items';
import { OutcomeGlyph, OutcomeMark, outcomeClass } from './outcome-mark';
import { Part } from './part';
import { At, Drawing, px, Svg, SvgText, shortened, wrapped } from './text';
import type { ViewKind } from './view';
import {
  butTheMoment,
  listed,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

type NodeSpec = ClusterSpec['nodes'][number];

/** Messages drawn at once; more could not be told apart, and a frame must stay cheap. */
const ITEMS_MAX = 200;
/** As many nodes have their names on the circle, alone and in a race. */
const NAMED_MAX = 24;
const NAMED_IN_RACE_MAX = 12;
/** More nodes than this stand in two rows, in turn, so that each has room. */
const ONE_ROW_MAX = 40;
/** Distance of rows of declared positions, px. */
const ROW_PX = 68;
/** Letters of a name under a node, where positions are declared. */
const LETTERS_MAX = 11;
const LINE_PX = 12.5;
/** Rows of a table that stays readable. */
const TABLE_ROWS_MAX = 60;

interface Spot extends Place {
  /** Where the name stands: px from the node, and how it is anchored. */
  readonly dx: number;
  readonly dy: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

interface Layout {
  readonly height: number;
  /** px. */
  readonly radius: number;
  readonly isNamed: boolean;
  readonly isCircle: boolean;
  /** Middle and radii of the circle: shares of the width across, px down. */
  readonly circle: { readonly y: number; readonly rx: number; readonly ry: number };
  readonly spots: ReadonlyMap<string, Spot>;
}

const angleOf = (place: number, count: number): number =>
  2 * Math.PI * ((place + 0.5) / count - 0.25);

function layoutOf({ nodes, badge }: ClusterSpec, isRace: boolean): Layout {
  const count = nodes.length;
  const isCircle = nodes.some(({ column, row }) => column === undefined || row === undefined);
  const isNamed = !isCircle || count <= (isRace ? NAMED_IN_RACE_MAX : NAMED_MAX);
  const radius = isNamed ? 11 : 6.5;
  const spots = new Map<string, Spot>();
  if (!isCircle) {
    const columns = nodes.map(({ column = 0 }) => column);
    const rows = nodes.map(({ row = 0 }) => row);
    const [left, top] = [Math.min(...columns), Math.min(...rows)];
    const across = Math.max(...columns) - left + 1;
    const rowPx = badge ? ROW_PX + LINE_PX : ROW_PX;
    for (const { id, column = 0, row = 0 } of nodes)
      spots.set(id, {
        x: (column - left + 0.5) / across,
        y: radius + 6 + (row - top) * rowPx,
        dx: 0,
        dy: radius + 13,
        anchor: 'middle',
      });
    const height = Math.ceil(
      (Math.max(...rows) - top) * rowPx + 2 * radius + 13 + (badge ? 3 : 2) * LINE_PX,
    );
    return { height, radius, isNamed, isCircle, circle: { y: height / 2, rx: 0, ry: 0 }, spots };
  }
  const height = isRace ? 240 : count > ONE_ROW_MAX ? 340 : 300;
  const circle = {
    y: height / 2,
    rx: isNamed ? 0.38 : 0.45,
    ry: height / 2 - radius - (isNamed ? (badge ? 32 : 20) : 4),
  };
  for (const [place, { id }] of nodes.entries()) {
    const angle = angleOf(place, count);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const reach = count > ONE_ROW_MAX && place % 2 === 1 ? 0.84 : 1;
    const isAside = Math.abs(cos) > 0.35;
    spots.set(id, {
      x: 0.5 + circle.rx * cos * reach,
      y: circle.y + circle.ry * sin * reach,
      dx: isAside ? Math.sign(cos) * (radius + 5) : 0,
      dy: isAside ? 4 : sin > 0 ? radius + 13 : -radius - 6,
      anchor: isAside ? (cos > 0 ? 'start' : 'end') : 'middle',
    });
  }
  return { height, radius, isNamed, isCircle, circle, spots };
}

const sideOf = ({ side }: ClusterSpec, index: RecordingIndex, node: string, t: number): string =>
  side === undefined ? '' : `${index.stateAt(node, side, t) ?? ''}`;

/** The state of a node in words, and the mark that stands for it. */
interface NodeState {
  readonly label: string;
  readonly mark: Outcome;
}

function stateOf(
  { state }: ClusterSpec,
  index: RecordingIndex,
  node: string,
  t: number,
): NodeState {
  const value = index.stateAt(node, state.field, t);
  if (value === undefined) return { label: 'nothing known', mark: 'sent' };
  const declared = Object.hasOwn(state.values, value) ? state.values[value] : undefined;
  return declared ?? { label: `${value}`, mark: 'sent' };
}

interface Reading {
  readonly states: readonly NodeState[];
  readonly sides: readonly string[];
  /** How many sides there are; one if the network is whole. */
  readonly sideCount: number;
  /** How many nodes are in each state: those declared, in their order, and what else occurs. */
  readonly counts: readonly (NodeState & { readonly count: number })[];
}

function read(view: ClusterSpec, index: RecordingIndex, t: number): Reading {
  const states = view.nodes.map(({ id }) => stateOf(view, index, id, t));
  const sides = view.nodes.map(({ id }) => sideOf(view, index, id, t));
  const kinds = new Map<string, NodeState>();
  for (const state of [...Object.values(view.state.values), ...states])
    if (!kinds.has(state.label)) kinds.set(state.label, state);
  return {
    states,
    sides,
    sideCount: new Set(sides).size,
    counts: [...kinds.values()].map((state) => ({
      ...state,
      count: states.filter(({ label }) => label === state.label).length,
    })),
  };
}

function badgeOf(
  { badge }: ClusterSpec,
  index: RecordingIndex,
  node: string,
  t: number,
): string | undefined {
  const value = badge && index.stateAt(node, badge.field, t);
  if (value === undefined || badge === undefined) return undefined;
  const unit = badge.unit ?? '';
  return typeof value === 'number' ? formatValue(value, standsWithValue(unit) ? unit : '') : value;
}

/** The lines at which the circle is cut: between neighbours of different sides. */
function Cuts({
  sides,
  circle: { y, rx, ry },
}: {
  readonly sides: readonly string[];
  readonly circle: Layout['circle'];
}): ReactNode {
  const count = sides.length;
  return sides.map((side, place) => {
    const next = (place + 1) % count;
    if (side === sides[next]) return null;
    const angle = angleOf(place + 0.5, count);
    const cut = {
      x1: '50%',
      y1: px(y),
      x2: percent(0.5 + 1.08 * rx * Math.cos(angle)),
      y2: px(y + 1.08 * ry * Math.sin(angle)),
    };
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a cut has no name but its place
      <g key={place}>
        <line className="v-cluster-gap" {...cut} />
        <line className="v-cluster-cut" {...cut} />
      </g>
    );
  });
}

const Links = memo(function Links({
  view,
  spots,
  cut,
}: {
  readonly view: ClusterSpec;
  readonly spots: Layout['spots'];
  /** Sides of the nodes, one a line: a text, so that the same sides are the same. */
  readonly cut: string;
}): ReactNode {
  const sides = new Map(cut.split('\n').map((side, i) => [view.nodes[i]?.id ?? '', side]));
  return (view.links ?? []).map(({ from, to }) => {
    const [start, end] = [spots.get(from), spots.get(to)];
    if (!start || !end) return null;
    const isCut = sides.get(from) !== sides.get(to);
    return (
      <line
        key={`${from} ${to}`}
        className={isCut ? 'v-edge v-cluster-cut' : 'v-edge'}
        x1={percent(start.x)}
        y1={px(start.y)}
        x2={percent(end.x)}
        y2={px(end.y)}
      />
    );
  });
});

/** The lines along which messages are under way, each from its sender to where it is. */
function Trails({
  index,
  spots,
  t,
  rowsMax,
}: {
  readonly index: RecordingIndex;
  readonly spots: Layout['spots'];
  readonly t: number;
  readonly rowsMax: number;
}): ReactNode {
  return index
    .inFlight(t)
    .slice(-rowsMax)
    .map((row) => {
      const { from, to, sentAt, arrivesAt } = index.message(row);
      const [start, end] = [spots.get(from), spots.get(to)];
      if (!start || !end || from === to) return null;
      const share = arrivesAt > sentAt ? (t - sentAt) / (arrivesAt - sentAt) : 1;
      return (
        <line
          key={row}
          className="v-cluster-trail"
          x1={percent(start.x)}
          y1={px(start.y)}
          x2={percent(start.x + (end.x - start.x) * share)}
          y2={px(start.y + (end.y - start.y) * share)}
        />
      );
    });
}

/** The last word of a label: "Node 3" → "3". */
const shortName = (label: string): string => shortened(label.split(' ').at(-1) ?? label, 5);

function Name({
  node: { label },
  spot: { dx, dy, anchor },
  badge,
  badgeLabel,
  isCircle,
}: {
  readonly node: NodeSpec;
  readonly spot: Spot;
  /** Undefined if there is none. */
  readonly badge: string | undefined;
  readonly badgeLabel: string;
  readonly isCircle: boolean;
}): ReactNode {
  // On a phone there is little room beside a circle: the value stands alone, its name above them all.
  const names = isCircle ? [shortName(label)] : wrapped(label, LETTERS_MAX);
  const value = isCircle ? shortened(badge ?? '', 5) : `${badgeLabel} ${badge ?? ''}`.trim();
  const lines = badge === undefined ? names : [...names, value];
  const rise = dy < 0 ? lines.length - 1 : dx === 0 ? 0 : (lines.length - 1) / 2;
  return lines.map((line, i) => (
    <SvgText
      // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
      key={i}
      x={dx}
      y={dy + (i - rise) * LINE_PX}
      textAnchor={anchor}
      tone={i < names.length ? 'ink' : 'soft'}
      halo
    >
      {line}
    </SvgText>
  ));
}

function Scene({
  props: { view, t },
  run: { index },
  layout,
  reading: { states, sides, sideCount },
  rowsMax,
}: {
  readonly props: ViewProps<ClusterSpec>;
  readonly run: ViewRun;
  readonly layout: Layout;
  readonly reading: Reading;
  readonly rowsMax: number;
}): ReactNode {
  const { height, radius, isNamed, isCircle, circle, spots } = layout;
  return (
    <Drawing height={height}>
      <Svg>
        <Links view={view} spots={spots} cut={sides.join('\n')} />
        <Trails index={index} spots={spots} t={t} rowsMax={rowsMax} />
        {isCircle && sideCount > 1 && <Cuts sides={sides} circle={circle} />}
        {view.nodes.map((node, i) => {
          const spot = spots.get(node.id);
          const mark = states[i]?.mark ?? 'sent';
          return (
            spot && (
              <At key={node.id} x={percent(spot.x)} y={spot.y}>
                <circle className={`v-cluster-node ${outcomeClass(mark)}`} r={radius} />
                <OutcomeGlyph outcome={mark} />
                {isNamed && (
                  <Name
                    node={node}
                    spot={spot}
                    badge={badgeOf(view, index, node.id, t)}
                    badgeLabel={view.badge?.label ?? ''}
                    isCircle={isCircle}
                  />
                )}
              </At>
            )
          );
        })}
        {itemsOf(index, { places: spots, t, rowsMax }).map(({ key, outcome, x, y, opacity }) => (
          <OutcomeGlyph
            key={key}
            outcome={outcome}
            x={percent(x)}
            y={Math.round(y * 10) / 10}
            opacity={opacity === 1 ? undefined : opacity}
          />
        ))}
      </Svg>
    </Drawing>
  );
}

function ClusterView(declared: ViewProps<ClusterSpec>): ReactNode {
  const props = withKnownNodes(declared);
  const { view, runs, t } = props;
  const isRace = runs.length > 1;
  const layout = layoutFor(view, isRace);
  const rowsMax = Math.floor(ITEMS_MAX / runs.length);
  return (
    <div
      className={isRace ? 'v v-cluster-race' : 'v'}
      role="img"
      aria-label={describeCluster(props)}
    >
      {runs.map((run) => (
        <Part
          key={run.id}
          draw={() => <ClusterRun props={props} run={run} layout={layout} rowsMax={rowsMax} />}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
    </div>
  );
}

function ClusterRun({
  props,
  run,
  layout,
  rowsMax,
}: {
  readonly props: ViewProps<ClusterSpec>;
  readonly run: ViewRun;
  readonly layout: Layout;
  /** Messages that are drawn at most. */
  readonly rowsMax: number;
}): ReactNode {
  const { view, runs, t } = props;
  const reading = read(view, run.index, t);
  return (
    <div className={layout.isCircle ? 'v-cluster-round' : undefined}>
      <p className="v-cluster-counts">
        {runs.length > 1 && <b>{run.title}</b>}
        {reading.counts.map(({ label, mark, count }) => (
          <span key={label}>
            <OutcomeMark outcome={mark} />
            {label}
            <b>{formatNumber(count, 6)}</b>
          </span>
        ))}
        {/* Always there, so that a partition moves nothing below. */}
        {view.side !== undefined && (
          <span>
            {reading.sideCount > 1
              ? `network cut into ${reading.sideCount} sides`
              : 'network in one piece'}
          </span>
        )}
        {layout.isNamed && layout.isCircle && view.badge && (
          <span>{`beside the nodes: ${view.badge.label}`}</span>
        )}
      </p>
      <Scene props={props} run={run} layout={layout} reading={reading} rowsMax={rowsMax} />
    </div>
  );
}

/** Views with the nodes that there are, by their ids: the same nodes are the same view. */
const knownViews = new WeakMap<ClusterSpec, Map<string, ClusterSpec>>();

/** Nodes of which nothing is ever recorded are left out; if that is all of them, none is. */
function withKnownNodes(props: ViewProps<ClusterSpec>): ViewProps<ClusterSpec> {
  const { view, runs } = props;
  const ids = new Set(runs.flatMap(({ index }) => index.nodesWith(view.state.field)));
  const nodes = view.nodes.filter(({ id }) => ids.has(id));
  if (nodes.length === 0 || nodes.length === view.nodes.length) return props;
  const known = knownViews.get(view) ?? new Map<string, ClusterSpec>();
  knownViews.set(view, known);
  const key = nodes.map(({ id }) => id).join(' ');
  const found = known.get(key) ?? { ...view, nodes };
  known.set(key, found);
  return { ...props, view: found };
}

/** Layouts depend on the view alone: a frame must not make them again. */
const layouts = new WeakMap<ClusterSpec, Map<boolean, Layout>>();

function layoutFor(view: ClusterSpec, isRace: boolean): Layout {
  const known = layouts.get(view) ?? new Map<boolean, Layout>();
  layouts.set(view, known);
  const layout = known.get(isRace) ?? layoutOf(view, isRace);
  known.set(isRace, layout);
  return layout;
}

/** How many nodes are in which state, what is under way, and whether the network is cut. */
function describeCluster(props: ViewProps<ClusterSpec>): string {
  const { view, runs, t, shownMs } = withKnownNodes(props);
  const said = perRun(runs, ({ index }) => {
    const { counts, sideCount } = read(view, index, t);
    const present = counts.filter(({ count }) => count > 0);
    const parts = [
      `${formatNumber(view.nodes.length, 6)} nodes: ${listed(present.map(({ label, count }) => `${formatNumber(count, 6)} ${label}`))}`,
      `${formatNumber(index.inFlight(t).length, 6)} messages under way`,
    ];
    const lost = index.lostUntil(t).length;
    if (lost > 0) parts.push(`${formatNumber(lost, 6)} lost so far`);
    if (sideCount > 1) parts.push(`the network is cut into ${sideCount} sides`);
    return parts.join('; ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

/** Each node; of many nodes, which are in each state. */
function tableCluster(props: ViewProps<ClusterSpec>): ViewTable {
  const { view, runs, t, shownMs } = withKnownNodes(props);
  const caption = `${view.title}, at ${formatMoment(t, shownMs)}`;
  const named = (run: ViewRun, name: string): string =>
    runs.length === 1 ? name : `${run.title}: ${name}`;
  if (view.nodes.length * runs.length > TABLE_ROWS_MAX)
    return {
      caption,
      columns: ['State', 'Nodes', 'Which'],
      rows: runs.flatMap((run) => {
        const { counts, states } = read(view, run.index, t);
        return counts.map(({ label, count }) => [
          named(run, label),
          formatNumber(count, 6),
          view.nodes
            .filter((_, i) => states[i]?.label === label)
            .map((node) => shortName(node.label))
            .join(', ') || '–',
        ]);
      }),
    };
  return {
    caption,
    columns: [
      'Node',
      'State',
      ...(view.badge ? [view.badge.label] : []),
      ...(view.side ? ['Side'] : []),
    ],
    rows: runs.flatMap((run) => {
      const { states, sides } = read(view, run.index, t);
      return view.nodes.map(({ id, label }, i) => [
        named(run, label),
        states[i]?.label ?? '–',
        ...(view.badge ? [badgeOf(view, run.index, id, t) ?? '–'] : []),
        ...(view.side ? [sides[i] || '–'] : []),
      ]);
    }),
  };
}

export const cluster: ViewKind<ClusterSpec> = {
  Drawing: ClusterView,
  describe: describeCluster,
  table: tableCluster,
};
