import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStreams } from '../kernel/random';
import { prefix, Recorder } from '../kernel/recorder';
import { hashRecording, NOT_RECORDED, type Recording } from '../kernel/recording';
import { runCheck } from './checks';
import { judgeOf } from './claims';
import { type AnyDefinition, defineSimulation } from './definition';
import { counter, distribution, level, maximum, rate, share } from './measures';
import { count, misfit, quantity, schedule, snap, toggle } from './parameters';
import type { FromWorker, RunRequest } from './protocol';
import { type Entry, RequestError, reader, recordRace, runRace, runRaceToMeasure } from './run';
import { serveWhole } from './whole-worker';
import { serve } from './worker';
import {
  countUntil,
  evenTimes,
  poissonTimes,
  scheduledPoissonTimes,
  splice,
  workloadOf,
} from './workload';

/** A gate that lets every k-th request through: small enough to know every number by hand. */
const gate = defineSimulation({
  title: 'Every k-th',
  describe: 'Lets every k-th request through.',
  version: 1,
  link: { version: 1, migrations: {} },
  parameters: {
    perSecond: quantity({
      label: 'Offered',
      describe: 'Requests per second.',
      unit: 'requests/s',
      min: 1,
      max: 100,
      step: 1,
      default: 10,
      live: true,
    }),
    every: count({
      label: 'Every',
      describe: 'k.',
      unit: 'requests',
      min: 1,
      max: 9,
      step: 1,
      default: 2,
    }),
    loud: toggle({ label: 'Loud', describe: 'Notes.', default: false }),
  },
  timing: () => ({ shownMs: 1000, measuredMs: 2000, warmUpMs: 500 }),
  workload: ({ parameters, untilMs }) =>
    workloadOf(
      evenTimes({ ratePerSecond: parameters.perSecond, untilMs }).map((atMs) => ({ atMs })),
    ),
  variants: {
    plain: { title: 'Plain', describe: 'k.', model: (k: number) => k },
    double: { title: 'Double', describe: '2 k.', model: (k: number) => 2 * k },
  },
  measures: {
    passed: counter({ label: 'Passed', describe: 'p', unit: 'requests', better: 'higher' }),
    passRate: rate({ label: 'Rate', describe: 'r', unit: 'requests/s', better: 'higher' }),
    passShare: share({ label: 'Share', describe: 's', better: 'higher' }),
    row: distribution({
      label: 'Row',
      describe: 'd',
      unit: '',
      quantiles: [0.5, 0.95],
      better: 'neither',
    }),
    last: level({ label: 'Last', describe: 'l', unit: '', better: 'neither' }),
    largest: maximum({ label: 'Largest', describe: 'm', unit: '', better: 'neither' }),
  },
  views: {},
  interventions: { shut: { label: 'Shut the gate', describe: 'Nothing passes.' } },
  run: ({ forEachArrival, parameters, model, record, measure }) => {
    let shut = false;
    forEachArrival((row) => {
      const passes = !shut && row % model(parameters.every) === 0;
      if (passes) {
        measure.passed.add();
        measure.passRate.add();
      }
      measure.passShare.add(passes);
      measure.row.add(row);
      measure.last.set(row);
      measure.largest.add(row);
      record.sample('row', row);
    });
    return {
      shut: () => {
        shut = true;
        record.note('shut');
      },
    };
  },
  scenarios: {
    one: {
      title: 'One',
      question: 'How many?',
      story: 'Even arrivals.',
      watch: 'The gate.',
      variants: ['plain', 'double'],
      views: [],
      controls: ['every'],
      measures: ['passed'],
      seed: 1,
      speed: 1,
    },
  },
  tasks: {},
  predictions: {},
  plantedBugs: {},
  omissions: [],
  checks: {
    TRUE: {
      statement: 'Of rows 5 to 19, seven are even and three are multiples of four.',
      against: 'arithmetic',
      variants: ['plain', 'double'],
      seeds: 3,
      verify: ({ run, equal }) => {
        const race = run({ variants: ['plain', 'double'] });
        equal(race.value('plain', 'passed'), 2 * race.value('double', 'passed') + 1, 'passed');
      },
    },
    FALSE: {
      statement: 'Nothing passes.',
      against: 'nothing',
      variants: ['plain'],
      seeds: 3,
      verify: ({ run, atMost }) =>
        atMost(run({ variants: ['plain'] }).value('plain', 'passed'), 0, 'passed'),
    },
    ANY: {
      statement: 'Whatever passes is as expected.',
      against: 'a tolerance that nothing exceeds',
      variants: ['plain'],
      seeds: 1,
      verify: ({ run, within }) =>
        within(
          run({ variants: ['plain'] }).value('plain', 'passed'),
          0,
          Number.POSITIVE_INFINITY,
          'passed',
        ),
    },
    EMPTY: {
      statement: 'Compares nothing.',
      against: 'nothing',
      variants: ['plain'],
      seeds: 1,
      verify: () => {},
    },
  },
  claims: {
    more: {
      kind: 'beats',
      statement: 'Plain passes more.',
      scenario: 'one',
      result: 'passed',
      better: 'plain',
      worse: 'double',
      seeds: 4,
    },
    fewer: {
      kind: 'beats',
      statement: 'Double passes more.',
      scenario: 'one',
      result: 'passed',
      better: 'double',
      worse: 'plain',
      seeds: 4,
    },
    always: {
      kind: 'holds',
      statement: 'Plain passes seven.',
      scenario: 'one',
      holds: (race) => race.value('plain', 'passed') === 7,
    },
    'by-luck': {
      kind: 'holds',
      statement: 'Seven pass with the first seed.',
      scenario: 'one',
      holds: (race) => race.race.seed === 1 && race.value('plain', 'passed') === 7,
    },
    'this-once': {
      kind: 'holds',
      statement: 'Seven pass here.',
      scenario: 'one',
      isOfThisRun: true,
      holds: (race) => race.race.seed === 1 && race.value('plain', 'passed') === 7,
    },
  },
});

