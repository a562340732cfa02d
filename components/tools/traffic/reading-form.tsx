/** How the file is read: each guess with a control to correct it, and what it makes of the first lines. */
import type { ReactNode } from 'react';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { formatNumber, formatValue } from '@/lib/simulation/format';
import { DELIMITERS } from '@/lib/tools/traffic/fields';
import { FORMATS } from '@/lib/tools/traffic/formats';
import { FORMAT_IDS } from '@/lib/tools/traffic/guess';
import type { PreviewRow } from '@/lib/tools/traffic/preview';
import { previewField } from '@/lib/tools/traffic/preview';
import type { Reading } from '@/lib/tools/traffic/reading';
import type { SessionState, TrafficSession } from '@/lib/tools/traffic/session';
import { type EpochUnit, namesZone } from '@/lib/tools/traffic/times';
import { Scroll } from '../../views/scroll';
import { Check, Select } from './field';
import { clockTime } from './words';

const NONE = '';

export function ReadingForm({
  session,
  state,
  traffic,
  name,
}: {
  readonly session: TrafficSession;
  readonly state: SessionState;
  readonly traffic: TrafficDescription;
  readonly name: string;
}): ReactNode {
  const { reading, confidence } = state;
  const about = reading
    ? `${formatNumber(Math.round(confidence * 100))} % of the first ${formatNumber(state.lines.length)} lines can be read this way.`
    : 'No format fits the first lines; choose one to try it.';
  return (
    <>
      <p className="tool-traffic-heading">How {name} is read</p>
      <fieldset className="tool-traffic-form" aria-label={`How ${name} is read`}>
        <Select
          label="Format"
          value={reading?.layout.format ?? NONE}
          options={[
            ...(reading ? [] : ([[NONE, 'none fits']] as const)),
            ...FORMAT_IDS.map((id) => [id, FORMATS[id].title] as const),
          ]}
          about={about}
          onValue={(format) => {
            if (format !== NONE) session.setFormat(format);
          }}
        />
        {reading && (
          <>
            <CsvFields session={session} reading={reading} />
            <TimeFields session={session} state={state} reading={reading} traffic={traffic} />
            <KeyField session={session} reading={reading} traffic={traffic} />
            <DurationFields session={session} reading={reading} />
          </>
        )}
      </fieldset>
      {reading && <Preview rows={state.preview} reading={reading} keyLabel={traffic.key.label} />}
    </>
  );
}

const DELIMITER_NAMES: Readonly<Record<(typeof DELIMITERS)[number], string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
  ' ': 'space',
};

function CsvFields({
  session,
  reading: { layout },
}: {
  readonly session: TrafficSession;
  readonly reading: Reading;
}): ReactNode {
  if (layout.format !== 'csv') return null;
  const { delimiter, hasHeader } = layout;
  return (
    <>
      <Select
        label="Delimiter"
        value={delimiter}
        options={DELIMITERS.map((mark) => [mark, DELIMITER_NAMES[mark]] as const)}
        onValue={(mark) => session.setFormat('csv', { delimiter: mark, hasHeader })}
      />
      <Check
        label="The first line names the columns"
        checked={hasHeader}
        onValue={(is) => session.setFormat('csv', { delimiter, hasHeader: is })}
      />
    </>
  );
}

type Notation = 'date' | EpochUnit;
const NOTATIONS: readonly (readonly [Notation, string])[] = [
  ['date', 'dates'],
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
];

/** Offsets that are in use, minutes east of UTC (IANA time zone database). */
const OFFSETS = [
  ...[-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60],
  ...[120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660],
  ...[720, 765, 780, 840],
];

