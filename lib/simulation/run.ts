/**
 * Runs a simulation: (definition, parameters, seed, interventions, variants) → a race of recordings.
 * The same function serves the page's worker, the build, the tests and the command line.
 */

import { createStreams, type RandomStream } from '../kernel/random';
import { Recorder } from '../kernel/recorder';
import type { Recording } from '../kernel/recording';
import { Simulator } from '../kernel/simulator';
import { collectorOf } from './collect';
import type {
  AnyDefinition,
  Race,
  RaceReader,
  RunContext,
  RunnableDefinition,
  RunRecorder,
  VariantRun,
} from './definition';
import { interventionMisfit, parameterMisfit } from './interventions';
import { SEED_MAX } from './link';
import type { Measures, RaceResults, Result } from './measures';
import {
  defaultsOf,
  type Parameters,
  type ParameterValue,
  parametersFor,
  type Values,
} from './parameters';
import type { RunRequest } from './protocol';
import {
  type OutsideTraffic,
  timingOnOutside,
  trafficMisfit,
  workloadFromOutside,
} from './traffic';
import { splice, type Workload } from './workload';

/** A simulation with its address; the id is the name of its folder, the category that above. */
export interface RunnableEntry {
  readonly id: string;
  readonly category: string;
  readonly definition: RunnableDefinition;
}

/** The whole of it, with what it is held to. */
export interface Entry extends RunnableEntry {
  readonly definition: AnyDefinition;
}

/** Bound on the events of one variant's run: some ten seconds of computing, far past any figure. */
const EVENTS_MAX = 20_000_000;

/** What was asked of a run is not something that this simulation can do. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
}

/** A result was asked for whose value the run refuses, as of a percentile of too few. */
export class RefusedError extends RequestError {
  /** @param reason why, in words without a full stop */
  constructor(
    readonly variant: string,
    id: string,
    readonly reason: string,
  ) {
    super(`The result "${id}" of "${variant}" has no value: ${reason}.`);
  }
}

/** The request that a scenario stands for, with overrides on top. */
export function scenarioRequest(
  definition: AnyDefinition,
  scenarioId: string,
  overrides: Partial<RunRequest> = {},
): RunRequest {
  const scenario = definition.scenarios[scenarioId];
  if (!scenario) {
    throw new RequestError(
      `Expected a scenario of "${definition.title}" (${Object.keys(definition.scenarios).join(', ')}), got "${scenarioId}".`,
    );
  }
  return {
    seed: overrides.seed ?? scenario.seed,
    variants: overrides.variants ?? scenario.variants,
    interventions: overrides.interventions ?? [],
    parameters: { ...(scenario.parameters as RunRequest['parameters']), ...overrides.parameters },
    ...(overrides.traffic ? { traffic: overrides.traffic } : {}),
  };
}

/**
 * Runs every variant of the request on the same workload.
 *
 * @throws RequestError if a parameter, variant, seed or intervention does not fit the definition.
 */
export function runRace(entry: RunnableEntry, request: RunRequest): Race {
  return race(entry, request, { recordedMs: Number.POSITIVE_INFINITY, measured: true });
}

/**
 * The results alone of the race that `runRace` runs: nothing is recorded, which costs less time and
 * hardly any memory.
 *
 * @throws RequestError as `runRace` does
 */
export function measureRace(entry: RunnableEntry, request: RunRequest): RaceResults {
  const { runs } = race(entry, request, { recordedMs: null, measured: true });
  return Object.fromEntries(runs.map(({ variant, results }) => [variant, results]));
}

/**
 * The race that `runRace` runs, each of whose recordings is made when it is first read: for those who ask
 * of most races for the results alone.
 *
 * @throws RequestError as `runRace` does
 */
