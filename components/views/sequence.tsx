/**
 * Messages between participants, time running down. The window follows `t`: most of it is past, and
 * below the line of the present there is nothing yet.
 */
import { type CSSProperties, memo, type ReactNode } from 'react';
import { axisUnit, niceStep, niceTicks, percent, tickText } from '@/components/charts/scale';
import { formatMoment } from '@/lib/simulation/format';
import type { Message, RecordingIndex } from '@/lib/simulation/recording-index';
import type { SequenceView as SequenceSpec } from '@/lib/simulation/views';
import { oncePerRun } from './once';
import { OutcomeGlyph, outcomeClass, outcomeLabel } from './outcome-mark';
import { Part } from './part';
import {
  ASCENT_PX,
  columnShare,
  columnsOf,
  type Labels,
  labelBaseline,
  labelShareOf,
  labelsOf,
  SELF_LABEL_PX,
  TAG_FONT_PX,
  TAG_PX,
  type Tag,
  type TagPlace,
  TIGHT_PX,
  type Words,
} from './sequence-labels';
import { At, Drawing, px, Svg, SvgText, wrapped } from './text';
import type { ViewKind } from './view';
import { butTheMoment, perRun, type ViewProps, type ViewRun, type ViewTable } from './view-props';

/** Where the present stands in the window, as a share of its height. */
const PRESENT = 0.86;
const TIME_GUTTER_PX = 42;
const FOOT_PX = 6;
const HEAD_ROOM_PX = 14;
/** About as many messages as the window can hold and stay readable. */
const MESSAGES_IN_WINDOW = 12;

const bodyHeightOf = (runs: number): number => (runs === 1 ? 300 : runs === 2 ? 220 : 160);

/** When the last message has arrived or is lost, and the last span has ended; 0 if there is none. */
function quietFrom({ recording: { messages, spans }, shownMs }: RecordingIndex): number {
  let last = 0;
  for (let row = 0; row < spans.length; row++) {
    const end = spans.end[row] ?? Number.NaN;
    last = Math.max(last, Number.isNaN(end) ? shownMs : end);
  }
  for (let row = 0; row < messages.length; row++) {
    const lostAt = messages.lostAt[row] ?? Number.NaN;
    last = Math.max(last, Number.isNaN(lostAt) ? (messages.arrivesAt[row] ?? 0) : lostAt);
  }
  return Math.min(last, shownMs);
}

/**
 * Length of the window, simulated ms: the shortest nice length that holds about a dozen messages in
 * the median, and at least twice the median flight; all of them if they are fewer.
 */
function windowMsOf(index: RecordingIndex): number {
  const { messages } = index.recording;
  const count = messages.length;
  const { shownMs } = index;
  if (count === 0 || !(shownMs > 0)) return Math.max(shownMs, 1);
  if (count <= MESSAGES_IN_WINDOW) return Math.min(shownMs, niceStep(quietFrom(index) / PRESENT));
  const spans = Float64Array.from(
    { length: count - MESSAGES_IN_WINDOW },
    (_, i) => (messages.sentAt[i + MESSAGES_IN_WINDOW] ?? 0) - (messages.sentAt[i] ?? 0),
  ).sort();
  const flights = Float64Array.from(
    { length: count },
    (_, i) => (messages.arrivesAt[i] ?? 0) - (messages.sentAt[i] ?? 0),
  ).sort();
  const wanted = Math.max(
    spans[spans.length >> 1] ?? 0,
    2 * (flights[flights.length >> 1] ?? 0),
    shownMs / 2000,
  );
  return Math.min(shownMs, niceStep(wanted));
}

/** The window of a run alone, which a frame must not find anew. */
const ownWindow = oncePerRun((_: SequenceSpec, index) => windowMsOf(index));

/** Runs of a race stand on one scale, so that what takes longer is longer: that of the longest window. */
const raceWindowMs = ({ view, runs }: ViewProps<SequenceSpec>): number =>
  Math.max(...runs.map(({ index }) => ownWindow(view, index)));

