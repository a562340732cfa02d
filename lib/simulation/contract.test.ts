/**
 * What every simulation is held to, without a line of its own: the promises of the contract.
 * Simulations are found by their folders; adding one adds its tests.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { build, transformSync } from 'esbuild';
import { afterAll, expect, describe as group, test } from 'vitest';
import { sourcesIn } from '@/lib/content/bundles';
import { interfaceOf } from '@/lib/content/model-interface';
import { measure } from '@/lib/tools/code/bounds';
import { linked } from '@/lib/tools/code/fixture';
import { readOutcome } from '@/lib/tools/code/outcome';
import { modulesOf } from '@/lib/tools/code/program';
import { firstDivergence } from '@/lib/tools/fork/divergence';
import { hashRecording, type Recording } from '../kernel/recording';
import { runCheck } from './checks';
import { judgeOf } from './claims';
import type { AnyDefinition, InterventionEvent, Race } from './definition';
import { describe } from './describe';
import { loadEntries, SIMULATIONS_FOLDER } from './entries.node';
import { answerOf, judgeTask } from './goals';
import { declaredResults, type RaceResults } from './measures';
import { modelExport, withModels } from './models';
import {
  defaultsOf,
  misfit,
  type Parameter,
  type ParameterValue,
  parametersFor,
  snap,
} from './parameters';
import type { RunRequest } from './protocol';
import { indexRecording } from './recording-index';
import {
  type Entry,
  measureRace,
  reader,
  recordRace,
  runRace,
  runRaceToMeasure,
  scenarioRequest,
} from './run';
import type { OutsideTraffic } from './traffic';
import { viewMisfits } from './view-misfits';

const entries = await loadEntries();

test('there are simulations to hold to the contract', () => {
  expect(entries.length).toBeGreaterThan(0);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

/** "simulation claim" of each that a guide makes: the build judges these, and does not publish what fails. */
const claimsOfGuides = new Set(
  readdirSync('content', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mdx'))
    .flatMap((name) => [
      ...readFileSync(join('content', name), 'utf8').matchAll(
        /<Claim id="([^"]+)" claim="([^"]+)"/g,
      ),
    ])
    .map(([, simulation, claim]) => `${simulation} ${claim}`),
);

for (const entry of entries) {
  const { definition } = entry;
  const modelsFolder = join(SIMULATIONS_FOLDER, entry.category, entry.id, 'models');
  const scenarioIds = Object.keys(definition.scenarios);
  const originals = new Map<string, Race>();
  /** The race of a scenario as it is; run once, since equal inputs give equal runs (tested below). */
  const originalOf = (scenarioId: string): Race => {
    const race =
      originals.get(scenarioId) ?? runRace(entry, scenarioRequest(definition, scenarioId));
    originals.set(scenarioId, race);
    return race;
  };

  /** What the variants of a scenario have measured. */
  const resultsOf = (scenarioId: string): RaceResults =>
    Object.fromEntries(
      originalOf(scenarioId).runs.map(({ variant, results }) => [variant, results]),
    );

  /** Parameters whose change during a run was seen to have an effect. */
  const effective = new Set<string>();

  /**
   * The recording of one variant without its rivals, which make no difference to it (tested below),
   * until a moment (simulated ms) or its end.
   */
  const recordAlone = (
    scenarioId: string,
    variant: string,
    interventions: readonly InterventionEvent[] = [],
    untilMs?: number,
  ): Recording => {
    const overrides = { variants: [variant], interventions };
    const request = scenarioRequest(definition, scenarioId, overrides);
    const recording = recordRace(entry, request, untilMs === undefined ? {} : { untilMs })[variant];
    if (!recording) throw new Error(`A race of ${variant} alone should have its recording.`);
    return recording;
  };

  /** The simulation with its models as a reader's worker has them: compiled from source, held to their types. */
  const asReaders = (): Entry => {
    const files = sourcesIn(modelsFolder);
    const models = Object.keys(definition.variants).map((variant) =>
      linked(variant, modulesOf(files, variant), interfaceOf(files, variant)),
    );
    return withModels(entry, Object.assign({}, ...models));
  };

  group(`${entry.category}/${entry.id}`, () => {
    // Recordings of all simulations at once would fill the memory of the process.
    afterAll(() => {
      originals.clear();
    });

    test('every default and every preset value fits its parameter', () => {
      for (const [id, parameter] of Object.entries(definition.parameters)) {
        expect(misfit(parameter, parameter.default), `default of ${id}`).toBeNull();
      }
      const presets = [
        ...Object.values(definition.scenarios).map((scenario) => scenario.parameters),
        ...Object.values(definition.variants).map((variant) => variant.parameters),
        ...Object.values(definition.tasks).map((task) => task.solution),
      ];
      for (const preset of presets) {
        for (const [id, value] of Object.entries(preset ?? {})) {
          const parameter = definition.parameters[id];
          expect(parameter, `parameter ${id}`).toBeDefined();
          if (parameter) expect(misfit(parameter, value), id).toBeNull();
        }
      }
    });

    test('every scenario names things that exist and asks a question', () => {
      for (const scenario of Object.values(definition.scenarios)) {
        for (const variant of scenario.variants)
          expect(definition.variants).toHaveProperty([variant]);
        for (const view of scenario.views) expect(definition.views).toHaveProperty([view]);
        for (const control of scenario.controls)
          expect(definition.parameters).toHaveProperty([control]);
        expect(scenario.question).toMatch(/\?$/);
        expect(scenario.story).toMatch(/\.$/);
        expect(scenario.watch).toMatch(/\.$/);
        expect(scenario.speed).toBeGreaterThan(0);
        if (scenario.seed !== 1) expect(scenario.seedReason, 'reason of the seed').toBeTruthy();
      }
    });

    test('every scenario shows the measures it names, within what is recorded', () => {
      for (const scenarioId of scenarioIds) {
        const scenario = definition.scenarios[scenarioId];
        const race = originalOf(scenarioId);
        const { shownMs, measuredMs, warmUpMs } = definition.timing(
          defaultsOf(definition.parameters, scenario?.parameters),
        );
        expect(shownMs).toBeLessThanOrEqual(measuredMs);
        expect(warmUpMs).toBeLessThan(measuredMs);
        expect(scenario?.stillAtMs ?? 0).toBeLessThanOrEqual(shownMs);
        for (const run of race.runs) {
          expect(run.recording.truncated, `${scenarioId} exceeds the bound on records`).toBe(false);
          const ids = run.results.map(({ id }) => id);
          expect(run.results).toMatchObject(declaredResults(definition.measures));
          for (const measure of scenario?.measures ?? [])
            expect(ids, `scenario ${scenarioId}: ${ids.join(', ')}`).toContain(measure);
          for (const result of run.results) {
            if (result.value === null) expect(result.refused).toBeTruthy();
            else expect(Number.isFinite(result.value), `${scenarioId} ${result.id}`).toBe(true);
          }
        }
      }
    });

    test('the same inputs give the same recording, in every engine and beside any rival', () => {
      for (const scenarioId of scenarioIds) {
        for (const run of originalOf(scenarioId).runs) {
          const alone = withAnotherSort(() => recordAlone(scenarioId, run.variant));
          expect(hashRecording(alone), `${run.variant} in ${scenarioId}`).toBe(
            hashRecording(run.recording),
          );
        }
      }
    });

    // One run shows both: held models are slow, and results are equal to the last bit or not at all.
    test('what is measured is the same when nothing is recorded, and our models are compiled and held as those of a reader are', () => {
      const held = asReaders();
      for (const scenarioId of scenarioIds) {
        const request = scenarioRequest(definition, scenarioId);
        const expected = resultsOf(scenarioId);
        if (isDeepStrictEqual(measureRace(held, request), expected)) continue;
        expect(measureRace(entry, request), `${scenarioId}, unrecorded`).toEqual(expected);
        expect(measureRace(held, request), `${scenarioId}, compiled and held`).toEqual(expected);
      }
    });

    test('a fork has the identical past, and shows at its moment what was done', () => {
      const count = interventionsAt(definition, 0).length;
      // By turns of scenarios, moments and variants, since each with each would take minutes: whatever can
      // be done is done in two scenarios at least, and each scenario is forked three times.
      const every = Math.max(1, Math.floor(Math.min(scenarioIds.length / 2, count / 3)));
      scenarioIds.forEach((scenarioId, place) => {
        const { runs } = originalOf(scenarioId);
        const shownMs = runs[0]?.recording.shownMs ?? 0;
        const moments = [0, shownMs * 0.31, shownMs * 0.77];
        interventionsAt(definition, 0).forEach((_, index) => {
          if ((place + index) % every !== 0) return;
          const turn = Math.floor(place / every) + Math.floor(index / every);
          const at = moments[turn % moments.length] ?? 0;
          const original = runs[(place + turn) % runs.length];
          const event = interventionsAt(definition, at)[index];
          if (!event || !original) throw new Error('A scenario has runs and interventions.');
          // No further than there is something to see: whether the change of a parameter matters shows
          // later than its moment, and has to be seen once.
          const isAwaited = event.kind === 'set' && !effective.has(event.parameter);
          const untilMs = isAwaited ? shownMs : at + MOMENT_MS;
          const fork = recordAlone(scenarioId, original.variant, [event], untilMs);
          const parting = firstDivergence(original.recording, fork);
          expect(
            parting === null || parting.atMs >= at,
            `${scenarioId}: ${JSON.stringify(event)} changes what was before it: ${JSON.stringify(parting)}`,
          ).toBe(true);
          if (event.kind === 'set') {
            if (parting) effective.add(event.parameter);
            return;
          }
          expect(
            parting,
            `${scenarioId}: ${event.id} at ${at} ms leaves no record at its moment. Record a note, also where there is nothing to do.`,
          ).not.toBeNull();
        });
      });
    });

    test('a fork of a fork has the past of that fork', () => {
      scenarioIds.forEach((scenarioId, place) => {
        const { runs } = originalOf(scenarioId);
        const original = runs[place % runs.length];
        const shownMs = original?.recording.shownMs ?? 0;
        const [first] = interventionsAt(definition, shownMs * 0.2);
        const second = interventionsAt(definition, shownMs * 0.6).at(-1);
        if (!original || !first || !second) return;
        const forkOf = (...events: InterventionEvent[]) =>
          recordAlone(scenarioId, original.variant, events, second.at);
        const parting = firstDivergence(forkOf(first), forkOf(first, second));
        expect(
          parting === null || parting.atMs >= second.at,
          `${scenarioId}: ${JSON.stringify(second)} changes what was before it: ${JSON.stringify(parting)}`,
        ).toBe(true);
      });
    });

    test('a parameter that can change during a run has an effect in some scenario', () => {
      const live = Object.keys(definition.parameters).filter(
        (key) => definition.parameters[key]?.live,
      );
      // Most have shown it in the forks above.
      for (const id of live.filter((each) => !effective.has(each))) {
        const matters = scenarioIds.some((scenarioId) => {
          const original = originalOf(scenarioId);
          const shownMs = original.runs[0]?.recording.shownMs ?? 0;
          return interventionsAt(definition, shownMs / 3)
            .filter((event) => event.kind === 'set' && event.parameter === id)
            .some((event) =>
              original.runs.some(({ variant, recording }) =>
                firstDivergence(recording, recordAlone(scenarioId, variant, [event])),
              ),
            );
        });
        expect(matters, `a change of ${id} changes nothing in any scenario`).toBe(true);
      }
    });

    test('every extreme of every control runs', () => {
      // Scenarios often differ by nothing but a control, and then meet at its extremes.
      const asked = new Set<string>();
      const isNew = ({ seed, parameters }: RunRequest, variant: string): boolean => {
        const key = JSON.stringify([seed, variant, defaultsOf(definition.parameters, parameters)]);
        return asked.size < asked.add(key).size;
      };
      for (const scenarioId of scenarioIds) {
        const request = scenarioRequest(definition, scenarioId);
        for (const { variant } of originalOf(scenarioId).runs) isNew(request, variant);
      }
      for (const { scenarioId, control, value, variants } of extremesByTurns(definition)) {
        const overrides = { parameters: { [control]: value } };
        const request = scenarioRequest(definition, scenarioId, overrides);
        const unknown = variants.filter((variant) => isNew(request, variant));
        if (unknown.length === 0) continue;
        const race = runRace(entry, { ...request, variants: unknown });
        const isWhole = unknown.length === definition.scenarios[scenarioId]?.variants.length;
        for (const [id, prediction] of Object.entries(definition.predictions))
          if (isWhole && prediction.scenario === scenarioId)
            expect(
              [undefined, ...Object.keys(prediction.options)],
              `prediction ${id}, ${control}=${JSON.stringify(value)}`,
            ).toContain(answerOf(prediction, reader(race)));
        for (const { results } of race.runs)
          for (const result of results)
            if (result.value !== null)
              expect(
                Number.isFinite(result.value),
                `${scenarioId} ${control}=${JSON.stringify(value)} ${result.id}`,
              ).toBe(true);
      }
    });

    test('every view finds the records it draws in some scenario', () => {
      for (const [viewId, view] of Object.entries(definition.views)) {
        const shown = scenarioIds.filter((id) => definition.scenarios[id]?.views.includes(viewId));
        expect(shown.length, `view ${viewId} is shown by no scenario`).toBeGreaterThan(0);
        const strings = new Set(
          shown.flatMap((id) => originalOf(id).runs.flatMap((run) => run.recording.strings)),
        );
        expect(
          namesDrawn(view).filter((name) => !strings.has(name)),
          `view ${viewId} draws what no scenario that shows it records: record it, or take it out of the view`,
        ).toEqual([]);
      }
    });

    test('every view fits what is recorded for it', () => {
      for (const scenarioId of scenarioIds) {
        const { runs, parameters } = originalOf(scenarioId);
        for (const viewId of definition.scenarios[scenarioId]?.views ?? []) {
          const view = definition.views[viewId];
          for (const { recording } of view ? runs : []) {
            const index = indexRecording(recording);
            expect(view && viewMisfits(view, { index, parameters }), viewId).toEqual([]);
          }
        }
      }
    });

    for (const taskId of Object.keys(definition.tasks)) {
      test(`task ${taskId}: the start does not reach the goal, the reference solution does`, () => {
        const task = definition.tasks[taskId];
        if (!task) throw new Error('unreachable: the id comes from the record');
        const start = reader(originalOf(task.scenario));
        expect(judgeTask(definition, task, start).reached).toBe(false);
        const parameters = task.solution as Readonly<Record<string, ParameterValue>>;
        const request = scenarioRequest(definition, task.scenario, { parameters });
        const solved = judgeTask(definition, task, reader(runRaceToMeasure(entry, request)));
        expect(solved.reached, solved.reading).toBe(true);
        const controls = definition.scenarios[task.scenario]?.controls ?? [];
        for (const id of Object.keys(task.solution))
          expect(controls, `task ${taskId} needs a control for ${id}`).toContain(id);
        for (const id of task.held ?? []) {
          expect(controls, `task ${taskId} holds ${id}, which has no control`).toContain(id);
          expect(Object.keys(task.solution), `task ${taskId} holds ${id}`).not.toContain(id);
        }
      });
    }

    for (const [id, prediction] of Object.entries(definition.predictions)) {
      test(`prediction ${id}: the run makes one of the options true`, () => {
        expect(Object.keys(prediction.options).length).toBeGreaterThan(1);
        expect(Object.keys(prediction.options)).toContain(
          prediction.answer(reader(originalOf(prediction.scenario))),
        );
      });
    }

    for (const checkId of Object.keys(definition.checks)) {
      test(`check ${checkId} holds`, () => {
        const report = runCheck(entry, checkId);
        expect(report.failure).toBeNull();
        expect(report.comparisons).toBeGreaterThanOrEqual(report.seeds);
      });
    }

    const judgeClaim = judgeOf(entry);
    for (const claimId of Object.keys(definition.claims)) {
      if (claimsOfGuides.has(`${entry.id} ${claimId}`)) continue;
      test(`claim ${claimId} holds`, () => {
        const verdict = judgeClaim(claimId);
        expect(verdict.holds, verdict.reading).toBe(true);
      });
    }

    test('every variant is a file whose export bears its name', async () => {
      for (const [variantId, variant] of Object.entries(definition.variants)) {
        const file = join(modelsFolder, `${variantId}.ts`);
        const exported = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Record<
          string,
          unknown
        >;
        expect(exported[modelExport(variantId)], `${file} exports ${modelExport(variantId)}`).toBe(
          variant.model,
        );
      }
    });

    test('what a worker of the reader answers is taken as it is', () => {
      for (const scenarioId of scenarioIds) {
        const race = originalOf(scenarioId);
        const given = { type: 'result', race, tasks: {}, predictions: {} };
        expect(measure(given).excess).toBeNull();
        const asked = scenarioRequest(definition, scenarioId, { parameters: race.parameters });
        const read = readOutcome(given, asked, describe(entry));
        // Columns of thousands of numbers: compared as a whole, which takes no time.
        expect(isDeepStrictEqual(read, { race, tasks: {}, predictions: {} }), scenarioId).toBe(
          true,
        );
      }
    });

    const { traffic } = definition;
    if (traffic) {
      const outside = (rows: number): OutsideTraffic => ({
        // Uneven gaps, ties among them, and keys of which the first comes most often.
        atMs: Float64Array.from({ length: rows }, (_, i) => Math.floor((i * i) / rows) * 40),
        key: Uint32Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 0 : i % 7)),
        keys: Array.from({ length: 7 }, (_, key) => `192.0.2.${key}`),
        spanMs: rows * 40 + 1000,
      });
      const rows = 120;
      const given = (parameters: Readonly<Record<string, ParameterValue>> = {}, seed = 1) =>
        scenarioIds.map((scenarioId) =>
          runRace(
            entry,
            scenarioRequest(definition, scenarioId, {
              seed,
              parameters: { ...(traffic.settings as typeof parameters), ...parameters },
              traffic: outside(rows),
            }),
          ),
        );
      const hashes = (races: readonly Race[]) =>
        races.map(({ runs }) => runs.map(({ recording }) => hashRecording(recording)));

      test('traffic from outside is met whole by every variant, and tables by key hold all of it', () => {
        const declared = parametersFor(definition, true);
        for (const [id, value] of Object.entries(traffic.settings ?? {})) {
          const parameter = declared[id];
          expect(parameter && misfit(parameter, value), `setting ${id}`).toBeNull();
        }
        const races = given();
        expect(hashes(given())).toEqual(hashes(races));
        for (const race of races) {
          expect(race.arrivals).toBe(rows);
          expect(race.measuredMs).toBe(outside(rows).spanMs);
          for (const { tables } of race.runs) {
            for (const { columns, total, rows: keys, omitted } of tables) {
              expect(keys.length).toBeGreaterThan(0);
              expect(omitted).toBe(0);
              for (const [index, { kind, values }] of columns.entries()) {
                const sum = values.reduce((a, b) => a + b, 0);
                if (kind === 'count') expect(sum).toBe(total[index]);
              }
            }
          }
        }
      });

      test('what replaces the generated traffic leaves its parameters without effect', () => {
        const before = hashes(given());
        for (const id of traffic.replaces) {
          const parameter = definition.parameters[id];
          expect(parameter, `parameter ${id}`).toBeDefined();
          for (const value of parameter ? extremesOf(parameter) : [])
            expect(hashes(given({ [id]: value })), id).toEqual(before);
        }
      });

      test('every extreme of every control beside the answer runs on traffic from outside', () => {
        const declared = parametersFor(definition, true);
        for (const id of [
          ...traffic.controls,
          ...(traffic.across ? [traffic.across.parameter] : []),
        ]) {
          const parameter = declared[id];
          if (!parameter) throw new Error(`There is no parameter "${id}".`);
          for (const value of extremesOf(parameter)) {
            for (const result of given({ [id]: value }).flatMap(({ runs }) =>
              runs.flatMap(({ results }) => results),
            ))
              expect(result.value === null || Number.isFinite(result.value), result.id).toBe(true);
          }
        }
        const { across } = traffic;
        if (across) {
          const ids = given().flatMap(({ runs }) =>
            runs.flatMap(({ results }) => results.map(({ id }) => id)),
          );
          expect(ids).toContain(across.result);
        }
      });
    }

    // The models of a template are there to be copied, and may be too small to go wrong twice.
    const bugsMin = entry.category === 'template' ? 1 : 2;
    test(`there are at least ${bugsMin} planted bugs to find`, () => {
      expect(Object.keys(definition.plantedBugs).length).toBeGreaterThanOrEqual(bugsMin);
    });

    for (const [bugId, bug] of Object.entries(definition.plantedBugs)) {
      test(`planted bug ${bugId} is caught by the checks it names`, async () => {
        const file = join(modelsFolder, `${bug.file ?? bug.variant}.ts`);
        const source = readFileSync(file, 'utf8');
        expect(source.split(bug.find).length - 1, `"${bug.find}" in ${file}`).toBe(1);
        const patched = await modelFrom(join(modelsFolder, `${bug.variant}.ts`), bug.variant, {
          file,
          source: source.replace(bug.find, () => bug.replace),
        });
        const broken = withModels(entry, { [bug.variant]: patched });
        expect(bug.caughtBy.length).toBeGreaterThan(0);
        for (const checkId of bug.caughtBy) {
          expect(runCheck(broken, checkId).failure, `${checkId} must fail`).not.toBeNull();
        }
      });
    }

    test('the description is plain data', () => {
      const description = describe(entry);
      expect(structuredClone(description)).toEqual(description);
      expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    });

    test('the definition says what it leaves out', () => {
      expect(definition.omissions.length).toBeGreaterThan(0);
    });

    test('no model reaches for anything at run time but a sibling', () => {
      for (const file of readdirSync(modelsFolder)) {
        const code = transformSync(readFileSync(join(modelsFolder, file), 'utf8'), {
          loader: 'ts',
        }).code;
        for (const match of code.matchAll(/from\s+"([^"]+)"/g))
          expect(match[1]).toMatch(/^\.\/[\w-]+$/);
      }
    });
  });
}

