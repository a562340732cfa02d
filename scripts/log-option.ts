/** `--log` of `npm run simulate`: a file read by the same program as in the page. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { AnyDefinition } from '../lib/simulation/definition';
import { formatNumber, formatValue } from '../lib/simulation/format';
import type { OutsideTraffic, TrafficDeclaration } from '../lib/simulation/traffic';
import { FORMATS, type FormatId } from '../lib/tools/traffic/formats';
import { FORMAT_IDS, type Guess, guess, guessAs } from '../lib/tools/traffic/guess';
import { firstLines, readLog, type WholeLog } from '../lib/tools/traffic/read-log';
import type { Reading } from '../lib/tools/traffic/reading';
import { type Source, SourceError } from '../lib/tools/traffic/source';
import { cutOut, hasWholeSeconds, stretchOf } from '../lib/tools/traffic/stretch';
import { timeReader } from '../lib/tools/traffic/times';

/** What was typed of a log cannot be followed; the message says what can. */
export class LogOptionError extends Error {
  override readonly name = 'LogOptionError';
}

/** The options of a log, with what they say of themselves. */
export const LOG_OPTIONS = {
  log: 'file   runs on this log in place of generated traffic; gzip too',
  format: `id  how the log is written: ${FORMAT_IDS.join(', ')}; guessed unless given`,
  time: 'field the field that holds the time, "none" for none; guessed unless given',
  key: 'field  the field by which requests are told apart, "none" for none; guessed unless given',
  zone: 'h:mm  hours east of UTC for times that name no zone, such as +1:00; UTC unless given',
  from: 'time  the first moment of the log that is run, as 2026-03-14T09:00:00Z',
  until: 'time the first moment that is not',
} as const;

export type LogOption = keyof typeof LOG_OPTIONS;

export interface LogRun {
  readonly traffic: OutsideTraffic;
  /** Epoch ms of the simulated time 0; null if the log has no times. */
  readonly startMs: number | null;
  readonly log: Pick<WholeLog, 'rows' | 'lines' | 'badCount' | 'bad' | 'outOfOrder' | 'isCut'>;
  readonly reading: Reading;
  /** How it was read, a line each. */
  readonly told: readonly string[];
}

/**
 * Reads the log that the options name.
 *
 * @throws LogOptionError if it cannot be read so, or the simulation takes none
 */
export async function readLogOption(
  { title, traffic }: AnyDefinition,
  options: Readonly<Partial<Record<LogOption, string>>>,
): Promise<LogRun> {
  const { log: file } = options;
  if (file === undefined) throw new LogOptionError('--log: expected a file.');
  if (!traffic)
    throw new LogOptionError(`--log: “${title}” takes no traffic from outside. Run it without.`);
  try {
    const source = sourceOf(file);
    const lines = await firstLines(source);
    const reading = readingOf(lines, traffic, options);
    const log = await readLog(source, reading);
    return cut(log, reading, traffic, options);
  } catch (error) {
    if (error instanceof SourceError) throw new LogOptionError(`--log: ${error.message}`);
    throw error;
  }
}

function sourceOf(file: string): Source {
  const about = statSync(file, { throwIfNoEntry: false });
  if (!about?.isFile()) throw new LogOptionError(`--log: expected a file, got "${file}".`);
  return {
    sizeBytes: about.size,
    stream: () => Readable.toWeb(createReadStream(file)) as ReturnType<Source['stream']>,
  };
}