const entry: Entry = { id: 'gate', category: 'test', definition: gate as unknown as AnyDefinition };
const request = (changes: Partial<RunRequest> = {}): RunRequest => ({
  parameters: {},
  seed: 1,
  variants: ['plain'],
  interventions: [],
  ...changes,
});

describe('a run', () => {
  test('measures from the warm-up to the end and records from 0 to shownMs', () => {
    const race = reader(runRace(entry, request()));
    // 10 per second over 2 s are rows 0…19; rows 5…19 arrive at or after 500 ms.
    expect(race.race.arrivals).toBe(20);
    expect(race.race).toMatchObject({ measuredMs: 2000, warmUpMs: 500 });
    expect(race.value('plain', 'passed')).toBe(7);
    expect(race.value('plain', 'passRate')).toBeCloseTo(7 / 1.5, 12);
    expect(race.value('plain', 'passShare')).toBeCloseTo((100 * 7) / 15, 12);
    expect(race.value('plain', 'row.mean')).toBe(12);
    expect(race.value('plain', 'row.p50')).toBe(12);
    expect(race.value('plain', 'largest')).toBe(19);
    // Each row holds for 100 ms from 500 ms on; row 4's hold ends as row 5 arrives.
    expect(race.value('plain', 'last')).toBeCloseTo(12, 12);
    const { samples, shownMs } = race.run('plain').recording;
    expect(shownMs).toBe(1000);
    expect([...samples.at]).toEqual(Array.from({ length: 11 }, (_, i) => i * 100));
  });

  test('refuses a percentile of too few observations and says so', () => {
    const result = runRace(entry, request()).runs[0]?.results.find(({ id }) => id === 'row.p95');
    expect(result).toMatchObject({ value: null, n: 15 });
    expect(result?.refused).toMatch(/100/);
    expect(() => reader(runRace(entry, request())).value('plain', 'row.p95')).toThrow(
      /has no value/,
    );
  });

  test('reads a standard error out of an interval, and refuses where there is none', () => {
    const race = runRace(entry, request());
    const known = (halfWidth: number | null) =>
      reader({
        ...race,
        runs: race.runs.map((run) => ({
          ...run,
          results: run.results.map((result) => ({ ...result, halfWidth })),
        })),
      });
    expect(known(0.4).standardError('plain', 'row.mean')).toBe(0.2);
    expect(() => known(null).standardError('plain', 'row.mean')).toThrow(/has no interval/);
    expect(() => known(0.4).standardError('plain', 'row')).toThrow(/Expected a result of "plain"/);
  });

  test('gives every variant the same arrivals', () => {
    const race = runRace(entry, request({ variants: ['plain', 'double'] }));
    const [plain, double] = race.runs.map(({ recording }) => recording.samples.at);
    expect(plain).toEqual(double);
  });

  test('changes a live parameter from a moment on and leaves the past as it was', () => {
    const set = { at: 400, kind: 'set', parameter: 'perSecond', value: 20 } as const;
    const original = runRace(entry, request()).runs[0]?.recording;
    const fork = runRace(entry, request({ interventions: [set] })).runs[0]?.recording;
    if (!original || !fork) throw new Error('one variant was asked for');
    expect(hashRecording(prefix(fork, 400))).toBe(hashRecording(prefix(original, 400)));
    expect([...fork.samples.at].filter((at) => at > 400)).toEqual(
      Array.from({ length: 12 }, (_, i) => 450 + i * 50),
    );
  });

  test('has the requests of a changed workload, also where it kept the workload from the start', () => {
    // Each row says the rate with which it was drawn.
    const kept: Entry = {
      ...entry,
      definition: {
        ...entry.definition,
        workload: ({ parameters: { perSecond }, untilMs }) =>
          workloadOf(
            evenTimes({ ratePerSecond: Number(perSecond), untilMs }).map((atMs) => ({
              atMs,
              key: Number(perSecond) / 10,
              size: Number(perSecond),
              draw: Number(perSecond) / 100,
            })),
          ),
        run: ({ workload, forEachArrival, record }) => {
          forEachArrival((row) => {
            record.sample('length', workload.length);
            for (const column of ['atMs', 'key', 'size', 'draw'] as const)
              record.sample(column, workload[column][row] ?? Number.NaN);
          });
          return { shut: () => {} };
        },
      },
    };
    const set = { at: 400, kind: 'set', parameter: 'perSecond', value: 50 } as const;
    const asked = request({ variants: ['plain', 'double'], interventions: [set] });
    for (const { recording } of runRace(kept, asked).runs) {
      const rows = [...recording.samples.at].flatMap((at, i) =>
        i % 5 === 0 ? [{ at, values: [...recording.samples.value.slice(i, i + 5)] }] : [],
      );
      // Of 10 per second those until 400 ms, and of 50 per second the 30 that are shown after them.
      expect(rows.length).toBe(5 + 30);
      for (const { at, values } of rows)
        expect(values).toEqual(at <= 400 ? [20, at, 1, 10, 0.1] : [84, at, 5, 50, 0.5]);
    }
  });

  test('leaves a variant what it holds when that is changed for its rivals, and the same arrivals', () => {
    // Each row says the rate that the variant has.
    const holding: Entry = {
      ...entry,
      definition: {
        ...entry.definition,
        variants: {
          plain: gate.variants.plain,
          double: { ...gate.variants.double, parameters: { perSecond: 1 } },
        } as unknown as AnyDefinition['variants'],
        run: ({ parameters, forEachArrival, whenChanged, workload, record }) => {
          forEachArrival(() => record.sample('rate', Number(parameters.perSecond)));
          // Value and arrivals are the new ones by then.
          whenChanged((id) =>
            record.note(`${id}: ${String(parameters[id])}, ${workload.length} arrivals`),
          );
          return { shut: () => {} };
        },
      },
    };
    const set = { at: 400, kind: 'set', parameter: 'perSecond', value: 20 } as const;
    const asked = request({ variants: ['plain', 'double'], interventions: [set] });
    const { runs } = runRace(holding, asked);
    const [plain, double] = runs.map(({ recording }) => recording.samples);
    expect([...(plain?.value ?? [])]).toEqual([...Array(5).fill(10), ...Array(12).fill(20)]);
    expect([...(double?.value ?? [])]).toEqual(Array(17).fill(1));
    expect(double?.at).toEqual(plain?.at);
    // A run hears of what changes for it.
    expect(runs.map(({ recording }) => [...recording.notes.at])).toEqual([[400], []]);
    expect(runs[0]?.recording.strings).toContain('perSecond: 20, 36 arrivals');
  });

  test('is recorded alike where nothing is measured, and no further than asked for', () => {
    const asked = request({
      variants: ['plain', 'double'],
      interventions: [{ at: 400, kind: 'set', parameter: 'perSecond', value: 50 }],
    });
    const alone = recordRace(entry, asked);
    const { runs } = runRace(entry, asked);
    expect(runs.map(({ variant }) => variant)).toEqual(Object.keys(alone));
    for (const { variant, recording } of runs) expect(alone[variant]).toEqual(recording);

    const early = recordRace(entry, asked, { untilMs: 450 }).plain;
    const whole = alone.plain;
    expect(early?.shownMs).toBe(450);
    expect(early?.samples.length).toBeLessThan(whole?.samples.length ?? 0);
    expect(early?.samples.at).toEqual(whole?.samples.at.filter((at) => at <= 450));
  });

  test('is recorded once its recording is read where it is run to be measured', () => {
    const asked = request({
      variants: ['plain', 'double'],
      interventions: [{ at: 400, kind: 'set', parameter: 'perSecond', value: 50 }],
    });
    let runs = 0;
    const counting: Entry = {
      ...entry,
      definition: {
        ...entry.definition,
        run: (context) => {
          runs++;
          return entry.definition.run(context);
        },
      },
    };
    const race = runRaceToMeasure(counting, asked);
    const whole = runRace(entry, asked);
    const unrecorded = (each: typeof race) => ({
      ...each,
      runs: each.runs.map(({ variant, results, distributions, tables, eventsProcessed }) => ({
        variant,
        results,
        distributions,
        tables,
        eventsProcessed,
      })),
    });
    expect(unrecorded(race)).toEqual(unrecorded(whole));
    expect(runs).toBe(2);
    const read = race.runs.map(({ recording }) => recording);
    expect(read).toEqual(whole.runs.map(({ recording }) => recording));
    expect(race.runs.map(({ recording }) => recording)).toEqual(read);
    expect(runs).toBe(4);
  });

  test('acts at the moment asked for, after all that is due by then', () => {
    const shut = { at: 800, kind: 'act', id: 'shut' } as const;
    const race = reader(runRace(entry, request({ interventions: [shut] })));
    expect(race.value('plain', 'passed')).toBe(2);
    expect([...race.run('plain').recording.notes.at]).toEqual([800]);
  });

  test.each<[string, Partial<RunRequest>, RegExp]>([
    [
      'an unknown parameter',
      { parameters: { speed: 1 } },
      /Expected a parameter .*perSecond, every, loud.*got “speed”/,
    ],
    ['a value out of range', { parameters: { every: 10 } }, /“every”.*expected 1 to 9, got 10/],
    ['an inherited name', { parameters: { constructor: 1 } }, /got “constructor”/],
    [
      'an unknown variant',
      { variants: ['triple'] },
      /Expected a variant .*plain, double.*got "triple"/,
    ],
    ['no variant', { variants: [] }, /at least one variant/],
    ['a seed that is not whole', { seed: 0.5 }, /seed .*got 0.5/],
    [
      'an unknown act',
      { interventions: [{ at: 1, kind: 'act', id: 'open' }] },
      /Expected an intervention .*shut.*got “open”/,
    ],
    [
      'a target where there is none',
      { interventions: [{ at: 1, kind: 'act', id: 'shut', target: 'x' }] },
      /no target/,
    ],
    [
      'a change of what cannot change',
      { interventions: [{ at: 1, kind: 'set', parameter: 'every', value: 3 }] },
      /declared live/,
    ],
    [
      'a time that is none',
      { interventions: [{ at: Number.NaN, kind: 'act', id: 'shut' }] },
      /time ≥ 0 ms, got NaN/,
    ],
  ])('refuses %s', (_, changes, message) => {
    expect(() => runRace(entry, request(changes))).toThrow(RequestError);
    expect(() => runRace(entry, request(changes))).toThrow(message);
  });
});

