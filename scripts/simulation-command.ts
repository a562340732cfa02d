/**
 * What `npm run simulate` does, without its process: reads the words of a command line, runs, and
 * returns text. Everything it knows of a simulation comes from the simulation's own declaration.
 */
import { parseArgs } from 'node:util';
import { studentT975 } from '../lib/kernel/statistics/intervals';
import { Mean } from '../lib/kernel/statistics/mean';
import type { AnyDefinition, Race } from '../lib/simulation/definition';
import { formatNumber, formatParameter, formatResult, formatValue } from '../lib/simulation/format';
import { SEED_MAX, writeParameter } from '../lib/simulation/link';
import type { Result, TableColumn, TableResult } from '../lib/simulation/measures';
import {
  misfit,
  type Parameter,
  type ParameterValue,
  parametersFor,
} from '../lib/simulation/parameters';
import type { RunRequest } from '../lib/simulation/protocol';
import { readParameter } from '../lib/simulation/read-link';
import { type Entry, RequestError, runRace, scenarioRequest } from '../lib/simulation/run';
import type { OutsideTraffic } from '../lib/simulation/traffic';
import { momentText } from '../lib/tools/traffic/table-csv';
import {
  LOG_OPTIONS,
  type LogOption,
  LogOptionError,
  type LogRun,
  readLogOption,
} from './log-option';

/** What was typed is not something that can be done; the message says what can. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Bound on replications: at a second each, a quarter of an hour. */
const REPLICATIONS_MAX = 1000;

/** Options of the command itself; a parameter of the same name is written with `parameter-` before it. */
const OWN_OPTIONS = {
  scenario: { type: 'string' },
  variant: { type: 'string', multiple: true },
  seed: { type: 'string' },
  replications: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  ...(Object.fromEntries(
    Object.keys(LOG_OPTIONS).map((name) => [name, { type: 'string' }]),
  ) as Record<LogOption, { type: 'string' }>),
} as const;

/**
 * Runs the command.
 *
 * @param words what stands after `npm run simulate --`
 * @returns what to print
 * @throws CommandError if the words make no sense
 */
export async function simulationCommand(
  entries: readonly Entry[],
  words: readonly string[],
): Promise<string> {
  const [id, ...options] = words;
  if (id === undefined || id === '--help' || id === '-h') return overview(entries);
  const entry = entries.find((each) => each.id === id);
  if (entry === undefined) {
    throw new CommandError(
      `Expected a simulation (${entries.map((each) => each.id).join(', ')}), got "${id}".`,
    );
  }
  const values = parsed(entry.definition, options);
  if (values.help === true) return help(entry);
  const replications = wholeNumber('replications', values.replications, 1, REPLICATIONS_MAX) ?? 1;
  const log = await logOf(entry.definition, values);
  const request = requestOf(entry.definition, values, log?.traffic);
  const races = Array.from({ length: replications }, (_, index) => {
    const seed = (request.seed + index) % (SEED_MAX + 1);
    return run(entry, { ...request, seed });
  });
  const [first] = races;
  if (first === undefined) throw new Error('At least one race was run.');
  const rows = first.runs.map(({ variant }) => ({ variant, results: resultsOf(races, variant) }));
  if (values.json !== true) return report(entry, { request, first, replications, rows, log });
  const { traffic: _, ...inputs } = request;
  return JSON.stringify(
    {
      simulation: entry.id,
      version: first.version,
      ...inputs,
      ...(log ? { log: logAsJson(log) } : {}),
      replications,
      runs: rows.map((row, index) => ({
        ...row,
        ...(log ? { tables: tablesAsJson(first.runs[index]?.tables ?? [], log.startMs) } : {}),
      })),
    },
    null,
    2,
  );
}

async function logOf(
  definition: AnyDefinition,
  values: Record<string, Option>,
): Promise<LogRun | null> {
  const given = Object.keys(LOG_OPTIONS).filter((name) => values[name] !== undefined);
  if (given.length === 0) return null;
  if (values.log === undefined)
    throw new CommandError(`--${given[0]}: expected a log beside it, with --log.`);
  try {
    return await readLogOption(definition, values as Record<LogOption, string>);
  } catch (error) {
    throw error instanceof LogOptionError ? new CommandError(error.message) : error;
  }
}

function logAsJson({ traffic, startMs, reading, log }: LogRun): object {
  const { rows, lines, badCount, bad, outOfOrder } = log;
  return {
    reading,
    ...{ rows, lines, badCount, bad, outOfOrder },
    run: {
      rows: traffic.atMs.length,
      keys: traffic.keys.length,
      spanMs: traffic.spanMs,
      startsAt: startMs === null ? null : new Date(startMs).toISOString(),
    },
  };
}

/** A row for each key, by the ids of the columns; moments as the log has them. */
function tablesAsJson(tables: readonly TableResult[], startMs: number | null): object[] {
  return tables.map(({ id, rows, columns, omitted }) => ({
    id,
    omitted,
    rows: rows.map((key, row) => ({
      key,
      ...Object.fromEntries(
        columns.map(({ id: column, kind, values }) => {
          const value = values[row] ?? Number.NaN;
          const isMoment = kind === 'moment' && startMs !== null && !Number.isNaN(value);
          return [column, isMoment ? momentText(value, startMs) : value];
        }),
      ),
    })),
  }));
}

