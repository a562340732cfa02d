/**
 * State machines: the present state, the transitions with how often each was taken, and the last ones
 * with their reasons. States stand below each other, so that names have room beside them on a phone.
 */
import type { ReactNode } from 'react';
import { placeLabels } from '@/components/charts/scale';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import { countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { MachineView as MachineSpec } from '@/lib/simulation/views';
import { OutcomeGlyph, outcomeClass } from './outcome-mark';
import { Part } from './part';
import { At, Drawing, px, Svg, SvgText, shortened, wrapped } from './text';
import type { ViewKind } from './view';
import { butTheMoment, type ViewProps, type ViewRun, type ViewTable } from './view-props';

/** Half the size of a state's box, and the distance of states, px. */
const HALF_WIDE = 52;
const HALF_TALL = 18;
const PITCH_PX = 74;
const TOP_PX = 8;
/** How far a curve to the next state leads out, and each further state more, px. */
const OUT_PX = 20;
const FURTHER_PX = 18;
const FURTHER_MAX = 2;
/** A curve leads out by three quarters of where its handles are. */
const HANDLE = 4 / 3;
/** Where on its side a curve leaves a box and reaches one, px from the middle. */
const SIDE_PX = 8;
/** Half the width for which names are cut: a phone's. */
const HALF_NARROW_PX = 168;
const LETTER_PX = 6;
const LINE_PX = 12.5;
/** Nearest distance of the middles of two names on one side, px. */
const NAME_GAP_PX = 40;
/** Transitions in the list beside a single machine, and below each of several. */
const LISTED_ALONE = 6;
const LISTED = 1;
const LISTED_PX = 34;
const REASON_LETTERS = 52;

interface Transition {
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

const transitionsByIndex = new WeakMap<RecordingIndex, Map<string, readonly Transition[]>>();

/** All transitions of a node, in order; kept with the recording. */
function transitionsOf(index: RecordingIndex, node: string, field: string): readonly Transition[] {
  const known = transitionsByIndex.get(index) ?? new Map<string, readonly Transition[]>();
  transitionsByIndex.set(index, known);
  const key = `${node}\n${field}`;
  const found = known.get(key);
  if (found) return found;
  const { at, value } = index.stateHistory(node, field);
  const all = value.flatMap((to, i): Transition[] => {
    const from = value[i - 1];
    return from === undefined || from === to
      ? []
      : [{ at: at[i] ?? 0, from: `${from}`, to: `${to}` }];
  });
  known.set(key, all);
  return all;
}

/** A machine as it stands at a moment. */
interface Reading {
  /** Undefined before the first record. */
  readonly state: string | undefined;
  /** Since when, simulated ms. */
  readonly since: number;
  readonly taken: readonly Transition[];
  /** How often each declared transition was taken, in their order. */
  readonly counts: readonly number[];
  /** Transitions taken that are not declared. */
  readonly others: number;
}

function read(view: MachineSpec, index: RecordingIndex, node: string, t: number): Reading {
  const { field } = view;
  const state = index.stateAt(node, field, t);
  const taken = transitionsOf(index, node, field).filter(({ at }) => at <= t);
  const counts = view.transitions.map(
    ({ from, to }) => taken.filter((each) => each.from === from && each.to === to).length,
  );
  return {
    state: state === undefined ? undefined : `${state}`,
    since: taken.at(-1)?.at ?? index.stateHistory(node, field).at[0] ?? 0,
    taken,
    counts,
    others: taken.length - counts.reduce((sum, count) => sum + count, 0),
  };
}

const nameOf = (view: MachineSpec, state: string): string =>
  view.states.find(({ id }) => id === state)?.label ?? state;

/** Why a transition was taken: what was recorded with it, or what is declared of all like it. */
function reasonOf(
  view: MachineSpec,
  index: RecordingIndex,
  node: string,
  { at, from, to }: Transition,
): string {
  if (view.reason !== undefined) {
    const reasons = index.stateHistory(node, view.reason);
    const last = countUntil(reasons.at, at) - 1;
    if (reasons.at[last] === at) return `${reasons.value[last]}`;
  }
  return view.transitions.find((each) => each.from === from && each.to === to)?.label ?? '';
}

/** A curve from state to state, down on the right and up on the left. */
interface Curve {
  readonly side: 1 | -1;
  /** How far it leads out from the boxes, px. */
  readonly out: number;
  readonly path: string;
  /** The tip of its arrow. */
  readonly head: string;
  /** Middle of its height, px. */
  readonly middle: number;
}

const heightOf = (view: MachineSpec): number =>
  (view.states.length - 1) * PITCH_PX + 2 * (HALF_TALL + TOP_PX);
const middleOf = (place: number): number => TOP_PX + HALF_TALL + place * PITCH_PX;

function curveOf(view: MachineSpec, { from, to }: MachineSpec['transitions'][number]): Curve {
  const [start, end] = [from, to].map((state) => view.states.findIndex(({ id }) => id === state));
  const [first, last] = [start ?? 0, end ?? 0];
  const side = last > first ? 1 : -1;
  const out = OUT_PX + Math.min(FURTHER_MAX, Math.abs(last - first) - 1) * FURTHER_PX;
  const y1 = middleOf(first) + side * SIDE_PX;
  const y2 = middleOf(last) - side * SIDE_PX;
  const edge = side * HALF_WIDE;
  const handle = px(edge + side * out * HANDLE);
  return {
    side,
    out,
    path: `M${edge} ${y1}C${handle} ${y1} ${handle} ${y2} ${edge + side * 6} ${y2}`,
    head: `M${edge + side} ${y2}l${side * 7}-3.6v7.2z`,
    middle: (y1 + y2) / 2,
  };
}

interface Laid {
  readonly height: number;
  readonly curves: readonly Curve[];
  /** Middle of each transition's name, px; those of one side keep apart. */
  readonly names: readonly number[];
}

const layouts = new WeakMap<MachineSpec, Laid>();

function layoutOf(view: MachineSpec): Laid {
  const known = layouts.get(view);
  if (known) return known;
  const height = heightOf(view);
  const curves = view.transitions.map((transition) => curveOf(view, transition));
  const names = curves.map(({ middle }) => middle);
  for (const side of [1, -1]) {
    const own = [...curves.keys()].filter((i) => curves[i]?.side === side);
    const places = placeLabels(
      own.map((i) => names[i] ?? 0),
      { gap: NAME_GAP_PX, min: 20, max: height - 20 },
    );
    for (const [rank, i] of own.entries()) names[i] = places[rank] ?? 0;
  }
  const layout = { height, curves, names };
  layouts.set(view, layout);
  return layout;
}

const wayClass = (count: number, isLast: boolean): string | undefined =>
  isLast ? 'v-machine-last' : count === 0 ? 'v-machine-never' : undefined;

/** What causes a transition, and how often it was taken, beside its curve. */
function WayName({
  view,
  place,
  count,
}: {
  readonly view: MachineSpec;
  readonly place: number;
  readonly count: number;
}): ReactNode {
  const { curves, names } = layoutOf(view);
  const { side = 1, out = 0 } = curves[place] ?? {};
  const x = side * (HALF_WIDE + out + 6);
  const letters = Math.floor((HALF_NARROW_PX - Math.abs(x)) / LETTER_PX);
  const lines = wrapped(view.transitions[place]?.label ?? '', letters);
  const top = (names[place] ?? 0) - (lines.length * LINE_PX) / 2 + 3;
  const textAnchor = side > 0 ? 'start' : 'end';
  return (
    <>
      {lines.map((line, i) => (
        <SvgText
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          key={i}
          x={x}
          y={top + i * LINE_PX}
          textAnchor={textAnchor}
          halo
        >
          {line}
        </SvgText>
      ))}
      <SvgText
        x={x}
        y={top + lines.length * LINE_PX}
        textAnchor={textAnchor}
        tone={count === 0 ? 'faint' : 'ink'}
        fontWeight={count === 0 ? undefined : 600}
        halo
      >
        {`${formatNumber(count, 6)}\u202f×`}
      </SvgText>
    </>
  );
}

function Machine({
  view,
  reading: { state, since, taken, counts },
  t,
}: {
  readonly view: MachineSpec;
  readonly reading: Reading;
  readonly t: number;
}): ReactNode {
  const last = taken.at(-1);
  const layout = layoutOf(view);
  return (
    <Drawing height={layout.height}>
      <Svg>
        <At x="50%">
          {/* All curves first: names interrupt those that they lie on. */}
          {layout.curves.map(({ path, head }, place) => {
            const { from, to } = view.transitions[place] ?? {};
            return (
              <g
                key={`${from} ${to}`}
                className={wayClass(counts[place] ?? 0, last?.from === from && last?.to === to)}
              >
                <path className="v-machine-way" d={path} />
                <path className="v-machine-head" d={head} />
              </g>
            );
          })}
          {view.transitions.map(({ from, to }, place) => (
            <WayName key={`${from} ${to}`} view={view} place={place} count={counts[place] ?? 0} />
          ))}
          {view.states.map(({ id, label, mark }, place) => {
            const isPresent = id === state;
            const y = middleOf(place);
            return (
              <g
                key={id}
                className={`v-machine-state ${isPresent ? 'v-machine-present' : ''} ${mark ? outcomeClass(mark) : ''}`
                  .replace(/ +/g, ' ')
                  .trim()}
              >
                <rect
                  x={-HALF_WIDE}
                  y={y - HALF_TALL}
                  width={2 * HALF_WIDE}
                  height={2 * HALF_TALL}
                  rx={9}
                />
                {mark && <OutcomeGlyph outcome={mark} x={12 - HALF_WIDE} y={y} />}
                <SvgText
                  x={mark ? 5 : 0}
                  y={isPresent ? y - 5 : y}
                  centred
                  textAnchor="middle"
                  tone="ink"
                  fontSize={12}
                  fontWeight={isPresent ? 600 : undefined}
                >
                  {shortened(label, 13)}
                </SvgText>
                {isPresent && (
                  <SvgText x={mark ? 5 : 0} y={y + 9} centred textAnchor="middle" fontSize={10.5}>
                    {`for ${formatValue(t - since, 'ms')}`}
                  </SvgText>
                )}
              </g>
            );
          })}
        </At>
      </Svg>
    </Drawing>
  );
}

/** The last transitions, newest first, each with its reason. */
function LastTransitions({
  props: { view, shownMs },
  index,
  node,
  taken,
  rows,
}: {
  readonly props: ViewProps<MachineSpec>;
  readonly index: RecordingIndex;
  readonly node: string;
  readonly taken: readonly Transition[];
  readonly rows: number;
}): ReactNode {
  const shown = taken.slice(-rows).reverse();
  return (
    <Drawing height={rows * LISTED_PX}>
      <Svg>
        {shown.length === 0 && (
          <SvgText y={12} tone="faint">
            No transition so far
          </SvgText>
        )}
        {shown.map((transition, i) => (
          <g key={`${transition.at} ${transition.from} ${transition.to}`}>
            <SvgText y={i * LISTED_PX + 12} tone="ink">
              {`${nameOf(view, transition.from)} → ${nameOf(view, transition.to)}`}
              <tspan className="v-faint">{`\u2002${formatMoment(transition.at, shownMs)}`}</tspan>
            </SvgText>
            <SvgText y={i * LISTED_PX + 25}>
              {shortened(reasonOf(view, index, node, transition), REASON_LETTERS)}
            </SvgText>
          </g>
        ))}
      </Svg>
    </Drawing>
  );
}

interface OneMachine {
  readonly run: ViewRun;
  readonly node: string;
  /** Empty if there is only one. */
  readonly title: string;
}

/** The machines that are drawn: those of each run. A node of which nothing is ever known has none. */
function machinesOf({ view, runs }: ViewProps<MachineSpec>): readonly OneMachine[] {
  const known = view.nodes.filter(({ id }) =>
    runs.some(({ index }) => index.stateHistory(id, view.field).at.length > 0),
  );
  const nodes = known.length > 0 ? known : view.nodes.slice(0, 1);
  return runs.flatMap((run) =>
    nodes.map(({ id, label }) => ({
      run,
      node: id,
      title: [runs.length > 1 ? run.title : '', nodes.length > 1 ? label : '']
        .filter((part) => part !== '')
        .join(': '),
    })),
  );
}

function MachineView(props: ViewProps<MachineSpec>): ReactNode {
  const machines = machinesOf(props);
  const isAlone = machines.length === 1;
  return (
    <div className={isAlone ? 'v' : 'v v-machines'} role="img" aria-label={describeMachine(props)}>
      {machines.map((machine) => (
        <Part
          key={`${machine.run.id} ${machine.node}`}
          draw={() => <DrawnMachine props={props} machine={machine} isAlone={isAlone} />}
          of={butTheMoment(props)}
          t={props.t}
        />
      ))}
    </div>
  );
}

function DrawnMachine({
  props,
  machine: {
    run: { index },
    node,
    title,
  },
  isAlone,
}: {
  readonly props: ViewProps<MachineSpec>;
  readonly machine: OneMachine;
  readonly isAlone: boolean;
}): ReactNode {
  const { view, t } = props;
  const reading = read(view, index, node, t);
  return (
    <div className="v-machine">
      {title !== '' && <p className="v-machine-title">{title}</p>}
      <Machine view={view} reading={reading} t={t} />
      <LastTransitions
        props={props}
        index={index}
        node={node}
        taken={reading.taken}
        rows={isAlone ? LISTED_ALONE : LISTED}
      />
    </div>
  );
}

/** In which state each machine is, since when, and why it went there. */
function describeMachine(props: ViewProps<MachineSpec>): string {
  const { view, t, shownMs } = props;
  const said = machinesOf(props).map(({ run, node, title }) => {
    const { state, since, taken } = read(view, run.index, node, t);
    const under = title === '' ? '' : `${title}: `;
    if (state === undefined) return `${under}nothing known yet`;
    const last = taken.at(-1);
    const reason = last ? reasonOf(view, run.index, node, last) : '';
    const came =
      last === undefined
        ? 'from the beginning'
        : `since ${formatMoment(since, shownMs)}, from ${nameOf(view, last.from)}${reason === '' ? '' : ` (${reason})`}, after ${formatNumber(taken.length, 6)} ${taken.length === 1 ? 'transition' : 'transitions'}`;
    return `${under}${nameOf(view, state)} ${came}`;
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said.join('; ')}.`;
}

/** How often each transition was taken, and when last. */
function tableMachine(props: ViewProps<MachineSpec>): ViewTable {
  const { view, t, shownMs } = props;
  return {
    caption: `${view.title}: transitions up to ${formatMoment(t, shownMs)}`,
    columns: ['Transition', 'Cause', 'Taken', 'Last'],
    rows: machinesOf(props).flatMap(({ run, node, title }) => {
      const { taken, counts, others } = read(view, run.index, node, t);
      const under = title === '' ? '' : `${title}: `;
      const rows = view.transitions.map(({ from, to, label }, i) => {
        const last = taken.findLast((each) => each.from === from && each.to === to);
        return [
          `${under}${nameOf(view, from)} → ${nameOf(view, to)}`,
          label,
          formatNumber(counts[i] ?? 0, 6),
          last ? formatMoment(last.at, shownMs) : '–',
        ];
      });
      if (others === 0) return rows;
      return [...rows, [`${under}others`, '–', formatNumber(others, 6), '–']];
    }),
  };
}

export const machine: ViewKind<MachineSpec> = {
  Drawing: MachineView,
  describe: describeMachine,
  table: tableMachine,
};