interface Plan {
  readonly windowMs: number;
  /** From when on nothing is sent any more: the window goes no further. */
  readonly quietMs: number;
  readonly labels: Labels;
  /** Participants that have spans, whose arrows end at the edge of the bar. */
  readonly barred: ReadonlySet<string>;
}

/** Plans depend on the whole run and not on `t`: a frame must not make them again. */
const plans = new WeakMap<RecordingIndex, Map<string, Plan>>();

function planOf(view: SequenceSpec, index: RecordingIndex, windowMs: number, bodyPx: number): Plan {
  const known = plans.get(index) ?? new Map<string, Plan>();
  plans.set(index, known);
  const key = JSON.stringify([windowMs, bodyPx, view.participants, view.states]);
  const found = known.get(key);
  if (found) return found;
  const plan: Plan = {
    windowMs,
    quietMs: quietFrom(index),
    labels: labelsOf(view, index, windowMs / bodyPx),
    barred: new Set(index.spansWithin(0, index.shownMs).map((row) => index.span(row).lane)),
  };
  known.set(key, plan);
  return plan;
}

/**
 * Start of the window at `t`, simulated ms. It follows `t` as long as there is something to come, and
 * then stays, so that what was said last can be read; above the first moment is room for a label.
 */
function windowStart(t: number, { windowMs, quietMs }: Plan, bodyPx: number): number {
  const roomMs = (HEAD_ROOM_PX / bodyPx) * windowMs;
  return Math.max(-roomMs, Math.min(t, quietMs) - PRESENT * windowMs);
}

const Lifelines = memo(function Lifelines({
  view,
  bodyPx,
}: {
  readonly view: SequenceSpec;
  readonly bodyPx: number;
}): ReactNode {
  return view.participants.map((participant, i) => {
    const x = percent(columnShare(i, view));
    return <line key={participant.id} className="v-edge" x1={x} x2={x} y2={bodyPx} />;
  });
});

const Heads = memo(function Heads({ view }: { readonly view: SequenceSpec }): ReactNode {
  const count = view.participants.length;
  const letters = Math.max(6, Math.floor(TIGHT_PX / count / 6.6));
  const tight = view.participants.map(({ label }) => wrapped(label, letters));
  const lineCount = Math.max(...tight.map((each) => each.length));
  const height = lineCount * 15 + 8;
  const heads = (lines: readonly string[], i: number): ReactNode =>
    lines.map((line, l) => (
      <SvgText
        key={line}
        x={percent((i + 0.5) / count)}
        y={height - 8 - (lines.length - 1 - l) * 14}
        textAnchor="middle"
        tone="ink"
        fontSize={count > 5 ? 11 : 12}
        fontWeight={count > 5 ? 500 : 600}
      >
        {line}
      </SvgText>
    ));
  return (
    <Drawing height={height}>
      <Svg>
        {view.participants.map(({ id, label }, i) => {
          const lines = tight[i] ?? [];
          // What a phone cuts off stands there whole where there is room.
          if (lines.join(' ') === label) return <g key={id}>{heads(lines, i)}</g>;
          return (
            <g key={id}>
              <g className="v-roomy-only">{heads(wrapped(label, letters * 2), i)}</g>
              <g className="v-tight-only">{heads(lines, i)}</g>
            </g>
          );
        })}
      </Svg>
    </Drawing>
  );
});

/** How far a message has come at `t`, as a share of its way, and whether it goes no further. */
function progressOf(
  { sentAt, arrivesAt, lostAt }: Message,
  t: number,
): { readonly share: number; readonly reached: number; readonly lost: boolean } {
  const lost = lostAt <= t && lostAt < arrivesAt;
  const reached = Math.min(arrivesAt, lost ? lostAt : t);
  const share = arrivesAt > sentAt ? (reached - sentAt) / (arrivesAt - sentAt) : 1;
  return { share, reached, lost };
}

