/**
 * An incident: a scenario that goes wrong under the reader's eyes, who is on call. It is data beside
 * the simulation; how it is played, graded and explained follows from it and from runs
 * (lib/incident), so that nothing about its outcome is written down.
 */
import type { InterventionEvent } from './definition';
import type { ParameterValue } from './parameters';

/** What an action does, without its moment: that is the reader's. */
type Deed =
  | Omit<Extract<InterventionEvent, { readonly kind: 'act' }>, 'at'>
  | Omit<Extract<InterventionEvent, { readonly kind: 'set' }>, 'at'>;

/** What users were promised, as a share of two series that the run records. */
export interface Objective {
  /** What is promised: "Requests answered in time". */
  readonly label: string;
  /** The series of what went well. */
  readonly part: string;
  /** The series whose sum is all, `part` among them. */
  readonly whole: readonly string[];
  /** The promise is kept while the share is at least this, %, from 0 to 100. */
  readonly leastPercent: number;
  /** Broken for so long without a pause it raises the alert, simulated ms. */
  readonly alertMs: number;
  /** Kept for so long without a pause, and not broken any more, it ends the incident, simulated ms. */
  readonly holdMs: number;
}

export interface IncidentAction {
  readonly deed: Deed;
  /** Imperative; that of the intervention unless given. A change of a parameter must give it. */
  readonly label?: string;
  /** What it does, one sentence; that of the intervention unless given. */
  readonly describe?: string;
  /** What it does to this incident and why, told afterwards; numbers come from the runs. */
  readonly debrief: string;
}

export interface Incident {
  readonly title: string;
  /** One sentence for lists and search; gives nothing away. */
  readonly describe: string;
  /** What the engineer who is woken knows: the service, its promise, the day. Gives nothing away. */
  readonly briefing: readonly string[];
  readonly scenario: string;
  /** The variant of the simulation that runs. */
  readonly variant: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * What goes wrong begins later by a time that the seed decides: a duration is larger by it, and all
   * steps of a schedule but the first are later.
   */
  readonly trigger: {
    readonly parameter: string;
    /** The most that it is later, a whole number of seconds, simulated ms. */
    readonly laterMs: number;
  };
  readonly objective: Objective;
  /** Charts on the dashboard, the most telling first. */
  readonly dashboards: readonly string[];
  /** The list of events. */
  readonly log: string;
  /** Time between alert and action that the grades allow for reading the dashboards, simulated ms. */
  readonly reactionMs: number;
  /** Simulated ms per real ms at the start. */
  readonly speed: number;
  readonly actions: Readonly<Record<string, IncidentAction>>;
  /** What happened, paragraph by paragraph, told afterwards. */
  readonly cause: readonly string[];
  /** Slugs of the guides that explain it. */
  readonly guides: readonly string[];
}
