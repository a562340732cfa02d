/**
 * Reads what the reader's worker answered. That worker may say anything, so nothing is taken on trust:
 * an answer that is not what a run gives is refused in words, and the views never see it.
 */
import { OUTCOME_IDS } from '../../kernel/outcomes';
import { NO_TEXT, type Recording } from '../../kernel/recording';
import type { CheckReport } from '../../simulation/checks';
import type { Description, Race, VariantRun } from '../../simulation/definition';
import type {
  DistributionResult,
  Percentile,
  Result,
  TableColumn,
  TableResult,
} from '../../simulation/measures';
import type { FromWorker, RunRequest } from '../../simulation/protocol';

type Outcome = Pick<
  Extract<FromWorker, { readonly type: 'result' }>,
  'race' | 'tasks' | 'predictions'
>;

/** The answer is not one that a simulation gives. */
export class OutcomeError extends Error {
  override readonly name = 'OutcomeError';
}

/**
 * @param answer what came
 * @param request what was asked
 * @throws OutcomeError naming the part that is wrong
 */
export function readOutcome(
  answer: unknown,
  request: RunRequest,
  description: Description,
): Outcome {
  const said = record(answer, 'The answer');
  if (said.type !== 'result') wrong('The answer', 'the result of a run', said.type);
  const race = record(said.race, 'race');
  const runs = list(race.runs, 'race.runs').map((run, index) =>
    runOf(run, `race.runs[${index}]`, request.variants[index]),
  );
  if (runs.length !== request.variants.length) {
    wrong('race.runs', `${request.variants.length} runs`, `${runs.length} runs`);
  }
  const tasks = record(said.tasks, 'tasks');
  const predictions = record(said.predictions, 'predictions');
  return {
    race: {
      simulation: description.id,
      version: description.version,
      // Ours, whatever it says they were.
      parameters: request.parameters,
      seed: request.seed,
      arrivals: count(race.arrivals, 'race.arrivals'),
      measuredMs: finite(race.measuredMs, 'race.measuredMs'),
      warmUpMs: finite(race.warmUpMs, 'race.warmUpMs'),
      runs,
    } satisfies Race,
    tasks: Object.fromEntries(
      Object.entries(tasks).map(([id, task]) => {
        const { reached, reading } = record(task, `tasks.${id}`);
        return [id, { reached: reached === true, reading: text(reading, `tasks.${id}.reading`) }];
      }),
    ),
    predictions: Object.fromEntries(
      Object.entries(predictions).map(([id, option]) => [id, text(option, `predictions.${id}`)]),
    ),
  };
}

/** @throws OutcomeError naming the part that is wrong */
export function readReport(answer: unknown, check: string): CheckReport {
  const said = record(answer, 'The answer');
  if (said.type !== 'checked') wrong('The answer', 'the report of a check', said.type);
  const report = record(said.report, 'report');
  const failure = report.failure === null ? null : record(report.failure, 'report.failure');
  return {
    id: check,
    statement: text(report.statement, 'report.statement'),
    against: text(report.against, 'report.against'),
    seeds: count(report.seeds, 'report.seeds'),
    comparisons: count(report.comparisons, 'report.comparisons'),
    failure: failure && {
      seed: count(failure.seed, 'report.failure.seed'),
      message: text(failure.message, 'report.failure.message'),
    },
  };
}

function runOf(value: unknown, path: string, variant = ''): VariantRun {
  const run = record(value, path);
  return {
    variant,
    recording: recordingOf(run.recording, `${path}.recording`),
    results: list(run.results, `${path}.results`).map((each, index) =>
      resultOf(each, `${path}.results[${index}]`),
    ),
    distributions: list(run.distributions, `${path}.distributions`).map((each, index) =>
      distributionOf(each, `${path}.distributions[${index}]`),
    ),
    tables: list(run.tables, `${path}.tables`).map((each, index) =>
      tableOf(each, `${path}.tables[${index}]`),
    ),
    eventsProcessed: count(run.eventsProcessed, `${path}.eventsProcessed`),
  };
}

const DIRECTIONS: readonly unknown[] = ['higher', 'lower', 'neither'] satisfies Result['better'][];

