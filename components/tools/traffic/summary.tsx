/** What the whole file holds, what could not be read, and which stretch of it is to be run. */
import { type ReactNode, useId } from 'react';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { formatNumber } from '@/lib/simulation/format';
import type { LogSummary } from '@/lib/tools/traffic/protocol';
import type { Reading } from '@/lib/tools/traffic/reading';
import type { SessionState, TrafficSession } from '@/lib/tools/traffic/session';
import type { StretchChoice } from '@/lib/tools/traffic/stretch';
import { Check, Select } from './field';
import { stretchInWords } from './words';

export function Summary({
  session,
  state,
  summary,
  reading,
  traffic,
}: {
  readonly session: TrafficSession;
  readonly state: SessionState;
  readonly summary: LogSummary;
  readonly reading: Reading;
  readonly traffic: TrafficDescription;
}): ReactNode {
  const { rows, keys, firstMs, lastMs } = summary;
  const isTimed = reading.time !== null;
  return (
    <>
      <p className="tool-traffic-heading">What is in it</p>
      <p className="tool-traffic-summary">
        {formatNumber(rows)} {traffic.rows}
        {reading.key !== null && ` with ${formatNumber(keys)} different values of “${reading.key}”`}
        {isTimed &&
          `, ${reading.time?.is === 'end' ? 'logged ' : ''}${stretchInWords(firstMs, lastMs)}`}
        .
      </p>
      <Remarks summary={summary} traffic={traffic} />
      <div className="tool-traffic-form">
        {isTimed && traffic.times === 'kept' && (
          <StretchFields session={session} stretch={state.stretch} summary={summary} />
        )}
        {summary.wholeSeconds && traffic.times === 'kept' && (
          <Check
            label="Spread requests over their second"
            checked={state.spread}
            about="The log has whole seconds. Without this, all requests of a second come at one moment."
            onValue={session.setSpread}
          />
        )}
      </div>
      <div className="tool-traffic-buttons">
        <button
          type="button"
          className="fig-button tool-traffic-run"
          disabled={state.busy !== null}
          onClick={session.apply}
        >
          Run the figure on it
        </button>
      </div>
    </>
  );
}

/** What is not as a reader might take it to be. */
function Remarks({
  summary,
  traffic,
}: {
  readonly summary: LogSummary;
  readonly traffic: TrafficDescription;
}): ReactNode {
  const { rows, lines, badCount, bad, outOfOrder, isCut, brokenOff } = summary;
  return (
    <>
      <ul className="tool-traffic-remarks">
        {rows > traffic.rowsMax && (
          <li>
            A run takes at most {formatNumber(traffic.rowsMax)} {traffic.rows}: of a longer stretch,
            the busiest part of so many is run.
          </li>
        )}
        {isCut && <li>The file has more rows than are read; those after these were left out.</li>}
        {brokenOff !== null && <li>{brokenOff} What was read until then is kept.</li>}
        {outOfOrder > 0 && (
          <li>
            {formatNumber(outOfOrder)} {outOfOrder === 1 ? 'row stands' : 'rows stand'} after a
            later one; they were put in order.
          </li>
        )}
      </ul>
      {badCount > 0 && (
        <details className="fig-details tool-traffic-bad">
          <summary>
            {formatNumber(badCount)} of {formatNumber(lines)} lines could not be read and{' '}
            {badCount === 1 ? 'is' : 'are'} left out
          </summary>
          <ol>
            {bad.map(({ line, reason }) => (
              <li key={line}>
                Line {formatNumber(line)}: {reason}.
              </li>
            ))}
          </ol>
          {badCount > bad.length && (
            <p className="fig-remark">These are the first {formatNumber(bad.length)}.</p>
          )}
        </details>
      )}
    </>
  );
}

type StretchId = 'all' | 'hour' | 'minute' | 'seconds' | 'between';
const LENGTHS: Readonly<Partial<Record<StretchId, number>>> = {
  hour: 3_600_000,
  minute: 60_000,
  seconds: 10_000,
};

function stretchId(stretch: StretchChoice): StretchId {
  switch (stretch.kind) {
    case 'all':
    case 'between':
      return stretch.kind;
    case 'busiest':
      return stretch.lengthMs === LENGTHS.hour
        ? 'hour'
        : stretch.lengthMs === LENGTHS.minute
          ? 'minute'
          : 'seconds';
    default:
      return stretch satisfies never;
  }
}

function StretchFields({
  session,
  stretch,
  summary: { firstMs, lastMs },
}: {
  readonly session: TrafficSession;
  readonly stretch: StretchChoice;
  readonly summary: LogSummary;
}): ReactNode {
  const choose = (id: StretchId): void => {
    const lengthMs = LENGTHS[id];
    if (lengthMs !== undefined) session.setStretch({ kind: 'busiest', lengthMs });
    else if (id === 'between')
      session.setStretch({ kind: 'between', fromMs: firstMs, toMs: lastMs + 1000 });
    else session.setStretch({ kind: 'all' });
  };
  return (
    <>
      <Select
        label="Which part"
        value={stretchId(stretch)}
        options={[
          ['all', 'all of it'],
          ['hour', 'the busiest hour'],
          ['minute', 'the busiest minute'],
          ['seconds', 'the busiest ten seconds'],
          ['between', 'between two moments'],
        ]}
        onValue={choose}
      />
      {stretch.kind === 'between' && (
        <>
          <Moment
            label="From (UTC)"
            epochMs={stretch.fromMs}
            onValue={(fromMs) => session.setStretch({ ...stretch, fromMs })}
          />
          <Moment
            label="Until (UTC)"
            epochMs={stretch.toMs}
            onValue={(toMs) => session.setStretch({ ...stretch, toMs })}
          />
        </>
      )}
    </>
  );
}

function Moment({
  label,
  epochMs,
  onValue,
}: {
  readonly label: string;
  readonly epochMs: number;
  readonly onValue: (epochMs: number) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="tool-traffic-field">
      <label className="fig-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="datetime-local"
        step={1}
        className="fig-select"
        data-keys="text"
        defaultValue={new Date(epochMs).toISOString().slice(0, 19)}
        onChange={({ target }) => {
          const next = Date.parse(`${target.value}Z`);
          if (!Number.isNaN(next)) onValue(next);
        }}
      />
    </div>
  );
}
