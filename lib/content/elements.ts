/**
 * What each element of the vocabulary means: what its attributes may name, and what it becomes. One
 * function an element; the rules that hold for all of them are in `inspect.ts`.
 */
import type { List } from 'mdast';
import { OUTCOME_IDS } from '../kernel/outcomes';
import { formatNumber, formatParameter, formatValue } from '../simulation/format';
import { declaredResults, type Result } from '../simulation/measures';
import { misfit, type Parameter, type ParameterValue } from '../simulation/parameters';
import { sweptIds } from '../tools/sweep/curves';
import { completeReady } from '../tools/sweep/ready';
import type { FigureSpec } from './figures';
import type { FrontMatter } from './front-matter';
import type { LabRecord, Labs } from './labs';
import { extractRegion, regionsOf, type SourceRegion, withoutNotes } from './model-source';
import { suggest } from './nearest';
import type { JsxElement } from './nodes';
import { requestOf, type SimulationRecord, type Simulations } from './simulations';
import type { ElementName } from './vocabulary';

/** What the compiler puts in the place of an element. */
export type Replacement =
  /** The same element with these attributes. */
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string>> }
  /** The place of a figure, with the element's children as its caption. */
  | { readonly kind: 'figure'; readonly still: string }
  /** Highlighted source in front of the element's children. */
  | { readonly kind: 'model-source'; readonly source: SourceRegion; readonly path: string };

/** What an element may ask of the guide it stands in, and tell it. */
export interface ElementContext {
  /** Null if it does not fit its schema, which is reported already. */
  readonly frontMatter: FrontMatter | null;
  readonly simulations: Simulations;
  readonly labs: Labs;
  /** Notes that the guide depends on this simulation. */
  readonly use: (record: SimulationRecord) => void;
  readonly replace: (element: JsxElement, replacement: Replacement) => void;
  /** Text of an element in plain prose, for the search documents. */
  readonly setText: (element: JsxElement, text: string) => void;
  readonly addFigure: (element: JsxElement, record: SimulationRecord, spec: FigureSpec) => void;
  readonly addLab: (element: JsxElement, record: LabRecord) => void;
}