function Arrow({
  message,
  t,
  x1,
  x2,
  y,
  barred,
}: {
  readonly message: Message;
  readonly t: number;
  /** Shares of the width. */
  readonly x1: number;
  readonly x2: number;
  readonly y: (at: number) => number;
  readonly barred: boolean;
}): ReactNode {
  const { kind, sentAt, arrivesAt } = message;
  const { share, reached, lost } = progressOf(message, t);
  const tip = x1 + (x2 - x1) * share;
  const arrived = !lost && arrivesAt <= t;
  const rightwards = x2 >= x1;
  const edge = barred ? 5 : 1;
  return (
    <g className={outcomeClass(lost ? 'lost' : kind)}>
      <line
        className={lost ? 'v-message v-fell' : 'v-message'}
        x1={percent(x1)}
        y1={y(sentAt)}
        x2={percent(tip)}
        y2={y(reached)}
      />
      {arrived || lost ? (
        <At x={percent(tip)} y={y(reached)}>
          {arrived ? (
            <path
              className="v-solid"
              d={rightwards ? `M${-edge} 0l-7-3.6v7.2z` : `M${edge} 0l7-3.6v7.2z`}
            />
          ) : (
            <path className="v-message" d="M-4-4L4 4M-4 4L4-4" />
          )}
        </At>
      ) : (
        <OutcomeGlyph outcome={kind} x={percent(tip)} y={y(reached)} />
      )}
    </g>
  );
}

/** A message to its own sender: out to the side and back. */
function SelfArrow({
  message: { kind, sentAt, arrivesAt },
  t,
  x,
  y,
}: {
  readonly message: Message;
  readonly t: number;
  readonly x: number;
  readonly y: (at: number) => number;
}): ReactNode {
  const top = y(sentAt);
  const bottom = px(y(Math.min(arrivesAt, t)) - top);
  return (
    <At x={percent(x)} y={top}>
      <g className={outcomeClass(kind)}>
        <path className="v-message" d={`M0 0H14V${bottom}${arrivesAt <= t ? 'H2' : ''}`} />
        {arrivesAt <= t && <path className="v-solid" d={`M1 ${bottom}l7-3.6v7.2z`} />}
      </g>
    </At>
  );
}

/** The words of a message. They wait until it has come as far as they stand. */
function MessageLabel({
  message,
  t,
  x1,
  x2,
  labelShare,
  labelY,
  words,
}: {
  readonly message: Message;
  readonly t: number;
  /** Shares of the width; the same for a message to its own sender. */
  readonly x1: number;
  readonly x2: number;
  /** How far along its way it carries its label. */
  readonly labelShare: number;
  readonly labelY: number;
  readonly words: Words;
}): ReactNode {
  const { share, lost } = progressOf(message, t);
  if (share < labelShare && !lost) return null;
  // What has left the window is not drawn, and a word that is cut cannot be read.
  if (labelY < ASCENT_PX) return null;
  const place = x1 === x2 ? ({ dx: SELF_LABEL_PX } as const) : ({ textAnchor: 'middle' } as const);
  return (
    <ForWidths {...words}>
      {(text) => (
        <SvgText x={percent(x1 + (x2 - x1) * labelShare)} y={labelY} tone="ink" halo {...place}>
          {text}
        </SvgText>
      )}
    </ForWidths>
  );
}

/** What stands there on a phone, and where there is more room: once, if it is the same. */
function ForWidths<T>({
  tight,
  roomy,
  isSame = (a, b) => a === b,
  children,
}: {
  readonly tight: T | undefined;
  readonly roomy: T | undefined;
  readonly isSame?: (a: T, b: T) => boolean;
  readonly children: (value: T) => ReactNode;
}): ReactNode {
  if (tight !== undefined && roomy !== undefined && isSame(tight, roomy)) return children(tight);
  return (
    <>
      {roomy !== undefined && <g className="v-roomy-only">{children(roomy)}</g>}
      {tight !== undefined && <g className="v-tight-only">{children(tight)}</g>}
    </>
  );
}