function readingOf(
  lines: readonly string[],
  traffic: TrafficDeclaration,
  { format, time, key, zone }: Readonly<Partial<Record<LogOption, string>>>,
): Reading {
  const wish = { times: traffic.times, keys: traffic.key.fields };
  if (format !== undefined && !Object.hasOwn(FORMATS, format))
    throw new LogOptionError(`--format: expected ${FORMAT_IDS.join(', ')}, got "${format}".`);
  const found: Guess | null =
    format === undefined ? guess(lines, wish) : guessAs(format as FormatId, lines, wish);
  if (!found) {
    if (lines.every((line) => line.trim() === ''))
      throw new LogOptionError('--log: expected lines of a log, got none: the file is empty.');
    throw new LogOptionError(
      `--log: none of its first lines can be read${format === undefined ? '' : ` as ${format}`}. Formats: ${FORMAT_IDS.join(', ')}.`,
    );
  }
  const { reading } = found;
  const { names } = reading.layout;
  const named = (option: LogOption, name: string): string => {
    if (names.includes(name)) return name;
    throw new LogOptionError(`--${option}: expected one of ${names.join(', ')}, got "${name}".`);
  };
  const read: Reading = {
    ...reading,
    ...(key === undefined ? {} : { key: key === 'none' ? null : named('key', key) }),
    ...(time === undefined
      ? {}
      : {
          time:
            time === 'none'
              ? null
              : {
                  ...(reading.time ?? {
                    notation: { kind: 'date', offsetMinutes: 0 },
                    is: 'arrival',
                  }),
                  field: named('time', time),
                },
        }),
  };
  if (traffic.times === 'kept' && read.time === null)
    throw new LogOptionError(
      `--time: no field looks like a time. Expected one of ${names.join(', ')}.`,
    );
  if (zone === undefined || read.time?.notation.kind !== 'date') return read;
  return {
    ...read,
    time: { ...read.time, notation: { kind: 'date', offsetMinutes: zoneMinutes(zone) } },
  };
}

function zoneMinutes(text: string): number {
  const match = /^([+-]?)(\d{1,2}):?(\d\d)?$/.exec(text);
  const minutes = Number(match?.[2]) * 60 + Number(match?.[3] ?? 0);
  if (!match || !(minutes <= 14 * 60))
    throw new LogOptionError(`--zone: expected hours east of UTC such as +1:00, got "${text}".`);
  return match[1] === '-' ? -minutes : minutes;
}

function moment(option: LogOption, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const at = timeReader({ kind: 'date', offsetMinutes: 0 })(text);
  if (Number.isNaN(at))
    throw new LogOptionError(
      `--${option}: expected a moment such as 2026-03-14T09:00:00Z, got "${text}".`,
    );
  return at;
}

function cut(
  log: WholeLog,
  reading: Reading,
  traffic: TrafficDeclaration,
  { from, until }: Readonly<Partial<Record<LogOption, string>>>,
): LogRun {
  const stretch = stretchOf(
    log,
    from === undefined && until === undefined
      ? { kind: 'all' }
      : {
          kind: 'between',
          fromMs: moment('from', from, Number.NEGATIVE_INFINITY),
          toMs: moment('until', until, Number.POSITIVE_INFINITY),
        },
    traffic.rowsMax,
  );
  if (stretch.first === stretch.end)
    throw new LogOptionError('--log: not one line of it can be run in this way.');
  const spread = hasWholeSeconds(log);
  const made = cutOut(log, stretch, { times: traffic.times, spread });
  const isTimed = reading.time !== null && traffic.times === 'kept';
  return {
    traffic: made.traffic,
    startMs: isTimed ? made.startMs : null,
    log,
    reading,
    told: toldOf(log, reading, traffic, { run: made.traffic, spread: spread && isTimed }),
  };
}

const counted = (n: number, what: string): string =>
  `${formatNumber(n)} ${what}${n === 1 ? '' : 's'}`;

function toldOf(
  { rows, lines, badCount, bad, outOfOrder, isCut, brokenOff }: WholeLog,
  { layout, time, key, duration }: Reading,
  traffic: TrafficDeclaration,
  { run, spread }: { readonly run: OutsideTraffic; readonly spread: boolean },
): string[] {
  const fields = [
    time && `time in "${time.field}"`,
    key !== null && `${traffic.key.label.toLowerCase()} in "${key}"`,
    time?.is === 'end' && `arrivals earlier by "${duration?.field}"`,
  ].filter((each) => typeof each === 'string');
  return [
    `Read as ${FORMATS[layout.format].title}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}.`,
    `${counted(rows, 'row')} of ${counted(lines, 'line')}; run on ${formatNumber(run.atMs.length)} of them, ${counted(run.keys.length, 'different key')}, over ${formatValue(run.spanMs, 'ms')}.`,
    ...(spread
      ? ['The log has whole seconds: requests of the same second are spread over it.']
      : []),
    ...(outOfOrder > 0 ? [`${counted(outOfOrder, 'row')} stood after a later one.`] : []),
    ...(isCut ? ['The file has more rows than are read.'] : []),
    ...(brokenOff === null ? [] : [brokenOff]),
    ...(badCount > 0
      ? [
          `${counted(badCount, 'line')} could not be read; the first:`,
          ...bad.slice(0, 5).map(({ line, reason }) => `  line ${line}: ${reason}`),
        ]
      : []),
  ];
}