describe('checks and claims', () => {
  test('a check that holds reports its comparisons', () => {
    expect(runCheck(entry, 'TRUE')).toMatchObject({ failure: null, comparisons: 3, seeds: 3 });
  });
  test('a check that fails names the seed, what was expected and what came', () => {
    expect(runCheck(entry, 'FALSE').failure).toEqual({
      seed: 1,
      message: 'passed: expected at most 0, got 7.',
    });
  });
  test('a check that compares nothing has failed', () => {
    expect(runCheck(entry, 'EMPTY').failure?.message).toMatch(/cannot fail/);
  });
  test('so has one whose tolerance has no end', () => {
    expect(runCheck(entry, 'ANY').failure?.message).toBe('passed: expected 0 ± Infinity, got 7.');
  });
  const compared = (actual: unknown, expected: unknown) =>
    runCheck(
      {
        ...entry,
        definition: {
          ...entry.definition,
          checks: {
            SAME: {
              statement: 'One is the other.',
              against: 'itself',
              variants: [],
              seeds: 1,
              verify: ({ equal }) => equal(actual, expected, 'it'),
            },
          },
        },
      },
      'SAME',
    ).failure?.message;
  test.each([
    [0, -0],
    [Number.NaN, Number.NaN],
    [
      { a: [1, { b: Number.NaN }], c: undefined },
      { c: undefined, a: [1, { b: Number.NaN }] },
    ],
    [Float64Array.of(1, 2), Float64Array.of(1, 2)],
  ])('plain values are equal by content: %j, %j', (actual, expected) => {
    expect(compared(actual, expected)).toBeUndefined();
  });
  test.each([
    [Number.NaN, Number.POSITIVE_INFINITY, 'expected Infinity, got NaN'],
    [null, Number.NaN, 'expected NaN, got null'],
    [[undefined], [null], 'expected [null], got ["undefined"]'],
    [[Number.NaN], ['NaN'], 'it: expected'],
    [[1], [1, undefined], 'expected [1,"undefined"], got [1]'],
    [{ a: 1 }, { a: undefined }, 'expected {"a":"undefined"}, got {"a":1}'],
    [{}, [], 'expected [], got {}'],
    [{ a: undefined }, { b: undefined }, 'expected {"b":"undefined"}, got {"a":"undefined"}'],
    ['1', 1, 'expected 1, got "1"'],
    [new Map([[1, 2]]), new Map([[3, 4]]), 'plain values to compare, got a Map'],
    [[new Set([1])], [new Set()], 'plain values to compare, got a Set'],
  ])('unequal values are not: %j, %j', (actual, expected, message) => {
    expect(compared(actual, expected)).toContain(message);
  });
  test('"beats" holds in one direction only', () => {
    expect(judgeOf(entry)('more').holds).toBe(true);
    expect(judgeOf(entry)('fewer').holds).toBe(false);
  });
  test('what is said of a model holds with other seeds too; what is said of a run need not', () => {
    expect(judgeOf(entry)('always').holds).toBe(true);
    const { holds, reading } = judgeOf(entry)('by-luck');
    expect(holds).toBe(false);
    expect(reading).toMatch(/^with seed 2, plain: passed = 7/);
    expect(judgeOf(entry)('this-once').holds).toBe(true);
  });
});

