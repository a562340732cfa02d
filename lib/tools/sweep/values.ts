/** Which values of a parameter a sweep visits, and where they lie on its axis. */
import { snap } from '@/lib/simulation/parameters';
import type { SweptParameter } from './swept';

/** Where a value lies between the ends of its range, from 0 to 1, on the declared scale. */
export function axisShare(
  { min, max, scale }: Pick<SweptParameter, 'min' | 'max' | 'scale'>,
  value: number,
): number {
  return scale === 'log'
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
}

function valueAtShare({ min, max, scale }: SweptParameter, share: number): number {
  return scale === 'log' ? min * (max / min) ** share : min + share * (max - min);
}

/**
 * Values over the whole declared range, rising: `points` of them at equal distances on the scale of
 * the parameter, put on its grid. There are fewer where the grid has fewer, and one more where `also`
 * (the value that somebody has chosen) would otherwise be passed by.
 *
 * @param points at least 2
 */
export function sweepValues(
  parameter: SweptParameter,
  points: number,
  also?: number,
): readonly number[] {
  const values = Array.from({ length: points }, (_, i) =>
    snap(parameter, valueAtShare(parameter, i / (points - 1))),
  );
  if (also !== undefined) values.push(also);
  return [...new Set(values)].sort((a, b) => a - b);
}