function resultOf(value: unknown, path: string): Result {
  const { id, label, unit, better, refused, n, ...rest } = record(value, path);
  if (!DIRECTIONS.includes(better)) wrong(`${path}.better`, 'a direction', better);
  return {
    id: text(id, `${path}.id`),
    label: text(label, `${path}.label`),
    unit: text(unit, `${path}.unit`) as Result['unit'],
    better: better as Result['better'],
    value: rest.value === null ? null : number(rest.value, `${path}.value`),
    n: count(n, `${path}.n`),
    halfWidth: rest.halfWidth === null ? null : number(rest.halfWidth, `${path}.halfWidth`),
    ...(refused === undefined ? {} : { refused: text(refused, `${path}.refused`) }),
  };
}

function distributionOf(value: unknown, path: string): DistributionResult {
  const { id, label, unit, n, p, percentiles, ...rest } = record(value, path);
  const points = column(rest.value, Float64Array, `${path}.value`);
  return {
    id: text(id, `${path}.id`),
    label: text(label, `${path}.label`),
    unit: text(unit, `${path}.unit`) as DistributionResult['unit'],
    n: count(n, `${path}.n`),
    p: column(p, Float64Array, `${path}.p`, points.length),
    value: points,
    percentiles: list(percentiles, `${path}.percentiles`).map((each, index) =>
      percentileOf(each, `${path}.percentiles[${index}]`),
    ),
  };
}

function percentileOf(value: unknown, path: string): Percentile {
  const { p, refused, ...rest } = record(value, path);
  const orNull = (part: unknown, name: string): number | null =>
    part === null ? null : number(part, `${path}.${name}`);
  return {
    p: number(p, `${path}.p`),
    value: orNull(rest.value, 'value'),
    low: orNull(rest.low, 'low'),
    high: orNull(rest.high, 'high'),
    ...(refused === undefined ? {} : { refused: text(refused, `${path}.refused`) }),
  };
}

const COLUMN_KINDS: readonly unknown[] = [
  'count',
  'share',
  'moment',
] satisfies TableColumn['kind'][];

function tableOf(value: unknown, path: string): TableResult {
  const table = record(value, path);
  const texts = (part: unknown, at: string) =>
    list(part, at).map((each, index) => text(each, `${at}[${index}]`));
  const rows = texts(table.rows, `${path}.rows`);
  return {
    id: text(table.id, `${path}.id`),
    label: text(table.label, `${path}.label`),
    key: text(table.key, `${path}.key`),
    rows,
    columns: list(table.columns, `${path}.columns`).map((each, index): TableColumn => {
      const at = `${path}.columns[${index}]`;
      const given = record(each, at);
      if (!COLUMN_KINDS.includes(given.kind)) wrong(`${at}.kind`, 'a kind of column', given.kind);
      return {
        id: text(given.id, `${at}.id`),
        label: text(given.label, `${at}.label`),
        kind: given.kind as TableColumn['kind'],
        unit: text(given.unit, `${at}.unit`) as TableColumn['unit'],
        values: column(given.values, Float64Array, `${at}.values`, rows.length),
      };
    }),
    total: list(table.total, `${path}.total`).map((each, index) =>
      number(each, `${path}.total[${index}]`),
    ),
    omitted: count(table.omitted, `${path}.omitted`),
  };
}

const TONES: ReadonlySet<string> = new Set(['plain', 'good', 'warning', 'bad']);
const OUTCOMES: ReadonlySet<string> = new Set(OUTCOME_IDS);
/** The outcome of a span that has not ended. */
const OUTCOMES_OR_NONE: ReadonlySet<string> = new Set([...OUTCOME_IDS, '']);

