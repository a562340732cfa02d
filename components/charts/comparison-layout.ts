/** Sizes that the still and the live chart share, so that one takes the other's place unnoticed. */
import { textWidth } from './scale';

export const ROW_PX = 32;
export const AXIS_PX = 24;
export const HEAD_PX = 6;
/** Plot of a distribution, without its axis. */
export const CURVES_PX = 180;
export const NAME_FONT_PX = 12;
/** On narrow screens the name stands above the dot; the dot stands a little below the middle. */
export const DOT_SHIFT_PX = 6;
export const DOT_PX = 4.5;

export const dotsHeight = (rows: number): number => HEAD_PX + rows * ROW_PX + AXIS_PX;
export const dotY = (row: number): number => HEAD_PX + (row + 0.5) * ROW_PX + DOT_SHIFT_PX;
export const curvesHeight = HEAD_PX + CURVES_PX + AXIS_PX;

/** Room for the variants' names on the left of the dots. */
export const namesWidth = (names: readonly string[]): number =>
  Math.ceil(Math.max(0, ...names.map((name) => textWidth(name, NAME_FONT_PX)))) + 10;

/** Letters of a value or of the reason why there is none. */
export const VALUE_LETTERS = 22;

/** Room for the values on the right of the dots. */
export const valuesWidth = (texts: readonly string[]): number => {
  const widths = texts.map((text) => textWidth(text.slice(0, VALUE_LETTERS), NAME_FONT_PX));
  return Math.ceil(Math.max(0, ...widths)) + 14;
};

/** Left gutter of the curves: "100 %". */
export const SHARES_PX = 42;

export const SHARE_TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/** How a tick's number hangs at its place, a share of the width: never over the edge. */
export const anchorOf = (share: number): 'start' | 'middle' | 'end' =>
  share < 0.03 ? 'start' : share > 0.97 ? 'end' : 'middle';
