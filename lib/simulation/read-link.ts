/**
 * Reads the texts that `link.ts` writes. Only a page that was opened by a link needs it. A text out of
 * an address may be old, cut off or hostile: whatever does not fit its declaration is dropped, and said
 * to be.
 */
import type { Description, InterventionEvent } from './definition';
import { type Intervenable, interventionMisfit, type UnjudgedEvent } from './interventions';
import { type DecodedLink, escaped, FORKS_MAX, INTERVENTIONS_MAX, nothing, SEED_MAX } from './link';
import {
  misfit,
  type Parameter,
  type Parameters,
  type ParameterValue,
  type Schedule,
} from './parameters';

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

/** Longer texts were not written by this site. */
const LENGTH_MAX = 4000;
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

/** What reading a link needs of a simulation. */
type Linked = Pick<
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
    const read = readLink(description, {
      ...raw,
      linkVersion: description.linkVersion,
      parameters,
      forks,
    });
    // What was renamed may run as before, what was held to other bounds does not: the reader is told.
    const isOther =
      JSON.stringify([parameters, forks]) !== JSON.stringify([raw.parameters, raw.forks ?? []]);
    return { ...read, outdated: read.outdated || isOther };
  } catch (error) {
    return nothing(error instanceof Error ? error.message.replace(/\.$/, '') : String(error));
  }
}

function declared(parameters: Parameters, id: string): Parameter | undefined {
  return Object.hasOwn(parameters, id) ? parameters[id] : undefined;
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
