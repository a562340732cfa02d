/**
 * The state of a figure as text in an address: the parameters that differ from the scenario, the
 * seed, the moment, whether it ran on a log, the forks. One text per figure, under the figure's name in the query:
 *
 *     ?boundary=1.1;limit:20;seed:7;t:1250;fork:800~act~lose-state*950~set~volley~14#boundary
 *
 * `1.1` is the version of the link format and that of the simulation. `read-link.ts` reads it.
 */
import type { Description, InterventionEvent, LinkFormat } from './definition';
import type { ParameterValue } from './parameters';

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

export interface DecodedLink {
  readonly state: LinkState;
  /** What was in the link and could not be used, a sentence each. */
  readonly dropped: readonly string[];
  /** Whether the simulation has changed since the link was made, so that its run differs. */
  readonly outdated: boolean;
}

/** The largest seed that a run takes; the smallest is 0. */
export const SEED_MAX = 0xffff_ffff;

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

/** A link that gives nothing but the reason why. */
export function nothing(why: string): DecodedLink {
  return { state: { parameters: {} }, dropped: [why], outdated: false };
}

function keyOf(id: string): string {
  return RESERVED.has(id) || id.startsWith('_') ? `_${id}` : id;
}

/** Values in the grammar of a link: a number, true or false, an option, steps as `0@5,2000@20`. */
export function writeParameter(value: ParameterValue): string {
  if (typeof value === 'object') return value.map((step) => `${step.atMs}@${step.value}`).join(',');
  return typeof value === 'string' ? escaped(value) : String(value);
}

/** Names may hold anything, times and values only what they are made of; so the marks never meet. */
function writeIntervention(event: InterventionEvent): string {
  const what =
    event.kind === 'set'
      ? [escaped(event.parameter), writeParameter(event.value)]
      : [escaped(event.id), ...(event.target === undefined ? [] : [escaped(event.target)])];
  return [writtenMoment(event.at), event.kind, ...what].join('~');
}

/** Percent-encodes all that has a meaning in the grammar, so that any id can be written. */
export function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*~]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
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
