/** What follows from the settings by arithmetic alone. */
import type { Operation } from './routes';

/**
 * How long an operation takes from the arrival of its call, ms, where no work varies and nothing
 * waits: its own work, and its calls with their way there and back, in a row or the longest of them.
 */
export function durationOf(
  { workMs, calls, independent }: Operation,
  options: { readonly networkMs: number; readonly isParallel: boolean },
): number {
  const each = calls.map((call) => durationOf(call, options) + 2 * options.networkMs);
  return (
    workMs +
    (independent && options.isParallel
      ? Math.max(0, ...each)
      : each.reduce((sum, ms) => sum + ms, 0))
  );
}

/** Half-width for a share of n independent cases that chance p each: 4 standard errors, in %. */
export const toleranceOf = (p: number, n: number): number => 400 * Math.sqrt((p * (1 - p)) / n);
