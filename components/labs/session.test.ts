import { expect, test } from 'vitest';
import type { FromLab, ToLab } from '@/lib/engines/protocol';
import { createSession, type LabPortEvents, NoAnswer } from './session';

/** A worker that is told by hand what to say, and a clock that is told by hand when time is up. */
function setUp() {
  const workers: {
    readonly heard: ToLab<string>[];
    readonly events: LabPortEvents<string>;
    ended: boolean;
  }[] = [];
  const timers = new Map<object, () => void>();
  const session = createSession<string, string>({
    name: 'the engine',
    assets: { wasm: 'https://here/wasm' },
    deadline: { ms: 5000, of: 'a statement' },
    spawn: (events) => {
      const worker = { heard: [] as ToLab<string>[], events, ended: false };
      workers.push(worker);
      return {
        post: (message) => worker.heard.push(message),
        terminate: () => {
          worker.ended = true;
        },
      };
    },
    after: (_ms, callback) => {
      const key = {};
      timers.set(key, callback);
      return () => timers.delete(key);
    },
  });
  const say = (message: FromLab<string>): void => workers.at(-1)?.events.said(message);
  /** Lets promises that wait for each other go on. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  const timeIsUp = (): void => {
    for (const callback of [...timers.values()]) callback();
  };
  const open = async (): Promise<void> => {
    await settle();
    say({ type: 'opened', version: 'Engine 1' });
    await settle();
  };
  return { session, workers, say, settle, timeIsUp, timers, open };
}

test('the first run opens the engine, and runs are taken one after the other', async () => {
  const { session, workers, say, settle, open, timers } = setUp();
  expect(workers).toHaveLength(0);
  const first = session.run('a');
  const second = session.run('b');
  await settle();
  expect(session.store.get().phase).toBe('opening');
  expect(workers[0]?.heard).toEqual([{ type: 'open', assets: { wasm: 'https://here/wasm' } }]);
  say({ type: 'progress', progress: { label: 'Fetching', share: 0.5 } });
  expect(session.store.get().progress).toEqual({ label: 'Fetching', share: 0.5 });
  await open();
  expect(workers[0]?.heard.slice(1)).toEqual([{ type: 'run', input: 'a' }]);
  say({ type: 'answered', output: 'A' });
  await expect(first).resolves.toBe('A');
  await settle();
  expect(workers[0]?.heard.slice(2)).toEqual([{ type: 'run', input: 'b' }]);
  say({ type: 'answered', output: 'B' });
  await expect(second).resolves.toBe('B');
  expect(session.store.get()).toMatchObject({ phase: 'ready', opened: 1 });
  expect(timers.size).toBe(0);
});

test('a run that takes too long ends the engine, and the next run opens another', async () => {
  const { session, workers, say, settle, timeIsUp, open } = setUp();
  const slow = session.run('loop');
  const waiting = session.run('after it');
  const outcomes = Promise.allSettled([slow, waiting]);
  await open();
  timeIsUp();
  const [late, lost] = await outcomes;
  expect(late).toMatchObject({ status: 'rejected', reason: { reason: 'deadline' } });
  expect(lost).toMatchObject({ status: 'rejected', reason: { reason: 'cancelled' } });
  expect((late as PromiseRejectedResult).reason).toBeInstanceOf(NoAnswer);
  expect(String((late as PromiseRejectedResult).reason)).toContain('5 seconds');
  expect(workers[0]?.ended).toBe(true);
  expect(session.store.get().phase).toBe('closed');

  const next = session.run('again');
  await settle();
  // What the ended worker still says concerns nobody.
  workers[0]?.events.said({ type: 'answered', output: 'too late' });
  await open();
  say({ type: 'answered', output: 'Again' });
  await expect(next).resolves.toBe('Again');
  expect(workers).toHaveLength(2);
  expect(session.store.get().opened).toBe(2);
});

test('each part that a run announces has the time for itself', async () => {
  const { session, say, settle, timers, timeIsUp, open } = setUp();
  const run = session.run('two statements');
  const outcome = expect(run).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Stopped after 5 seconds, the longest that a statement may take/,
    ),
  });
  await open();
  const [first] = timers.keys();
  say({ type: 'progress', progress: { label: 'Statement 2 of 2', share: 0.5 } });
  expect(session.store.get()).toMatchObject({
    phase: 'running',
    progress: { label: 'Statement 2 of 2' },
  });
  expect(timers.size).toBe(1);
  expect([...timers.keys()]).not.toContain(first);
  timeIsUp();
  await outcome;
  const next = session.run('another');
  await settle();
  await open();
  say({ type: 'answered', output: 'Done' });
  await expect(next).resolves.toBe('Done');
  expect(session.store.get().progress).toBeNull();
  expect(timers.size).toBe(0);
});

test('opening may take as long as the connection does, and can be cancelled', async () => {
  const { session, workers, settle, timeIsUp } = setUp();
  const run = session.run('a');
  const outcome = expect(run).rejects.toMatchObject({ reason: 'cancelled' });
  await settle();
  timeIsUp();
  expect(session.store.get().phase).toBe('opening');
  session.end();
  await outcome;
  expect(workers[0]?.ended).toBe(true);
  expect(session.store.get().phase).toBe('closed');
});

test.each([
  ['an engine that fails says why', { type: 'failed', message: 'Out of memory.' } as const],
  ['a worker that crashes says why', 'crash' as const],
  ['a script that cannot be loaded says what to check', 'missing' as const],
])('%s, and the next run starts anew', async (_name, how) => {
  const { session, workers, say, open } = setUp();
  const run = session.run('a');
  const outcome = run.catch((error: unknown) => error as NoAnswer);
  await open();
  if (how === 'crash') workers[0]?.events.crashed('boom');
  else if (how === 'missing') workers[0]?.events.crashed(undefined);
  else say(how);
  const error = await outcome;
  expect(error).toMatchObject({ name: 'NoAnswer', reason: 'failed' });
  expect((error as NoAnswer).message).toContain(
    how === 'crash' ? 'boom' : how === 'missing' ? 'check the connection' : 'Out of memory.',
  );
  const next = session.run('b');
  await open();
  say({ type: 'answered', output: 'B' });
  await expect(next).resolves.toBe('B');
});