/** A value that could not be read; the message becomes a problem at the element. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
  constructor(
    message: string,
    readonly remedy: string,
    readonly attribute?: string,
  ) {
    super(message);
  }
}

export type Attributes = Readonly<Record<string, string>>;

type Meaning = (
  element: JsxElement,
  attributes: Attributes,
  context: ElementContext,
) => void | Promise<void>;

export const ELEMENTS: Readonly<Record<ElementName, Meaning>> = {
  Simulation: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const { description } = record;
    const scenario = scenarioOf(record, attributes);
    context.addFigure(element, record, {
      kind: 'simulation',
      figure: attributes.figure ?? attributes.scenario ?? '',
      scenario: attributes.scenario ?? '',
      controls: listOf(attributes, 'controls', {
        names: Object.keys(description.parameters),
        what: 'parameter',
        otherwise: scenario.controls,
      }),
      views: listOf(attributes, 'views', {
        names: Object.keys(description.views),
        what: 'view',
        otherwise: scenario.views,
      }),
      variants: variantsOf(record, attributes, scenario.variants),
      measures: measuresOf(record, attributes, scenario.measures),
    });
  },

  Comparison: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const scenario = scenarioOf(record, attributes);
    const variants = variantsOf(record, attributes, scenario.variants);
    if (variants.length < 2) {
      throw new Misuse(
        `expected at least two variants to compare, got ${variants.join(', ')}`,
        'Name them in variants="…", or choose a scenario that races several',
        'scenario',
      );
    }
    context.addFigure(element, record, {
      kind: 'comparison',
      figure: attributes.figure ?? `${attributes.scenario}-comparison`,
      scenario: attributes.scenario ?? '',
      variants,
      measures: measuresOf(record, attributes, scenario.measures),
    });
  },

  Sweep: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const scenario = scenarioOf(record, attributes);
    const { description } = record;
    const name = attributes.parameter ?? '';
    known(name, sweptIds(description), 'parameter with a range of numbers', record.id, 'parameter');
    const set = overridesOf(record, attributes);
    if (Object.hasOwn(set, name)) {
      throw new Misuse(
        `expected set="…" to hold other parameters than "${name}", which is varied`,
        'Take it out, or mark the value with value="…"',
        'set',
      );
    }
    const ready = completeReady(description, {
      scenario: attributes.scenario ?? '',
      parameter: name,
      measures: measuresOf(record, attributes, scenario.measures),
      variants: variantsOf(record, attributes, scenario.variants),
      set,
      ...wholeNumberOf(attributes, 'points', { min: 3, max: 33 }),
      ...wholeNumberOf(attributes, 'seeds', { min: 2, max: 20 }),
    });
    const value = attributes.value === undefined ? ready.value : Number(attributes.value);
    const why = misfit(entryOf(description.parameters, name, 'parameter', record.id), value);
    if (why !== null) throw new Misuse(`${name}: ${why}`, 'Correct the value', 'value');
    context.addFigure(element, record, {
      kind: 'sweep',
      figure: attributes.figure ?? `${attributes.scenario}-${name}`,
      ...ready,
      value,
    });
  },

  Tasks: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const names = Object.keys(record.description.tasks);
    const tasks = listOf(attributes, 'tasks', { names, what: 'task', otherwise: names });
    if (tasks.length === 0) {
      throw new Misuse(
        `expected a simulation with tasks, got "${record.id}", which has none`,
        `Declare tasks in lib/simulations/${record.category}/${record.id}/simulation.ts`,
        'id',
      );
    }
    context.addFigure(element, record, { kind: 'tasks', figure: `${record.id}-tasks`, tasks });
  },

  Prediction: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const prediction = attributes.prediction ?? '';
    known(prediction, Object.keys(record.description.predictions), 'prediction', record.id);
    context.addFigure(element, record, {
      kind: 'prediction',
      figure: `${prediction}-prediction`,
      prediction,
    });
  },

  Checks: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    context.addFigure(element, record, { kind: 'checks', figure: `${record.id}-checks` });
  },

  Omissions: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    context.addFigure(element, record, { kind: 'omissions', figure: `${record.id}-omissions` });
  },

  Lab: (element, attributes, { labs, addLab }) => {
    const id = attributes.id ?? '';
    const record = labs.find(id);
    if (record === undefined) {
      throw new Misuse(
        `expected the id of a lab, got "${id}"`,
        suggest(id, labs.ids(), 'lab'),
        'id',
      );
    }
    addLab(element, record);
  },

  ModelSource: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const variant = attributes.variant ?? '';
    const model = entryOf(record.models, variant, 'variant', record.id);
    const { file } = attributes;
    const path = file === undefined ? model : model.replace(/[^/]+$/, `${file}.ts`);
    const text = context.simulations.readSource(path);
    if (text === undefined) {
      throw new Misuse(
        `expected a file beside ${model}, got "${file}"`,
        'Name a file of that folder, without ".ts"',
        'file',
      );
    }
    const source = extractRegion(text, attributes.region);
    if (source === undefined) {
      throw new Misuse(
        `expected a region of ${path}, got "${attributes.region}"`,
        suggest(attributes.region ?? '', regionsOf(text), 'region'),
        'region',
      );
    }
    const isExplained = element.children.length > 0;
    if (isExplained) checkNotes(element, source, path);
    context.replace(element, {
      kind: 'model-source',
      source: isExplained ? source : withoutNotes(source),
      path,
    });
  },

  Finding: async (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const { text, describe } = await findingOf(record, attributes, context);
    context.setText(element, text);
    context.replace(element, { kind: 'attributes', attributes: { text, describe } });
  },

  Param: (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const { parameters } = record.description;
    const name = attributes.name ?? '';
    const parameter = entryOf(parameters, name, 'parameter', record.id, 'name');
    const value =
      attributes.scenario === undefined
        ? parameter.default
        : (scenarioOf(record, attributes).parameters[name] ?? parameter.default);
    const text = formatParameter(parameter, value);
    context.setText(element, text);
    context.replace(element, {
      kind: 'attributes',
      attributes: { text, describe: `${parameter.label}: ${parameter.describe}` },
    });
  },

  Fact: (element, attributes, context) => {
    const sources = context.frontMatter?.sources ?? [];
    const key = attributes.source ?? '';
    const index = sources.findIndex((source) => source.key === key);
    const source = sources[index];
    if (source === undefined) {
      // Front matter that does not fit its schema has no sources yet; that is reported already.
      if (context.frontMatter === null) return;
      throw new Misuse(
        `expected the key of a source of the front matter, got "${key}"`,
        suggest(
          key,
          sources.map((each) => each.key),
          'source',
        ),
        'source',
      );
    }
    context.replace(element, {
      kind: 'attributes',
      attributes: {
        number: String(index + 1),
        anchor: sourceAnchor(key),
        title: `${source.by}, ${source.title}`,
      },
    });
  },

  Claim: async (element, attributes, context) => {
    const record = simulationOf(attributes, context);
    const id = attributes.claim ?? '';
    const { statement } = entryOf(record.claims, id, 'claim', record.id);
    const { holds, reading } = await context.simulations.judgeClaim(record, id);
    if (!holds) {
      throw new Misuse(
        `expected the claim "${id}" of "${record.id}" to hold (${statement}), got ${reading}`,
        'Correct the sentence, or the simulation if the sentence is right',
        'claim',
      );
    }
    context.replace(element, {
      kind: 'attributes',
      attributes: { statement },
    });
  },

  Outcome: (element, attributes, context) => {
    const of = attributes.of ?? '';
    if (!(OUTCOME_IDS as readonly string[]).includes(of)) {
      throw new Misuse(
        `expected an outcome, got "${of}"`,
        suggest(of, OUTCOME_IDS, 'outcome'),
        'of',
      );
    }
    context.replace(element, { kind: 'attributes', attributes: { of } });
  },
};

function simulationOf(
  attributes: Attributes,
  { simulations, use }: ElementContext,
): SimulationRecord {
  const id = attributes.id ?? '';
  const record = simulations.find(id);
  if (record === undefined) {
    throw new Misuse(
      `expected the id of a simulation, got "${id}"`,
      suggest(id, simulations.ids(), 'simulation'),
      'id',
    );
  }
  use(record);
  return record;
}

async function findingOf(
  record: SimulationRecord,
  attributes: Attributes,
  { simulations }: ElementContext,
): Promise<{ readonly text: string; readonly describe: string }> {
  const scenario = scenarioOf(record, attributes);
  const scenarioId = attributes.scenario ?? '';
  const variant = findingVariant(record, attributes, scenario.variants);
  const { over } = attributes;
  if (over !== undefined) {
    known(over, Object.keys(record.description.variants), 'variant', record.id, 'over');
  }
  const digits = digitsOf(attributes);
  const asNumber = attributes.format !== undefined;
  if (asNumber && attributes.format !== 'number') {
    throw new Misuse(
      `expected format="number" or no format, got "${attributes.format}"`,
      'Leave it off to show the unit',
      'format',
    );
  }

  const overrides = overridesOf(record, attributes);
  // One race serves all findings of a scenario; a variant that does not race in it runs alone.
  const needed = over === undefined ? [variant] : [variant, over];
  const variants = needed.every((each) => scenario.variants.includes(each))
    ? scenario.variants
    : needed;
  const request = requestOf(record.description, scenarioId, { variants, parameters: overrides });
  const results = await simulations.results(record, request);
  const result = resultOf(results[variant], { record, variant, attributes });

  const parts = [
    result.result.label,
    record.description.variants[variant]?.title ?? variant,
    `scenario “${scenario.title}”`,
    `seed ${request.seed}`,
    `n = ${formatNumber(result.result.n, 12)}`,
  ];
  if (over === undefined) {
    const { value } = result;
    const unit = asNumber ? '' : result.result.unit;
    return { text: formatValue(value, unit, digits), describe: parts.join(', ') };
  }
  const other = resultOf(results[over], { record, variant: over, attributes });
  if (other.value === 0) {
    throw new Misuse(
      `expected a result of "${over}" other than 0 to divide by, got 0`,
      'State the two results one by one',
      'over',
    );
  }
  const quotient = result.value / other.value;
  return {
    text: formatValue(quotient, asNumber ? '' : '×', digits),
    describe: `${parts.join(', ')}, over ${record.description.variants[over]?.title ?? over}`,
  };
}

function findingVariant(
  record: SimulationRecord,
  attributes: Attributes,
  raced: readonly string[],
): string {
  const { variant } = attributes;
  if (variant !== undefined) {
    known(variant, Object.keys(record.description.variants), 'variant', record.id);
    return variant;
  }
  const [only, ...others] = raced;
  if (only === undefined || others.length > 0) {
    throw new Misuse(
      `expected a variant, since "${attributes.scenario}" races ${raced.length}, got none`,
      `Add variant="…", one of ${raced.join(', ')}`,
    );
  }
  return only;
}

/** Id of a source in the list at the end of the page. */
export function sourceAnchor(key: string): string {
  return `source-${key}`;
}

