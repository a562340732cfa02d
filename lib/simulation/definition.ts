/**
 * The definition of a simulation: everything the site needs to know about it, in one typed object.
 *
 * A run is a pure function of (simulation, parameters, seed, interventions, workload, model) and
 * returns a recording with measures. What is data here (parameters, views, scenarios, texts) is sent
 * to the page as a `Description`; what is code (workload, run, checks, predicates) stays with the
 * engine, in a worker or in Node.
 *
 * Members are function properties, not methods, so that their parameters are checked strictly.
 */

import type { Outcome } from '../kernel/outcomes';
import type { RandomStream } from '../kernel/random';
import type { MessageRecord, SpanRecord } from '../kernel/recorder';
import type { MessageId, Recording, SpanId, Tone } from '../kernel/recording';
import type { Simulator } from '../kernel/simulator';
import type { Incident } from './incident';
import type { DistributionResult, Measures, Result, Sinks, TableResult } from './measures';
import type { Parameters, ParameterValue, Values } from './parameters';
import type { TrafficDeclaration } from './traffic';
import type { View } from './views';
import type { Workload } from './workload';

/** The recorder as a run sees it: bound to the clock, so that nothing can be recorded at another time. */
export interface RunRecorder {
  /** Something sets out from one node to another; it arrives at `arrivesAt`, unless it is lost. */
  readonly message: (record: MessageRecord) => MessageId;
  /** A message on its way is lost at this moment. */
  readonly lose: (id: MessageId) => void;
  /** Something begins that takes time (a call, a wait), on a lane of its own or below a parent. */
  readonly begin: (record: SpanRecord) => SpanId;
  readonly end: (id: SpanId, outcome: Outcome) => void;
  /** A field of a node has this value from now on. */
  readonly state: (node: string, field: string, value: number | string) => void;
  /** A point of a series, in the unit of the chart that draws it. */
  readonly sample: (series: string, value: number) => void;
  /**
   * A sentence on what happens, for the list of events and for who cannot see the drawing; numbers that
   * may have four digits by `grouped` of the kernel.
   */
  readonly note: (text: string, tone?: Tone) => void;
  /** False once nothing more is kept; a run may then skip building a costly label. */
  readonly isRecording: () => boolean;
}

/** What a run may reach; there is nothing else (no wall clock, no global chance, no I/O). */
export interface RunContext<P extends Parameters, M extends Measures, Model> {
  readonly simulator: Simulator;
  /** Present values. A parameter declared `live` may change during the run. */
  readonly parameters: Values<P>;
  /**
   * The requests of this run, drawn beforehand; the same for every variant of a race. A change of a
   * `live` parameter replaces those to come, and so the columns: read them from here whenever one is used.
   */
  readonly workload: Workload;
  /** Whether the workload is the reader's own and not drawn. */
  readonly isOutside: boolean;
  /** Calls `handle(row)` at the time of each row of the workload. */
  readonly forEachArrival: (handle: (row: number) => void) => void;
  /** Calls `handle(id)` right after a `live` parameter has changed, for what a run has made of its value. */
  readonly whenChanged: (handle: (parameter: Extract<keyof P, string>) => void) => void;
  readonly model: Model;
  /** A named random stream; streams of different names are independent. */
  readonly random: (stream: string) => RandomStream;
  /** Uniform in [0, 1) by (request, attempt): a draw that no other draw can shift. */
  readonly keyedUniform: (stream: string, request: number, attempt: number) => number;
  readonly record: RunRecorder;
  readonly measure: Sinks<M>;
  /** Simulated ms at which the measured time ends; the run is stopped there. */
  readonly untilMs: number;
}

/** What the reader (or a test) does to a run, `at` simulated ms from 0 on. */
export type InterventionEvent =
  /** One of the declared interventions, to one of its targets if it has any. */
  | { readonly at: number; readonly kind: 'act'; readonly id: string; readonly target?: string }
  /** "Change this parameter from now on"; the parameter must be `live`. */
  | {
      readonly at: number;
      readonly kind: 'set';
      readonly parameter: string;
      readonly value: ParameterValue;
    };

/** An action that a simulation offers: crash this node, send a burst. */
export interface Intervention {
  /** Imperative: "Crash a server". */
  readonly label: string;
  readonly describe: string;
  /** Ids and names of what it can be done to; absent if there is nothing to choose. */
  readonly targets?: Readonly<Record<string, string>>;
}

