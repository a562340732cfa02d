/** Guesses how a file is to be read from its first lines; every guess can be corrected. */
import type { KeyField } from '@/lib/simulation/traffic';
import { DELIMITERS, type Delimiter, delimitedFields } from './fields';
import {
  ALB_NAMES,
  accessNames,
  columnNames,
  FORMATS,
  type FormatId,
  jsonNames,
  type Layout,
  lineReader,
  PATH_SEPARATOR,
} from './formats';
import { type Reading, rowReader } from './reading';
import { type EpochUnit, epochUnitOf, numberOf, timeReader } from './times';

/** What the simulation looks for in the file. */
export interface Wish {
  readonly times: 'kept' | { readonly everyMs: number };
  readonly keys: readonly KeyField[];
}

export interface Guess {
  readonly reading: Reading;
  /** Share of the first lines that can be read so, in [0, 1]. */
  readonly confidence: number;
}

/** The likeliest reading; null for a file without a line. */
export function guess(lines: readonly string[], wish: Wish): Guess | null {
  const sample = lines.filter((line) => line.trim() !== '');
  if (sample.length === 0) return null;
  const guesses = LIKELIEST.flatMap((format) => guessAs(format, sample, wish) ?? []);
  // The first of equals: each format in this order asks less of a line than the one before.
  return guesses.reduce<Guess | null>(
    (best, each) => (best && best.confidence >= each.confidence - 1e-9 ? best : each),
    null,
  );
}

const LIKELIEST: readonly FormatId[] = ['json', 'alb', 'access', 'csv', 'lines'];

/** The likeliest reading in one format; null if no line can be read so. */
export function guessAs(
  format: FormatId,
  lines: readonly string[],
  wish: Wish,
  known: { readonly delimiter?: Delimiter; readonly hasHeader?: boolean } = {},
): Guess | null {
  const sample = lines.filter((line) => line.trim() !== '');
  const layout = layoutOf(format, sample, known);
  if (!layout) return null;
  const columns = columnsOf(layout, sample);
  const duration = durationIn(layout, columns);
  const time = timeIn(layout, columns, duration?.field ?? null, wish);
  const reading: Reading = {
    layout,
    time,
    duration,
    key: keyIn(layout, columns, wish, new Set([time?.field, duration?.field])),
  };
  const confidence = confidenceOf(reading, sample);
  // A table without a time where times are asked for has been taken for one by chance.
  const lacksTime = wish.times === 'kept' && time === null;
  return confidence === 0 ? null : { reading, confidence: lacksTime ? confidence / 2 : confidence };
}

/** Share of the records, but for a header, that can be read so. */
export function confidenceOf(reading: Reading, sample: readonly string[]): number {
  const rows = bodyOf(reading.layout, sample);
  const read = rowReader(reading);
  const good = rows.filter((line) => firstThat([line], read) !== null);
  return rows.length === 0 ? 0 : good.length / rows.length;
}

/** The lines as records, without a header. */
export function bodyOf(layout: Layout, sample: readonly string[]): readonly string[] {
  if (layout.format !== 'csv') return sample;
  const records = recordsOf(sample, layout.delimiter);
  return layout.hasHeader ? records.slice(1) : records;
}

/** Lines with those joined to them on which a quoted field goes on. */
function recordsOf(lines: readonly string[], delimiter: Delimiter): string[] {
  const records: string[] = [];
  let open: string | null = null;
  for (const line of lines) {
    const record: string = open === null ? line : `${open}\n${line}`;
    open = isOpen(record, delimiter) ? record : null;
    if (open === null) records.push(record);
  }
  return records;
}

function isOpen(record: string, delimiter: Delimiter): boolean {
  try {
    return delimitedFields(record, delimiter) === null;
  } catch {
    return false;
  }
}

function layoutOf(
  format: FormatId,
  sample: readonly string[],
  known: { readonly delimiter?: Delimiter; readonly hasHeader?: boolean },
): Layout | null {
  switch (format) {
    case 'access':
      return firstThat(sample, (line) => ({ format, names: accessNames(line) }));
    case 'alb':
      return { format, names: ALB_NAMES };
    case 'json': {
      // Lines differ in what they say: all that any of the first ones says can be chosen.
      const names = new Set(
        sample.flatMap((line) => firstThat([line], (one) => jsonNames(one)) ?? []),
      );
      return names.size === 0 ? null : { format, names: [...names] };
    }
    case 'csv':
      return csvLayout(sample, known);
    case 'lines':
      return { format, names: ['value'] };
    default:
      return format satisfies never;
  }
}

/** What comes of the first line from which anything does. */
function firstThat<T>(lines: readonly string[], make: (line: string) => T): T | null {
  for (const line of lines) {
    try {
      return make(line);
    } catch {
      // Not a line of this format; the next one may be.
    }
  }
  return null;
}

