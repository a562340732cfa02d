/**
 * What every view is given, and what it gives besides its drawing. A view is a pure function of
 * these: no clock, no effects, and no state but what the reader has chosen in it.
 */
import { saysUnit } from '@/lib/simulation/format';
import type { ParameterValue, Unit } from '@/lib/simulation/parameters';
import type { RecordingIndex } from '@/lib/simulation/recording-index';
import type { View } from '@/lib/simulation/views';

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
  /** All views of the figure, this one among them: charts that share a time share its axis. */
  readonly beside?: readonly View[];
  /** Whether there is something to operate: true in a figure that runs, left out in a still. */
  readonly live?: boolean;
}

/** All that the drawing of a view depends on but the moment, for its parts. */
export const butTheMoment = ({
  view,
  runs,
  shownMs,
  parameters,
  live,
}: ViewProps<View>): readonly unknown[] => [view, runs, shownMs, parameters, live];

/** What a view shows, as a table of texts; the first column names the row. */
export interface ViewTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** "Slot 3" for "slot 3". */
export const capitalised = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

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

/** A label with its unit, which is not said twice: “Jobs waiting”, in jobs, and “Longest wait, s”. */
export const withUnit = (label: string, unit: string): string =>
  saysUnit(label, unit) ? label : `${label}, ${unit}`;