type Option = string | boolean | readonly (string | boolean)[] | undefined;

function optionOf(parameter: string): string {
  const name = parameter.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.hasOwn(OWN_OPTIONS, name) ? `parameter-${name}` : name;
}

function parsed(definition: AnyDefinition, words: readonly string[]): Record<string, Option> {
  const declared = Object.fromEntries(
    Object.keys(definition.parameters).map((id) => [optionOf(id), { type: 'string' as const }]),
  );
  try {
    return parseArgs({
      args: [...words],
      options: { ...declared, ...OWN_OPTIONS },
      strict: true,
      allowPositionals: false,
    }).values;
  } catch (error) {
    throw new CommandError(
      `${(error instanceof Error ? error.message : String(error)).replace(/\.?$/, '.')} Options: ${[...Object.keys(OWN_OPTIONS), ...Object.keys(declared)].map((name) => `--${name}`).join(', ')}.`,
    );
  }
}

function requestOf(
  definition: AnyDefinition,
  values: Record<string, Option>,
  traffic: OutsideTraffic | undefined,
): RunRequest {
  const [firstScenario = ''] = Object.keys(definition.scenarios);
  const settings = (traffic ? definition.traffic?.settings : undefined) as RunRequest['parameters'];
  const parameters = Object.fromEntries(
    Object.entries(parametersFor(definition, traffic !== undefined)).flatMap(
      ([id, parameter]): [string, ParameterValue][] => {
        const text = values[optionOf(id)];
        return typeof text === 'string'
          ? [[id, parameterValue(optionOf(id), parameter, text)]]
          : [];
      },
    ),
  );
  const variants = (Array.isArray(values.variant) ? values.variant : []).flatMap((text) =>
    String(text).split(','),
  );
  const seed = wholeNumber('seed', values.seed, 0, SEED_MAX);
  return asked(() =>
    scenarioRequest(
      definition,
      typeof values.scenario === 'string' ? values.scenario : firstScenario,
      {
        parameters: { ...settings, ...parameters },
        ...(traffic ? { traffic } : {}),
        ...(variants.length > 0 ? { variants } : {}),
        ...(seed === undefined ? {} : { seed }),
      },
    ),
  );
}

function run(entry: Entry, request: RunRequest): Race {
  return asked(() => runRace(entry, request));
}

/** A request that cannot be run was typed so. */
function asked<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof RequestError ? new CommandError(error.message) : error;
  }
}

function parameterValue(option: string, parameter: Parameter, text: string): ParameterValue {
  const value = readParameter(parameter, text);
  const why = misfit(parameter, value);
  if (why !== null) throw new CommandError(`--${option}: ${why}.`);
  return value as ParameterValue;
}

function wholeNumber(name: string, text: Option, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new CommandError(
    `--${name}: expected a whole number from ${min} to ${max}, got "${text}".`,
  );
}

/**
 * The results of one variant: of the single run as they are; of several replications their mean, with
 * the 95 % interval that the spread between the replications gives.
 */
function resultsOf(races: readonly Race[], variant: string): readonly Result[] {
  const runs = races.flatMap((race) => race.runs.filter((each) => each.variant === variant));
  const [first] = runs;
  if (first === undefined || runs.length === 1) return first?.results ?? [];
  return first.results.map((result, index): Result => {
    const mean = new Mean();
    for (const { results } of runs) {
      const value = results[index]?.value;
      if (value !== null && value !== undefined) mean.add(value);
    }
    if (mean.count < runs.length) {
      return {
        ...result,
        value: null,
        halfWidth: null,
        n: mean.count,
        refused: `${runs.length - mean.count} of ${runs.length} replications give no value`,
      };
    }
    return {
      ...result,
      value: mean.mean,
      n: mean.count,
      halfWidth: studentT975(mean.count - 1) * mean.standardError,
    };
  });
}

interface Report {
  readonly request: RunRequest;
  readonly first: Race;
  readonly replications: number;
  readonly rows: readonly { readonly variant: string; readonly results: readonly Result[] }[];
  readonly log: LogRun | null;
}