function csvLayout(
  sample: readonly string[],
  known: { readonly delimiter?: Delimiter; readonly hasHeader?: boolean },
): Layout | null {
  const delimiter = known.delimiter ?? delimiterOf(sample);
  const records = delimiter === null ? [] : fieldsOf(sample, delimiter);
  const [first] = records.length > 0 ? records : [];
  if (delimiter === null || !first) return null;
  const hasHeader = known.hasHeader ?? looksLikeHeader(first, records.slice(1));
  return { format: 'csv', delimiter, hasHeader, names: columnNames(first, hasHeader) };
}

/** The fields of all records that can be read. */
function fieldsOf(sample: readonly string[], delimiter: Delimiter): (readonly string[])[] {
  return recordsOf(sample, delimiter).flatMap((record) => {
    const fields = firstThat([record], (one) => delimitedFields(one, delimiter));
    return fields ? [fields] : [];
  });
}

/** The delimiter by which most records have the same number of columns, at least two; null if none has. */
function delimiterOf(sample: readonly string[]): Delimiter | null {
  let best: { delimiter: Delimiter; share: number } | null = null;
  for (const delimiter of DELIMITERS) {
    const counts = fieldsOf(sample, delimiter).map(({ length }) => length);
    const columns = mostFrequent(counts.filter((count) => count >= 2));
    if (columns === undefined) continue;
    const share = counts.filter((count) => count === columns).length / counts.length;
    if (share > 0.5 && (!best || share > best.share)) best = { delimiter, share };
  }
  return best?.delimiter ?? null;
}