function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${`${size % 60}`.padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

function TimeFields({
  session,
  state,
  reading,
  traffic,
}: {
  readonly session: TrafficSession;
  readonly state: SessionState;
  readonly reading: Reading;
  readonly traffic: TrafficDescription;
}): ReactNode {
  const { time, layout, duration } = reading;
  const set = (next: Reading['time']): void => session.setReading({ ...reading, time: next });
  const first = time && previewField(reading, state.lines, time.field);
  const lacksZone = time?.notation.kind === 'date' && !namesZone(first ?? '');
  return (
    <>
      <Select
        label="Time"
        value={time?.field ?? NONE}
        options={[
          [NONE, traffic.times === 'kept' ? 'choose a column' : 'none: the order counts'],
          ...layout.names.map((name) => [name, name] as const),
        ]}
        about={first ? `First: ${first}` : undefined}
        onValue={(field) =>
          set(
            field === NONE
              ? null
              : {
                  field,
                  notation: time?.notation ?? { kind: 'date', offsetMinutes: 0 },
                  is: time?.is ?? 'arrival',
                },
          )
        }
      />
      {time && (
        <Select
          label="Times are written as"
          value={time.notation.kind === 'date' ? 'date' : time.notation.unit}
          options={NOTATIONS}
          onValue={(notation) =>
            set({
              ...time,
              notation:
                notation === 'date'
                  ? { kind: 'date', offsetMinutes: 0 }
                  : { kind: 'epoch', unit: notation },
            })
          }
        />
      )}
      {time?.notation.kind === 'date' && lacksZone && (
        <Select
          label="Time zone"
          value={String(time.notation.offsetMinutes)}
          options={OFFSETS.map((minutes) => [String(minutes), offsetName(minutes)] as const)}
          about="The times name none; UTC is assumed unless you say otherwise."
          onValue={(minutes) =>
            set({ ...time, notation: { kind: 'date', offsetMinutes: Number(minutes) } })
          }
        />
      )}
      {time && duration && (
        <Select
          label="Lines were written"
          value={time.is}
          options={[
            ['arrival', 'when the request came'],
            ['end', 'when the request was answered'],
          ]}
          about={
            time.is === 'end'
              ? 'Each request is taken to have come its duration earlier.'
              : undefined
          }
          onValue={(is) => set({ ...time, is })}
        />
      )}
    </>
  );
}

function KeyField({
  session,
  reading,
  traffic,
}: {
  readonly session: TrafficSession;
  readonly reading: Reading;
  readonly traffic: TrafficDescription;
}): ReactNode {
  return (
    <Select
      label={traffic.key.label}
      value={reading.key ?? NONE}
      options={[
        [NONE, 'told apart by nothing'],
        ...reading.layout.names.map((name) => [name, name] as const),
      ]}
      onValue={(key) => session.setReading({ ...reading, key: key === NONE ? null : key })}
    />
  );
}

const UNITS: readonly (readonly [EpochUnit, string])[] = [
  ['s', 'seconds'],
  ['ms', 'milliseconds'],
  ['us', 'microseconds'],
  ['ns', 'nanoseconds'],
];

/** Only of use where it says how much earlier a request came. */
function DurationFields({
  session,
  reading,
}: {
  readonly session: TrafficSession;
  readonly reading: Reading;
}): ReactNode {
  const { duration, time, layout } = reading;
  if (!time) return null;
  const set = (next: Reading['duration']): void =>
    session.setReading({
      ...reading,
      duration: next,
      time: { ...time, is: next ? time.is : 'arrival' },
    });
  return (
    <>
      <Select
        label="Duration"
        value={duration?.field ?? NONE}
        options={[[NONE, 'none'], ...layout.names.map((name) => [name, name] as const)]}
        onValue={(field) => set(field === NONE ? null : { field, unit: duration?.unit ?? 's' })}
      />
      {duration && (
        <Select
          label="Durations are in"
          value={duration.unit}
          options={UNITS}
          onValue={(unit) => set({ ...duration, unit })}
        />
      )}
    </>
  );
}

function Preview({
  rows,
  reading,
  keyLabel,
}: {
  readonly rows: readonly PreviewRow[];
  readonly reading: Reading;
  readonly keyLabel: string;
}): ReactNode {
  const { time, key, duration } = reading;
  return (
    // A group and no landmark, as with the other tables of a figure.
    <Scroll label="The first rows">
      <table className="v-table tool-traffic-preview">
        <caption>The first rows</caption>
        <thead>
          <tr>
            <th scope="col">Row</th>
            {time && <th scope="col">Came at (UTC)</th>}
            {key !== null && <th scope="col">{keyLabel}</th>}
            {duration && <th scope="col">Duration</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ text, row, problem }, index) => (
            // Rows may be equal; their place is what tells them apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: they are drawn anew as a whole.
            <tr key={index} title={text}>
              <th scope="row">{index + 1}</th>
              {row ? (
                <>
                  {time && <td>{clockTime(row.atMs)}</td>}
                  {key !== null && <td>{row.key}</td>}
                  {duration && (
                    <td>
                      {Number.isNaN(row.durationMs) ? '–' : formatValue(row.durationMs, 'ms')}
                    </td>
                  )}
                </>
              ) : (
                <td colSpan={3}>{problem}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