/**
 * Runs it in an engine that sorts by another algorithm. Stable sorts agree on every order but one that
 * contradicts itself, as `a < b ? -1 : 1` does where two are equal: then each engine has its own
 * answer, and a recording made in one browser is not that of another.
 */
function withAnotherSort<T>(action: () => T): T {
  const builtIn = Array.prototype.sort;
  Array.prototype.sort = function <E>(this: E[], compare?: (a: E, b: E) => number): E[] {
    if (!compare) return builtIn.call(this) as E[];
    const sorted = merged([...this], compare);
    for (const [index, element] of sorted.entries()) this[index] = element;
    return this;
  };
  try {
    return action();
  } finally {
    Array.prototype.sort = builtIn;
  }
}

/** A stable merge sort, which asks for the order of two in the way that V8 does not. */
function merged<E>(unsorted: E[], compare: (a: E, b: E) => number): E[] {
  if (unsorted.length < 2) return unsorted;
  const middle = unsorted.length >> 1;
  const left = merged(unsorted.slice(0, middle), compare);
  const right = merged(unsorted.slice(middle), compare);
  const sorted: E[] = [];
  let [fromLeft, fromRight] = [0, 0];
  while (fromLeft < left.length && fromRight < right.length) {
    const isRightFirst = compare(left[fromLeft] as E, right[fromRight] as E) > 0;
    sorted.push((isRightFirst ? right[fromRight++] : left[fromLeft++]) as E);
  }
  return [...sorted, ...left.slice(fromLeft), ...right.slice(fromRight)];
}

