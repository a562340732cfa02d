/**
 * The state of a figure as text in an address: the parameters that differ from the scenario, the
 * seed, the moment, whether it ran on a log, the forks. One text per figure, under the figure's name in the query:
 *
 *     ?boundary=1.1;limit:20;seed:7;t:1250;fork:800~act~lose-state*950~set~volley~14#boundary
 *
 * `1.1` is the version of the link format and that of the simulation. A text out of an address may
 * be old, cut off or hostile: whatever does not fit its declaration is dropped, and said to be.
 */
import type { Description, InterventionEvent, LinkFormat } from './definition';
import { type Intervenable, interventionMisfit, type UnjudgedEvent } from './interventions';
import {
  misfit,
  type Parameter,
  type Parameters,
  type ParameterValue,
  type Schedule,
} from './parameters';

/** What a link says about a figure; what it leaves out is as the scenario has it. */
export interface LinkState {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed?: number;
  /** Simulated ms. */
  readonly t?: number;
  /** Whether the run was on a log of the reader's own, which no link carries. */
  readonly log?: boolean;
  /** What is done to each fork of the run, in order of time. */
  readonly forks?: readonly (readonly InterventionEvent[])[];
}

/** A link taken apart, its parameters still as raw texts. */
export interface RawLink {
  readonly linkVersion: number;
  readonly simulationVersion: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly t?: string;
  readonly log?: string;
  readonly forks?: readonly string[];
}

export interface DecodedLink {
  readonly state: LinkState;
  /** What was in the link and could not be used, a sentence each. */
  readonly dropped: readonly string[];
  /** Whether the simulation has changed since the link was made, so that its run differs. */
  readonly outdated: boolean;
}

/** The largest seed that a run takes; the smallest is 0. */
export const SEED_MAX = 0xffff_ffff;

/** Longer texts were not written by this site. */
const LENGTH_MAX = 4000;
/** Times in links are rounded to this many digits after the ms: finer than any event is read. */
const TIME_DIGITS = 3;
/** Keys that are no parameters; a parameter of such a name is written with a leading underscore. */
const RESERVED = new Set(['seed', 't', 'log', 'fork']);
/** More forks of one run, or more interventions in one fork, were not written by this site. */
export const FORKS_MAX = 4;
export const INTERVENTIONS_MAX = 4;

/** The moment that a link brings back: in simulated ms, rounded as it is written there. */
export const writtenMoment = (t: number): number => Number(t.toFixed(TIME_DIGITS));

/**
 * The text for a state; null if it says nothing, that is if the figure is as its scenario has it.
 *
 * @param base parameters and seed of the scenario
 */
export function encodeLink(
  description: Pick<Description, 'linkVersion' | 'version' | 'parameters'>,
  base: { readonly parameters: LinkState['parameters']; readonly seed: number },
  state: LinkState,
): string | null {
  const fields: string[] = [];
  for (const id of Object.keys(description.parameters)) {
    const value = state.parameters[id];
    if (value === undefined) continue;
    const text = writeParameter(value);
    if (base.parameters[id] === undefined || text !== writeParameter(base.parameters[id]))
      fields.push(`${escaped(keyOf(id))}:${text}`);
  }
  if (state.seed !== undefined && state.seed !== base.seed) fields.push(`seed:${state.seed}`);
  if (state.t !== undefined) fields.push(`t:${writtenMoment(state.t)}`);
  if (state.log) fields.push('log:1');
  for (const fork of state.forks ?? [])
    fields.push(`fork:${fork.map(writeIntervention).join('*')}`);
  if (fields.length === 0) return null;
  return [`${description.linkVersion}.${description.version}`, ...fields].join(';');
}

/** Takes a text apart without judging its values; null, with why, if it is no link of ours. */
export function parseLink(
  text: string,
): { readonly raw: RawLink } | { readonly raw: null; readonly why: string } {
  if (text.length > LENGTH_MAX)
    return { raw: null, why: `The link is longer than ${LENGTH_MAX} characters` };
  const [head = '', ...fields] = text.split(';');
  const versions = /^(\d{1,6})\.(\d{1,6})$/.exec(head);
  if (!versions)
    return { raw: null, why: 'The link does not begin with the versions of link and simulation' };
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
  const rest: { seed?: string; t?: string; log?: string } = {};
  const forks: string[] = [];
  for (const field of fields) {
    const colon = field.indexOf(':');
    const key = unescaped(colon < 0 ? field : field.slice(0, colon));
    const value = colon < 0 ? '' : field.slice(colon + 1);
    if (key === 'seed' || key === 't' || key === 'log') rest[key] = value;
    else if (key === 'fork') forks.push(value);
    else parameters[key.startsWith('_') ? key.slice(1) : key] = value;
  }
  return {
    raw: {
      linkVersion: Number(versions[1]),
      simulationVersion: Number(versions[2]),
      parameters,
      ...rest,
      ...(forks.length > 0 ? { forks } : {}),
    },
  };
}

