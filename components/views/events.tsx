/** What happened up to `t`, newest last: notes, and messages of the kinds that the view names. */
import type { ReactNode } from 'react';
import type { Outcome } from '@/lib/kernel/outcomes';
import type { Tone } from '@/lib/kernel/recording';
import { formatMoment } from '@/lib/simulation/format';
import { countUntil, type RecordingIndex } from '@/lib/simulation/recording-index';
import type { EventsView as EventsSpec } from '@/lib/simulation/views';
import { OutcomeMark, outcomeLabel } from './outcome-mark';
import type { ViewKind } from './view';
import type { ViewProps, ViewRun, ViewTable } from './view-props';

/** Events in the list: enough to see what led to the last one, few enough to be read while it runs. */
const SHOWN = 6;
/** Events in the table. */
const TABLE_ROWS_MAX = 60;

interface Happening {
  readonly key: string;
  readonly at: number;
  readonly run: ViewRun;
  readonly text: string;
  /** The mark of a message, or the tone of a note. */
  readonly outcome: Outcome | undefined;
  readonly tone: Tone;
}

/** Rows of a view's messages with the moment at which each counts as having happened, in that order. */
interface Rows {
  readonly at: Float64Array;
  readonly row: readonly number[];
  readonly kind: readonly Outcome[];
}

const rowsByIndex = new WeakMap<RecordingIndex, Map<string, Rows>>();

function messageRows(view: EventsSpec, index: RecordingIndex): Rows {
  const kinds = view.messages ?? [];
  const key = kinds.join(' ');
  const known = rowsByIndex.get(index) ?? new Map<string, Rows>();
  rowsByIndex.set(index, known);
  const found = known.get(key);
  if (found) return found;
  const facts: { at: number; row: number; kind: Outcome }[] = [];
  for (const kind of kinds) {
    for (const row of index.messages({ kind }))
      facts.push({ at: index.recording.messages.sentAt[row] ?? 0, row, kind });
    // A message of another kind that was lost on the way is a loss from that moment on.
    if (kind === 'lost')
      for (const row of index.lostUntil(index.shownMs)) {
        const message = index.message(row);
        if (message.kind !== 'lost') facts.push({ at: message.lostAt, row, kind });
      }
  }
  facts.sort((a, b) => a.at - b.at || a.row - b.row);
  const rows: Rows = {
    at: Float64Array.from(facts, (fact) => fact.at),
    row: facts.map((fact) => fact.row),
    kind: facts.map((fact) => fact.kind),
  };
  known.set(key, rows);
  return rows;
}

/** The last `max` events up to `t`, oldest first. */
function lastEvents({ view, runs, t }: ViewProps<EventsSpec>, max: number): readonly Happening[] {
  const name = (id: string): string => view.names?.[id] ?? id;
  const events = runs.flatMap((run) => {
    const { index } = run;
    const happened: Happening[] = [];
    const notes = index.noteCount(t);
    for (let row = Math.max(0, notes - max); row < notes; row++) {
      const { at, text, tone } = index.note(row);
      happened.push({ key: `${run.id} note ${row}`, at, run, text, tone, outcome: undefined });
    }
    const rows = messageRows(view, index);
    const sent = countUntil(rows.at, t);
    for (let i = Math.max(0, sent - max); i < sent; i++) {
      const message = index.message(rows.row[i] ?? 0);
      const kind = rows.kind[i] ?? message.kind;
      const outcome = outcomeLabel(kind);
      const isSaid = message.label === '' || message.label.endsWith(outcome);
      const what = isSaid ? message.label || outcome : `${message.label}, ${outcome}`;
      happened.push({
        key: `${run.id} ${kind} ${message.row}`,
        at: rows.at[i] ?? 0,
        run,
        text: `${name(message.from)} → ${name(message.to)}: ${what}`,
        tone: 'plain',
        outcome: kind,
      });
    }
    return happened;
  });
  // Stable, so that events of one moment keep the order of runs, notes before messages.
  return events.sort((a, b) => a.at - b.at).slice(-max);
}

/** Told apart by form as well as by colour. */
const TONE_MARKS = {
  plain: { path: 'M-2.5 0H2.5', className: 'v-plain' },
  good: { path: 'M-3.5 0L-1 3L3.5 -3', className: 'c-accepted' },
  warning: { path: 'M0 -4V1M0 2.8V4', className: 'c-queued' },
  bad: { path: 'M-2 -4V1M-2 2.8V4M2 -4V1M2 2.8V4', className: 'c-failed' },
} as const satisfies Record<Tone, { path: string; className: string }>;

const TONE_WORDS = { plain: '', good: 'Good: ', warning: 'Warning: ', bad: 'Failure: ' } as const;

function ToneMark({ tone }: { readonly tone: Tone }): ReactNode {
  const { path, className } = TONE_MARKS[tone];
  return (
    <svg className="outcome" viewBox="-5 -5 10 10" aria-hidden="true">
      <path className={`v-tone ${className}`} d={path} />
    </svg>
  );
}

function EventsView(props: ViewProps<EventsSpec>): ReactNode {
  const { runs, shownMs } = props;
  const events = lastEvents(props, SHOWN);
  return (
    // Of one height at every moment; the list grows down, and what no longer fits leaves at the top.
    <div className={events.length === SHOWN ? 'v v-events v-full' : 'v v-events'}>
      <ol>
        {events.map(({ at, run, text, outcome, tone }, place) => (
          <li
            // By place: a row whose text changes stays where it is, and nothing counts as moved.
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no state of their own
            key={place}
          >
            <time>{formatMoment(at, shownMs)}</time>
            {outcome ? <OutcomeMark outcome={outcome} /> : <ToneMark tone={tone} />}
            <span>
              {outcome === undefined && tone !== 'plain' && (
                <span className="sr-only">{TONE_WORDS[tone]}</span>
              )}
              {runs.length > 1 && <span className="v-of">{`${run.title}: `}</span>}
              {text}
            </span>
          </li>
        ))}
        {events.length === 0 && <li className="v-nothing">Nothing of note yet.</li>}
      </ol>
    </div>
  );
}

function describeEvents(props: ViewProps<EventsSpec>): string {
  const { view, runs, t, shownMs } = props;
  const last = lastEvents(props, 1).at(-1);
  const said = last
    ? `Last, at ${formatMoment(last.at, shownMs)}: ${TONE_WORDS[last.tone]}${runs.length > 1 ? `${last.run.title}: ` : ''}${last.text}`
    : 'Nothing of note yet.';
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}${/[.!?]$/.test(said) ? '' : '.'}`;
}

function tableEvents(props: ViewProps<EventsSpec>): ViewTable {
  const { view, runs, t, shownMs } = props;
  const race = runs.length > 1;
  return {
    caption: `${view.title}: the last events at ${formatMoment(t, shownMs)}`,
    columns: ['Time', ...(race ? ['Run'] : []), 'Event'],
    rows: lastEvents(props, TABLE_ROWS_MAX).map(({ at, run, tone, text }) => [
      formatMoment(at, shownMs),
      ...(race ? [run.title] : []),
      `${TONE_WORDS[tone]}${text}`,
    ]),
  };
}

export const events: ViewKind<EventsSpec> = {
  Drawing: EventsView,
  describe: describeEvents,
  table: tableEvents,
};
