import { expect, test } from 'vitest';
import { createFakeClock } from '@/lib/figure/clock';
import { type AppliedTraffic, createFigure, type Figure } from '@/lib/figure/figure';
import { FIXTURE, fixtureOutcome } from '@/lib/figure/fixture';
import { completeSpec } from '@/lib/figure/spec';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { createLogReader, type LogPort, type LogPortEvents } from './ask';
import { SAMPLE_NAME, sampleLog } from './sample';
import { createLogServer } from './server';
import { createTrafficSession, type SessionState, type TrafficSession } from './session';

const traffic: TrafficDescription = {
  rows: 'requests',
  question: 'Who is served?',
  times: 'kept',
  key: { label: 'Client', fields: ['client'] },
  rowsMax: 1000,
  controls: [],
  replaces: [],
};

/** A session whose worker runs in place; each start of one is counted. */
function setUp(part: Partial<TrafficDescription> = {}) {
  const description = { ...FIXTURE, traffic: { ...traffic, ...part } };
  const figure: Figure = createFigure({
    description,
    spec: completeSpec(description, 'calm'),
    clock: createFakeClock(),
    run: async (request) => fixtureOutcome(request),
  });
  let workers = 0;
  let events: LogPortEvents | undefined;
  const spawn = (given: LogPortEvents): LogPort => {
    workers++;
    events = given;
    let isEnded = false;
    const serve = createLogServer((message) => {
      if (!isEnded) given.answered(message);
    });
    return {
      post: (message) => {
        // Its failures are answers too.
        serve(message).catch(() => expect.fail('a server does not throw'));
      },
      terminate: () => {
        isEnded = true;
      },
    };
  };
  const session = createTrafficSession({
    figure,
    traffic: description.traffic,
    reader: createLogReader(spawn),
  });
  return {
    figure,
    session,
    applied: (): AppliedTraffic | null => figure.store.get().traffic,
    workers: () => workers,
    crash: () => events?.crashed(),
  };
}

/** Resolves when the state is as asked for. */
function until(
  { store }: TrafficSession,
  isThere: (state: SessionState) => boolean,
): Promise<SessionState> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const state = store.get();
      if (isThere(state)) resolve(state);
      return isThere(state);
    };
    if (look()) return;
    const unsubscribe = store.subscribe(() => {
      if (look()) unsubscribe();
    });
  });
}
const settled = (session: TrafficSession) => until(session, ({ busy }) => busy === null);
const file = (...lines: string[]) => new Blob([lines.join('\n')]);

test('from the sample to a figure that runs on it, and back', async () => {
  const { session, figure, applied } = setUp();
  session.choose(new Blob([sampleLog()]), SAMPLE_NAME);
  const read = await settled(session);
  expect(read.error).toBeNull();
  expect(read.reading?.layout.format).toBe('access');
  expect(read.summary).toMatchObject({ badCount: 2, wholeSeconds: true, isCut: false });
  expect(read.preview).toHaveLength(5);
  session.apply();
  await settled(session);
  expect(applied()?.traffic.atMs.length).toBe(1000);
  session.setStretch({ kind: 'busiest', lengthMs: 60_000 });
  session.apply();
  await settled(session);
  const busiest = applied();
  expect(busiest?.traffic.spanMs).toBeLessThanOrEqual(60_000);
  expect(busiest?.traffic.keys[0]).toBe('203.0.113.66');
  expect(new Date(busiest?.startMs ?? 0).toISOString()).toMatch(/^2026-03-14T09:0[34]/);
  session.withdraw();
  expect(applied()).toBeNull();
  expect(figure.store.get().parameters).toEqual(figure.scenario.parameters);
  expect(session.store.get().summary).not.toBeNull();
});

test('a wrong reading is corrected without choosing the file again', async () => {
  const { session, applied } = setUp();
  session.choose(file('when;who', '1795255200;anna', '1795255201;bert'), 'a.csv');
  const guessed = await settled(session);
  expect(guessed.reading?.layout).toMatchObject({ format: 'csv', delimiter: ';' });
  session.setFormat('lines');
  expect(session.store.get().error).toMatch(/no column looks like a time/);
  expect(session.store.get().summary).toBeNull();
  session.setFormat('csv');
  const again = await settled(session);
  if (!again.reading?.time) throw new Error('Expected a time.');
  session.setReading({
    ...again.reading,
    time: { ...again.reading.time, notation: { kind: 'epoch', unit: 'ms' } },
  });
  await settled(session);
  session.apply();
  await settled(session);
  expect([...(applied()?.traffic.atMs ?? [])]).toEqual([0, 1]);
});

test('what cannot be read leaves what was there, and says why', async () => {
  const { session, applied } = setUp();
  session.choose(file('1795255200,anna', '1795255201,bert'), 'a.csv');
  await settled(session);
  session.apply();
  await settled(session);
  const before = applied();
  session.setFormat('json');
  expect(session.store.get().error).toMatch(/the one before stays/);
  expect(session.store.get().reading?.layout.format).toBe('csv');
  session.choose(file(''), 'empty.log');
  expect((await settled(session)).error).toMatch(/the file is empty/);
  session.choose(new Blob([Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)]), 'a.zip');
  expect((await settled(session)).error).toMatch(/zip archive/);
  expect(applied()).toBe(before);
});

test('of two files the later one counts, and reading can be stopped', async () => {
  const { session, workers } = setUp();
  session.choose(new Blob([sampleLog()]), SAMPLE_NAME);
  session.choose(file('1795255200,anna', '1795255201,bert'), 'a.csv');
  const state = await settled(session);
  expect(state.chosen?.name).toBe('a.csv');
  expect(state.summary?.rows).toBe(2);
  expect(workers()).toBe(2);
  session.choose(new Blob([sampleLog()]), SAMPLE_NAME);
  session.cancel();
  expect(session.store.get()).toMatchObject({
    busy: null,
    error: expect.stringMatching(/stopped/),
  });
});

test('a worker that ends by itself is told, and another takes its place', async () => {
  const { session, crash, workers } = setUp();
  session.choose(new Blob([sampleLog()]), SAMPLE_NAME);
  crash();
  expect((await settled(session)).error).toMatch(/has stopped/);
  session.choose(file('1795255200,anna', '1795255201,bert'), 'a.csv');
  expect((await settled(session)).summary?.rows).toBe(2);
  expect(workers()).toBe(2);
});

test('a simulation that asks only for the order takes keys without times', async () => {
  const { session, applied } = setUp({
    times: { everyMs: 2 },
    key: { label: 'Key', fields: ['key', 'path'] },
  });
  session.type('apple\npear\napple');
  session.usePasted();
  const state = await settled(session);
  expect(state.reading?.time).toBeNull();
  session.apply();
  await settled(session);
  expect(applied()).toMatchObject({ startMs: null, traffic: { keys: ['apple', 'pear'] } });
  expect([...(applied()?.traffic.atMs ?? [])]).toEqual([0, 2, 4]);
});