describe('the worker', () => {
  const session = (): {
    sent: FromWorker[];
    send: (data: Parameters<NonNullable<Scope['onmessage']>>[0]['data']) => void;
  } => {
    const sent: FromWorker[] = [];
    const scope: Scope = { onmessage: null, postMessage: (message) => sent.push(message) };
    serve(entry, scope);
    return { sent, send: (data) => scope.onmessage?.({ data }) };
  };
  type Scope = Parameters<typeof serve>[1];

  test('brings the parameters of an old link up to date', () => {
    const { sent, send } = session();
    send({ type: 'migrate', requestId: 4, from: 1, parameters: { every: '3' } });
    expect(sent[0]).toEqual({ type: 'migrated', requestId: 4, parameters: { every: '3' } });
  });

  test('answers a run, and reports a failure with the request it belongs to', () => {
    const { sent, send } = session();
    send({ type: 'run', requestId: 1, request: request(), tasks: [], predictions: [] });
    send({ type: 'run', requestId: 2, request: request({ seed: -1 }), tasks: [], predictions: [] });
    expect(sent.map(({ type }) => type)).toEqual(['result', 'failed']);
    expect(sent[1]).toMatchObject({ requestId: 2, message: expect.stringMatching(/seed/) });
  });

  test('for figures does not judge, and says so', () => {
    const { sent, send } = session();
    send({ type: 'run', requestId: 1, request: request(), tasks: ['none'], predictions: [] });
    expect(sent).toMatchObject([
      { type: 'failed', requestId: 1, message: expect.stringMatching(/got none\. Ask the whole/) },
    ]);
  });

  test('answers with results alone where no recording is asked for', () => {
    const { sent, send } = session();
    const asked = request();
    send({ type: 'measure', requestId: 3, request: asked });
    const { runs } = runRace(entry, asked);
    expect(sent[0]).toEqual({
      type: 'measured',
      requestId: 3,
      results: Object.fromEntries(runs.map(({ variant, results }) => [variant, results])),
    });
  });

  test('of the whole simulation runs its checks', () => {
    const sent: FromWorker[] = [];
    const scope: Parameters<typeof serveWhole>[1] = {
      onmessage: null,
      postMessage: (message) => sent.push(message),
    };
    serveWhole(entry, scope);
    for (const [requestId, check] of [
      [1, 'TRUE'],
      [2, 'FALSE'],
      [3, 'NONE'],
    ] as const)
      scope.onmessage?.({ data: { type: 'check', requestId, check } });
    expect(sent).toMatchObject([
      { type: 'checked', requestId: 1, report: { failure: null } },
      { type: 'checked', requestId: 2, report: { failure: { seed: 1 } } },
      { type: 'failed', requestId: 3, message: expect.stringMatching(/"NONE"/) },
    ]);
  });

  test('of the whole simulation answers a run also where the value that a prediction reads is refused', () => {
    const sent: FromWorker[] = [];
    const scope: Parameters<typeof serveWhole>[1] = {
      onmessage: null,
      postMessage: (message) => sent.push(message),
    };
    const asking = (answer: AnyDefinition['predictions'][string]['answer']) => ({
      question: 'How many?',
      scenario: 'one',
      options: { few: 'Few', many: 'Many' },
      answer,
      explain: 'Counted.',
    });
    const predictions = {
      known: asking((race) => (race.value('plain', 'passed') > 9 ? 'many' : 'few')),
      refused: asking((race) => (race.value('plain', 'row.p95') > 9 ? 'many' : 'few')),
      broken: asking((race) => (race.value('plain', 'none') > 9 ? 'many' : 'few')),
    };
    serveWhole({ ...entry, definition: { ...entry.definition, predictions } }, scope);
    const ask = (requestId: number, ids: readonly string[]) =>
      scope.onmessage?.({
        data: { type: 'run', requestId, request: request(), tasks: [], predictions: ids },
      });
    ask(1, ['known', 'refused']);
    ask(2, ['broken']);
    expect(sent).toMatchObject([
      { type: 'result', requestId: 1 },
      { type: 'failed', requestId: 2, message: expect.stringMatching(/"none"/) },
    ]);
    expect(sent[0]).toHaveProperty('predictions', { known: 'few' });
  });
});