/** @throws Misuse if `name` is not one of `names`. */
function known(
  name: string,
  names: readonly string[],
  what: string,
  simulation: string,
  attribute = what,
): void {
  if (!names.includes(name)) throw unknown(name, names, { what, simulation, attribute });
}

function unknown(
  name: string,
  names: readonly string[],
  {
    what,
    simulation,
    attribute,
  }: { readonly what: string; readonly simulation: string; readonly attribute: string },
): Misuse {
  return new Misuse(
    `expected a ${what} of "${simulation}", got "${name}"`,
    suggest(name, names, what),
    attribute,
  );
}

/** What stands there under a name. @throws Misuse if nothing does. */
function entryOf<T extends NonNullable<unknown>>(
  entries: Readonly<Record<string, T>>,
  name: string,
  what: string,
  simulation: string,
  attribute = what,
): T {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry !== undefined) return entry;
  throw unknown(name, Object.keys(entries), { what, simulation, attribute });
}

function scenarioOf(record: SimulationRecord, attributes: Attributes) {
  const id = attributes.scenario ?? '';
  return entryOf(record.description.scenarios, id, 'scenario', record.id);
}

function listOf(
  attributes: Attributes,
  attribute: string,
  options: {
    readonly names: readonly string[];
    readonly what: string;
    readonly otherwise: readonly string[];
  },
): readonly string[] {
  const text = attributes[attribute];
  if (text === undefined) return options.otherwise;
  const list = text.split(/[\s,]+/).filter(Boolean);
  for (const [index, name] of list.entries()) {
    known(name, options.names, options.what, attributes.id ?? '', attribute);
    if (list.indexOf(name) === index) continue;
    throw new Misuse(
      `expected each ${options.what} once in ${attribute}="…", got "${name}" twice`,
      'Remove one of them',
      attribute,
    );
  }
  return list;
}

