/**
 * What `npm run simulate` does, without its process: reads the words of a command line, runs, and
 * returns text. Everything it knows of a simulation comes from the simulation's own declaration.
 */
import { parseArgs } from 'node:util';
import { studentT975 } from '../lib/kernel/statistics/intervals';
import { Mean } from '../lib/kernel/statistics/mean';
import type { AnyDefinition, Race } from '../lib/simulation/definition';
import { formatNumber, formatParameter, formatResult, formatValue } from '../lib/simulation/format';
import { readParameter, SEED_MAX, writeParameter } from '../lib/simulation/link';
import type { Result } from '../lib/simulation/measures';
import { misfit, type Parameter, type ParameterValue } from '../lib/simulation/parameters';
import type { RunRequest } from '../lib/simulation/protocol';
import { type Entry, RequestError, runRace, scenarioRequest } from '../lib/simulation/run';

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
} as const;

/**
 * Runs the command.
 *
 * @param words what stands after `npm run simulate --`
 * @returns what to print
 * @throws CommandError if the words make no sense
 */
export function simulationCommand(entries: readonly Entry[], words: readonly string[]): string {
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
  const request = requestOf(entry.definition, values);
  const races = Array.from({ length: replications }, (_, index) => {
    const seed = (request.seed + index) % (SEED_MAX + 1);
    return run(entry, { ...request, seed });
  });
  const [first] = races;
  if (first === undefined) throw new Error('At least one race was run.');
  const rows = first.runs.map(({ variant }) => ({ variant, results: resultsOf(races, variant) }));
  return values.json === true
    ? JSON.stringify(
        { simulation: entry.id, version: first.version, ...request, replications, runs: rows },
        null,
        2,
      )
    : report(entry, { request, first, replications, rows });
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
      `${error instanceof Error ? error.message : String(error)} Options: ${[...Object.keys(OWN_OPTIONS), ...Object.keys(declared)].map((name) => `--${name}`).join(', ')}.`,
    );
  }
}

function requestOf(definition: AnyDefinition, values: Record<string, Option>): RunRequest {
  const [firstScenario = ''] = Object.keys(definition.scenarios);
  const parameters = Object.fromEntries(
    Object.entries(definition.parameters).flatMap(([id, parameter]): [string, ParameterValue][] => {
      const text = values[optionOf(id)];
      return typeof text === 'string' ? [[id, parameterValue(optionOf(id), parameter, text)]] : [];
    }),
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
        parameters,
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
}

function report({ definition }: Entry, { request, first, replications, rows }: Report): string {
  const head = [
    definition.title,
    replications === 1
      ? `seed ${request.seed}; ${formatNumber(first.arrivals)} arrivals in ${spanOf(first)}`
      : `mean over ${replications} replications of ${spanOf(first)}, seeds from ${request.seed} on, with 95 % intervals`,
    ...Object.entries(definition.parameters).map(
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
  return [...head, '', ...table([['', ...titles], ...lines])].join('\n');
}

const spanOf = ({ measuredMs }: Race): string => formatValue(measuredMs, 'ms');

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
  'npm run simulate -- <simulation> [--scenario id] [--variant id,id] [--<parameter> value] [--seed n] [--replications n] [--json]';

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
  ].join('\n');
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