describe('workloads', () => {
  const stream = (seed: number) => createStreams(seed).stream('arrivals');

  test('rows come in the order of time, those of one moment in their own', () => {
    const rows = fc.array(
      fc.record(
        {
          atMs: fc.integer({ min: 0, max: 9 }),
          key: fc.nat(3),
          size: fc.nat(9),
          draw: fc.double({ min: 0, max: 0.999, noNaN: true }),
        },
        { requiredKeys: ['atMs'] },
      ),
    );
    fc.assert(
      fc.property(rows, (given) => {
        const { length, atMs, key, keys, size, draw } = workloadOf(given);
        const sorted = [...given].sort((a, b) => a.atMs - b.atMs);
        expect({ length, keys }).toEqual({ length: given.length, keys: [''] });
        expect([...atMs]).toEqual(sorted.map((row) => row.atMs));
        expect([...key]).toEqual(sorted.map((row) => row.key ?? 0));
        expect([...size]).toEqual(sorted.map((row) => row.size ?? 1));
        expect([...draw]).toEqual(sorted.map((row) => row.draw ?? 0));
      }),
    );
  });

  test('a Poisson process has the mean and variance of its rate', () => {
    const counts = Array.from(
      { length: 400 },
      (_, seed) => poissonTimes(stream(seed), { ratePerSecond: 50, untilMs: 2000 }).length,
    );
    const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
    const variance = counts.reduce((a, b) => a + (b - mean) * (b - mean), 0) / (counts.length - 1);
    // Standard errors for Poisson(100) over 400 draws: 10/20 = 0.5 and 100·√(2/399) ≈ 7.1.
    expect(Math.abs(mean - 100)).toBeLessThan(4 * 0.5);
    expect(Math.abs(variance - 100)).toBeLessThan(4 * 7.1);
  });

  test('a schedule stretches the draws of the process with rate 1', () => {
    const slow = poissonTimes(stream(7), { ratePerSecond: 10, untilMs: 4000 });
    const fast = poissonTimes(stream(7), { ratePerSecond: 20, untilMs: 2000 });
    expect(fast.length).toBe(slow.length);
    for (const [i, at] of fast.entries()) expect(at).toBeCloseTo((slow[i] ?? 0) / 2, 9);
    const stepped = scheduledPoissonTimes(stream(7), {
      schedule: [
        { atMs: 0, value: 10 },
        { atMs: 1000, value: 0 },
        { atMs: 2000, value: 20 },
      ],
      untilMs: 3500,
    });
    expect(stepped.filter((at) => at >= 1000 && at < 2000)).toEqual([]);
    expect(stepped.length).toBe(slow.length);
  });

  test('even times carry no accumulated rounding', () => {
    expect(evenTimes({ ratePerSecond: 3, untilMs: 1000 })).toEqual([0, 1000 / 3, 2000 / 3]);
    expect(evenTimes({ ratePerSecond: 0, untilMs: 1000 })).toEqual([]);
  });

  test('a splice takes the past of one and the future of the other', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: 0, max: 50 }), (before, after, at) => {
        const spliced = splice(
          workloadOf(before.map((atMs) => ({ atMs, size: 1 }))),
          workloadOf(after.map((atMs) => ({ atMs, size: 2 }))),
          at,
        );
        const expected = [
          ...before.filter((time) => time <= at).sort((a, b) => a - b),
          ...after.filter((time) => time > at).sort((a, b) => a - b),
        ];
        expect([...spliced.atMs]).toEqual(expected);
        expect(countUntil(spliced.atMs, at)).toBe(before.filter((time) => time <= at).length);
      }),
    );
  });
});