/** Shorter than anything that happens, simulated ms. */
const MOMENT_MS = 1e-6;

function interventionsAt(definition: AnyDefinition, at: number): InterventionEvent[] {
  const actions = Object.entries(definition.interventions).flatMap(
    ([id, { targets }]): InterventionEvent[] =>
      targets
        ? Object.keys(targets).map((target) => ({ at, kind: 'act', id, target }))
        : [{ at, kind: 'act', id }],
  );
  const changes = Object.entries(definition.parameters).flatMap(
    ([parameter, declared]): InterventionEvent[] =>
      declared.live
        ? extremesOf(declared).map((value) => ({ at, kind: 'set', parameter, value }))
        : [],
  );
  return [...actions, ...changes];
}

function extremesOf(parameter: Parameter): ParameterValue[] {
  switch (parameter.kind) {
    case 'quantity':
    case 'duration':
    case 'count':
      return [parameter.min, snap(parameter, parameter.max)];
    case 'choice':
      return Object.keys(parameter.options);
    case 'switch':
      return [true, false];
    case 'schedule':
      return [[{ atMs: 0, value: parameter.min }], [{ atMs: 0, value: parameter.max }]];
    default:
      return parameter satisfies never;
  }
}

/** An extreme of a control, and variants that meet it in a scenario that shows both. */
interface Extreme {
  readonly scenarioId: string;
  readonly control: string;
  readonly value: ParameterValue;
  readonly variants: readonly string[];
}

