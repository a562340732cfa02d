/**
 * The scene: nodes, what they hold, and messages on their way between them.
 *
 * In a race each variant has a band of its own. A single source is drawn once, as a rail that all
 * bands start from, since it is the same traffic that each of them meets.
 */
import { Fragment, memo, type ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import { levelAt } from '@/lib/simulation/levels';
import type { ParameterValue, Unit } from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { FlowView as FlowSpec, NodeRole, SceneNode } from '@/lib/simulation/views';
import { itemsOf, type Place, type Way } from './items';
import { OutcomeGlyph, outcomeLabel } from './outcome-mark';
import { At, Drawing, NARROW_PX, px, Svg, SvgText, shortened, wrapped } from './text';
import type { ViewKind } from './view';
import {
  listed,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

/** Items drawn at once in one scene; more could not be told apart, and a frame must stay cheap. */
const ITEMS_MAX = 240;
/** What goes back runs a little below what comes, so that the two do not cover each other. */
const RETURN_PX = 8;

interface Layout {
  readonly compact: boolean;
  /** Half the height of a node's shape, px. */
  readonly half: number;
  readonly linePx: number;
  readonly lettersMax: number;
  readonly height: number;
  readonly bands: readonly { readonly top: number; readonly places: ReadonlyMap<string, Place> }[];
  /** Whether the nodes' names stand above all bands. */
  readonly namesAbove: boolean;
  /** The one source of a race. */
  readonly rail: SceneNode | undefined;
}

const keepsCount = ({ role }: SceneNode): boolean => role === 'sink' || role === 'source';

function layoutOf(view: FlowSpec, runs: readonly ViewRun[]): Layout {
  const columns = view.nodes.map((node) => node.column);
  const rows = view.nodes.map((node) => node.row);
  const firstColumn = Math.min(...columns);
  const firstRow = Math.min(...rows);
  const columnCount = Math.max(...columns) - firstColumn + 1;
  const rowSpan = Math.max(...rows) - firstRow;
  const race = runs.length > 1;
  const compact = race;
  const half = compact ? 14 : 20;
  const linePx = compact ? 12.5 : 14;
  const lettersMax = Math.max(7, Math.floor(NARROW_PX / columnCount / 6.2));
  const labelLines = Math.max(
    1,
    ...view.nodes.map((node) => wrapped(node.label, lettersMax).length),
  );
  const linesBelow = Math.max(
    0,
    ...view.nodes.map((node) => {
      const kinds = keepsCount(node)
        ? Math.max(...runs.map((run) => run.index.kindsAt(node.id).length))
        : 0;
      const counts = node.level || node.health || (node.role === 'queue' && !node.badges);
      return (counts ? 1 : 0) + (node.badges?.length ?? 0) + kinds;
    }),
  );
  const below = half + linesBelow * linePx + (linesBelow > 0 ? 6 : 4);
  const labelPx = labelLines * linePx + 5;
  const titlePx = race ? 20 : 0;
  const rowPx = half + below + (race && rowSpan === 0 ? 0 : labelPx + 6);
  const sources = view.nodes.filter((node) => node.role === 'source');
  const [onlySource] = sources;
  const rail = race && sources.length === 1 ? onlySource : undefined;
  // The outer columns stand near the edges, but never so near that a name would be cut off.
  const edge = Math.min(0.5 / columnCount, race ? 0.1 : 0.14);
  const across = (column: number): number =>
    columnCount === 1 ? 0.5 : edge + ((column - firstColumn) / (columnCount - 1)) * (1 - 2 * edge);
  const bands: { top: number; places: Map<string, Place> }[] = [];
  // Names stand once: over the columns if there is one row, else over the nodes of the first band.
  const namesAbove = race && rowSpan === 0;
  let top = namesAbove ? labelPx + 2 : 0;
  for (const [i] of runs.entries()) {
    const head = titlePx + (namesAbove ? 0 : i === 0 || rowSpan > 0 ? labelPx : 2);
    const places = new Map<string, Place>();
    for (const node of view.nodes) {
      places.set(node.id, {
        x: across(node.column),
        y: top + head + half + (node.row - firstRow) * rowPx,
      });
    }
    bands.push({ top, places });
    top += head + half + rowSpan * rowPx + below + (race ? 4 : 0);
  }
  return { compact, half, linePx, lettersMax, height: Math.ceil(top), bands, rail, namesAbove };
}

/** Where a message is drawn: forward along the line, back along one a little lower. */
function lane(from: Place, to: Place): Way {
  const shift = to.x < from.x ? RETURN_PX : 0;
  return { from: { x: from.x, y: from.y + shift }, to: { x: to.x, y: to.y + shift } };
}

const Edges = memo(function Edges({
  view,
  bands,
}: {
  readonly view: FlowSpec;
  readonly bands: Layout['bands'];
}): ReactNode {
  return bands.map(({ top, places }, band) => (
    <g key={top}>
      {view.edges.map((edge) => {
        const from = places.get(edge.from);
        const to = places.get(edge.to);
        if (!from || !to) return null;
        const line = lane(from, to);
        return (
          <Fragment key={`${edge.from} ${edge.to}`}>
            <line
              className={to.x < from.x ? 'v-edge v-back' : 'v-edge'}
              x1={percent(line.from.x)}
              y1={px(line.from.y)}
              x2={percent(line.to.x)}
              y2={px(line.to.y)}
            />
            {edge.label && band === 0 && (
              <g className="v-roomy-only">
                <SvgText
                  x={percent((line.from.x + line.to.x) / 2)}
                  y={(line.from.y + line.to.y) / 2 + (to.x < from.x ? 14 : -6)}
                  textAnchor="middle"
                  tone="faint"
                  halo
                >
                  {edge.label}
                </SvgText>
              </g>
            )}
          </Fragment>
        );
      })}
    </g>
  ));
});

const SLOTS_MAX = 8;
const LAMPS_MAX = 8;

interface ShapeProps {
  readonly role: NodeRole;
  readonly half: number;
  /** Undefined if the node has no level. */
  readonly level: number | undefined;
  readonly capacity: number | undefined;
  readonly off: boolean;
}

/** The node's shape around the origin. */
const Shape = memo(function Shape({ role, half, level, capacity, off }: ShapeProps): ReactNode {
  const share = level === undefined || !capacity ? 0 : Math.max(0, Math.min(1, level / capacity));
  const cross = px(half * 0.55);
  return (
    <g className={off ? 'v-node v-off' : 'v-node'}>
      <Body role={role} half={half} level={level} capacity={capacity} off={off} share={share} />
      {off && (
        <path
          className="v-cross"
          d={`M${-cross} ${-cross}L${cross} ${cross}M${-cross} ${cross}L${cross} ${-cross}`}
        />
      )}
    </g>
  );
});

/** A box around the origin, as an outline: shorter than an element with its four numbers. */
const box = (wide: number, tall: number): string =>
  `M${-px(wide)} ${-px(tall)}h${2 * px(wide)}v${2 * px(tall)}h${-2 * px(wide)}z`;

function Body({
  role,
  half,
  level,
  capacity,
  off,
  share,
}: ShapeProps & { readonly share: number }): ReactNode {
  switch (role) {
    case 'source':
      return (
        <>
          <circle r={px(half * 0.55)} />
          <circle className="v-core" r={px(half * 0.2)} />
        </>
      );
    case 'gate': {
      if (level === undefined) {
        const wide = px(half * 0.45);
        return (
          <>
            <path d={box(wide, half)} />
            <path className="v-gap" d={`M${-wide} 0h${2 * wide}`} strokeWidth={px(half * 0.7)} />
          </>
        );
      }
      const wide = px(half * 0.85);
      const top = px(half - half * 2 * share);
      return (
        <>
          <path className="v-paper v-bare" d={box(wide, half)} />
          <path className="v-filled" d={`M${-wide} ${half}V${top}h${2 * wide}V${half}z`} />
          {share > 0 && <path className="v-brim" d={`M${-wide} ${top}h${2 * wide}`} />}
          <path className="v-open" d={`M${-wide} ${-half}V${half}H${wide}V${-half}`} />
        </>
      );
    }
    case 'queue': {
      const tall = half * 0.45;
      // Without a bound there is always one more place; the number below says how many wait.
      const slots =
        capacity === undefined ? SLOTS_MAX : capacity <= SLOTS_MAX ? Math.round(capacity) : 0;
      const pitch = half * 0.46;
      const wide = slots > 0 ? (slots * pitch) / 2 : half * 1.5;
      // The front of the queue is on the right, where the server is.
      const taken = Math.min(slots, Math.round(level ?? 0));
      const slot = (i: number): string =>
        `M${px(wide - (i + 1) * pitch + 1.4)} ${px(2 - tall)}h${px(pitch - 2.8)}v${px(tall * 2 - 4)}h${-px(pitch - 2.8)}z`;
      const places = Array.from({ length: slots }, (_, i) => slot(i));
      return (
        <>
          <path d={box(wide, tall)} />
          {slots === 0 && (
            <rect
              className="v-waiting v-bare"
              x={px(wide - wide * 2 * share)}
              y={-px(tall)}
              width={px(wide * 2 * share)}
              height={px(tall * 2)}
            />
          )}
          {taken > 0 && <path className="v-taken v-bare" d={places.slice(0, taken).join('')} />}
          {taken < slots && <path className="v-free v-bare" d={places.slice(taken).join('')} />}
        </>
      );
    }
    case 'server': {
      const lamps = capacity !== undefined && capacity <= LAMPS_MAX ? Math.round(capacity) : 0;
      const perRow = lamps <= 3 ? Math.max(1, lamps) : Math.ceil(lamps / 2);
      const rowCount = lamps === 0 ? 0 : Math.ceil(lamps / perRow);
      const pitch = Math.min(half * 0.62, (half * 1.9) / perRow);
      const wide = px(Math.max(half * 0.9, (perRow * pitch) / 2 + 3));
      const tall = px(half * 0.9);
      const places = Array.from({ length: lamps }, (_, i) => {
        const row = Math.floor(i / perRow);
        const inRow = Math.min(perRow, lamps - row * perRow);
        return {
          x: px((i - row * perRow - (inRow - 1) / 2) * pitch),
          y: px((row - (rowCount - 1) / 2) * pitch * 1.15),
          busy: i < Math.round(level ?? 0),
        };
      });
      const filled = tall * 2 * share;
      return (
        <>
          <rect x={-wide} y={-tall} width={wide * 2} height={tall * 2} rx={4} />
          {level !== undefined && lamps === 0 && (
            <rect
              className="v-filled"
              x={-wide}
              y={px(tall - filled)}
              width={wide * 2}
              height={px(filled)}
              rx={4}
            />
          )}
          {(off ? [] : places).map(({ x, y, busy }) => (
            <circle
              key={`${x} ${y}`}
              className={busy ? 'v-lamp v-busy' : 'v-lamp'}
              cx={x}
              cy={y}
              r={px(pitch * 0.34)}
            />
          ))}
        </>
      );
    }
    case 'store': {
      const wide = px(half * 0.85);
      const lid = px(half * 0.28);
      const body = half * 2 - lid * 2;
      const filled = px(body * share);
      return (
        <>
          <path d={`M${-wide} ${lid - half}v${body}a${wide} ${lid} 0 0 0 ${wide * 2} 0v${-body}`} />
          {share > 0 && (
            <path
              className="v-filled"
              d={`M${-wide} ${half - lid - filled}v${filled}a${wide} ${lid} 0 0 0 ${wide * 2} 0v${-filled}a${wide} ${lid} 0 0 1 ${-wide * 2} 0`}
            />
          )}
          <ellipse cy={lid - half} rx={wide} ry={lid} />
        </>
      );
    }
    case 'sink': {
      const [wide, tall] = [px(half * 0.5), px(half * 0.8)];
      return <path className="v-open" d={`M${-wide} ${-tall}H${wide}V${tall}H${-wide}`} />;
    }
    default:
      return role satisfies never;
  }
}

/** What a node shows at `t`, as texts and numbers. */
interface NodeReading {
  readonly off: boolean;
  readonly level: number | undefined;
  readonly capacity: number | undefined;
  /** Lines below the shape, each under the name of its field. */
  readonly lines: readonly { readonly field: string; readonly text: string }[];
  /** What has arrived, for nodes that something ends at. */
  readonly counts: readonly { readonly kind: Outcome; readonly count: number }[];
}

const textOf = (value: number | string | undefined, unit: Unit): string => {
  if (value === undefined) return '–';
  return typeof value === 'number' ? formatValue(value, standsWithValue(unit) ? unit : '') : value;
};

function read(
  node: SceneNode,
  index: RecordingIndex,
  t: number,
  parameters: Readonly<Record<string, ParameterValue>>,
): NodeReading {
  const off = node.health !== undefined && index.stateAt(node.id, node.health, t) === 'off';
  // A server without a level is busy while a span is open on it.
  const spans =
    node.role === 'server' && !node.level && index.recording.spans.length > 0
      ? index.spansWithin(t, t).filter((row) => index.span(row).lane === node.id).length
      : undefined;
  const held = node.level && index.stateAt(node.id, node.level.field, t);
  const level =
    typeof held === 'number'
      ? held
      : node.role === 'queue' && !node.level
        ? index.presentAt(node.id, t)
        : node.level
          ? 0
          : spans;
  const capacity = node.level
    ? levelAt(node.level.capacity, parameters, t)
    : spans === undefined
      ? undefined
      : 1;
  const lines: { field: string; text: string }[] = [];
  if (off) lines.push({ field: 'health', text: 'down' });
  else if (node.level && level !== undefined) {
    const { label, unit, capacity: most } = node.level;
    const of = typeof most === 'number' ? '' : `/${formatNumber(capacity ?? 0)}`;
    lines.push({ field: 'level', text: `${label} ${textOf(level, unit ?? '')}${of}`.trim() });
  } else if (node.role === 'queue' && !node.badges)
    lines.push({ field: 'level', text: `${formatNumber(level ?? 0)} waiting` });
  for (const { field, label, unit } of node.badges ?? [])
    lines.push({
      field,
      text: `${label} ${textOf(index.stateAt(node.id, field, t), unit ?? '')}`.trim(),
    });
  const counts = keepsCount(node)
    ? index
        .kindsAt(node.id)
        .map((kind) => ({ kind, count: index.arrivedCount(node.id, kind, t) }))
        .filter(({ count }) => count > 0)
    : [];
  return { off, level, capacity, lines, counts };
}

function NodeName({
  node,
  x,
  bottom,
  layout: { lettersMax, linePx },
}: {
  readonly node: SceneNode;
  readonly x: string | number;
  /** Base line of the last line, px. */
  readonly bottom: number;
  readonly layout: Layout;
}): ReactNode {
  const lines = wrapped(node.label, lettersMax);
  return lines.map((line, i) => (
    <SvgText
      key={line}
      x={x}
      y={bottom - (lines.length - 1 - i) * linePx}
      textAnchor="middle"
      tone="ink"
      fontSize={11.5}
      fontWeight={500}
      halo
    >
      {line}
    </SvgText>
  ));
}

function NodeAt({
  node,
  place,
  reading,
  layout,
  shaped,
  labelled,
}: {
  readonly node: SceneNode;
  readonly place: Place;
  readonly reading: NodeReading;
  readonly layout: Layout;
  /** False for the source of a race, whose shape is the rail. */
  readonly shaped: boolean;
  readonly labelled: boolean;
}): ReactNode {
  const { half, linePx, lettersMax, compact } = layout;
  const fontSize = compact ? 10.5 : 11.5;
  const firstLine = half + linePx;
  return (
    <At x={percent(place.x)} y={place.y}>
      {shaped && (
        <Shape
          role={node.role}
          half={half}
          level={reading.level}
          capacity={reading.capacity}
          off={reading.off}
        />
      )}
      {labelled && <NodeName node={node} x={0} bottom={-half - 7} layout={layout} />}
      {reading.lines.map(({ field, text }, i) => (
        <SvgText
          key={field}
          y={firstLine + i * linePx}
          textAnchor="middle"
          fontSize={fontSize}
          tone={reading.off && i === 0 ? 'bad' : 'soft'}
          halo
        >
          {shortened(text, lettersMax + 4)}
        </SvgText>
      ))}
      {reading.counts.map(({ kind, count }, i) => {
        const y = firstLine + (reading.lines.length + i) * linePx;
        return (
          <g key={kind}>
            <OutcomeGlyph outcome={kind} x={shaped ? -15 : 16} y={px(y - fontSize * 0.36)} />
            <SvgText
              x={shaped ? -7 : 24}
              y={y}
              fontSize={fontSize}
              tone="ink"
              fontWeight={600}
              halo
            >
              {formatNumber(count, 6)}
            </SvgText>
          </g>
        );
      })}
    </At>
  );
}

function FlowView(props: ViewProps<FlowSpec>): ReactNode {
  const { view, runs, t, parameters } = props;
  const layout = cachedLayout(view, runs);
  const { bands, height, rail, compact, namesAbove } = layout;
  const rowsMax = Math.floor(ITEMS_MAX / runs.length);
  const railPlaces = rail ? bands.flatMap((band) => band.places.get(rail.id) ?? []) : [];
  const [first] = railPlaces;
  const last = railPlaces.at(-1);
  return (
    <div className="v" role="img" aria-label={describeFlow(props)}>
      <Drawing height={height}>
        <Svg>
          {compact &&
            bands.map(({ top }, i) => (
              <g key={top}>
                {(i > 0 || namesAbove) && (
                  <line className="v-rule" x2="100%" y1={px(top + 1)} y2={px(top + 1)} />
                )}
                <SvgText
                  x={first ? percent(first.x) : '0'}
                  dx={first ? 12 : 0}
                  y={top + 15}
                  tone="ink"
                  fontSize={11.5}
                  fontWeight={600}
                >
                  {runs[i]?.title}
                </SvgText>
              </g>
            ))}
          <Edges view={view} bands={bands} />
          {bands.map(({ top, places }, i) => {
            const run = runs[i];
            return (
              <g key={top} className={compact ? undefined : 'v-large-marks'}>
                {run &&
                  itemsOf(run.index, { places, lane, t, rowsMax }).map(
                    ({ key, outcome, x, y, opacity }) => (
                      <OutcomeGlyph
                        key={key}
                        outcome={outcome}
                        x={percent(x)}
                        y={Math.round(y * 10) / 10}
                        opacity={opacity === 1 ? undefined : opacity}
                      />
                    ),
                  )}
              </g>
            );
          })}
          {first && last && (
            <At x={percent(first.x)}>
              <rect
                className="v-rail"
                x={-5}
                y={px(first.y - 14)}
                width={10}
                height={px(last.y - first.y + 28)}
                rx={5}
              />
            </At>
          )}
          {bands.map(({ top, places }, i) => {
            const run = runs[i];
            return (
              <g key={top}>
                {view.nodes.map((node) => {
                  const place = places.get(node.id);
                  return (
                    run &&
                    place && (
                      <NodeAt
                        key={node.id}
                        node={node}
                        place={place}
                        reading={read(node, run.index, t, parameters)}
                        layout={layout}
                        shaped={node !== rail}
                        labelled={!namesAbove && i === 0}
                      />
                    )
                  );
                })}
              </g>
            );
          })}
          {namesAbove &&
            view.nodes.map((node) => (
              <NodeName
                key={node.id}
                node={node}
                x={percent(bands[0]?.places.get(node.id)?.x ?? 0)}
                bottom={(bands[0]?.top ?? 0) - 6}
                layout={layout}
              />
            ))}
          {bands.map(({ top }, i) => {
            const hidden = (runs[i]?.index.inFlight(t).length ?? 0) - rowsMax;
            // In the line of the run's title, above which the names of the nodes stand.
            return (
              hidden > 0 && (
                <SvgText
                  key={top}
                  x="100%"
                  y={top + (compact ? 15 : 12)}
                  textAnchor="end"
                  tone="faint"
                  halo
                >
                  {`and ${formatNumber(hidden, 6)} more under way`}
                </SvgText>
              )
            );
          })}
        </Svg>
      </Drawing>
    </div>
  );
}

/**
 * The layout depends on the whole run (which outcomes arrive where), not on `t`: it is kept with the
 * first recording, so that a frame does not make it again and the edges can be memoised.
 */
const layouts = new WeakMap<
  RecordingIndex,
  { readonly view: FlowSpec; readonly runs: readonly RecordingIndex[]; readonly layout: Layout }
>();

function cachedLayout(view: FlowSpec, runs: readonly ViewRun[]): Layout {
  const [first] = runs;
  if (!first) return layoutOf(view, runs);
  const known = layouts.get(first.index);
  const indices = runs.map((run) => run.index);
  if (
    known?.view === view &&
    known.runs.length === indices.length &&
    known.runs.every((index, i) => index === indices[i])
  )
    return known.layout;
  const layout = layoutOf(view, runs);
  layouts.set(first.index, { view, runs: indices, layout });
  return layout;
}

/** What is under way and where things stand at `t`, in a sentence or two per run. */
function describeFlow({ view, runs, t, shownMs, parameters }: ViewProps<FlowSpec>): string {
  const said = perRun(runs, (run) => {
    const underWay = run.index.inFlight(t).length;
    const parts = [underWay === 0 ? 'nothing under way' : `${formatNumber(underWay, 6)} under way`];
    for (const node of view.nodes) {
      const { off, lines, counts } = read(node, run.index, t, parameters);
      const arrived = counts.map(
        ({ kind, count }) => `${formatNumber(count, 6)} ${outcomeLabel(kind)}`,
      );
      const facts = [
        ...lines.map(({ text }) => text),
        ...(arrived.length > 0 ? [`received ${listed(arrived)}`] : []),
      ];
      if (off || facts.length > 0) parts.push(`${node.label}: ${facts.join(', ')}`);
    }
    const lost = run.index.lostUntil(t).length;
    if (lost > 0) parts.push(`${formatNumber(lost, 6)} lost on the way`);
    return parts.join('; ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

/** Each node with what has arrived at it and what it holds at `t`. */
function tableFlow({ view, runs, t, shownMs, parameters }: ViewProps<FlowSpec>): ViewTable {
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: ['Node', 'Arrived so far', 'State'],
    rows: runs.flatMap((run) =>
      view.nodes.map((node) => {
        const arrived = run.index
          .kindsAt(node.id)
          .map((kind) => ({ kind, count: run.index.arrivedCount(node.id, kind, t) }))
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => `${formatNumber(count, 6)} ${outcomeLabel(kind)}`);
        return [
          runs.length === 1 ? node.label : `${run.title}: ${node.label}`,
          listed(arrived) || '–',
          read(node, run.index, t, parameters)
            .lines.map(({ text }) => text)
            .join('; ') || '–',
        ];
      }),
    ),
  };
}

export const flow: ViewKind<FlowSpec> = {
  Drawing: FlowView,
  describe: describeFlow,
  table: tableFlow,
};