function report(
  { definition }: Entry,
  { request, first, replications, rows, log }: Report,
): string {
  const head = [
    definition.title,
    replications === 1
      ? `seed ${request.seed}; ${formatNumber(first.arrivals)} arrivals in ${spanOf(first)}`
      : `mean over ${replications} replications of ${spanOf(first)}, seeds from ${request.seed} on, with 95 % intervals`,
    ...Object.entries(definition.parameters)
      .filter(([id]) => !(log && definition.traffic?.replaces.includes(id)))
      .map(
        ([id, parameter]) =>
          `  ${parameter.label}: ${formatParameter(parameter, first.parameters[id] ?? parameter.default)}`,
      ),
  ];
  const titles = rows.map(({ variant }) => definition.variants[variant]?.title ?? variant);
  const lines = (rows[0]?.results ?? []).map(({ label }, index) => [
    label,
    ...rows.map(({ results }) => {
      const result = results[index];
      return result === undefined ? '' : formatResult(result);
    }),
  ]);
  const byKey = log
    ? first.runs.flatMap(({ tables }, index) =>
        tables.flatMap((each) => ['', `${each.label}: ${titles[index]}`, ...keyTable(each, log)]),
      )
    : [];
  return [
    ...head,
    ...(log ? ['', ...log.told] : []),
    '',
    ...table([['', ...titles], ...lines]),
    ...byKey,
  ].join('\n');
}

/** How many keys a report names; `--json` has all of them. */
const KEYS_REPORTED = 10;

function keyTable({ key, rows, columns, omitted }: TableResult, { startMs }: LogRun): string[] {
  const shown = rows.slice(0, KEYS_REPORTED);
  const cell = ({ kind, unit, values }: TableColumn, row: number): string => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) return '–';
    if (kind === 'moment') return momentText(value, startMs);
    return kind === 'share' ? formatValue(value, unit) : formatNumber(value);
  };
  const more = rows.length + omitted - shown.length;
  return [
    ...table([
      [key, ...columns.map(({ label }) => label)],
      ...shown.map((name, row) => [name, ...columns.map((column) => cell(column, row))]),
    ]),
    ...(more > 0 ? [`and ${formatNumber(more)} more; --json has them`] : []),
  ];
}

const spanOf = ({ measuredMs, warmUpMs }: Race): string =>
  warmUpMs > 0
    ? `${formatValue(measuredMs, 'ms')}, measured without the first ${formatValue(warmUpMs, 'ms')}`
    : formatValue(measuredMs, 'ms');

/** Columns as wide as their widest cell: names to the left, values to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map(([name = '', ...values]) =>
    [
      name.padEnd(widths[0] ?? 0),
      ...values.map((value, index) => value.padStart(widths[index + 1] ?? 0)),
    ].join('  '),
  );
}

/** A line each: the name, and what it is. */
function glossary(titles: readonly (readonly [name: string, title: string])[]): string[] {
  const width = Math.max(0, ...titles.map(([name]) => name.length));
  return titles.map(([name, title]) => `  ${name.padEnd(width)}  ${title}`);
}

const USAGE =
  'npm run simulate -- <simulation> [--scenario id] [--variant id,id] [--<parameter> value] [--seed n] [--replications n] [--log file] [--json]';

function overview(entries: readonly Entry[]): string {
  return [
    USAGE,
    '',
    ...glossary(entries.map(({ id, definition }) => [id, definition.title])),
    '',
    'What a simulation takes: npm run simulate -- <simulation> --help',
  ].join('\n');
}

function help({ id, definition }: Entry): string {
  const { scenarios, variants, parameters } = definition;
  return [
    `${definition.title}`,
    '',
    USAGE.replace('<simulation>', id),
    '',
    'Scenarios (the first is the default):',
    ...glossary(Object.entries(scenarios).map(([name, { title }]) => [name, title])),
    '',
    'Variants (those of the scenario are the default):',
    ...glossary(Object.entries(variants).map(([name, { title }]) => [name, title])),
    '',
    'Parameters (default of the simulation; the scenario may have another):',
    ...Object.entries(parameters).flatMap(([name, parameter]) => [
      `  --${optionOf(name)} ${rangeOf(parameter)}, default ${writeParameter(parameter.default)}`,
      `      ${parameter.label}. ${parameter.describe}`,
    ]),
    '',
    '  --seed n           where chance begins, 0 to 4294967295; default that of the scenario',
    '  --replications n   as many runs with successive seeds; their mean and its 95 % interval',
    '  --json             everything as JSON',
    ...(definition.traffic
      ? [
          '',
          `On a log of your own: ${definition.traffic.question}${settingsOf(definition)}`,
          ...Object.entries(LOG_OPTIONS).map(([name, about]) => `  --${name} ${about}`),
        ]
      : []),
  ].join('\n');
}

/** What a log sets by itself. */
function settingsOf({ traffic }: AnyDefinition): string {
  const settings = (traffic?.settings ?? {}) as Readonly<Record<string, ParameterValue>>;
  const written = Object.entries(settings).map(
    ([name, value]) => `--${optionOf(name)} ${writeParameter(value)}`,
  );
  return written.length === 0 ? '' : ` (${written.join(', ')} unless given)`;
}

function rangeOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'duration':
      return `${parameter.min} to ${parameter.max} ms`;
    case 'quantity':
    case 'count':
      return `${parameter.min} to ${parameter.max} ${parameter.unit}`.trim();
    case 'choice':
      return Object.keys(parameter.options).join(' | ');
    case 'switch':
      return 'true | false';
    case 'schedule':
      return `ms@value,… with values from ${parameter.min} to ${parameter.max} ${parameter.unit}`.trim();
    default:
      return parameter satisfies never;
  }
}