/**
 * Brings the raw parameters of an old link up to the present version, one step at a time.
 *
 * @throws Error if a migration on the way is not declared
 */
export function migrateParameters(
  link: LinkFormat,
  from: number,
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  let migrated = { ...parameters };
  for (let version = from; version < link.version; version++) {
    const step = link.migrations[version];
    if (!step) {
      throw new Error(
        `Expected a migration of links from version ${version} to ${version + 1}, found none. ` +
          'Declare it in the simulation as link.migrations.',
      );
    }
    migrated = step(migrated);
  }
  return migrated;
}

/**
 * Brings a fork of an old link up to the present version: the parameters that it changes are
 * migrated like those of the figure, one at a time.
 *
 * @param text as `RawLink.forks` has it
 */
export async function migrateFork(
  text: string,
  migrate: (raw: RawLink['parameters']) => Promise<RawLink['parameters']>,
): Promise<string> {
  const events = text.split('*').map(async (event) => {
    const [at, kind, id, value] = event.split('~');
    if (kind !== 'set' || id === undefined || value === undefined) return [event];
    const migrated = Object.entries(await migrate({ [unescaped(id)]: value }));
    return migrated.map(([to, raw]) => [at, kind, escaped(to), raw].join('~'));
  });
  return (await Promise.all(events)).flat().join('*');
}