/** One of the rivals of a race: a model with its name. */
interface Variant<P extends Parameters, Model> {
  readonly title: string;
  /** One sentence: how it decides. */
  readonly describe: string;
  /** The model. Its source is `models/<variant id>.ts`, whose export is the id in camelCase. */
  readonly model: Model;
  /** Parameters that this variant holds at other values than its rivals, whatever is changed during a run. */
  readonly parameters?: Partial<Values<P>>;
}

/** A prepared situation with its story; what a figure opens with. */
export interface Scenario<P extends Parameters, VariantId extends string, ViewId extends string> {
  readonly title: string;
  /** What the figure asks; ends with a question mark. */
  readonly question: string;
  /** The situation in one sentence. */
  readonly story: string;
  /** What to watch, in one sentence. */
  readonly watch: string;
  readonly parameters?: Partial<Values<P>>;
  /** The variants that run, in this order; one alone is no race. */
  readonly variants: readonly VariantId[];
  readonly views: readonly ViewId[];
  /** Parameters with a control in this figure; all others are listed as held fixed. */
  readonly controls: readonly (keyof P & string)[];
  /** Ids of the results shown, e.g. "latency.p99". */
  readonly measures: readonly string[];
  readonly seed: number;
  /** Why this seed, if it was chosen: required for any seed other than 1. */
  readonly seedReason?: string;
  /** Simulated ms shown in the still; the end by default. */
  readonly stillAtMs?: number;
  /** Simulated ms per real ms at the start. */
  readonly speed: number;
}

/** The outcome of one variant's run. */
export interface VariantRun {
  readonly variant: string;
  readonly recording: Recording;
  readonly results: readonly Result[];
  readonly distributions: readonly DistributionResult[];
  readonly tables: readonly TableResult[];
  readonly eventsProcessed: number;
}

/** All variants of a race on one workload; a single run is a race of one. */
export interface Race {
  /** Id of the simulation. */
  readonly simulation: string;
  readonly version: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly seed: number;
  /** Rows of the workload. */
  readonly arrivals: number;
  /** How long each run is, simulated ms; the results are over all of it but its warm-up. */
  readonly measuredMs: number;
  /** What is dropped from the results at the start, simulated ms. */
  readonly warmUpMs: number;
  readonly runs: readonly VariantRun[];
}

/** Reads results out of a race; throws, naming what there is, on an unknown id or a refused value. */
export interface RaceReader {
  readonly race: Race;
  /** The value of a result, e.g. `value('token-bucket', 'latency.p99')`. */
  readonly value: (variant: string, result: string) => number;
  /** Of such a result, from its 95 % interval. @throws RequestError if the run gives it none */
  readonly standardError: (variant: string, result: string) => number;
  readonly run: (variant: string) => VariantRun;
  readonly parameter: (id: string) => ParameterValue;
}

export interface Judgement {
  readonly reached: boolean;
  readonly reading: string;
}

/** A goal that the reader reaches by the controls and the engine ticks. */
export interface Task<P extends Parameters, ScenarioId extends string> {
  readonly title: string;
  /** The goal, checkable: "keep p99 under 200 ms with at most 12 workers". */
  readonly goal: string;
  readonly hint: string;
  readonly scenario: ScenarioId;
  /** Controls that the goal leaves as the scenario has them, as it does all that has no control there. */
  readonly held?: readonly (keyof P & string)[];
  /**
   * Present state in words with its numbers, and whether it is reached. Must be false at the start.
   * Asked only while what is held stands; a value that it reads and the run refuses is said instead.
   */
  readonly judge: (race: RaceReader) => Judgement;
  /** Parameters that reach it; tested. */
  readonly solution: Partial<Values<P>>;
}

/** A question answered before the run and scored after it. */
export interface Prediction<ScenarioId extends string> {
  readonly question: string;
  readonly scenario: ScenarioId;
  readonly options: Readonly<Record<string, string>>;
  /** The option that the run makes true. */
  readonly answer: (race: RaceReader) => string;
  /** Why, shown afterwards. */
  readonly explain: string;
}

/** A mistake that the reader can switch on: a text patch on the source of a model. */
export interface PlantedBug<VariantId extends string> {
  readonly title: string;
  readonly variant: VariantId;
  /** Name of the file in `models/` that is patched, without `.ts`; that of the variant if left out. */
  readonly file?: string;
  /** Text in that file, occurring exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What it does to users, one sentence. */
  readonly effect: string;
  /** Ids of the checks that must fail with it; tested. */
  readonly caughtBy: readonly string[];
}

