/** What a figure shows: a scenario of a simulation, with what the guide wants otherwise. */
import type { Description, ScenarioDescription } from '@/lib/simulation/definition';

/** All lists are complete: nothing is left to the scenario. */
export interface FigureSpec {
  /** Name of the figure in links, unique on its page. */
  readonly figure: string;
  readonly scenario: string;
  readonly controls: readonly string[];
  readonly views: readonly string[];
  readonly variants: readonly string[];
  readonly measures: readonly string[];
}

/** As they come out of a guide: only what differs from the scenario. */
export type FigureChoices = Partial<Omit<FigureSpec, 'scenario'>>;

/**
 * The scenario of a figure.
 *
 * @throws Error naming the scenarios that there are; a guide with a wrong id does not pass the build,
 *   so this is for a page and a bundle that do not belong together
 */
export function scenarioOf(description: Description, id: string): ScenarioDescription {
  const scenario = Object.hasOwn(description.scenarios, id) ? description.scenarios[id] : undefined;
  if (!scenario) {
    throw new Error(
      `Expected a scenario of “${description.title}” (${Object.keys(description.scenarios).join(', ')}), got “${id}”. Reload the page.`,
    );
  }
  return scenario;
}

export function completeSpec(
  description: Description,
  scenarioId: string,
  choices: FigureChoices = {},
): FigureSpec {
  const scenario = scenarioOf(description, scenarioId);
  return {
    figure: choices.figure ?? scenarioId,
    scenario: scenarioId,
    controls: choices.controls ?? scenario.controls,
    views: choices.views ?? scenario.views,
    variants: choices.variants ?? scenario.variants,
    measures: choices.measures ?? scenario.measures,
  };
}