/** The page asks the worker, which holds the definition and with it the migrations. */
export interface MigrateRequest {
  readonly type: 'migrate';
  readonly requestId: number;
  /** Version that the parameters were written in. */
  readonly from: number;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface MigrateAnswer {
  readonly type: 'migrated';
  readonly requestId: number;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What reading a link needs of a simulation. */
export type Linked = Pick<
  Description,
  'title' | 'linkVersion' | 'version' | 'parameters' | 'interventions'
>;

/**
 * Judges the values of a link that is of the present version. Never throws, and lets no value pass
 * that its parameter would not accept.
 */
export function readLink(description: Linked, raw: RawLink): DecodedLink {
  if (raw.linkVersion !== description.linkVersion) {
    return nothing(
      `The link has version ${raw.linkVersion}, this page reads ${description.linkVersion}`,
    );
  }
  const dropped: string[] = [];
  const parameters: Record<string, ParameterValue> = {};
  for (const [id, text] of Object.entries(raw.parameters)) {
    const parameter = declared(description.parameters, id);
    if (!parameter) {
      dropped.push(`“${shortened(id)}”: this simulation has no such parameter`);
      continue;
    }
    const value = readParameter(parameter, text);
    const why = misfit(parameter, value);
    if (why === null) parameters[id] = value as ParameterValue;
    else dropped.push(`${parameter.label}: ${why}`);
  }
  if (raw.log !== undefined)
    dropped.push(
      'This run was made on somebody’s own log, which stays on their machine; here is generated traffic instead. If you have the log, choose it under “Traffic”',
    );
  const seed = readNumber(raw.seed);
  const seedFits = seed !== undefined && Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX;
  if (raw.seed !== undefined && !seedFits)
    dropped.push(
      `Seed: expected a whole number from 0 to ${SEED_MAX}, got “${shortened(raw.seed)}”`,
    );
  const t = readNumber(raw.t);
  const tFits = t !== undefined && t >= 0;
  if (raw.t !== undefined && !tFits)
    dropped.push(`Time: expected milliseconds from 0, got “${shortened(raw.t)}”`);
  const forks: (readonly InterventionEvent[])[] = [];
  for (const [index, text] of (raw.forks ?? []).entries()) {
    const fork = index < FORKS_MAX ? readFork(description, text) : TOO_MANY;
    if (fork.why === null) forks.push(fork.interventions);
    else dropped.push(`Fork ${index + 1}: ${fork.why}`);
  }
  return {
    state: {
      parameters,
      ...(seedFits ? { seed } : {}),
      ...(tFits ? { t } : {}),
      ...(forks.length > 0 ? { forks } : {}),
    },
    dropped,
    outdated: raw.simulationVersion !== description.version,
  };
}

/**
 * Reads a link of any version. Never rejects: what cannot be used is dropped, and said to be.
 *
 * @param migrate brings raw parameters from this version of links up to the present one; it may reject
 */
export async function decodeLink(
  description: Linked,
  text: string,
  migrate: (from: number, parameters: RawLink['parameters']) => Promise<RawLink['parameters']>,
): Promise<DecodedLink> {
  const parsed = parseLink(text);
  if (!parsed.raw) return nothing(parsed.why);
  const { raw } = parsed;
  if (raw.linkVersion >= description.linkVersion) return readLink(description, raw);
  try {
    const step = (parameters: RawLink['parameters']) => migrate(raw.linkVersion, parameters);
    const parameters = await step(raw.parameters);
    const forks = await Promise.all((raw.forks ?? []).map((fork) => migrateFork(fork, step)));
    return readLink(description, {
      ...raw,
      linkVersion: description.linkVersion,
      parameters,
      forks,
    });
  } catch (error) {
    return nothing(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
}

/** A link that gives nothing but the reason why. */
export function nothing(why: string): DecodedLink {
  return { state: { parameters: {} }, dropped: [why], outdated: false };
}

function declared(parameters: Parameters, id: string): Parameter | undefined {
  return Object.hasOwn(parameters, id) ? parameters[id] : undefined;
}

function keyOf(id: string): string {
  return RESERVED.has(id) || id.startsWith('_') ? `_${id}` : id;
}

/** Values in the grammar of a link: a number, true or false, an option, steps as `0@5,2000@20`. */
export function writeParameter(value: ParameterValue): string {
  if (typeof value === 'object') return value.map((step) => `${step.atMs}@${step.value}`).join(',');
  return typeof value === 'string' ? escaped(value) : String(value);
}

/**
 * What a text says in the grammar of links, not yet held to the parameter's range: `misfit` judges it.
 * The command line reads its values the same way.
 */
export function readParameter(parameter: Parameter, text: string): unknown {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return readNumber(text) ?? unescaped(text);
    case 'choice':
      return unescaped(text);
    case 'switch':
      return text === 'true' ? true : text === 'false' ? false : unescaped(text);
    case 'schedule':
      return readSchedule(text) ?? unescaped(text);
    default:
      return parameter satisfies never;
  }
}

const TOO_MANY = { why: `expected at most ${FORKS_MAX} forks, got more` };

/** Names may hold anything, times and values only what they are made of; so the marks never meet. */
function writeIntervention(event: InterventionEvent): string {
  const what =
    event.kind === 'set'
      ? [escaped(event.parameter), writeParameter(event.value)]
      : [escaped(event.id), ...(event.target === undefined ? [] : [escaped(event.target)])];
  return [writtenMoment(event.at), event.kind, ...what].join('~');
}

/** The interventions of a fork, or why it cannot be made: one that does not fit makes another fork. */
function readFork(
  description: Intervenable,
  text: string,
):
  | { readonly why: string }
  | { readonly why: null; readonly interventions: readonly InterventionEvent[] } {
  const parts = text.split('*');
  if (parts.length > INTERVENTIONS_MAX)
    return { why: `expected at most ${INTERVENTIONS_MAX} interventions, got ${parts.length}` };
  const interventions: InterventionEvent[] = [];
  for (const part of parts) {
    const event = readIntervention(description.parameters, part);
    if (!event) return { why: `expected a moment and what is done then, got “${shortened(part)}”` };
    const why = interventionMisfit(description, event);
    if (why !== null) return { why: lowerFirst(why).replace(/\.$/, '') };
    // Found to fit above.
    interventions.push(event as InterventionEvent);
  }
  return { why: null, interventions };
}

function readIntervention(parameters: Parameters, text: string): UnjudgedEvent | undefined {
  const [moment, kind, name, value, ...more] = text.split('~');
  const at = readNumber(moment);
  if (at === undefined || name === undefined || more.length > 0) return undefined;
  if (kind === 'act') {
    const id = unescaped(name);
    return { at, kind, id, ...(value === undefined ? {} : { target: unescaped(value) }) };
  }
  if (kind !== 'set' || value === undefined) return undefined;
  const id = unescaped(name);
  const parameter = declared(parameters, id);
  return {
    at,
    kind,
    parameter: id,
    value: parameter ? readParameter(parameter, value) : unescaped(value),
  };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A plain decimal number; undefined for anything else (no hexadecimal, no blanks, no Infinity). */
function readNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d+(\.\d+)?(e-?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function readSchedule(text: string): Schedule | undefined {
  const steps: { atMs: number; value: number }[] = [];
  for (const entry of text.split(',')) {
    const [at, level, ...more] = entry.split('@');
    const atMs = readNumber(at);
    const value = readNumber(level);
    if (atMs === undefined || value === undefined || more.length > 0) return undefined;
    steps.push({ atMs, value });
  }
  return steps;
}

/** Percent-encodes all that has a meaning in the grammar, so that any id can be written. */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an encoding of ours; what was written is then what is meant, and is judged as it stands.
    return text;
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/**
 * The query of a page with one figure's text put in, replaced or (null) taken out; the other fields
 * stay as they are. Marks that need no encoding in a query are left readable.
 *
 * @param search as `location.search` gives it
 */
export function withFigure(search: string, figure: string, text: string | null): string {
  const fields = search
    .replace(/^\?/, '')
    .split('&')
    .filter((field) => field !== '' && nameOf(field) !== figure);
  if (text !== null) fields.push(`${encodeURIComponent(figure)}=${readable(text)}`);
  return fields.length === 0 ? '' : `?${fields.join('&')}`;
}

/** The text of one figure in a query; null if it has none. */
export function figureText(search: string, figure: string): string | null {
  return new URLSearchParams(search).get(figure);
}

function nameOf(field: string): string | undefined {
  return [...new URLSearchParams(field).keys()][0];
}

function readable(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|3B|2C|40)/g, (code) => decodeURIComponent(code));
}