function variantsOf(
  record: SimulationRecord,
  attributes: Attributes,
  otherwise: readonly string[],
): readonly string[] {
  const names = Object.keys(record.description.variants);
  return listOf(attributes, 'variants', { names, what: 'variant', otherwise });
}

function measuresOf(
  record: SimulationRecord,
  attributes: Attributes,
  otherwise: readonly string[],
): readonly string[] {
  const names = resultIdsOf(record);
  return listOf(attributes, 'measures', { names, what: 'result', otherwise });
}

/** Ids of the results that the declared measures give (see `Result.id`). */
function resultIdsOf({ description }: SimulationRecord): string[] {
  return declaredResults(description.measures).map(({ id }) => id);
}

function resultOf(
  results: readonly Result[] | undefined,
  context: {
    readonly record: SimulationRecord;
    readonly variant: string;
    readonly attributes: Attributes;
  },
): { readonly result: Result; readonly value: number } {
  const { record, variant, attributes } = context;
  const id = attributes.result ?? '';
  known(
    id,
    (results ?? []).map((each) => each.id),
    'result',
    record.id,
  );
  const result = results?.find((each) => each.id === id) as Result;
  if (result.value === null) {
    throw new Misuse(
      `expected a result that the run can support, got "${id}" of "${variant}" refused: ${result.refused ?? 'nothing was observed'}`,
      'Choose a result that needs fewer observations, or make the measured time of the scenario longer',
      'result',
    );
  }
  return { result, value: result.value };
}