describe('parameters', () => {
  test('snap is idempotent and always fits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const parameter = quantity({
          label: 'q',
          describe: 'q',
          unit: '',
          min: 0.1,
          max: 7.3,
          step: 0.1,
          default: 1,
        });
        const snapped = snap(parameter, value);
        expect(misfit(parameter, snapped)).toBeNull();
        expect(snap(parameter, snapped)).toBe(snapped);
      }),
    );
  });

  test('a schedule needs rising times from 0, values in range and few steps', () => {
    const parameter = schedule({
      label: 's',
      describe: 's',
      unit: '',
      min: 0,
      max: 10,
      step: 1,
      untilMs: 1000,
      stepsMax: 2,
      default: [{ atMs: 0, value: 1 }],
    });
    expect(
      misfit(parameter, [
        { atMs: 0, value: 1 },
        { atMs: 500, value: 10 },
      ]),
    ).toBeNull();
    expect(misfit(parameter, 'soon')).toBe('expected steps over time, got “soon”');
    expect(misfit(parameter, [])).toMatch(/steps over time/);
    expect(misfit(parameter, [{ atMs: 1, value: 1 }])).toMatch(/first step at 0/);
    expect(misfit(parameter, [{ atMs: 0, value: 11 }])).toMatch(/values from 0 to 10, got 11/);
    expect(
      misfit(parameter, [
        { atMs: 0, value: 1 },
        { atMs: 0, value: 1 },
      ]),
    ).toMatch(/rising/);
    expect(
      misfit(
        parameter,
        [0, 1, 2].map((i) => ({ atMs: i, value: 1 })),
      ),
    ).toMatch(/at most 2/);
    expect(misfit(parameter, [null])).toMatch(/rising/);
  });

  test('no value whatever makes misfit throw', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const parameter of Object.values(gate.parameters)) {
          const why = misfit(parameter, value);
          expect(why === null || why.length > 0).toBe(true);
        }
      }),
    );
  });
});

