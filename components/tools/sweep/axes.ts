/** Places and numbers on the axes of a sweep. Lengths are px, places are shares of the width. */
import { type ValueAxis, valueAxis } from '@/components/charts/comparison-data';
import { AXIS_PX, anchorOf } from '@/components/charts/comparison-layout';
import { axisUnit, niceTicks, textWidth, tickText } from '@/components/charts/scale';
import type { Unit } from '@/lib/simulation/parameters';
import type { CurveAxis, CurvePanel } from '@/lib/tools/sweep/curves';
import { axisShare } from '@/lib/tools/sweep/values';

/** Above a plot: room for the value at which the figure stands, which no curve runs through there. */
export const HEAD_PX = 16;
/** Height of a plot, without its axis. */
export const PLOT_PX = 150;
export const CURVE_PX = HEAD_PX + PLOT_PX + AXIS_PX;

interface Tick {
  readonly share: number;
  readonly text: string;
}

export interface ParameterAxis {
  /** "Timeout, s". */
  readonly label: string;
  readonly ticks: readonly Tick[];
}

/** The axis of a parameter: its whole declared range, on its declared scale. */
export function parameterAxis(axis: CurveAxis): ParameterAxis {
  const { divisor, unit } = axisUnit(axis.unit, axis.max);
  const [from, to] = [axis.min / divisor, axis.max / divisor];
  const nice = axis.scale === 'log' ? logTicks(from, to) : niceTicks(from, to, 6);
  // Between two values that the parameter can have there is nothing to name.
  const values = axis.isWhole ? nice.filter(Number.isInteger) : nice;
  return {
    label: unit === '' ? axis.label : `${axis.label}, ${unit}`,
    ticks: apart(
      values.map((value) => ({
        share: axisShare(axis, value * divisor),
        text: tickText(Number(value.toPrecision(6))),
      })),
    ),
  };
}

/** Width of a plot on a phone, and the least room between two numbers below it. */
const PLOT_NARROW_PX = 280;
const BETWEEN_PX = 4;

/** Without those that would run into the next on a phone; the last is the end of the range, and stays. */
function apart(ticks: readonly Tick[]): readonly Tick[] {
  let freeTo = Number.POSITIVE_INFINITY;
  const kept = ticks.toReversed().filter(({ share, text }) => {
    const width = textWidth(text, 11);
    const anchor = anchorOf(share);
    const from =
      share * PLOT_NARROW_PX - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
    if (from + width > freeTo) return false;
    freeTo = from - BETWEEN_PX;
    return true;
  });
  return kept.toReversed();
}

/** Powers of ten in the range and, where these are few, twice and five times each. */
function logTicks(from: number, to: number): number[] {
  const decades = Math.log10(to / from);
  const leading = decades > 3 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let exponent = Math.floor(Math.log10(from)); 10 ** exponent <= to; exponent++) {
    for (const digit of leading) {
      const value = Number((digit * 10 ** exponent).toPrecision(6));
      if (value >= from && value <= to) ticks.push(value);
    }
  }
  return ticks;
}

/** How much of an interval above the greatest value there is room for, in parts of that value. */
const AIR_FOR_INTERVALS = 0.5;

/**
 * The axis of a measure: 0, all values, and their intervals as far as they say something. Two seeds that
 * differ much have an interval of many times the value: it must not flatten the curve, nor lead below 0
 * where no run did.
 */
export function measureAxisOf({ curves, unit }: CurvePanel): ValueAxis {
  const estimates = curves.flat().flatMap((estimate) => (estimate === null ? [] : [estimate]));
  const values = estimates.flatMap(({ value }) => (value === null ? [] : [value]));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = AIR_FOR_INTERVALS * Math.max(most, -least);
  const ends = estimates.flatMap(({ value, halfWidth }) =>
    value === null ? [] : [value - (halfWidth ?? 0), value + (halfWidth ?? 0)],
  );
  const from = least < 0 ? Math.max(least - room, Math.min(...ends)) : 0;
  const reach = Math.min(most + room, Math.max(0, ...ends));
  return valueAxis({ from, reach, air: 1.05 }, unit);
}

/** The end of an interval, or of what the axis shows of it. */
export const withinAxis = ({ from, to }: ValueAxis, value: number): number =>
  Math.min(to, Math.max(from, value));

export function axisOfEnds(
  estimates: readonly { readonly value: number | null; readonly halfWidth: number | null }[],
  unit: Unit,
): ValueAxis {
  const ends = estimates.flatMap(({ value, halfWidth }) =>
    value === null ? [] : [value - (halfWidth ?? 0), value + (halfWidth ?? 0)],
  );
  return valueAxis({ from: Math.min(0, ...ends), reach: Math.max(0, ...ends), air: 1.05 }, unit);
}

/** Where a value of a measure stands, px from the top of the drawing. */
export const heightOf = ({ from, to }: ValueAxis, value: number, plotPx = PLOT_PX): number =>
  HEAD_PX + plotPx * (1 - (value - from) / (to - from));

/** Room for the numbers of a measure on the left of the plot. */
export const gutterPx = ({ ticks, textOf }: ValueAxis): number =>
  Math.ceil(Math.max(0, ...ticks.map((tick) => textWidth(textOf(tick), 11)))) + 10;