/** What the model leaves out, with the direction of the error. */
export interface Omission {
  readonly what: string;
  readonly effect: string;
}

/** Assertion helpers of a check; each throws `CheckFailure` with what was expected and what came. */
export interface CheckContext<P extends Parameters, VariantId extends string, Model> {
  /** The seed of this repetition, 1 … seeds. */
  readonly seed: number;
  /** Chance for the check's own inputs. */
  readonly random: (stream: string) => RandomStream;
  /** The variants' models: ours, or the reader's edit in place of one. */
  readonly model: (variant: VariantId) => Model;
  /** A race on the check's own inputs; what is left out has its default. */
  readonly run: (options: {
    readonly parameters?: Partial<Values<P>>;
    readonly variants: readonly VariantId[];
    readonly interventions?: readonly InterventionEvent[];
  }) => RaceReader;
  /** `what` names the quantity in the message: "retries per call". Plain values are compared by content. */
  readonly equal: (actual: unknown, expected: unknown, what: string) => void;
  readonly atMost: (actual: number, bound: number, what: string) => void;
  readonly atLeast: (actual: number, bound: number, what: string) => void;
  /** |actual − expected| ≤ tolerance, in the same unit; the tolerance is not a share. */
  readonly within: (actual: number, expected: number, tolerance: number, what: string) => void;
}

/** A statement that the simulation is held to, in the tests and on request in the page. */
export interface Check<P extends Parameters, VariantId extends string, Model> {
  /** The rule, as a sentence that can be false. */
  readonly statement: string;
  /** What it is held to: a theorem, a published table, a test suite, with its source. */
  readonly against: string;
  /** Which variants it says something about; a check of an edited model runs those of its variant. */
  readonly variants: readonly VariantId[];
  /** Number of repetitions, each with its own seed. */
  readonly seeds: number;
  readonly verify: (context: CheckContext<P, VariantId, Model>) => void;
}

/** An assertion over findings: prose may say it only while it holds; the build fails otherwise. */
export type Claim<ScenarioId extends string, VariantId extends string> = {
  /** What the prose may say, as a sentence that can be false. */
  readonly statement: string;
  readonly scenario: ScenarioId;
} & (
  | {
      readonly kind: 'holds';
      /** Judges a race of the scenario: as it is, and with five other seeds. */
      readonly holds: (race: RaceReader) => boolean;
      /** The prose says it of the run that is shown ("here"); others need not be like it. */
      readonly isOfThisRun?: true;
    }
  /**
   * "X beats Y" in a result, by what is better there: paired over the seeds 1 to `seeds` on the same
   * arrivals, by at least 3 standard errors.
   */
  | {
      readonly kind: 'beats';
      readonly result: string;
      readonly better: VariantId;
      readonly worse: VariantId;
      readonly seeds: number;
    }
);

/** How links say the parameters of this simulation, and how older ones are read. */
export interface LinkFormat {
  /** Raised whenever an old link would be misread. Starts at 1. */
  readonly version: number;
  /** From version n to n + 1: renames and conversions of raw parameter texts. */
  readonly migrations: Readonly<
    Record<number, (parameters: Readonly<Record<string, string>>) => Record<string, string>>
  >;
}

/** A simulation, declared. Each record's keys are ids: they stand in guides, links and results. */
export interface Definition<
  P extends Parameters = Parameters,
  M extends Measures = Measures,
  Model = unknown,
  VariantId extends string = string,
  ViewId extends string = string,
  ScenarioId extends string = string,
  InterventionId extends string = string,
