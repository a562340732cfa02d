/** Forks: the same run once more, in which something is done from a moment on. */
import type { Description, InterventionEvent } from '@/lib/simulation/definition';
import { formatParameter, formatValue } from '@/lib/simulation/format';
import { writtenMoment } from '@/lib/simulation/link';
import type { Extra, ExtraState, ForkExtra, RunFigure } from './extras';

/**
 * The fork of a run by these interventions, in order of time.
 *
 * @param id unique among the extras of the figure
 */
export function forkOf(
  description: Description,
  id: string,
  interventions: readonly InterventionEvent[],
  run: RunFigure,
): ForkExtra {
  const sorted = interventions
    // As a link writes it, so that the fork of a link is the very same.
    .map((event) => ({ ...event, at: writtenMoment(event.at) }))
    .sort((a, b) => a.at - b.at);
  return {
    id,
    kind: 'fork',
    interventions: sorted,
    title: sorted.map((event) => interventionTitle(description, event)).join('; '),
    request: (base) => ({ ...base, interventions: [...base.interventions, ...sorted] }),
    run,
  };
}

/** "Crash a server (Server 2) at 12.3 s", "Arrivals: 20 customers/s from 12.3 s on". */
function interventionTitle(description: Description, event: InterventionEvent): string {
  const moment = formatValue(event.at, 'ms', 5);
  if (event.kind === 'set') {
    const parameter = description.parameters[event.parameter];
    if (!parameter) return `${event.parameter} from ${moment} on`;
    return `${parameter.label}: ${formatParameter(parameter, event.value)} from ${moment} on`;
  }
  const { label = event.id, targets } = description.interventions[event.id] ?? {};
  const target = event.target === undefined ? undefined : (targets?.[event.target] ?? event.target);
  return `${label}${target === undefined ? '' : ` (${target})`} at ${moment}`;
}

export const isFork = (extra: Extra): extra is ForkExtra => extra.kind === 'fork';

/** What a fork is called where its title is too long. */
export const forkName = (number: number): string => `Fork ${number}`;

/** A fork with its place among the forks, from 1. */
export interface NumberedFork {
  readonly number: number;
  readonly fork: ForkExtra;
  readonly state: ExtraState;
}

export const forksOf = (extras: readonly ExtraState[]): readonly NumberedFork[] =>
  extras
    .flatMap((state) => (isFork(state.extra) ? [{ fork: state.extra, state }] : []))
    .map((each, i) => ({ ...each, number: i + 1 }));
