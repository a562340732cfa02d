/**
 * What a good answer to an incident is, by the runs: each action alone, taken after a time to read the
 * dashboards. Nothing here is written down beforehand, so that another seed has another standard.
 */
import type { Race } from '@/lib/simulation/definition';
import type { Incident } from '@/lib/simulation/incident';
import type { RunRequest } from '@/lib/simulation/protocol';
import { indexRecording, type RecordingIndex } from '@/lib/simulation/recording-index';
import { alertAt, mitigatedAt, trackOf } from './objective';

/** Runs what an incident asks for; in the page, in the build and in tests. */
export type RunIncident = (request: RunRequest) => Promise<Race>;

/** So many reaction times later than the best, an answer is still a steady one. */
const STEADY_REACTIONS = 2;

export interface Standard {
  readonly alertMs: number;
  /** How long there was to mitigate, from the alert to the end of the run, ms. */
  readonly limitMs: number;
  /** Action → from the alert to mitigation, ms, taken alone after the reaction time; null for never. */
  readonly alone: Readonly<Record<string, number | null>>;
  /** The action that mitigates first. */
  readonly best: string;
  /** Up to here, from the alert, it was swift: the best action after the reaction time. */
  readonly swiftMs: number;
  /** Up to here it was steady: two more reaction times. */
  readonly steadyMs: number;
}

export const GRADES = {
  swift: {
    title: 'Swift',
    describe: 'No later than the best action, taken after a short look at the dashboards.',
  },
  steady: {
    title: 'Steady',
    describe: 'At most two such looks later than that.',
  },
  slow: { title: 'Slow', describe: 'Mitigated, and later than it could have been.' },
  unmitigated: {
    title: 'Not mitigated',
    describe: 'The promise was not kept again in time, or not for good.',
  },
} as const;

type Grade = keyof typeof GRADES;

/** @param toMitigateMs from the alert to mitigation; null if it did not come about */
export function gradeOf(
  toMitigateMs: number | null,
  { swiftMs, steadyMs }: Pick<Standard, 'swiftMs' | 'steadyMs'>,
): Grade {
  if (toMitigateMs === null) return 'unmitigated';
  if (toMitigateMs <= swiftMs) return 'swift';
  return toMitigateMs <= steadyMs ? 'steady' : 'slow';
}

/** The recording of the one run that an incident has. */
export function indexOf({ runs: [run] }: Race): RecordingIndex {
  if (!run) throw new Error('Expected an incident to run one variant, got none.');
  return indexRecording(run.recording);
}

/** From the alert to mitigation in a run, ms; null if it does not come about. */
export function toMitigate(
  index: RecordingIndex,
  { objective }: Incident,
  alertMs: number,
): number | null {
  const at = mitigatedAt(trackOf(index, objective), objective, alertMs);
  return at === null ? null : at - alertMs;
}

/**
 * Runs the incident without an action and with each action alone.
 *
 * @param base the run in which nobody does anything
 * @throws Error if no alert is raised, or no action mitigates: the incident is then none
 */
export async function standardOf(
  incident: Incident,
  base: RunRequest,
  run: RunIncident,
): Promise<Standard> {
  const original = indexOf(await run(base));
  const alertMs = alertAt(trackOf(original, incident.objective), incident.objective);
  if (alertMs === null) {
    throw new Error(
      `Expected the incident “${incident.title}” to raise an alert with seed ${base.seed}, got none. Change its objective or its scenario.`,
    );
  }
  const alone: Record<string, number | null> = {};
  let best: { readonly action: string; readonly ms: number } | undefined;
  for (const [action, { deed }] of Object.entries(incident.actions)) {
    const interventions = [{ ...deed, at: alertMs + incident.reactionMs }];
    const ms = toMitigate(indexOf(await run({ ...base, interventions })), incident, alertMs);
    alone[action] = ms;
    if (ms !== null && (!best || ms < best.ms)) best = { action, ms };
  }
  if (!best) {
    throw new Error(
      `Expected an action that mitigates “${incident.title}” with seed ${base.seed}, got none of ${Object.keys(incident.actions).join(', ')}. Offer one.`,
    );
  }
  return {
    alertMs,
    limitMs: original.shownMs - alertMs,
    alone,
    best: best.action,
    swiftMs: best.ms,
    steadyMs: best.ms + STEADY_REACTIONS * incident.reactionMs,
  };
}