/**
 * Every extreme of every control with one variant at least, and every variant at one extreme at least of
 * every control that is ever shown beside it. By turns of extremes, variants and scenarios, so that a
 * variant meets the least of one control and the most of another: each with each would be the greater part
 * of what a simulation costs, and mostly goes wrong where these do.
 */
function extremesByTurns({ scenarios, parameters }: AnyDefinition): Extreme[] {
  const controls = new Set(Object.values(scenarios).flatMap((scenario) => scenario.controls));
  const extremes: Extreme[] = [];
  for (const [place, control] of [...controls].entries()) {
    const showing = Object.entries(scenarios).filter(([, each]) => each.controls.includes(control));
    const beside = [...new Set(showing.flatMap(([, { variants }]) => variants))];
    const parameter = parameters[control];
    const values = parameter ? extremesOf(parameter) : [];
    const pairs = Array.from({ length: Math.max(values.length, beside.length) }, (_, pair) => ({
      turn: (pair + place) % values.length,
      variant: beside[pair % beside.length] ?? '',
    }));
    for (const [turn, value] of values.entries()) {
      const left = new Set(
        pairs.filter((pair) => pair.turn === turn).map(({ variant }) => variant),
      );
      for (const first of left) {
        const places = showing.filter(([, { variants }]) => variants.includes(first));
        const at = extremes.length % places.length;
        const [scenarioId, { variants }] = places[at] as (typeof places)[number];
        const here = variants.filter((variant) => left.has(variant));
        for (const variant of here) left.delete(variant);
        extremes.push({ scenarioId, control, value, variants: here });
      }
    }
  }
  return extremes;
}

