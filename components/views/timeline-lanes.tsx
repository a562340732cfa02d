/** Lanes with whatever takes time on them, in a window that may follow the present. */
import type { ReactNode } from 'react';
import { percent, textWidth } from '@/components/charts/scale';
import { levelAt } from '@/lib/simulation/levels';
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
import { LANE_HEAD_PX, LANE_LINE_PX, planOf } from './timeline-lanes-plan';
import { endAt, outcomeAt, spanName } from './timeline-spans';
import type { ViewProps, ViewRun } from './view-props';

const LANE_BAR_PX = 12;
/** Where the play-head stands in a window that follows it, as a share of its width. */
const PRESENT = 0.86;

export function Lanes({
  props,
  run: { index },
}: {
  readonly props: ViewProps<TimelineSpec>;
  readonly run: ViewRun;
}): ReactNode {
  const { view, t } = props;
  const { lanes, hidden, height, lineOf } = planOf(view, index);
  const axis = lanesAxis(props);
  const tops = new Map(lanes.map(({ id, top }) => [id, top]));
  const spans = index.spansWithin(axis.start, t).flatMap((row) => {
    const line = lineOf.get(row);
    return line === undefined ? [] : [{ span: index.span(row), line }];
  });
  const bars = spans.map(
    ({ span, line }): Bar => ({
      key: span.row,
      from: shareOf(axis, span.start),
      to: shareOf(axis, endAt(span, t)),
      top: (tops.get(span.lane) ?? 0) + LANE_HEAD_PX + line * LANE_LINE_PX,
      height: LANE_BAR_PX,
      outcome: outcomeAt(span, t),
    }),
  );
  const foot = hidden > 0 ? 16 : 0;
  return (
    <Drawing height={height + foot + AXIS_PX}>
      <Svg>
        <AxisLines axis={axis} height={height + foot} />
        {lanes.map(({ id, label, top }) => (
          <g key={id}>
            {top > 0 && <line className="v-rule" x2="100%" y1={top} y2={top} />}
            <SvgText y={top + 12} tone="ink" halo>
              {shortened(label, 40)}
            </SvgText>
          </g>
        ))}
        <Stretched units={UNITS} height={height}>
          <Bars bars={bars} className="v-timeline-bar v-timeline-edged" />
        </Stretched>
        <BarTexts bars={bars} nameOf={(row) => spanName(index.span(row))} />
        <Ends bars={bars} />
        {hidden > 0 && (
          <SvgText y={height + 12} tone="faint">
            {`and ${hidden} more ${hidden === 1 ? 'lane' : 'lanes'}`}
          </SvgText>
        )}
        <Head axis={axis} t={t} height={height + foot} />
      </Svg>
    </Drawing>
  );
}

function lanesAxis({ view, t, shownMs, parameters }: ViewProps<TimelineSpec>): Axis {
  const windowMs = view.windowMs === undefined ? undefined : levelAt(view.windowMs, parameters, t);
  if (windowMs === undefined || !(windowMs > 0) || windowMs >= shownMs)
    return { start: 0, lengthMs: Math.max(shownMs, 1), zero: 0 };
  return { start: Math.max(0, t - PRESENT * windowMs), lengthMs: windowMs, zero: 0 };
}

/** Names inside those bars that are long enough for them on a phone, clear of the mark at their end. */
function BarTexts({
  bars,
  nameOf,
}: {
  readonly bars: readonly Bar[];
  readonly nameOf: (row: number) => string;
}): ReactNode {
  return bars.map(({ key, from, to, top, height }) => {
    const start = Math.max(0, from);
    const name = nameOf(key);
    if ((to - start) * NARROW_PX < textWidth(name, 10) + 12) return null;
    return (
      <SvgText
        key={key}
        x={percent(start)}
        dx={4}
        y={top + height / 2}
        centred
        fontSize={10}
        tone="ink"
      >
        {name}
      </SvgText>
    );
  });
}
