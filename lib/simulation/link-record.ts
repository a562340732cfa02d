/**
 * Links that a simulation has given out, kept with what they said: `links.json` in its folder. A
 * link lives longer than the version that wrote it, so later versions are held to reading it.
 */
import type { Description, InterventionEvent, ScenarioDescription } from './definition';
import { encodeLink, FORKS_MAX, INTERVENTIONS_MAX, type LinkState } from './link';
import { type Parameter, type ParameterValue, snap } from './parameters';

/** What links of one version are, and the inputs that they leave to their scenarios. */
interface LinkRecord {
  /** Inputs of each scenario, which a link does not repeat. */
  readonly scenarios: Readonly<
    Record<string, Pick<ScenarioDescription, 'parameters' | 'seed' | 'variants'>>
  >;
  /** Texts of links, and what they say. */
  readonly links: Readonly<Record<string, LinkState>>;
}

/** By the versions that a link begins with: "1.2". */
export type LinkRecords = Readonly<Record<string, LinkRecord>>;

type Recorded = Pick<
  Description,
  'title' | 'linkVersion' | 'version' | 'parameters' | 'interventions' | 'scenarios'
>;

export const recordKey = ({ linkVersion, version }: Recorded): string =>
  `${linkVersion}.${version}`;

/**
 * Links that between them hold both ends of every parameter, every option, every intervention with
 * every target, a seed and a moment.
 */
export function linkRecord(description: Recorded): LinkRecord {
  const { parameters, scenarios } = description;
  const ids = Object.keys(parameters);
  const ends = ids.map((id) => endsOf(parameters[id]));
  const settings = Array.from(
    { length: Math.max(0, ...ends.map(({ length }) => length)) },
    (_, link): LinkState => ({
      parameters: Object.fromEntries(
        ids.flatMap((id, i) => {
          const end = ends[i]?.[link];
          return end === undefined ? [] : [[id, end]];
        }),
      ),
      seed: 7 + link,
      t: 1250.5,
    }),
  );
  const forks = chunks(deedsOf(description), INTERVENTIONS_MAX);
  const forked = chunks(forks, FORKS_MAX).map(
    (some): LinkState => ({ parameters: {}, forks: some }),
  );
  return {
    scenarios: Object.fromEntries(
      Object.entries(scenarios).map(([id, { parameters: values, seed, variants }]) => [
        id,
        { parameters: values, seed, variants },
      ]),
    ),
    links: Object.fromEntries(
      [...settings, ...forked].flatMap((state) => {
        const text = encodeLink(description, NO_SCENARIO, state);
        return text === null ? [] : [[text, state]];
      }),
    ),
  };
}

/**
 * The records with what the present version adds to them; what is there stays as it is.
 *
 * @throws Error if a scenario of this version has other inputs than those on record
 */
export function withPresent(records: LinkRecords, description: Recorded): LinkRecords {
  const key = recordKey(description);
  const present = linkRecord(description);
  const known = records[key] ?? { scenarios: {}, links: {} };
  for (const [id, inputs] of Object.entries(present.scenarios)) {
    const before = known.scenarios[id];
    if (before && inOrder(before) !== inOrder(inputs)) throw new Error(changed(id, key));
  }
  return {
    ...records,
    [key]: {
      scenarios: { ...known.scenarios, ...present.scenarios },
      links: { ...known.links, ...present.links },
    },
  };
}

/** As text that is the same however the parameters are ordered in their declaration. */
const inOrder = ({ parameters, ...inputs }: LinkRecord['scenarios'][string]): string =>
  JSON.stringify([
    Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)),
    inputs.seed,
    inputs.variants,
  ]);

const changed = (scenario: string, key: string): string =>
  `Expected the scenario "${scenario}" to have the inputs that links of ${key} leave to it, got others: ` +
  'such a link would open another run and not say so. Raise the version of the simulation; if this ' +
  `version has never been published, take "${key}" out of its links.json instead.`;

/** As if a scenario had no inputs: a link then says all of them. */
const NO_SCENARIO = { parameters: {}, seed: -1 };

/** Values at the ends of what a parameter accepts: all of them, if they are few. */
function endsOf(parameter: Parameter | undefined): readonly ParameterValue[] {
  if (!parameter) return [];
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return [parameter.min, snap(parameter, parameter.max)];
    case 'choice':
      return Object.keys(parameter.options);
    case 'switch':
      return [false, true];
    case 'schedule': {
      const { min, max, untilMs, stepsMax } = parameter;
      const low = { atMs: 0, value: min };
      return [
        [low],
        stepsMax > 1 ? [low, { atMs: untilMs, value: max }] : [{ ...low, value: max }],
      ];
    }
    default:
      return parameter satisfies never;
  }
}

/** Everything that can be done to a run, a moment after the other. */
function deedsOf({ interventions, parameters }: Recorded): InterventionEvent[] {
  const acts = Object.entries(interventions).flatMap(([id, { targets }]) =>
    targets
      ? Object.keys(targets).map((target) => ({ kind: 'act' as const, id, target }))
      : [{ kind: 'act' as const, id }],
  );
  const sets = Object.entries(parameters).flatMap(([parameter, declared]) => {
    const value = declared.live ? endsOf(declared).at(-1) : undefined;
    return value === undefined ? [] : [{ kind: 'set' as const, parameter, value }];
  });
  return [...acts, ...sets].map((deed, i) => ({ at: 100 * (i + 1), ...deed }));
}

function chunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
}
