/**
 * Messages between a page and the workers of a simulation: one runs it for figures; another, started
 * only when a reader asks for it, has the whole simulation, judges runs and runs the checks.
 */
import type { CheckReport } from './checks';
import type { InterventionEvent, Race } from './definition';
import type { MigrateAnswer, MigrateRequest } from './link';
import type { RaceResults } from './measures';
import type { ParameterValue } from './parameters';
import type { OutsideTraffic } from './traffic';

/** The inputs of a run. What is left out has the default of the simulation. */
export interface RunRequest {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** Ids of the variants to race, in order. */
  readonly variants: readonly string[];
  readonly interventions: readonly InterventionEvent[];
  /** Requests out of a file in place of those that the simulation draws. */
  readonly traffic?: OutsideTraffic;
}

/** What is to be judged on a run, by its ids; only the whole simulation can. */
export interface Judged {
  readonly tasks: readonly string[];
  readonly predictions: readonly string[];
}

/** What was found of them. */
export interface Judgement {
  readonly tasks: Readonly<Record<string, { readonly reached: boolean; readonly reading: string }>>;
  /** Prediction id → the option that came true; left out where the run refuses the value that it reads. */
  readonly predictions: Readonly<Record<string, string>>;
}

/** To either worker. */
export type ToRunner =
  | MigrateRequest
  | ({
      readonly type: 'run';
      readonly requestId: number;
      readonly request: RunRequest;
    } & Judged)
  /** The results alone, for those who run often: nothing is recorded. */
  | { readonly type: 'measure'; readonly requestId: number; readonly request: RunRequest };

/** To the worker that has the whole simulation. */
export type ToWorker =
  | ToRunner
  | {
      readonly type: 'check';
      readonly requestId: number;
      /** Id of the check. */
      readonly check: string;
    };

export type FromWorker =
  | MigrateAnswer
  | ({ readonly type: 'result'; readonly requestId: number; readonly race: Race } & Judgement)
  | { readonly type: 'measured'; readonly requestId: number; readonly results: RaceResults }
  | { readonly type: 'checked'; readonly requestId: number; readonly report: CheckReport }
  | {
      readonly type: 'failed';
      readonly requestId: number;
      readonly message: string;
      /** Where it was thrown, as the browser tells it; for the reader's own code. */
      readonly stack?: string;
    };