function namesDrawn(view: AnyDefinition['views'][string]): string[] {
  switch (view.kind) {
    case 'chart':
      return view.marks.flatMap((mark) =>
        mark.type === 'outcomes'
          ? [mark.from, mark.to].filter((name) => name !== undefined)
          : [mark.series],
      );
    case 'flow':
      return view.nodes.flatMap((node) => [
        ...(node.badges ?? []).map((badge) => badge.field),
        ...(node.level ? [node.level.field] : []),
        ...(node.health ? [node.health] : []),
      ]);
    case 'sequence':
      return view.participants.map(({ id }) => id);
    case 'states':
      return view.fields.map(({ id }) => id);
    case 'events':
      return [];
    case 'cluster':
      return [
        ...view.nodes.map(({ id }) => id),
        view.state.field,
        ...(view.badge ? [view.badge.field] : []),
        ...(view.side ? [view.side] : []),
      ];
    case 'machine':
      return [
        ...view.nodes.map(({ id }) => id),
        view.field,
        ...view.states.map(({ id }) => id),
        ...(view.reason ? [view.reason] : []),
      ];
    case 'timeline':
      return [
        ...view.lanes.map(({ id }) => id),
        ...(view.kinds ?? []),
        ...(view.clock ? [view.clock] : []),
      ];
    case 'ring':
      return [
        ...view.nodes.map(({ id }) => id),
        ...Object.values({ ...view.keys, label: view.keys.owner }),
        ...(view.load ? [view.load.field] : []),
      ];
    case 'grid':
      return [
        ...view.groups.flatMap(({ node, first = 0, fields }) => [
          `${node}-${first}`,
          ...fields.map(({ id }) => id),
        ]),
        ...(view.hands ?? []).flatMap(({ node, field }) => [node, field]),
      ];
    case 'heat':
      return [
        ...view.rows.map(({ id }) => id),
        ...(view.columns.of === 'states' ? view.columns.fields.map(({ id }) => id) : []),
      ];
    case 'queue':
      return [
        view.lane,
        ...(view.next ? [view.next.node, view.next.field] : []),
        ...[view.deadline, view.class?.field, view.reason].filter((field) => field !== undefined),
        ...(view.fields ?? []).map(({ id }) => id),
      ];
    case 'tree':
      return [view.root.node, view.root.field, view.keys, view.children];
    default:
      return view satisfies never;
  }
}

/** The model of a variant with its siblings, one of whose files is read as `patch` says. */
async function modelFrom(
  entryFile: string,
  variantId: string,
  patch: { readonly file: string; readonly source: string },
): Promise<unknown> {
  const bundle = await build({
    entryPoints: [entryFile],
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [
      {
        name: 'patch',
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === patch.file ? { contents: patch.source, loader: 'ts' } : undefined,
          ),
      },
    ],
  });
  const code = bundle.outputFiles[0]?.text ?? '';
  const module = (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )) as Record<string, unknown>;
  return module[modelExport(variantId)];
}