export function runRaceToMeasure(entry: RunnableEntry, request: RunRequest): Race {
  const measured = race(entry, request, { recordedMs: null, measured: true });
  const runs = measured.runs.map((run): VariantRun => {
    const { variant } = run;
    let made: Recording | undefined;
    return {
      ...run,
      get recording() {
        made ??= recordRace(entry, { ...request, variants: [variant] })[variant] ?? run.recording;
        return made;
      },
    };
  });
  return { ...measured, runs };
}

/**
 * The recordings alone of the race that `runRace` runs, by variant: a run is computed no further than
 * it is shown, which is often a small part of what is measured.
 *
 * @param untilMs where the recordings end, simulated ms, if they are wanted no longer than that
 * @throws RequestError as `runRace` does
 */
export function recordRace(
  entry: RunnableEntry,
  request: RunRequest,
  { untilMs = Number.POSITIVE_INFINITY }: { readonly untilMs?: number } = {},
): Readonly<Record<string, Recording>> {
  const { runs } = race(entry, request, { recordedMs: untilMs, measured: false });
  return Object.fromEntries(runs.map(({ variant, recording }) => [variant, recording]));
}

/** What is wanted of a race. */
interface Wanted {
  /** Bound on what is recorded, simulated ms; null where nothing is. */
  readonly recordedMs: number | null;
  /** Whether its results are: without them a run ends with its recording. */
  readonly measured: boolean;
}

function race(entry: RunnableEntry, request: RunRequest, wanted: Wanted): Race {
  const { definition } = entry;
  const parameters = checkedParameters(definition, request);
  checkRequest(definition, request);
  const { measuredMs, warmUpMs } = timingOf(definition, parameters, request.traffic);
  const workload = request.traffic
    ? workloadFromOutside(request.traffic, request.seed)
    : drawWorkload(definition, parameters, request.seed, measuredMs);
  return {
    simulation: entry.id,
    version: definition.version,
    parameters,
    seed: request.seed,
    arrivals: workload.length,
    measuredMs,
    warmUpMs,
    runs: request.variants.map((variant) =>
      runVariant(definition, { variant, parameters, workload, request, wanted }),
    ),
  };
}

function checkedParameters(
  definition: RunnableDefinition,
  { parameters: given, traffic }: RunRequest,
): Values<Parameters> {
  const declared = parametersFor(definition, traffic !== undefined);
  for (const [id, value] of Object.entries(given))
    refuse(parameterMisfit({ ...definition, parameters: declared }, id, value));
  return defaultsOf(declared, given);
}

/** Throws what speaks against a request, if anything does. */
function refuse(why: string | null): void {
  if (why !== null) throw new RequestError(why);
}

function checkRequest(definition: RunnableDefinition, request: RunRequest): void {
  const { seed, variants, interventions, traffic } = request;
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) {
    throw new RequestError(
      `Expected a seed that is a whole number from 0 to ${SEED_MAX}, got ${seed}.`,
    );
  }
  if (variants.length === 0) throw new RequestError('Expected at least one variant, got none.');
  for (const variant of variants) {
    if (!Object.hasOwn(definition.variants, variant)) {
      throw new RequestError(
        `Expected a variant of "${definition.title}" (${Object.keys(definition.variants).join(', ')}), got "${variant}".`,
      );
    }
  }
  const declared = parametersFor(definition, traffic !== undefined);
  for (const event of interventions)
    refuse(interventionMisfit({ ...definition, parameters: declared }, event));
  if (traffic) checkTraffic(definition, traffic);
}

function checkTraffic(
  { title, traffic: declared }: RunnableDefinition,
  given: OutsideTraffic,
): void {
  if (!declared) {
    throw new RequestError(
      `“${title}” takes no traffic from outside: it declares none. Run it without a log.`,
    );
  }
  const why = trafficMisfit(given, declared.rowsMax);
  if (why) throw new RequestError(`Traffic from outside: ${why}.`);
}

function timingOf(
  definition: RunnableDefinition,
  parameters: Values<Parameters>,
  traffic: OutsideTraffic | undefined,
): ReturnType<RunnableDefinition['timing']> {
  return traffic && definition.traffic
    ? timingOnOutside(definition.traffic, traffic, parameters)
    : definition.timing(parameters);
}