function digitsOf(attributes: Attributes): number {
  const { digits } = attributes;
  if (digits === undefined) return 3;
  if (!/^[1-6]$/.test(digits)) {
    throw new Misuse(
      `expected a number of significant digits from 1 to 6, got "${digits}"`,
      'Three are enough for most sentences',
      'digits',
    );
  }
  return Number(digits);
}

/** A whole number in its attribute; nothing if it is left out. */
function wholeNumberOf(
  attributes: Attributes,
  attribute: string,
  { min, max }: { readonly min: number; readonly max: number },
): Readonly<Record<string, number>> {
  const text = attributes[attribute];
  if (text === undefined) return {};
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return { [attribute]: value };
  throw new Misuse(
    `expected a whole number from ${min} to ${max} in ${attribute}="…", got "${text}"`,
    'Leave it off for the usual number',
    attribute,
  );
}

/** `set="limit=20 pattern=bursty"` as values of parameters. */
function overridesOf(
  record: SimulationRecord,
  attributes: Attributes,
): Record<string, ParameterValue> {
  const { parameters } = record.description;
  const overrides: Record<string, ParameterValue> = {};
  for (const part of (attributes.set ?? '').split(/\s+/).filter(Boolean)) {
    const [name = '', ...rest] = part.split('=');
    if (rest.length === 0) {
      throw new Misuse(
        `expected set="parameter=value …", got "${part}"`,
        `Write "${part}=" and a value`,
        'set',
      );
    }
    const parameter = entryOf(parameters, name, 'parameter', record.id, 'set');
    const value = readValue(parameter, rest.join('='));
    const why = misfit(parameter, value);
    if (why !== null) throw new Misuse(`${name}: ${why}`, 'Correct the value', 'set');
    overrides[name] = value;
  }
  return overrides;
}

/** A value as it is written in an attribute; a schedule as "0:10,5000:40" (ms:value). Held to the parameter by `misfit`. */
function readValue(parameter: Parameter, text: string): ParameterValue {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return text === '' ? Number.NaN : Number(text);
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
      return text;
    case 'schedule':
      return text.split(',').map((step) => {
        const [atMs, value] = step.split(':');
        return { atMs: Number(atMs), value: Number(value) };
      });
    default:
      return parameter satisfies never;
  }
}

/** The numbered comments of the code and the numbered list below it must be the same numbers. */
function checkNotes(element: JsxElement, source: SourceRegion, path: string): void {
  const list = element.children.find((child): child is List => child.type === 'list');
  const first = list?.start ?? 1;
  const explained = (list?.children ?? []).map((_, index) => first + index);
  if (list !== undefined && list.ordered !== true) {
    throw new Misuse(
      'expected the notes as a numbered list, got bullets',
      'Begin each with its number: "1. …"',
    );
  }
  const missing = source.notes.filter((note) => !explained.includes(note));
  const surplus = explained.filter((note) => !source.notes.includes(note));
  if (missing.length > 0) {
    throw new Misuse(
      `expected an explanation for each numbered comment of ${path}, got none for ${missing.join(', ')}`,
      'Explain them in a numbered list between the tags',
    );
  }
  if (surplus.length > 0) {
    throw new Misuse(
      `expected a comment "// (n)" in ${path} for each item of the list, got none for ${surplus.join(', ')}`,
      'Remove the items, or number the lines that they explain',
    );
  }
}
