/** Where a value lies on its slider, and which value lies at a place of the slider. */
import { snap } from '@/lib/simulation/parameters';

/** What a slider needs to know; quantities, durations and counts all have it. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly scale?: 'linear' | 'log';
}

/** Places of a logarithmic slider: fine enough that neighbours are a few per cent apart. */
export const LOG_PLACES = 240;

/** The limits of the slider's own numbers: values on a linear scale, places on a logarithmic one. */
export function sliderRange(range: Range): {
  readonly min: number;
  readonly max: number;
  readonly step: number;
} {
  return range.scale === 'log'
    ? { min: 0, max: LOG_PLACES, step: 1 }
    : { min: range.min, max: range.max, step: range.step };
}

/** The slider's number for a value. */
export function placeOf(range: Range, value: number): number {
  if (range.scale !== 'log') return value;
  return Math.round((LOG_PLACES * Math.log(value / range.min)) / Math.log(range.max / range.min));
}

/**
 * The value at a place of the slider, on the grid of the range.
 *
 * A step of one place on a logarithmic slider may be less than the grid's step; the value then moves
 * by one step of the grid, so that no key press is without effect.
 *
 * @param from the present value
 */
export function valueAt(range: Range, place: number, from: number): number {
  if (range.scale !== 'log') return snap(range, place);
  const before = placeOf(range, from);
  if (place === before) return from;
  const value = snap(range, range.min * (range.max / range.min) ** (place / LOG_PLACES));
  if (place > before && value <= from) return snap(range, from + range.step);
  if (place < before && value >= from) return snap(range, from - range.step);
  return value;
}

/** The share of the track that lies before a value, from 0 to 1. */
export function shareOf(range: Range, value: number): number {
  const { min, max } = sliderRange(range);
  return max === min ? 0 : (placeOf(range, value) - min) / (max - min);
}