function drawWorkload(
  definition: RunnableDefinition,
  parameters: Values<Parameters>,
  seed: number,
  untilMs: number,
): Workload {
  const streams = createStreams(seed);
  // The workload's streams have a name of their own kind: a run that also asks for "arrivals" must
  // not be handed the very numbers that made its arrivals.
  const random = (name: string): RandomStream => streams.stream(`workload/${name}`);
  return definition.workload({ parameters, random, untilMs });
}

const UNMEASURED = { results: [], distributions: [], tables: [] };

interface VariantInputs {
  readonly variant: string;
  readonly parameters: Values<Parameters>;
  readonly workload: Workload;
  readonly request: RunRequest;
  readonly wanted: Wanted;
}

function runVariant(
  definition: RunnableDefinition,
  { variant, parameters, workload, request, wanted }: VariantInputs,
): VariantRun {
  const declared = definition.variants[variant];
  if (!declared) throw new RequestError(`Unknown variant "${variant}".`);
  const held = declared.parameters ?? {};
  // What a variant holds makes no difference to what arrives, and no change during the run to it.
  const shared = { ...parameters } as Record<string, ParameterValue>;
  const present = { ...parameters, ...held } as Record<string, ParameterValue>;
  const { shownMs, measuredMs, warmUpMs } = timingOf(
    definition,
    present as Values<Parameters>,
    request.traffic,
  );
  const simulator = new Simulator({ maxEvents: EVENTS_MAX });
  const recordedMs = Math.min(shownMs, measuredMs, wanted.recordedMs ?? 0);
  const endsAtMs = wanted.measured ? measuredMs : recordedMs;
  const recorder = new Recorder(
    wanted.recordedMs === null ? { shownMs: 0, recordsMax: 0 } : { shownMs: recordedMs },
  );
  const collector = collectorOf(definition.measures, { simulator, warmUpMs, measuredMs });
  const streams = createStreams(request.seed);
  const arrivals = new Arrivals(simulator, workload);
  let changed: ((parameter: string) => void) | undefined;

  const context: RunContext<Parameters, Measures, unknown> = {
    simulator,
    parameters: present as Values<Parameters>,
    workload: arrivals.workload,
    isOutside: request.traffic !== undefined,
    forEachArrival: arrivals.forEach,
    whenChanged: (handle) => {
      if (changed)
        throw new Error('whenChanged may be called once in a run; ask for the id there.');
      changed = handle;
    },
    model: declared.model,
    random: (name) => streams.stream(name),
    keyedUniform: (name, i, j) => streams.keyed(name).uniform(i, j),
    record: boundRecorder(recorder, simulator),
    measure: collector.sinks,
    untilMs: measuredMs,
  };
  const actions = definition.run(context);

  // Interventions are not events of the queue: the run is brought to the moment, everything due by
  // then included, and only then touched. So a fork's past has the same events with the same
  // sequence numbers as the original, whatever is done later.
  const interventions = [...request.interventions].sort((a, b) => a.at - b.at);
  for (const event of interventions) {
    if (event.at > endsAtMs) break;
    simulator.runUntil(event.at);
    if (event.kind === 'act') {
      actions[event.id]?.(event.target);
      continue;
    }
    shared[event.parameter] = event.value;
    // What came from outside comes as it does, whatever is changed here.
    if (!request.traffic) {
      const settings = shared as Values<Parameters>;
      const redrawn = drawWorkload(definition, settings, request.seed, measuredMs);
      arrivals.replace(splice(arrivals.workload, redrawn, event.at));
    }
    if (Object.hasOwn(held, event.parameter)) continue;
    present[event.parameter] = event.value;
    changed?.(event.parameter);
  }
  simulator.runUntil(endsAtMs);

  return {
    variant,
    recording: recorder.finish(),
    ...(wanted.measured ? collector.finish(arrivals.workload.keys) : UNMEASURED),
    eventsProcessed: simulator.eventsProcessed,
  };
}