> {
  readonly title: string;
  /** One sentence for the catalogue. */
  readonly describe: string;
  /** Raised when the same inputs give another recording; old links then say so. Starts at 1. */
  readonly version: number;
  readonly link: LinkFormat;
  readonly parameters: P;
  /** Simulated ms that are shown and measured (shown ≤ measured), and dropped from measures at the start. */
  readonly timing: (parameters: Values<P>) => {
    readonly shownMs: number;
    readonly measuredMs: number;
    readonly warmUpMs: number;
  };
  /** Draws the requests of a run: exogenous, before any variant runs. */
  readonly workload: (context: {
    readonly parameters: Values<P>;
    readonly random: (stream: string) => RandomStream;
    readonly untilMs: number;
  }) => Workload;
  /** What it takes from a file of the reader's in place of that; left out if nothing. */
  readonly traffic?: TrafficDeclaration<P>;
  readonly variants: Readonly<Record<VariantId, Variant<P, Model>>>;
  readonly measures: M;
  readonly views: Readonly<Record<ViewId, View>>;
  readonly interventions: Readonly<Record<InterventionId, Intervention>>;
  /** Sets the run up; returns what each declared intervention does to it. */
  readonly run: (
    context: RunContext<P, M, Model>,
  ) => Readonly<Record<InterventionId, (target: string | undefined) => void>>;
  readonly scenarios: Readonly<
    Record<ScenarioId, Scenario<P, NoInfer<VariantId>, NoInfer<ViewId>>>
  >;
  readonly tasks: Readonly<Record<string, Task<P, NoInfer<ScenarioId>>>>;
  readonly predictions: Readonly<Record<string, Prediction<NoInfer<ScenarioId>>>>;
  readonly plantedBugs: Readonly<Record<string, PlantedBug<NoInfer<VariantId>>>>;
  readonly omissions: readonly Omission[];
  readonly checks: Readonly<Record<string, Check<P, NoInfer<VariantId>, NoInfer<Model>>>>;
  readonly claims: Readonly<Record<string, Claim<NoInfer<ScenarioId>, NoInfer<VariantId>>>>;
  /** Incidents that a reader can be called to; left out if there are none. */
  readonly incidents?: Readonly<Record<string, Incident>>;
}

/**
 * Declares a simulation; only infers types. Its id is the name of its folder, its category that of
 * the folder above.
 */
export function defineSimulation<
  const P extends Parameters,
  const M extends Measures,
  Model,
  const VariantId extends string,
  const ViewId extends string,
  const ScenarioId extends string,
  const InterventionId extends string,
>(
  definition: Definition<P, M, Model, VariantId, ViewId, ScenarioId, InterventionId>,
): Definition<P, M, Model, VariantId, ViewId, ScenarioId, InterventionId> {
  return definition;
}

/**
 * A definition whose type arguments are forgotten, for code that treats all simulations alike. The
 * cast is made here, once: parameters and models of one definition only ever meet that definition.
 */
export type AnyDefinition = Definition;

/** What no run needs: the build leaves it out of the script that a page loads with its figures. */
export const NOT_FOR_RUNS = [
  'describe',
  'views',
  'scenarios',
  'tasks',
  'predictions',
  'plantedBugs',
  'omissions',
  'checks',
  'claims',
  'incidents',
] as const satisfies readonly (keyof Definition)[];

/** What a run needs of a definition. */
export type RunnableDefinition = Omit<Definition, (typeof NOT_FOR_RUNS)[number]>;

/** What is data in it: the build writes it into that script without what only readers need. */
export const DATA_OF_RUNS = [
  'parameters',
  'measures',
  'interventions',
] as const satisfies readonly (keyof RunnableDefinition & keyof Description)[];

/** The checks of a simulation in words. */
export type CheckDescriptions = Readonly<
  Record<string, { readonly statement: string; readonly against: string; readonly seeds: number }>
>;

/** The data of a definition, without its code: what the page draws a figure from. */
export interface Description {
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly describe: string;
  readonly version: number;
  readonly linkVersion: number;
  readonly parameters: Parameters;
  readonly variants: Readonly<
    Record<string, { readonly title: string; readonly describe: string }>
  >;
  readonly measures: Measures;
  readonly views: Readonly<Record<string, View>>;
  readonly interventions: Readonly<Record<string, Intervention>>;
  readonly scenarios: Readonly<Record<string, ScenarioDescription>>;
  readonly tasks: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly goal: string;
        readonly hint: string;
        readonly held: readonly string[];
        readonly scenario: string;
      }
    >
  >;
  readonly predictions: Readonly<
    Record<
      string,
      {
        readonly question: string;
        readonly scenario: string;
        readonly options: Readonly<Record<string, string>>;
        readonly explain: string;
      }
    >
  >;
  readonly omissions: readonly Omission[];
  readonly traffic?: TrafficDescription;
}

/** What a page knows of a `TrafficDeclaration`: its data. */
export type TrafficDescription = Omit<TrafficDeclaration, 'shownMs'>;

/** A scenario with all parameters filled in. */
export interface ScenarioDescription
  extends Omit<Scenario<Parameters, string, string>, 'parameters'> {
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}
