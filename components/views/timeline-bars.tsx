/** Bars over an axis of time, with marks at their ends and the line of the present: for traces and for lanes. */
import type { ReactNode } from 'react';
import { axisUnit, niceTicks, percent, tickText } from '@/components/charts/scale';
import type { Outcome } from '@/lib/kernel/outcomes';
import { OutcomeGlyph, outcomeClass } from './outcome-mark';
import { NARROW_PX, px, SvgText } from './text';

/** Width in units of the bars' own drawing. */
export const UNITS = 1000;
/** Shortest bar, in units: what took no time is still seen. */
const UNITS_MIN = 2;
/** Bars this short, this near to the one before, are drawn as one with it, in units. */
const UNITS_MERGED = 3;
export const AXIS_PX = 18;
const GLYPHS_MAX = 80;

/** A bar with its place across as shares of the width. */
export interface Bar {
  readonly key: number;
  readonly from: number;
  readonly to: number;
  /** px. */
  readonly top: number;
  readonly height: number;
  readonly outcome: Outcome;
}

/**
 * The bars of one outcome as one outline. What is too short to be told from its neighbour in the same
 * line is one box with it, so that thousands of spans stay a few letters.
 */
function outline(bars: readonly Bar[]): string {
  interface Box {
    readonly start: number;
    end: number;
    readonly top: number;
    readonly height: number;
  }
  const boxes: Box[] = [];
  const lastIn = new Map<number, Box>();
  for (const { from, to, top, height } of bars) {
    const start = Math.max(0, Math.round(from * UNITS));
    const end = Math.min(UNITS, Math.max(start + UNITS_MIN, Math.round(to * UNITS)));
    const last = lastIn.get(top);
    if (last && end - start <= UNITS_MERGED && start - last.end <= UNITS_MERGED) {
      last.end = Math.max(last.end, end);
      continue;
    }
    const box = { start, end, top, height };
    lastIn.set(top, box);
    boxes.push(box);
  }
  return boxes
    .map(
      ({ start, end, top, height }) => `M${start} ${top}h${end - start}v${height}h${start - end}z`,
    )
    .join('');
}

export function Bars({
  bars,
  className,
}: {
  readonly bars: readonly Bar[];
  readonly className: string;
}): ReactNode {
  const outcomes = [...new Set(bars.map(({ outcome }) => outcome))].sort();
  return outcomes.map((outcome) => (
    <path
      key={outcome}
      className={`${className} ${outcomeClass(outcome)}`}
      d={outline(bars.filter((bar) => bar.outcome === outcome))}
    />
  ));
}

/** Marks at the ends of bars, where they are told apart. */
export function Ends({ bars }: { readonly bars: readonly Bar[] }): ReactNode {
  const last = new Map<number, number>();
  const marked = bars.filter(({ to, top, outcome }) => {
    if (outcome === 'sent' || to > 1 || to * NARROW_PX - (last.get(top) ?? -20) < 10) return false;
    last.set(top, to * NARROW_PX);
    return true;
  });
  return marked
    .slice(-GLYPHS_MAX)
    .map(({ key, to, top, height, outcome }) => (
      <OutcomeGlyph key={key} outcome={outcome} x={percent(to)} y={px(top + height / 2)} />
    ));
}

export interface Axis {
  /** Start and length of what is in sight, simulated ms. */
  readonly start: number;
  readonly lengthMs: number;
  /** What its numbers count from, simulated ms. */
  readonly zero: number;
}

export const shareOf = ({ start, lengthMs }: Axis, at: number): number => (at - start) / lengthMs;

export function AxisLines({
  axis,
  height,
}: {
  readonly axis: Axis;
  /** Of the rows above the numbers, px. */
  readonly height: number;
}): ReactNode {
  const from = axis.start - axis.zero;
  const { divisor, unit } = axisUnit('ms', Math.max(from + axis.lengthMs, axis.lengthMs));
  const ticks = niceTicks(Math.max(0, from) / divisor, (from + axis.lengthMs) / divisor, 5);
  return ticks.map((tick, i) => {
    const x = shareOf(axis, axis.zero + tick * divisor);
    const isFirst = x < 0.03;
    const isLast = x > 0.97;
    return (
      <g key={tick}>
        <line className="v-rule" x1={percent(x)} x2={percent(x)} y2={height} />
        <SvgText
          x={percent(x)}
          y={height + 13}
          textAnchor={isFirst ? 'start' : isLast ? 'end' : 'middle'}
          tone="faint"
        >
          {i === ticks.length - 1 ? `${tickText(tick)}\u202f${unit}` : tickText(tick)}
        </SvgText>
      </g>
    );
  });
}

/** The line of the present, if it is in sight. */
export function Head({
  axis,
  t,
  height,
}: {
  readonly axis: Axis;
  readonly t: number;
  readonly height: number;
}): ReactNode {
  const share = shareOf(axis, t);
  if (!(share >= 0 && share <= 1)) return null;
  const x = percent(share);
  return <line className="v-head-line" x1={x} x2={x} y2={height} />;
}