function SequenceRun({
  props,
  run,
  bodyPx,
}: {
  readonly props: ViewProps<SequenceSpec>;
  readonly run: ViewRun;
  readonly bodyPx: number;
}): ReactNode {
  const { view, t, shownMs } = props;
  const { index } = run;
  const windowMs = raceWindowMs(props);
  const plan = planOf(view, index, windowMs, bodyPx);
  const { labels, barred } = plan;
  const start = windowStart(t, plan, bodyPx);
  const y = (at: number): number => Math.round(((at - start) / windowMs) * bodyPx * 10) / 10;
  const columns = columnsOf(view);
  const across = (id: string): number | undefined => {
    const column = columns.get(id);
    return column === undefined ? undefined : columnShare(column, view);
  };
  const present = Math.min(y(t), bodyPx);
  const messages = index.underWay(start, t).flatMap((row) => {
    const message = index.message(row);
    const from = columns.get(message.from);
    const to = columns.get(message.to);
    if (from === undefined || to === undefined) return [];
    return { row, message, from, to, x1: columnShare(from, view), x2: columnShare(to, view) };
  });
  // Minutes where a window holds some of them; a run of seconds is not read in ms, however near.
  const { divisor, unit } = axisUnit('ms', Math.max(windowMs, Math.min(shownMs, 2000)));
  const ticks = niceTicks(Math.max(0, start) / divisor, (start + windowMs) / divisor, 5)
    .map((value) => ({ at: value * divisor, text: `${tickText(value)}\u202f${unit}` }))
    .filter(({ at }) => at <= t);
  return (
    <Drawing height={bodyPx + FOOT_PX}>
      <Svg>
        {ticks
          .filter(({ at }) => y(at) > 5)
          .map(({ at, text }) => (
            <SvgText key={at} x="-8" y={y(at)} centred textAnchor="end" tone="faint">
              {text}
            </SvgText>
          ))}
        <Svg className="v-clip" width="100%" height={bodyPx + FOOT_PX}>
          {ticks.map(({ at }) => (
            <line key={at} className="v-rule" x2="100%" y1={y(at)} y2={y(at)} />
          ))}
          <Lifelines view={view} bodyPx={bodyPx + FOOT_PX} />
          {index.spansWithin(start, t).map((row) => {
            const span = index.span(row);
            const x = across(span.lane);
            if (x === undefined) return null;
            const top = Math.max(-4, y(span.start));
            const ended = span.end <= t;
            return (
              <At key={row} x={percent(x)} y={top}>
                <rect
                  className={`v-span ${ended && span.outcome !== '' ? outcomeClass(span.outcome) : ''}`.trim()}
                  x={-4}
                  width={8}
                  height={px(Math.max(1, y(ended ? span.end : t) - top))}
                />
              </At>
            );
          })}
          {messages.map(({ row, message, from, to, x1, x2 }) =>
            from === to ? (
              <SelfArrow key={row} message={message} t={t} x={x1} y={y} />
            ) : (
              <Arrow
                key={row}
                message={message}
                t={t}
                x1={x1}
                x2={x2}
                y={y}
                barred={barred.has(message.to)}
              />
            ),
          )}
          <line className="v-head-line" x2="100%" y1={present} y2={present} />
          {/* Words come after all lines: where messages crowd, no line goes through a word. */}
          {messages.map(({ row, message, from, to, x1, x2 }) => (
            <MessageLabel
              key={row}
              message={message}
              t={t}
              x1={x1}
              x2={x2}
              labelShare={labelShareOf(from, to)}
              labelY={
                y(message.sentAt) + labelBaseline(message, [from, to], view, windowMs / bodyPx)
              }
              words={labels.words(row)}
            />
          ))}
          {labels.tags
            .filter(({ at }) => at >= start && at <= t)
            .map((tag) => (
              <StateTag key={`${tag.share} ${tag.at} ${tag.text}`} tag={tag} y={y(tag.at)} />
            ))}
        </Svg>
      </Svg>
    </Drawing>
  );
}

/** A value of a state beside a lifeline, at the moment from which it holds. */
function StateTag({
  tag: { text, share, tight, roomy },
  y,
}: {
  readonly tag: Tag;
  readonly y: number;
}): ReactNode {
  return (
    <ForWidths tight={tight} roomy={roomy} isSame={isSamePlace}>
      {({ side, dropPx }) => (
        <SvgText
          x={percent(share)}
          dx={side === 'right' ? TAG_PX : -TAG_PX}
          y={y + dropPx}
          textAnchor={side === 'right' ? 'start' : 'end'}
          fontSize={TAG_FONT_PX}
          halo
        >
          {text}
        </SvgText>
      )}
    </ForWidths>
  );
}

