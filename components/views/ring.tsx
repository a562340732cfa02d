/**
 * Keys on a circle and who owns them, with the load of each node beside it.
 *
 * What a node owns, and its keys, are one dashed circle each: however many positions a node has, it
 * costs a page one element and two small numbers a piece.
 */
import type { ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import { countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { RingView as RingSpec } from '@/lib/simulation/views';
import { Part } from './part';
import { At, Drawing, px, Svg, SvgText, shortened } from './text';
import type { ViewKind } from './view';
import {
  butTheMoment,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

/** Radii in px: of what the nodes own, of the keys, and of the keys that moved. */
interface Radii {
  readonly band: number;
  readonly keys: number;
  readonly moved: number;
}
const ALONE: Radii = { band: 112, keys: 97, moved: 84 };
const IN_RACE: Radii = { band: 88, keys: 75, moved: 64 };
/** Room around the band for the marks of positions, px. */
const AROUND_PX = 26;
const COLOURS = 8;
/** More positions than this are not marked one by one. */
const MARKED_MAX = 24;
/** Steps of a circle, in which dashes are counted. */
const BAND_STEPS = 720;
const KEY_STEPS = 1440;
/** Length of a key's tick, in steps. */
const TICK_STEPS = 4;
const ROW_PX = 20;
/** Where the bars of the list begin and end, as shares of its width. */
const BAR_FROM = 0.3;
const BAR_TO = 0.84;

const colourOf = (place: number): string => `c-${(place % COLOURS) + 1}`;

interface Token {
  readonly at: number;
  /** Place of its node in the declaration. */
  readonly node: number;
}

interface Key {
  readonly at: number;
  /** Place of its owner in the declaration; −1 if that is none of its nodes. */
  readonly owner: number;
  readonly isMoved: boolean;
}

/** The ring as it stands at a moment. */
interface Reading {
  /** In order of position. */
  readonly tokens: readonly Token[];
  readonly keys: readonly Key[];
  /** Moment of the last change, simulated ms; undefined before the first. */
  readonly changedAt: number | undefined;
  readonly rows: readonly {
    readonly positions: number;
    readonly keys: number;
    readonly gained: number;
    /** What is compared: the declared load, or the number of keys. */
    readonly load: number;
    readonly isMember: boolean;
  }[];
  readonly moved: number;
  /** The load of each member if all had the same. */
  readonly fair: number;
}

function parsePositions(value: number | string | undefined): readonly number[] {
  if (typeof value === 'number') return [value];
  return (value ?? '').split(' ').flatMap((text) => {
    const at = Number.parseFloat(text);
    return at >= 0 && at < 1 ? [at] : [];
  });
}

function read(view: RingSpec, index: RecordingIndex, t: number): Reading {
  const places = new Map(view.nodes.map(({ id }, place) => [id, place]));
  const tokens = view.nodes
    .flatMap(({ id }, node) =>
      parsePositions(index.stateAt(id, view.positions, t)).map((at): Token => ({ at, node })),
    )
    .sort((a, b) => a.at - b.at);
  const names = index.nodesWith(view.keys.owner);
  const histories = names.map((name) => index.stateHistory(name, view.keys.owner));
  const changedAt = lastChange(
    view.nodes.map(({ id }) => index.stateHistory(id, view.positions).at),
    histories.map(({ at }) => at),
    t,
  );
  const keys: Key[] = [];
  for (const [i, name] of names.entries()) {
    const at = index.stateAt(name, view.keys.position, t);
    const history = histories[i];
    if (!history || typeof at !== 'number' || !(at >= 0 && at < 1)) continue;
    const now = countUntil(history.at, t) - 1;
    const owner = history.value[now];
    if (owner === undefined) continue;
    let before = now;
    while (changedAt !== undefined && (history.at[before] ?? 0) >= changedAt) before--;
    const former = history.value[before];
    keys.push({
      at,
      owner: places.get(`${owner}`) ?? -1,
      isMoved: former !== undefined && former !== owner,
    });
  }
  const moved = keys.filter(({ isMoved }) => isMoved).length;
  const rows = view.nodes.map(({ id }, node) => {
    const positions = tokens.filter((token) => token.node === node).length;
    const own = keys.filter(({ owner }) => owner === node);
    const held = view.load && index.stateAt(id, view.load.field, t);
    return {
      positions,
      keys: own.length,
      gained: own.filter(({ isMoved }) => isMoved).length,
      load: view.load ? (typeof held === 'number' ? held : 0) : own.length,
      isMember: positions > 0 || own.length > 0,
    };
  });
  const members = rows.filter(({ isMember }) => isMember);
  return {
    tokens,
    keys,
    changedAt,
    rows,
    moved,
    fair: members.reduce((sum, { load }) => sum + load, 0) / Math.max(1, members.length),
  };
}

/**
 * The last moment up to `t` at which a node's positions changed; without positions, at which a key
 * changed hands. What is there from the beginning is no change.
 */
function lastChange(
  positions: readonly Float64Array[],
  owners: readonly Float64Array[],
  t: number,
): number | undefined {
  const columns = positions.some((at) => at.length > 0) ? positions : owners;
  const first = Math.min(...columns.flatMap((at) => at[0] ?? []));
  const last = Math.max(...columns.flatMap((at) => at[countUntil(at, t) - 1] ?? []));
  return last > first ? last : undefined;
}

/**
 * Lengths of dashes and gaps, in turn, that draw the given stretches of a circle of `steps`.
 *
 * @param stretches from and to, in steps, rising and apart
 */
function dashes(stretches: readonly (readonly [number, number])[], steps: number): string {
  const lengths: number[] = [];
  let at = 0;
  for (const [from, to] of stretches) {
    // The pattern begins with a dash; one of no length draws nothing.
    if (lengths.length === 0 && from > 0) lengths.push(0);
    if (from > 0) lengths.push(from - at);
    lengths.push(to - from);
    at = to;
  }
  if (lengths.length % 2 === 1) lengths.push(steps - at);
  return lengths.join(' ');
}

/** The stretches of the circle that each node owns, by node. */
function owned(tokens: readonly Token[]): Map<number, [number, number][]> {
  const stretches = new Map<number, [number, number][]>();
  let next = 0;
  for (let step = 0; step < BAND_STEPS; step++) {
    const middle = (step + 0.5) / BAND_STEPS;
    while (next < tokens.length && (tokens[next]?.at ?? 0) < middle) next++;
    // Beyond the last position the circle begins again.
    const owner = (tokens[next] ?? tokens[0])?.node;
    if (owner === undefined) continue;
    const own = stretches.get(owner) ?? [];
    stretches.set(owner, own);
    const last = own.at(-1);
    if (last?.[1] === step) last[1] = step + 1;
    else own.push([step, step + 1]);
  }
  return stretches;
}

/** Ticks as stretches; those that touch are one. */
function ticks(keys: readonly Key[]): [number, number][] {
  const starts = keys
    .map(({ at }) => Math.min(KEY_STEPS - TICK_STEPS, Math.round(at * KEY_STEPS)))
    .sort((a, b) => a - b);
  const stretches: [number, number][] = [];
  for (const start of starts) {
    const last = stretches.at(-1);
    if (last && start <= last[1]) last[1] = start + TICK_STEPS;
    else stretches.push([start, start + TICK_STEPS]);
  }
  return stretches;
}

function Dashed({
  className,
  radius,
  stretches,
  steps,
}: {
  readonly className: string;
  readonly radius: number;
  readonly stretches: readonly (readonly [number, number])[];
  readonly steps: number;
}): ReactNode {
  if (stretches.length === 0) return null;
  return (
    <circle
      className={className}
      r={radius}
      pathLength={steps}
      strokeDasharray={dashes(stretches, steps)}
    />
  );
}

/** The last word of a label: "Cache 3" → "3". */
const shortName = (label: string): string => shortened(label.split(' ').at(-1) ?? label, 4);

/** The places of positions on the outside, with the names of their nodes where there is room. */
function TokenMarks({
  view,
  tokens,
  radius,
}: {
  readonly view: RingSpec;
  readonly tokens: readonly Token[];
  readonly radius: number;
}): ReactNode {
  if (tokens.length > MARKED_MAX) return null;
  const apart = 13 / (2 * Math.PI * radius);
  let named = Number.NEGATIVE_INFINITY;
  return tokens.map(({ at, node }) => {
    const angle = 2 * Math.PI * (at - 0.25);
    const [x, y] = [Math.cos(angle), Math.sin(angle)];
    const isNamed = at - named >= apart && 1 - at >= apart / 2;
    if (isNamed) named = at;
    return (
      <g key={`${node} ${at}`}>
        <path
          className="v-ring-token"
          d={`M${px(x * (radius - 8))} ${px(y * (radius - 8))}L${px(x * (radius + 10))} ${px(y * (radius + 10))}`}
        />
        {isNamed && (
          <SvgText
            x={px(x * (radius + 18))}
            y={y * (radius + 18)}
            centred
            textAnchor="middle"
            tone="ink"
          >
            {shortName(view.nodes[node]?.label ?? '')}
          </SvgText>
        )}
      </g>
    );
  });
}

function Circle({
  props: { view, shownMs },
  reading,
  radii,
}: {
  readonly props: ViewProps<RingSpec>;
  readonly reading: Reading;
  readonly radii: Radii;
}): ReactNode {
  const { tokens, keys, moved, changedAt } = reading;
  const height = 2 * (radii.band + AROUND_PX);
  const arcs = owned(tokens);
  const owners = [...new Set(keys.map(({ owner }) => owner))].sort((a, b) => a - b);
  return (
    <Drawing height={height}>
      <Svg>
        <At x="50%" y={height / 2}>
          {/* A circle begins at the right; a ring at the top. */}
          <g className="v-ring-turned">
            <circle className="v-ring-base" r={radii.band} />
            {[...arcs].map(([node, stretches]) => (
              <g key={node} className={colourOf(node)}>
                <Dashed
                  className="v-ring-band"
                  radius={radii.band}
                  stretches={stretches}
                  steps={BAND_STEPS}
                />
              </g>
            ))}
            {owners.map((owner) => {
              const own = keys.filter((key) => key.owner === owner);
              return (
                <g key={owner} className={owner < 0 ? 'c-lost' : colourOf(owner)}>
                  <Dashed
                    className="v-ring-keys"
                    radius={radii.keys}
                    stretches={ticks(own)}
                    steps={KEY_STEPS}
                  />
                  <Dashed
                    className="v-ring-moved"
                    radius={radii.moved}
                    stretches={ticks(own.filter(({ isMoved }) => isMoved))}
                    steps={KEY_STEPS}
                  />
                </g>
              );
            })}
          </g>
          <TokenMarks view={view} tokens={tokens} radius={radii.band} />
          {changedAt !== undefined ? (
            <>
              <SvgText y={-6} textAnchor="middle" tone="ink" fontSize={15} fontWeight={600}>
                {`${formatNumber(moved, 6)} of ${formatNumber(keys.length, 6)}`}
              </SvgText>
              <SvgText y={11} textAnchor="middle">
                {`${view.keys.label} moved`}
              </SvgText>
              <SvgText y={26} textAnchor="middle" tone="faint">
                {`at ${formatMoment(changedAt, shownMs)}`}
              </SvgText>
            </>
          ) : (
            <>
              <SvgText y={0} textAnchor="middle" tone="ink" fontSize={15} fontWeight={600}>
                {formatNumber(keys.length, 6)}
              </SvgText>
              <SvgText y={16} textAnchor="middle">
                {view.keys.label}
              </SvgText>
            </>
          )}
        </At>
      </Svg>
    </Drawing>
  );
}

/** The greatest load of any node at any time, for a scale that does not move. */
const greatestByIndex = new WeakMap<RecordingIndex, Map<RingSpec, number>>();

function greatestLoad(view: RingSpec, index: RecordingIndex): number {
  const known = greatestByIndex.get(index) ?? new Map<RingSpec, number>();
  greatestByIndex.set(index, known);
  const found = known.get(view);
  if (found !== undefined) return found;
  let greatest = 1;
  if (view.load) {
    for (const { id } of view.nodes)
      for (const value of index.stateHistory(id, view.load.field).value)
        if (typeof value === 'number') greatest = Math.max(greatest, value);
  } else {
    const steps = index.nodesWith(view.keys.owner).flatMap((key) => {
      const { at, value } = index.stateHistory(key, view.keys.owner);
      return value.map((owner, i) => ({ at: at[i] ?? 0, owner, former: value[i - 1] }));
    });
    steps.sort((a, b) => a.at - b.at);
    const counts = new Map<number | string, number>();
    for (const [i, { at, owner, former }] of steps.entries()) {
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
      if (former !== undefined) counts.set(former, (counts.get(former) ?? 0) - 1);
      // Counted when all that changes at one moment has changed.
      if (steps[i + 1]?.at !== at) greatest = Math.max(greatest, ...counts.values());
    }
  }
  known.set(view, greatest);
  return greatest;
}

const loadText = (view: RingSpec, load: number): string => {
  const unit = view.load?.unit ?? '';
  return formatValue(load, standsWithValue(unit) ? unit : '');
};

const loadName = ({ load, keys }: RingSpec): string => load?.label ?? keys.label;

/** A bar for each node, with the mean of the members as a line across all. */
function Loads({
  view,
  reading: { rows, fair },
  greatest,
}: {
  readonly view: RingSpec;
  readonly reading: Reading;
  readonly greatest: number;
}): ReactNode {
  const height = rows.length * ROW_PX + 18;
  const lengthOf = (load: number): number => (Math.max(0, load) / greatest) * (BAR_TO - BAR_FROM);
  const mean = percent(BAR_FROM + lengthOf(fair));
  return (
    <Drawing height={height}>
      <Svg>
        <SvgText y={11}>{loadName(view)}</SvgText>
        <SvgText
          x={percent(Math.min(0.9, Math.max(0.36, BAR_FROM + lengthOf(fair))))}
          y={11}
          textAnchor="middle"
          tone="faint"
        >
          {`mean ${loadText(view, fair)}`}
        </SvgText>
        {rows.map(({ load, isMember, gained }, node) => {
          const y = 18 + node * ROW_PX;
          const { id = '', label = '' } = view.nodes[node] ?? {};
          return (
            <g key={id} className={colourOf(node)}>
              <rect
                className={isMember ? 'v-ring-swatch' : 'v-ring-swatch v-ring-out'}
                y={y + 5}
                width={9}
                height={9}
              />
              <SvgText x={14} y={y + 9.5} centred tone={isMember ? 'ink' : 'faint'}>
                {shortened(label, 12)}
              </SvgText>
              {isMember && (
                <rect
                  className="v-ring-load"
                  x={percent(BAR_FROM)}
                  y={y + 4}
                  width={percent(lengthOf(load))}
                  height={11}
                />
              )}
              {isMember && (
                <SvgText x="100%" y={y + 9.5} centred textAnchor="end" tone="ink">
                  {gained > 0 && (
                    <tspan className="v-faint">{`(+${formatNumber(gained, 6)})\u2002`}</tspan>
                  )}
                  {loadText(view, load)}
                </SvgText>
              )}
            </g>
          );
        })}
        <line className="v-level" x1={mean} x2={mean} y1={17} y2={height} />
        {/* Words come after the line: it goes through none of them. */}
        {rows.map(
          ({ isMember }, node) =>
            !isMember && (
              <SvgText
                key={view.nodes[node]?.id}
                x={percent(BAR_FROM)}
                dx={3}
                y={18 + node * ROW_PX + 9.5}
                centred
                tone="faint"
                halo
              >
                not a member
              </SvgText>
            ),
        )}
      </Svg>
    </Drawing>
  );
}

function RingView(props: ViewProps<RingSpec>): ReactNode {
  const { view, runs, t } = props;
  const isRace = runs.length > 1;
  const greatest = Math.max(...runs.map(({ index }) => greatestLoad(view, index)));
  return (
    <div
      className={isRace ? 'v v-rings v-ring-race' : 'v v-rings'}
      role="img"
      aria-label={describeRing(props)}
    >
      {runs.map((run) => (
        <Part
          key={run.id}
          draw={() => <RingRun props={props} run={run} greatest={greatest} />}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
    </div>
  );
}

function RingRun({
  props,
  run: { index, title },
  greatest,
}: {
  readonly props: ViewProps<RingSpec>;
  readonly run: ViewRun;
  readonly greatest: number;
}): ReactNode {
  const { view, runs, t } = props;
  const isRace = runs.length > 1;
  const reading = read(view, index, t);
  return (
    <div className="v-ring">
      {isRace && <p className="v-ring-run">{title}</p>}
      <Circle props={props} reading={reading} radii={isRace ? IN_RACE : ALONE} />
      <Loads view={view} reading={reading} greatest={greatest} />
    </div>
  );
}

const counted = (count: number, one: string, many: string): string =>
  `${formatNumber(count, 6)} ${count === 1 ? one : many}`;

/** How many there are, what the last change moved, and who has most. */
function describeRing({ view, runs, t, shownMs }: ViewProps<RingSpec>): string {
  const said = perRun(runs, ({ index }: ViewRun) => {
    const { rows, keys, changedAt, moved, fair } = read(view, index, t);
    const members = rows.filter(({ isMember }) => isMember);
    const parts = [
      `${formatNumber(keys.length, 6)} ${view.keys.label} on ${counted(members.length, 'node', 'nodes')}`,
    ];
    if (changedAt !== undefined)
      parts.push(
        `the last change, at ${formatMoment(changedAt, shownMs)}, moved ${formatNumber(moved, 6)} of them`,
      );
    const most = rows.reduce((best, row, i) => (row.load > (rows[best]?.load ?? 0) ? i : best), 0);
    const load = rows[most]?.load ?? 0;
    if (load > 0)
      parts.push(
        `most ${loadName(view)} at ${view.nodes[most]?.label}, ${loadText(view, load)} where the mean is ${loadText(view, fair)}`,
      );
    return parts.join('; ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

function tableRing({ view, runs, t, shownMs }: ViewProps<RingSpec>): ViewTable {
  const { label } = view.keys;
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: [
      'Node',
      'Positions',
      label,
      'Share',
      `${label} moved to it`,
      ...(view.load ? [view.load.label] : []),
    ],
    rows: runs.flatMap((run) => {
      const { rows, keys } = read(view, run.index, t);
      return rows.map((row, node) => {
        const name = view.nodes[node]?.label ?? '';
        return [
          runs.length === 1 ? name : `${run.title}: ${name}`,
          formatNumber(row.positions, 6),
          formatNumber(row.keys, 6),
          keys.length === 0 ? '–' : formatValue((100 * row.keys) / keys.length, '%'),
          formatNumber(row.gained, 6),
          ...(view.load ? [loadText(view, row.load)] : []),
        ];
      });
    }),
  };
}

export const ring: ViewKind<RingSpec> = {
  Drawing: RingView,
  describe: describeRing,
  table: tableRing,
};
