/**
 * A run as JSON, for programs that are not ours: everything that was recorded and measured, with what
 * it takes to run it again. docs/sharing.md describes the format; a change that a reader of old files
 * would stumble over raises `DOCUMENT_VERSION`.
 */

import type { FigureRun, Shown } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import { isFork } from '@/lib/figure/forks';
import { NO_TEXT, type Recording } from '@/lib/kernel/recording';
import type { InterventionEvent } from '@/lib/simulation/definition';
import type { DistributionResult, Result } from '@/lib/simulation/measures';
import type { ParameterValue } from '@/lib/simulation/parameters';
import type { Source } from './citation';

const DOCUMENT_FORMAT = 'steady-state-run';
const DOCUMENT_VERSION = 1;

/** All times are simulated ms from 0; what does not exist is null. */
export interface RunDocument {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly formatVersion: typeof DOCUMENT_VERSION;
  readonly source: Source;
  readonly simulation: { readonly id: string; readonly title: string; readonly version: number };
  readonly scenario: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** Whether the requests were those of a log, which is not part of this file. */
  readonly onLog: boolean;
  /** Length of the run, and what of its start the results leave out. */
  readonly measuredMs: number;
  readonly warmUpMs: number;
  readonly runs: readonly RunEntry[];
}

interface RunEntry {
  readonly id: string;
  readonly title: string;
  readonly variant: string;
  /** What was done to it: empty for the original. */
  readonly interventions: readonly InterventionEvent[];
  /** Whether a model that was edited by a reader ran in it. */
  readonly edited: boolean;
  readonly results: readonly Result[];
  readonly distributions: readonly {
    readonly id: string;
    readonly unit: string;
    readonly n: number;
    /** The share `p` of the observations lies at or below `value`. */
    readonly points: readonly { readonly p: number; readonly value: number }[];
  }[];
  readonly recording: RecordingRows;
}

interface RecordingRows {
  /** The records are complete up to here; the measures may go on. */
  readonly shownMs: number;
  /** Whether the bound on records ended it early. */
  readonly truncated: boolean;
  readonly messages: readonly {
    readonly from: string;
    readonly to: string;
    readonly kind: string;
    readonly label: string;
    readonly sentAtMs: number;
    readonly arrivesAtMs: number;
    readonly lostAtMs: number | null;
  }[];
  readonly spans: readonly {
    readonly lane: string;
    readonly kind: string;
    readonly label: string;
    /** Place of the parent in this list. */
    readonly parent: number | null;
    readonly startMs: number;
    /** Null while it was open at the end. */
    readonly endMs: number | null;
    readonly outcome: string | null;
  }[];
  readonly states: readonly {
    readonly node: string;
    readonly field: string;
    readonly value: number | string | null;
    readonly atMs: number;
  }[];
  readonly samples: readonly {
    readonly series: string;
    readonly value: number | null;
    readonly atMs: number;
  }[];
  readonly notes: readonly {
    readonly text: string;
    readonly tone: string;
    readonly atMs: number;
  }[];
}

export function runDocument(
  { description, spec, store }: Pick<Figure, 'description' | 'spec' | 'store'>,
  shown: Shown,
  source: Source,
): RunDocument {
  const { extras, traffic } = store.get();
  const { race } = shown;
  const entryOf = (run: FigureRun): RunEntry => {
    const extra = extras.find((each) => each.extra.id === run.extra)?.extra;
    return {
      id: run.id,
      title: run.title,
      variant: run.variant,
      interventions: extra && isFork(extra) ? extra.interventions : [],
      edited: extra?.kind === 'reader',
      results: run.results,
      distributions: run.distributions.map(distributionOf),
      recording: rowsOf(run.index.recording),
    };
  };
  return {
    format: DOCUMENT_FORMAT,
    formatVersion: DOCUMENT_VERSION,
    source,
    simulation: { id: description.id, title: description.title, version: race.version },
    scenario: spec.scenario,
    parameters: race.parameters,
    seed: race.seed,
    onLog: traffic !== null,
    measuredMs: race.measuredMs,
    warmUpMs: race.warmUpMs,
    runs: shown.runs.map(entryOf),
  };
}

function distributionOf({
  id,
  unit,
  n,
  p,
  value,
}: DistributionResult): RunEntry['distributions'][number] {
  return {
    id,
    unit,
    n,
    points: [...p].map((share, i) => ({ p: share, value: value[i] ?? Number.NaN })),
  };
}

/** A line for each record in place of columns: longer, and readable by anything. */
function rowsOf(recording: Recording): RecordingRows {
  const { messages, spans, states, samples, notes, strings } = recording;
  const text = (column: Uint32Array, row: number): string => strings[column[row] ?? 0] ?? '';
  const at = (column: Float64Array, row: number): number => column[row] ?? Number.NaN;
  return {
    shownMs: recording.shownMs,
    truncated: recording.truncated,
    messages: rows(messages, (row) => ({
      from: text(messages.from, row),
      to: text(messages.to, row),
      kind: text(messages.kind, row),
      label: text(messages.label, row),
      sentAtMs: at(messages.sentAt, row),
      arrivesAtMs: at(messages.arrivesAt, row),
      lostAtMs: known(at(messages.lostAt, row)),
    })),
    spans: rows(spans, (row) => {
      const endMs = known(at(spans.end, row));
      const parent = spans.parent[row] ?? -1;
      return {
        lane: text(spans.lane, row),
        kind: text(spans.kind, row),
        label: text(spans.label, row),
        parent: parent < 0 ? null : parent,
        startMs: at(spans.start, row),
        endMs,
        outcome: endMs === null ? null : text(spans.outcome, row),
      };
    }),
    states: rows(states, (row) => ({
      node: text(states.node, row),
      field: text(states.field, row),
      value: states.text[row] === NO_TEXT ? known(at(states.number, row)) : text(states.text, row),
      atMs: at(states.at, row),
    })),
    samples: rows(samples, (row) => ({
      series: text(samples.series, row),
      value: known(at(samples.value, row)),
      atMs: at(samples.at, row),
    })),
    notes: rows(notes, (row) => ({
      text: text(notes.text, row),
      tone: text(notes.tone, row),
      atMs: at(notes.at, row),
    })),
  };
}

const rows = <T>({ length }: { readonly length: number }, rowOf: (row: number) => T): T[] =>
  Array.from({ length }, (_, row) => rowOf(row));

/** JSON has neither NaN nor infinity. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