function mostFrequent(values: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** A first record of words over columns of numbers or dates, or with a name that logs use. */
function looksLikeHeader(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (first.some((field) => isTimeLike(field) || !Number.isNaN(numberOf(field)))) return false;
  const names: readonly string[] = [
    ...TIME_NAMES,
    ...DURATION_NAMES,
    ...Object.values(KEY_NAMES).flat(),
  ];
  return (
    first.some((field) => names.includes(plain(field))) ||
    rest.some((record) =>
      record.some((field) => isTimeLike(field) || !Number.isNaN(numberOf(field))),
    )
  );
}

// --- Columns and what they are ---------------------------------------------------------------------

interface Column {
  readonly name: string;
  /** The values of the first lines, without those that have none. */
  readonly values: readonly string[];
}

function columnsOf(layout: Layout, sample: readonly string[]): readonly Column[] {
  const read = lineReader(layout, layout.names);
  const rows = bodyOf(layout, sample).flatMap((line) => {
    const fields = firstThat([line], read);
    return fields ? [fields] : [];
  });
  return layout.names.map((name, index) => ({
    name,
    values: rows.flatMap((fields) => {
      const value = fields[index];
      return value === undefined || value === '' ? [] : [value];
    }),
  }));
}

/** Names that logs give to the time of a request, the likeliest first, in the spelling of `plain`. */
const TIME_NAMES = [
  ...['request_creation_time', '@timestamp', 'timestamp', 'ts', 'time', 'msec', 'datetime'],
  ...['time_iso8601', 'time_local', 'event_time', 'event_datetime', 'start_time', 'started_at'],
  ...['created_at', 'date', 'when', 't', 'at'],
];
const DURATION_NAMES = [
  ...['request_time', 'duration', 'duration_ms', 'duration_s', 'latency', 'latency_ms', 'elapsed'],
  ...['elapsed_ms', 'response_time', 'response_time_ms', 'took', 'took_ms', 'rt', 'time_taken'],
  'target_processing_time',
];
const KEY_NAMES: Readonly<Record<KeyField, readonly string[]>> = {
  client: [
    ...['client', 'client_ip', 'clientip', 'remote_ip', 'remote_addr', 'remote_address', 'ip'],
    ...['remote', 'client_addr', 'x_forwarded_for', 'http_x_forwarded_for', 'source_ip', 'src'],
  ],
  user: [
    'user',
    'user_id',
    'userid',
    'username',
    'remote_user',
    'account',
    'customer',
    'tenant',
    'api_key',
  ],
  path: ['path', 'request_path', 'uri', 'request_uri', 'url', 'request', 'file'],
  host: ['host', 'http_host', 'server_name', 'domain_name', 'vhost'],
  method: ['method', 'request_method', 'verb'],
  status: ['status', 'status_code', 'response', 'elb_status_code'],
  agent: ['agent', 'user_agent', 'http_user_agent'],
  key: ['key', 'id', 'object', 'object_id', 'obj_id', 'item', 'page', 'block', 'value'],
};

/** `request › remoteIp` as `remote_ip`: the last name, in small letters, words apart by an underscore. */
function plain(name: string): string {
  return (name.split(PATH_SEPARATOR).at(-1) ?? '')
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .toLowerCase();
}

/** The column that bears the first of these names that any does. */
function named(columns: readonly Column[], names: readonly string[]): Column | undefined {
  for (const name of names) {
    const found = columns.find((column) => plain(column.name) === name && column.values.length > 0);
    if (found) return found;
  }
  return undefined;
}

function durationIn(layout: Layout, columns: readonly Column[]): Reading['duration'] {
  const isNumeric = ({ values }: Column): boolean =>
    values.length > 0 && values.every((value) => value === '-' || !Number.isNaN(numberOf(value)));
  const numeric = columns.filter(isNumeric);
  const found =
    named(numeric, DURATION_NAMES) ??
    // A number after the fields of the combined format is how servers log it.
    (layout.format === 'access'
      ? numeric.find(({ name }) => name.startsWith('field '))
      : undefined);
  return found ? { field: found.name, unit: durationUnitOf(found, layout) } : null;
}

/**
 * nginx and Caddy log fractions of a second, Apache’s %D whole microseconds; what else is a whole
 * number is ms.
 */
function durationUnitOf({ name, values }: Column, layout: Layout): EpochUnit {
  const said = /_(ms|us|ns|s)$/.exec(plain(name))?.[1];
  if (said) return said as EpochUnit;
  if (values.some((value) => value.includes('.') || value.includes('e'))) return 's';
  return layout.format === 'access' ? 'us' : 'ms';
}

const isDate = (text: string): boolean =>
  !Number.isNaN(timeReader({ kind: 'date', offsetMinutes: 0 })(text));

/** Seconds since 1970 from 2001 on, and whatever is finer. */
const isEpoch = (text: string): boolean => numberOf(text) >= 1e9;

function isTimeLike(text: string): boolean {
  return isDate(text) || isEpoch(text);
}

/** In what share of its values a column must be a time to be one: by its values, or by its name too. */
const MOSTLY = 0.8;
const HALF = 0.5;

function mostly(
  values: readonly string[],
  is: (value: string) => boolean,
  share: number = MOSTLY,
): boolean {
  return values.length > 0 && values.filter(is).length >= share * values.length;
}

function timeIn(
  layout: Layout,
  columns: readonly Column[],
  duration: string | null,
  wish: Wish,
): Reading['time'] {
  const times = columns.filter(({ values }) => mostly(values, isTimeLike));
  const numbers = columns.filter(({ name, values }) => name !== duration && isRising(values));
  const halfTimes = columns.filter(({ values }) => mostly(values, isTimeLike, HALF));
  const found =
    named(halfTimes, TIME_NAMES) ??
    // Numbers count as a time by their name, or where a time is needed and they rise.
    named(numbers, TIME_NAMES) ??
    times.find(({ name }) => name !== duration) ??
    (wish.times === 'kept' ? numbers[0] : undefined);
  if (!found) return null;
  const number = found.values.map(numberOf).find((value) => !Number.isNaN(value)) ?? 0;
  return {
    field: found.name,
    notation: found.values.some(isDate)
      ? { kind: 'date', offsetMinutes: 0 }
      : { kind: 'epoch', unit: epochUnitOf(number) },
    is: logsTheEnd(layout, found.name, duration) ? 'end' : 'arrival',
  };
}

function isRising(values: readonly string[]): boolean {
  const numbers = values.map(numberOf);
  const rises = numbers.every((value, index) => value >= (numbers[index - 1] ?? value));
  return rises && (numbers.at(-1) ?? 0) > (numbers[0] ?? 0);
}

/**
 * nginx and Caddy write a line when the answer has been sent, and the time in it is that of writing.
 * Apache’s %t is when the request came, and so is what a load balancer says by `request_creation_time`.
 */
function logsTheEnd(layout: Layout, time: string, duration: string | null): boolean {
  if (duration === null) return false;
  const name = plain(duration);
  switch (layout.format) {
    case 'access':
      return name === 'rt' || name === 'request_time' || name.startsWith('field');
    case 'json':
      return name === 'request_time' || (name === 'duration' && plain(time) === 'ts');
    case 'alb':
    case 'csv':
    case 'lines':
      return false;
    default:
      return layout satisfies never;
  }
}

function keyIn(
  layout: Layout,
  columns: readonly Column[],
  wish: Wish,
  taken: ReadonlySet<string | undefined>,
): string | null {
  const free = columns.filter(({ name }) => !taken.has(name));
  for (const field of wish.keys) {
    const found = named(free, KEY_NAMES[field]);
    // A log that names nobody writes a dash in place of each user.
    if (found && !found.values.every((value) => value === '-')) return found.name;
  }
  const rest = layout.format === 'csv' || layout.format === 'lines' ? free : [];
  return rest.find(({ values }) => !mostly(values, (value) => isDate(value)))?.name ?? null;
}

/** Formats to choose from, in the order in which they are offered. */
export const FORMAT_IDS = Object.keys(FORMATS) as readonly FormatId[];
