/**
 * A trace as a waterfall: a row for each of its spans, with the critical path in full colour.
 *
 * A bar's name stands above it and not in it or beside it, so that both can be read at every width.
 */
import type { ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';
import { Drawing, NARROW_PX, Stretched, Svg, SvgText, shortened } from './text';
import {
  AXIS_PX,
  type Axis,
  AxisLines,
  type Bar,
  Bars,
  Ends,
  Head,
  shareOf,
  UNITS,
} from './timeline-bars';
import { endAt, laneName, outcomeAt, spanName, took } from './timeline-spans';
import { aheadOf, rowsOf, type TraceReading, wholeMs } from './timeline-trace-plan';
import type { ViewProps, ViewRun } from './view-props';

const LETTER_PX = 6.2;
/** A row of a trace: name, bar, and room below, px. */
const TRACE_ROW_PX = 27;
const NAME_PX = 11;
const BAR_TOP_PX = 15;
const BAR_PX = 8;

interface TraceProps {
  readonly props: ViewProps<TimelineSpec>;
  readonly run: ViewRun;
  readonly reading: TraceReading | undefined;
  /** Rows that the drawing has room for. */
  readonly rows: number;
  readonly lengthMs: number;
}

export function TracePanel({ props, run, reading, rows, lengthMs }: TraceProps): ReactNode {
  return (
    <div className="v-panel">
      <p>
        {props.runs.length > 1 && <b>{run.title}</b>}
        <span>
          {reading
            ? `${spanName(reading.root)}, ${took(endAt(reading.root, props.t) - reading.root.start)}${reading.isEnded ? '' : ' so far'}`
            : 'No trace so far'}
        </span>
        <span>
          <svg className="v-plain" width="20" height="8" aria-hidden="true">
            <rect className="v-timeline-bar" width="20" height="8" />
            <rect className="v-timeline-critical" width="10" height="8" />
          </svg>
          full colour: on the critical path
        </span>
      </p>
      <Trace props={props} run={run} reading={reading} rows={rows} lengthMs={lengthMs} />
    </div>
  );
}

function Trace({
  props: { view, t },
  run: { index },
  reading,
  rows,
  lengthMs,
}: TraceProps): ReactNode {
  const height = rows * TRACE_ROW_PX;
  const drawn = reading ? rowsOf(view, index, reading.root.row) : [];
  const start = reading?.extent.start ?? 0;
  const axis: Axis = { start, lengthMs, zero: reading?.tree.start ?? 0 };
  const places = new Map(drawn.map(({ row }, place) => [row, place]));
  const begun = drawn
    .map((each, place) => {
      const span = index.span(each.row);
      return { ...each, place, span, aheadMs: aheadOf(view, index, span) };
    })
    .filter(({ span }) => span.start <= t);
  const bars = begun.map(
    ({ span, aheadMs, place }): Bar => ({
      key: span.row,
      from: shareOf(axis, span.start + aheadMs),
      to: shareOf(axis, endAt(span, t) + aheadMs),
      top: place * TRACE_ROW_PX + BAR_TOP_PX,
      height: BAR_PX,
      outcome: outcomeAt(span, t),
    }),
  );
  const outcomes = new Map(bars.map(({ key, outcome }) => [key, outcome]));
  const critical = (reading?.path ?? []).flatMap(({ row, from, to }, i): Bar[] => {
    const place = places.get(row);
    if (place === undefined) return [];
    return [
      {
        key: i,
        from: shareOf(axis, from),
        to: shareOf(axis, to),
        top: place * TRACE_ROW_PX + BAR_TOP_PX,
        height: BAR_PX,
        outcome: outcomes.get(row) ?? 'sent',
      },
    ];
  });
  // From the span that it is a part of, down to where it begins.
  const calls = begun
    .filter(({ parent }) => parent >= 0)
    .map(({ span, aheadMs, place, parent }) => {
      const x = Math.round(shareOf(axis, span.start + aheadMs) * UNITS);
      const top = parent * TRACE_ROW_PX + BAR_TOP_PX + BAR_PX;
      return `M${x} ${top}V${place * TRACE_ROW_PX + BAR_TOP_PX}`;
    })
    .join('');
  return (
    <Drawing height={height + AXIS_PX}>
      <Svg>
        {reading && <AxisLines axis={axis} height={height} />}
        <Stretched units={UNITS} height={height}>
          {calls !== '' && <path className="v-timeline-call" d={calls} />}
          <Bars bars={bars} className="v-timeline-bar" />
          <Bars bars={critical} className="v-timeline-critical" />
        </Stretched>
        <Ends bars={bars} />
        {begun.map(({ span, aheadMs, place, hidden }) => (
          <BarName
            key={span.row}
            y={place * TRACE_ROW_PX + NAME_PX}
            from={shareOf(axis, span.start + aheadMs)}
            to={Math.min(1, shareOf(axis, span.start + aheadMs + wholeMs(span, index.shownMs)))}
            name={`${laneName(view, span.lane)} · ${spanName(span)}`}
            detail={`${took(endAt(span, t) - span.start)}${hidden > 0 ? ` · +${hidden}` : ''}`}
          />
        ))}
        <Head axis={axis} t={t} height={height} />
      </Svg>
    </Drawing>
  );
}

/** Letters that a length of time takes at most, with what else is told of a span. */
const DETAIL_LETTERS = 12;

/** A name above its bar: from where it begins, or up to where it ends if only there is room. */
function BarName({
  y,
  from,
  to,
  name,
  detail,
}: {
  readonly y: number;
  /** Shares of the width. */
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly detail: string;
}): ReactNode {
  const wanted = ((name.length + DETAIL_LETTERS) * LETTER_PX) / NARROW_PX;
  const isFromStart = 1 - from >= Math.min(to, wanted);
  const room = Math.max(isFromStart ? 1 - from : to, 0.3);
  const letters = Math.max(6, Math.floor((room * NARROW_PX) / LETTER_PX) - detail.length - 2);
  const text = (shown: string): ReactNode => (
    <SvgText
      x={percent(isFromStart ? from : to)}
      y={y}
      textAnchor={isFromStart ? 'start' : 'end'}
      tone="ink"
      halo
    >
      {shown}
      <tspan className="v-faint">{`\u2002${detail}`}</tspan>
    </SvgText>
  );
  if (name.length <= letters) return text(name);
  return (
    <>
      <g className="v-roomy-only">{text(shortened(name, letters * 2))}</g>
      <g className="v-tight-only">{text(shortened(name, letters))}</g>
    </>
  );
}