/** Feeds the rows of a workload one at a time, so that one event is pending and not a million. */
class Arrivals {
  /** One object from the beginning to the end, since a run may keep it: what is replaced is what it holds. */
  readonly workload: Workload;
  private next = 0;
  private handle: ((row: number) => void) | undefined;
  private pending: number | undefined;

  constructor(
    private readonly simulator: Simulator,
    workload: Workload,
  ) {
    // A copy, since the rivals of a race share what was drawn.
    this.workload = { ...workload };
  }

  readonly forEach = (handle: (row: number) => void): void => {
    if (this.handle) {
      throw new Error('forEachArrival may be called once in a run; do all work in one handler.');
    }
    this.handle = handle;
    this.schedule();
  };

  /** Goes on with another workload whose rows up to now are those that have arrived. */
  replace(workload: Workload): void {
    Object.assign(this.workload, workload);
    if (this.pending !== undefined) this.simulator.cancel(this.pending);
    if (this.handle) this.schedule();
  }

  private schedule(): void {
    this.pending =
      this.next < this.workload.length
        ? this.simulator.at(this.workload.atMs[this.next] ?? 0, this.arrive)
        : undefined;
  }

  private readonly arrive = (): void => {
    const row = this.next++;
    this.schedule();
    this.handle?.(row);
  };
}

function boundRecorder(recorder: Recorder, simulator: Simulator): RunRecorder {
  return {
    message: (record) => recorder.message(simulator.now, record),
    lose: (id) => recorder.lose(simulator.now, id),
    begin: (record) => recorder.begin(simulator.now, record),
    end: (id, outcome) => recorder.end(simulator.now, id, outcome),
    state: (node, field, value) => recorder.state(simulator.now, node, field, value),
    sample: (series, value) => recorder.sample(simulator.now, series, value),
    note: (text, tone) => recorder.note(simulator.now, text, tone),
    isRecording: () => recorder.isRecording(simulator.now),
  };
}

/** @throws RequestError if the variant has no result of this id */
export function resultIn(results: readonly Result[], variant: string, id: string): Result {
  const result = results.find((candidate) => candidate.id === id);
  if (!result) {
    throw new RequestError(
      `Expected a result of "${variant}" (${results.map((each) => each.id).join(', ')}), got "${id}".`,
    );
  }
  return result;
}

/** @throws RequestError if there is no such result, or if it was refused */
export function valueIn(results: readonly Result[], variant: string, id: string): number {
  const { value, refused } = resultIn(results, variant, id);
  if (value === null) {
    throw new RefusedError(variant, id, refused?.replace(/\.$/, '') ?? 'nothing was observed');
  }
  return value;
}

/** Look-ups in a race that name what there is when they fail. */
export function reader(race: Race): RaceReader {
  const run = (variant: string): VariantRun => {
    const found = race.runs.find((candidate) => candidate.variant === variant);
    if (!found) {
      throw new RequestError(
        `Expected a variant of this race (${race.runs.map((each) => each.variant).join(', ')}), got "${variant}".`,
      );
    }
    return found;
  };
  return {
    race,
    run,
    value: (variant, id) => valueIn(run(variant).results, variant, id),
    standardError: (variant, id) => {
      const { halfWidth } = resultIn(run(variant).results, variant, id);
      if (halfWidth === null) {
        throw new RequestError(
          `The result "${id}" of "${variant}" has no interval. Measure for longer, until its batches are independent.`,
        );
      }
      // Half the width of a 95 % interval is 1.96 standard errors, or a little more for few batches.
      return halfWidth / 2;
    },
    parameter: (id) => {
      const value = race.parameters[id];
      if (value === undefined) {
        throw new RequestError(
          `Expected a parameter of this race (${Object.keys(race.parameters).join(', ')}), got "${id}".`,
        );
      }
      return value;
    },
  };
}
