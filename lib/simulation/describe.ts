import type {
  CheckDescriptions,
  Definition,
  Description,
  ScenarioDescription,
  TrafficDescription,
} from './definition';
import { defaultsOf } from './parameters';
import type { Entry } from './run';
import type { TrafficDeclaration } from './traffic';

/** The data of a definition, without its code: structured-cloneable, and written to JSON at build. */
export function describe({ id, category, definition }: Entry): Description {
  return {
    id,
    category,
    title: definition.title,
    describe: definition.describe,
    version: definition.version,
    linkVersion: definition.link.version,
    parameters: definition.parameters,
    variants: mapValues(definition.variants, ({ title, describe }) => ({ title, describe })),
    measures: definition.measures,
    views: definition.views,
    interventions: definition.interventions,
    scenarios: mapValues(
      definition.scenarios,
      (scenario): ScenarioDescription => ({
        ...scenario,
        parameters: defaultsOf(definition.parameters, scenario.parameters),
      }),
    ),
    tasks: mapValues(definition.tasks, ({ title, goal, hint, scenario, held = [] }) => ({
      title,
      goal,
      hint,
      scenario,
      held,
    })),
    predictions: mapValues(definition.predictions, ({ question, scenario, options, explain }) => ({
      question,
      scenario,
      options,
      explain,
    })),
    omissions: definition.omissions,
    ...(definition.traffic ? { traffic: describeTraffic(definition.traffic) } : {}),
  };
}

function describeTraffic({ shownMs: _, ...data }: TrafficDeclaration): TrafficDescription {
  return data;
}

export function describeChecks({ checks }: Pick<Definition, 'checks'>): CheckDescriptions {
  return mapValues(checks, ({ statement, against, seeds }) => ({ statement, against, seeds }));
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