describe('recordings', () => {
  test('reaching the bound ends all kinds before that moment, so that what is kept is a prefix', () => {
    const recorder = new Recorder({ shownMs: 1000, recordsMax: 3 });
    recorder.sample(1, 'a', 1);
    const span = recorder.begin(2, { lane: 'l', kind: 'k' });
    recorder.note(3, 'n');
    recorder.state(4, 'n', 'f', 1);
    recorder.sample(4, 'a', 2);
    recorder.end(5, span, 'accepted');
    const recording = recorder.finish();
    expect(recording.truncated).toBe(true);
    expect(recording.shownMs).toBe(3);
    expect(recording.states.length + recording.samples.length).toBe(1);
    expect(recording.spans.end[0]).toBeNaN();
  });

  test('a recording that is full has nothing of the moment of which a part is missing', () => {
    // Requests that take 2 ms pass through a queue; each step of them is several records at a moment.
    const record = (recordsMax: number): Recording => {
      const recorder = new Recorder({ shownMs: 100, recordsMax });
      const [messages, spans]: [number[], number[]] = [[], []];
      for (let at = 0; at < 10; at++) {
        recorder.lose(at, messages[at - 2] ?? NOT_RECORDED);
        if (at % 2 === 0) recorder.end(at, spans[at - 2] ?? NOT_RECORDED, 'accepted');
        recorder.state(at, 'queue', 'length', at);
        messages.push(
          recorder.message(at, { from: 'a', to: 'b', kind: 'sent', arrivesAt: at + 3 }),
        );
        spans.push(recorder.begin(at, { lane: 'l', kind: 'k' }));
        recorder.sample(at, 'length', at);
        recorder.note(at, 'step');
        // Every other request ends between two records.
        if (at % 2 === 0) recorder.end(at + 0.5, spans[at - 3] ?? NOT_RECORDED, 'failed');
      }
      return recorder.finish();
    };
    const whole = record(Number.POSITIVE_INFINITY);
    for (let recordsMax = 0; recordsMax < 50; recordsMax++) {
      const cut = record(recordsMax);
      const endsAt = Math.floor(recordsMax / 5);
      expect(cut.truncated).toBe(true);
      const last = Math.max(0, endsAt - 1);
      expect(cut.shownMs).toBe(last % 2 === 0 && last > 2 ? last + 0.5 : last);
      expect(hashRecording(prefix(cut, 100)), `${recordsMax} records`).toBe(
        hashRecording({ ...prefix(whole, endsAt), shownMs: 100 }),
      );
    }
    expect(record(50)).toEqual(whole);
  });

  test('the loss of a message and the end of a span are unknown before they happen', () => {
    const record = (until: number) => {
      const recorder = new Recorder({ shownMs: 100 });
      const message = recorder.message(1, { from: 'a', to: 'b', kind: 'sent', arrivesAt: 9 });
      const span = recorder.begin(2, { lane: 'l', kind: 'k' });
      if (until > 5) recorder.lose(5, message);
      if (until > 6) recorder.end(6, span, 'failed');
      return recorder.finish();
    };
    const hashAt = (t: number, until: number) => hashRecording(prefix(record(until), t));
    expect(hashAt(5, 99)).toBe(hashAt(5, 0));
    expect(hashAt(6, 99)).not.toBe(hashAt(6, 0));
    expect(hashAt(6, 6)).toBe(hashAt(6, 99));
    expect(hashAt(7, 6)).not.toBe(hashAt(7, 99));
  });

  test('records out of the order of time and arrivals before sending are refused', () => {
    const recorder = new Recorder({ shownMs: 100 });
    recorder.sample(5, 'a', 1);
    expect(() => recorder.sample(4, 'a', 1)).toThrow(/order of time: got 4 ms after 5 ms/);
    expect(() => recorder.message(5, { from: 'a', to: 'b', kind: 'sent', arrivesAt: 4 })).toThrow(
      /arrive at or after/,
    );
  });
});
