/**
 * What every view is given, and what it gives besides its drawing. A view is a pure function of
 * these: no state, no effects, no clock.
 */
import {
  type ParameterValue,
  type Schedule,
  scheduledAt,
  type Unit,
} from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { Level, View } from '@/lib/simulation/views';

/** One variant of a race, a fork of one, or the only run. */
export interface ViewRun {
  /** Unique among the runs. */
  readonly id: string;
  readonly title: string;
  /** Place among the forks, from 1; null if it is none. */
  readonly fork: number | null;
  readonly index: RecordingIndex;
}

export interface ViewProps<V extends View> {
  readonly view: V;
  readonly runs: readonly ViewRun[];
  /** The moment that is drawn, simulated ms, from 0 to `shownMs`. */
  readonly t: number;
  /** Length of what is shown, simulated ms. */
  readonly shownMs: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** What a view shows, as a table of texts; the first column names the row. */
export interface ViewTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The values that a level takes over time. A constant and most parameters hold throughout; a
 * schedule has its steps. Empty if the level names a parameter without a number.
 */
export function levelSteps(
  level: Level,
  parameters: Readonly<Record<string, ParameterValue>>,
): Schedule {
  if (typeof level === 'number') return [{ atMs: 0, value: level }];
  const times = level.times ?? 1;
  const value = parameters[level.parameter];
  if (typeof value === 'number') return [{ atMs: 0, value: value * times }];
  if (typeof value !== 'object') return [];
  return value.map((step) => ({ atMs: step.atMs, value: step.value * times }));
}

/** The value of a level at `t` (simulated ms); undefined if it names a parameter without a number. */
export function levelAt(
  level: Level,
  parameters: Readonly<Record<string, ParameterValue>>,
  t: number,
): number | undefined {
  const steps = levelSteps(level, parameters);
  return steps.length === 0 ? undefined : scheduledAt(steps, t);
}

/** "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** One statement per run, each under its title where there are several. */
export function perRun(runs: readonly ViewRun[], say: (run: ViewRun) => string): string {
  if (runs.length === 1) return runs.map(say).join('');
  return runs.map((run) => `${run.title}: ${say(run)}`).join('; ');
}

/**
 * Whether a unit stands with each value: because it changes with the size (ms, s, min), or because
 * the number says little without it. Others are said once, by a heading or a label.
 */
export const standsWithValue = (unit: Unit): boolean =>
  unit === 'ms' || unit === 'bytes' || unit === '%' || unit === '×' || unit === '€';
