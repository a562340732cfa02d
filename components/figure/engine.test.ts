import { describe, expect, it } from 'vitest';
import { fixtureOutcome } from '@/lib/figure/fixture';
import { createEngine, type WorkerEvents, type WorkerPort } from './engine';

const NOTHING = { tasks: [], predictions: [] };
const request = (seed: number) => ({
  parameters: {},
  seed,
  variants: ['plain'],
  interventions: [],
});

/** Workers that answer when the test says so. */
function setUp() {
  const workers: (WorkerEvents & {
    readonly sent: Parameters<WorkerPort['post']>[0][];
    terminated: boolean;
  })[] = [];
  const engine = createEngine((events) => {
    const worker = { ...events, sent: [] as (typeof workers)[number]['sent'], terminated: false };
    workers.push(worker);
    return {
      post: (message) => {
        worker.sent.push(message);
      },
      terminate: () => {
        worker.terminated = true;
      },
    };
  });
  return { engine, workers };
}

describe('an engine', () => {
  it('starts one worker, on the first request', async () => {
    const { engine, workers } = setUp();
    expect(workers).toHaveLength(0);
    void engine.run(request(1), NOTHING);
    void engine.run(request(2), NOTHING);
    expect(workers).toHaveLength(1);
  });

  it('starts it ahead of what it is asked, if it is told to', async () => {
    const { engine, workers } = setUp();
    engine.start();
    const run = engine.run(request(1), NOTHING);
    expect(workers).toHaveLength(1);
    workers[0]?.answered({ type: 'result', requestId: 1, ...fixtureOutcome(request(1)) });
    expect((await run).race.seed).toBe(1);
  });

  it('gives each answer to the request that it belongs to', async () => {
    const { engine, workers } = setUp();
    const first = engine.run(request(1), NOTHING);
    const second = engine.run(request(2), NOTHING);
    const ids = workers[0]?.sent.map(({ requestId }) => requestId) ?? [];
    const answer = (index: number, seed: number): void =>
      workers[0]?.answered({
        type: 'result',
        requestId: ids[index] ?? 0,
        ...fixtureOutcome(request(seed)),
      });
    answer(1, 2);
    answer(0, 1);
    expect((await first).race.seed).toBe(1);
    expect((await second).race.seed).toBe(2);
  });

  it('hands on the reason of a failed run', async () => {
    const { engine, workers } = setUp();
    const run = engine.run(request(1), NOTHING);
    workers[0]?.answered({
      type: 'failed',
      requestId: 1,
      message: 'Too many events. Lower the rate.',
    });
    await expect(run).rejects.toThrow('Too many events. Lower the rate.');
    expect(workers[0]?.terminated).toBe(false);
  });

  it('fails what is under way when the worker crashes, and starts a new one for the next request', async () => {
    const { engine, workers } = setUp();
    const first = engine.run(request(1), NOTHING);
    const second = engine.measure(request(1));
    workers[0]?.crashed('out of memory');
    await expect(first).rejects.toThrow('out of memory');
    await expect(second).rejects.toThrow('out of memory');
    expect(workers[0]?.terminated).toBe(true);
    const again = engine.run(request(2), NOTHING);
    expect(workers).toHaveLength(2);
    workers[1]?.answered({ type: 'result', requestId: 3, ...fixtureOutcome(request(2)) });
    expect((await again).race.seed).toBe(2);
  });

  it('says what to do when the script cannot be loaded or the worker is refused', async () => {
    const { engine, workers } = setUp();
    const run = engine.run(request(1), NOTHING);
    workers[0]?.crashed(undefined);
    await expect(run).rejects.toThrow('Check the connection');
    const refused = createEngine(() => {
      throw new Error('Refused to create a worker');
    });
    refused.start();
    await expect(refused.run(request(1), NOTHING)).rejects.toThrow('Refused to create a worker');
  });

  it('runs checks and migrations over the same worker', async () => {
    const { engine, workers } = setUp();
    const report = {
      id: 'fair',
      statement: 's',
      against: 'a',
      seeds: 1,
      comparisons: 4,
      failure: null,
    };
    const check = engine.check('fair');
    expect(workers[0]?.sent[0]).toEqual({ type: 'check', check: 'fair', requestId: 1 });
    workers[0]?.answered({ type: 'checked', requestId: 1, report });
    expect(await check).toBe(report);
    const migration = engine.migrate(1, { rate: '5' });
    workers[0]?.answered({ type: 'migrated', requestId: 2, parameters: { limit: '5' } });
    expect(await migration).toEqual({ limit: '5' });
  });

  it('asks for results alone', async () => {
    const { engine, workers } = setUp();
    const measured = engine.measure(request(3));
    expect(workers[0]?.sent[0]).toEqual({ type: 'measure', request: request(3), requestId: 1 });
    workers[0]?.answered({ type: 'measured', requestId: 1, results: { plain: [] } });
    expect(await measured).toEqual({ plain: [] });
  });

  it('can be ended in the middle of a run, and starts anew when it is asked again', async () => {
    const { engine, workers } = setUp();
    const run = engine.measure(request(1));
    engine.end();
    await expect(run).rejects.toThrow('The run was ended before it was done.');
    expect(workers[0]?.terminated).toBe(true);
    void engine.measure(request(2)).catch(() => undefined);
    expect(workers).toHaveLength(2);
  });

  it('refuses an answer of another kind than was asked for', async () => {
    const { engine, workers } = setUp();
    const run = engine.run(request(1), NOTHING);
    workers[0]?.answered({ type: 'migrated', requestId: 1, parameters: {} });
    await expect(run).rejects.toThrow('Expected an answer of type “result”, got “migrated”');
  });
});