const isSamePlace = (a: TagPlace, b: TagPlace): boolean =>
  a.side === b.side && a.dropPx === b.dropPx;

function SequenceView(props: ViewProps<SequenceSpec>): ReactNode {
  const { view, runs, t } = props;
  const bodyPx = bodyHeightOf(runs.length);
  return (
    <div
      className="v"
      role="img"
      aria-label={describeSequence(props)}
      style={{ '--left': `${TIME_GUTTER_PX}px`, '--right': '0px' } as CSSProperties}
    >
      {runs.map((run) => (
        <div key={run.id} className="v-panel">
          {runs.length > 1 && (
            <p>
              <b>{run.title}</b>
            </p>
          )}
          <Heads view={view} />
          <Part
            draw={() => <SequenceRun props={props} run={run} bodyPx={bodyPx} />}
            of={butTheMoment(props)}
            t={t}
          />
        </div>
      ))}
    </div>
  );
}

/** "request from Client to Server, arrived at 1.2 s". */
function said(view: SequenceSpec, message: Message, t: number, shownMs: number): string {
  const name = (id: string): string =>
    view.participants.find((participant) => participant.id === id)?.label ?? id;
  const what = message.label || outcomeLabel(message.kind);
  const way = `${what} from ${name(message.from)} to ${name(message.to)}`;
  if (message.lostAt <= t && message.lostAt < message.arrivesAt)
    return `${way}, lost at ${formatMoment(message.lostAt, shownMs)}`;
  return message.arrivesAt <= t
    ? `${way}, arrived at ${formatMoment(message.arrivesAt, shownMs)}`
    : `${way}, on its way`;
}

/** The last messages at `t`. */
function describeSequence({ view, runs, t, shownMs }: ViewProps<SequenceSpec>): string {
  const text = perRun(runs, (run) => {
    const count = run.index.sentCount({}, t);
    if (count === 0) return 'no message so far';
    const last = Array.from({ length: Math.min(3, count) }, (_, i) =>
      said(view, run.index.message(count - 1 - i), t, shownMs),
    ).reverse();
    return `${count} ${count === 1 ? 'message' : 'messages'} so far; last ${last.join('; ')}`;
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${text}.`;
}

/** Rows of a table that stays readable. */
const TABLE_ROWS_MAX = 40;

/** The messages sent up to `t`, at most the last forty of each run. */
function tableSequence({ view, runs, t, shownMs }: ViewProps<SequenceSpec>): ViewTable {
  const name = (id: string): string =>
    view.participants.find((participant) => participant.id === id)?.label ?? id;
  const race = runs.length > 1;
  return {
    caption: `${view.title}: the last messages at ${formatMoment(t, shownMs)}`,
    columns: ['Sent', ...(race ? ['Run'] : []), 'From', 'To', 'Message', 'Then'],
    rows: runs.flatMap((run) => {
      const count = run.index.sentCount({}, t);
      const from = Math.max(0, count - TABLE_ROWS_MAX);
      return Array.from({ length: count - from }, (_, i) => {
        const message = run.index.message(from + i);
        const lost = message.lostAt <= t && message.lostAt < message.arrivesAt;
        return [
          formatMoment(message.sentAt, shownMs),
          ...(race ? [run.title] : []),
          name(message.from),
          name(message.to),
          message.label || outcomeLabel(message.kind),
          lost
            ? `lost at ${formatMoment(message.lostAt, shownMs)}`
            : message.arrivesAt <= t
              ? `arrived at ${formatMoment(message.arrivesAt, shownMs)}`
              : 'on its way',
        ];
      });
    }),
  };
}

export const sequence: ViewKind<SequenceSpec> = {
  Drawing: SequenceView,
  describe: describeSequence,
  table: tableSequence,
};