function recordingOf(value: unknown, path: string): Recording {
  const given = record(value, path);
  const strings = list(given.strings, `${path}.strings`).map((each, index) =>
    text(each, `${path}.strings[${index}]`),
  );
  if (given.format !== 1) wrong(`${path}.format`, '1', given.format);

  /** Readers of the columns of one kind, all of one length. */
  const columns = (kind: string) => {
    const part = record(given[kind], `${path}.${kind}`);
    const length = count(part.length, `${path}.${kind}.length`);
    const at = (name: string): string => `${path}.${kind}.${name}`;
    const numbers = (name: string) => column(part[name], Float64Array, at(name), length);
    const texts = (name: string, allowed?: ReadonlySet<string>): Uint32Array => {
      const indices = column(part[name], Uint32Array, at(name), length);
      const isFit = allowed
        ? (index: number) => allowed.has(strings[index] ?? '?')
        : (index: number) => index < strings.length;
      if (!indices.every(isFit)) wrong(at(name), 'texts of the recording', 'others');
      return indices;
    };
    /** Moments, which views look for by halving: in order. */
    const moments = (name: string) => {
      const times = numbers(name);
      if (!times.every((time, index) => time >= 0 && time >= (times[index - 1] ?? 0)))
        wrong(at(name), 'moments in order', 'others');
      return times;
    };
    return { part, length, at, numbers, texts, moments };
  };

  const messages = columns('messages');
  const spans = columns('spans');
  const states = columns('states');
  const samples = columns('samples');
  const notes = columns('notes');
  const parents = column(spans.part.parent, Int32Array, spans.at('parent'), spans.length);
  if (!parents.every((parent, index) => parent >= -1 && parent < index))
    wrong(spans.at('parent'), 'spans that began before', 'others');
  const stateTexts = column(states.part.text, Uint32Array, states.at('text'), states.length);
  if (!stateTexts.every((index) => index === NO_TEXT || index < strings.length))
    wrong(states.at('text'), 'texts of the recording', 'others');
  return {
    format: 1,
    shownMs: finite(given.shownMs, `${path}.shownMs`),
    truncated: given.truncated === true,
    strings,
    messages: {
      length: messages.length,
      from: messages.texts('from'),
      to: messages.texts('to'),
      kind: messages.texts('kind', OUTCOMES),
      label: messages.texts('label'),
      sentAt: messages.moments('sentAt'),
      arrivesAt: messages.numbers('arrivesAt'),
      lostAt: messages.numbers('lostAt'),
    },
    spans: {
      length: spans.length,
      lane: spans.texts('lane'),
      kind: spans.texts('kind'),
      label: spans.texts('label'),
      parent: parents,
      start: spans.moments('start'),
      end: spans.numbers('end'),
      outcome: spans.texts('outcome', OUTCOMES_OR_NONE),
    },
    states: {
      length: states.length,
      node: states.texts('node'),
      field: states.texts('field'),
      number: states.numbers('number'),
      text: stateTexts,
      at: states.moments('at'),
    },
    samples: {
      length: samples.length,
      series: samples.texts('series'),
      value: samples.numbers('value'),
      at: samples.moments('at'),
    },
    notes: {
      length: notes.length,
      text: notes.texts('text'),
      tone: notes.texts('tone', TONES),
      at: notes.moments('at'),
    },
  };
}

type Column = Float64Array | Uint32Array | Int32Array;

function column<C extends Column>(
  value: unknown,
  kind: new (length: number) => C,
  path: string,
  length?: number,
): C {
  if (!(value instanceof kind)) wrong(path, `a ${kind.name}`, value);
  if (length !== undefined && value.length !== length)
    wrong(path, `${length} values`, `${value.length} values`);
  return value;
}

function record(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) wrong(path, 'an object', value);
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) wrong(path, 'an array', value);
  return value;
}

function text(value: unknown, path: string): string {
  if (typeof value !== 'string') wrong(path, 'a text', value);
  return value;
}

function number(value: unknown, path: string): number {
  if (typeof value !== 'number') wrong(path, 'a number', value);
  return value;
}

function finite(value: unknown, path: string): number {
  if (!Number.isFinite(value)) wrong(path, 'a finite number', value);
  return number(value, path);
}

function count(value: unknown, path: string): number {
  if (!Number.isInteger(value) || number(value, path) < 0)
    wrong(path, 'a whole number from 0', value);
  return number(value, path);
}

function wrong(path: string, expected: string, got: unknown): never {
  const came = typeof got === 'string' || typeof got === 'number' ? got : typeof got;
  throw new OutcomeError(
    `What your code answered is not the result of a run: ${path} should be ${expected}, got ${came}.`,
  );
}
