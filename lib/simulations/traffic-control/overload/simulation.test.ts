/**
 * What the contract test cannot know: the closed forms against published values, the queues on
 * arbitrary traffic, the pool by itself, and what operators do. The declared checks OV1 to OV14 run
 * there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Simulator } from '../../../kernel/simulator';
import type { InterventionEvent } from '../../../simulation/definition';
import { tested } from '../../../simulation/test-races';
import { desiredInstances } from './models/autoscaler';
import { Line } from './models/line';
import type { QueueOptions, Waiting } from './models/request-queue';
import { isShed } from './models/shed';
import { Pool } from './pool';
import { simulation } from './simulation';
import { lossByDeadline, meanWait, reservedRoom } from './theory';
import { ALL, variants } from './variants';

const { raceOf } = tested('traffic-control', 'overload', simulation);

const act = (at: number, id: string): InterventionEvent => ({ at, kind: 'act', id });

describe('closed forms', () => {
  test.each([
    { workers: 1, offered: 0.8, mean: 4 },
    { workers: 2, offered: 1.6, mean: 1.7777778 },
    { workers: 3, offered: 2.4, mean: 1.0786517 },
    { workers: 8, offered: 6.4, mean: 0.28602808 },
  ])('[OV1] Erlang’s mean wait of $workers workers at $offered erlangs is $mean', (row) => {
    expect(meanWait(row)).toBeCloseTo(row.mean, 6);
  });

  test('[OV2] one worker without room loses as much as Erlang B says', () => {
    const loss = reservedRoom({ workers: 1, offered: 0.5, lowShare: 0, lowRoom: 0, queueLimit: 0 });
    expect(loss.lossHigh).toBeCloseTo(1 / 3, 12);
    expect(loss.lossLow).toBeCloseTo(1 / 3, 12);
    const full = reservedRoom({ workers: 1, offered: 1, lowShare: 0, lowRoom: 3, queueLimit: 3 });
    expect(full.lossHigh).toBeCloseTo(1 / 5, 12);
  });

  test('[OV3] without patience a deadline is a loss system, and with all of it nobody is dropped', () => {
    // Erlang B of ten workers at 4.461 erlangs is 1 %, by the traffic tables.
    expect(lossByDeadline({ workers: 10, offered: 4.461, patience: 0 })).toBeCloseTo(0.01, 4);
    expect(lossByDeadline({ workers: 10, offered: 8, patience: 1000 })).toBeCloseTo(0, 12);
    // Far above the capacity all that cannot be served is dropped.
    expect(lossByDeadline({ workers: 4, offered: 8, patience: 50 })).toBeCloseTo(0.5, 9);
  });

  test('[OV4] room that is kept back for high priority is lost to low priority', () => {
    const kept = { workers: 2, offered: 3, lowShare: 0.5, queueLimit: 4 };
    const all = reservedRoom({ ...kept, lowRoom: 4 });
    const few = reservedRoom({ ...kept, lowRoom: 1 });
    expect(all.lossLow).toBeCloseTo(all.lossHigh, 12);
    expect(few.lossHigh).toBeLessThan(all.lossHigh);
    expect(few.lossLow).toBeGreaterThan(all.lossLow);
  });
});

describe('queues on arbitrary traffic', () => {
  const options: QueueOptions = {
    queueLimit: 5,
    neededMs: 20,
    targetMs: 30,
    intervalMs: 100,
    shedding: true,
    lowRoom: 3,
  };
  const steps = fc.array(
    fc.record({
      pauseMs: fc.integer({ min: 0, max: 60 }),
      what: fc.constantFrom('offer', 'offer', 'offer', 'take', 'take', 'clear'),
      isLow: fc.boolean(),
      patienceMs: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 200 },
  );

  test.each(ALL)('%s gives each request back once, by taking, dropping or clearing', (variant) => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const queue = variants[variant].model(options);
        const inside = new Map<number, Waiting>();
        const leave = (request: Waiting) => {
          expect(inside.get(request.id)).toEqual(request);
          inside.delete(request.id);
        };
        let nowMs = 0;
        sequence.forEach(({ pauseMs, what, isLow, patienceMs }, id) => {
          nowMs += pauseMs;
          if (what === 'take') {
            const taken = queue.take(nowMs, leave);
            if (taken) leave(taken);
          } else if (what === 'clear') {
            for (const request of queue.clear(nowMs)) leave(request);
            expect(inside.size).toBe(0);
          } else {
            const request: Waiting = {
              id,
              priority: isLow ? 'low' : 'high',
              sinceMs: nowMs,
              deadlineMs: nowMs + patienceMs,
            };
            const before = queue.length();
            const admission = queue.offer(request, nowMs);
            if (admission === 'queued') inside.set(id, request);
            expect(admission === 'shed').toBe(isLow && before >= options.lowRoom);
          }
          expect(queue.length()).toBe(inside.size);
          const oldestMs = Math.min(...[...inside.values()].map(({ sinceMs }) => sinceMs));
          expect(queue.ageMs(nowMs)).toBe(inside.size === 0 ? 0 : nowMs - oldestMs);
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('[OV6] a queue that was cleared has to stand for an interval again before CoDel drops', () => {
    const queue = variants.codel.model({ ...options, shedding: false });
    const offer = (id: number, sinceMs: number) =>
      queue.offer({ id, priority: 'high', sinceMs, deadlineMs: 1e6 }, sinceMs);
    for (let id = 0; id < 50; id++) offer(id, 0);
    const dropped: number[] = [];
    const take = (nowMs: number) => queue.take(nowMs, ({ id }) => dropped.push(id))?.id;
    for (const nowMs of [40, 100, 140]) take(nowMs);
    expect(dropped.length).toBe(1);
    queue.clear(200);
    for (let id = 50; id < 60; id++) offer(id, 200);
    expect(take(1000)).toBe(50);
    expect(dropped.length).toBe(1);
  });

  test('a line is a list whose ends are given up', () => {
    const moves = fc.array(fc.constantFrom('push', 'push', 'first', 'last', 'clear'), {
      maxLength: 300,
    });
    fc.assert(
      fc.property(moves, (sequence) => {
        const line = new Line();
        let list: Waiting[] = [];
        sequence.forEach((move, id) => {
          if (move === 'push') {
            const request: Waiting = { id, priority: 'high', sinceMs: id, deadlineMs: 0 };
            line.push(request);
            list.push(request);
          } else if (move === 'first') expect(line.takeFirst()).toEqual(list.shift());
          else if (move === 'last') expect(line.takeLast()).toEqual(list.pop());
          else {
            expect(line.clear()).toEqual(list);
            list = [];
          }
          expect(line.length).toBe(list.length);
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('[OV4] high priority is never shed, and nobody is without shedding', () => {
    expect(isShed(options, 'high', 1000)).toBe(false);
    expect(isShed(options, 'low', 3)).toBe(true);
    expect(isShed(options, 'low', 2)).toBe(false);
    expect(isShed({ ...options, shedding: false }, 'low', 1000)).toBe(false);
  });
});

describe('the pool', () => {
  const pooled = (instances: number) => {
    const simulator = new Simulator();
    const pool = new Pool(simulator, 2);
    for (let i = 0; i < instances; i++) pool.add();
    const served: number[] = [];
    const lost: number[] = [];
    const start = (workMs: number) =>
      pool.start({
        workMs,
        onServed: () => served.push(simulator.now),
        onLost: () => lost.push(simulator.now),
      });
    return { simulator, pool, start, served, lost };
  };

  test('serves one job for each worker at a time', () => {
    const { simulator, pool, start, served } = pooled(1);
    start(10);
    expect(pool.hasRoom()).toBe(true);
    start(30);
    expect(pool.hasRoom()).toBe(false);
    expect(() => start(1)).toThrow(/free worker/);
    simulator.run();
    expect(served).toEqual([10, 30]);
  });

  test('work goes on at the new pace when the pace changes', () => {
    const { simulator, pool, start, served } = pooled(1);
    start(10);
    simulator.at(4, () => pool.slowBy(5));
    simulator.at(14, () => pool.slowBy(1));
    simulator.run();
    // 4 ms of work by 4, 2 more by 14, and the last 4 at full pace.
    expect(served).toEqual([18]);
  });

  test('a lost instance loses its work and no other', () => {
    const { simulator, pool, start, served, lost } = pooled(2);
    start(10);
    start(20);
    simulator.at(5, () => pool.remove());
    simulator.run();
    expect([served, lost]).toEqual([[10], [5]]);
    expect(pool.ready).toBe(1);
  });

  test('mean utilisation counts from look to look', () => {
    const { simulator, pool, start } = pooled(1);
    start(10);
    start(20);
    const seen: number[] = [];
    for (const atMs of [10, 20, 30]) simulator.at(atMs, () => seen.push(pool.meanUtilisation()));
    simulator.run();
    expect(seen).toEqual([1, 0.5, 0]);
  });
});

describe('[OV12] the autoscaler', () => {
  test('counts those that are starting as there, and never asks for fewer', () => {
    const goal = { target: 0.6, most: 12 };
    expect(desiredInstances({ ready: 4, starting: 3, utilisation: 1 }, goal)).toBe(7);
    expect(desiredInstances({ ready: 4, starting: 5, utilisation: 1 }, goal)).toBe(9);
    expect(desiredInstances({ ready: 4, starting: 0, utilisation: 0.1 }, goal)).toBe(4);
  });

  test('a queue that is full of work looks to it like workers that are merely busy', () => {
    // Utilisation ends at 1: whatever the demand, one look multiplies by 1 / target at most.
    const goal = { target: 0.8, most: 100 };
    expect(desiredInstances({ ready: 40, starting: 0, utilisation: 1 }, goal)).toBe(50);
  });
});

describe('what operators do', () => {
  const stormWith = (id: string) => raceOf('storm', { interventions: [act(30_000, id)] });

  test('[OV13] a burst and a slow database are triggers of their own', () => {
    const calm = { slowdown: [{ atMs: 0, value: 1 }], surge: [{ atMs: 0, value: 1 }] };
    for (const id of ['burst', 'slow-database']) {
      const race = raceOf('storm', {
        parameters: { ...calm, autoscale: true },
        interventions: [act(10_000, id)],
      });
      expect(race.value('fifo', 'aftermath')).toBeLessThan(5);
    }
  });

  test('without a budget all retry as often as they may, also when no new requests pay for it', () => {
    const race = raceOf('storm', {
      parameters: {
        surge: [
          { atMs: 0, value: 5 },
          { atMs: 1000, value: 0 },
        ],
        slowdown: [{ atMs: 0, value: 20 }],
      },
    });
    expect(race.value('fifo', 'answered')).toBeLessThan(10);
    expect(race.value('fifo', 'amplification.mean')).toBeGreaterThan(2.8);
  });

  test('while no instance is up nothing is busy, and whoever comes is refused', () => {
    const race = stormWith('restart');
    // Twenty of sixty seconds without an instance; before and after them, mostly busy.
    expect(race.value('fifo', 'utilisation')).toBeLessThan(67);
    const { n } = race.run('fifo').results.find(({ id }) => id === 'refused') ?? {};
    const offered = 60 * race.value('fifo', 'offered');
    expect(offered - (n ?? 0)).toBeLessThanOrEqual(race.value('fifo', 'waitingMost'));
  });

  test('a storm that begins after a short trigger has gone is no recovery', () => {
    const race = raceOf('storm', {
      parameters: {
        slowdown: [
          { atMs: 0, value: 1 },
          { atMs: 10_000, value: 20 },
          { atMs: 12_000, value: 1 },
        ],
      },
    });
    expect(race.value('fifo', 'aftermath')).toBeLessThan(5);
    expect(race.value('fifo', 'recovery')).toBe(48_000);
  });

  test('what came between two triggers is not counted as what came after the last', () => {
    const twice = [
      { atMs: 0, value: 1 },
      { atMs: 10_000, value: 20 },
      { atMs: 12_000, value: 1 },
      { atMs: 50_000, value: 2 },
      { atMs: 55_000, value: 1 },
    ];
    const { results } = raceOf('storm', { parameters: { slowdown: twice } }).run('fifo');
    // Nobody comes ten seconds after the second, which has gone five before the end.
    expect(results.find(({ id }) => id === 'aftermath')?.value).toBeNull();
    expect(results.find(({ id }) => id === 'recovery')?.value).toBe(5000);
  });

  test('a restart refuses everybody until the instances are up, and ends the storm', () => {
    const { recording } = stormWith('restart').run('fifo');
    const { messages, strings } = recording;
    const begun: number[] = [];
    for (let i = 0; i < messages.length; i++) {
      if (strings[messages.to[i] ?? 0] === 'pool') begun.push(messages.sentAt[i] ?? Number.NaN);
    }
    expect(begun.filter((atMs) => atMs > 30_000 && atMs < 50_000)).toEqual([]);
    expect(begun.filter((atMs) => atMs >= 50_000).length).toBeGreaterThan(100);
    expect(stormWith('restart').value('fifo', 'recovery')).toBeLessThan(40_000);
  });

  test('after retries are off a request is one attempt', () => {
    const { messages, strings } = stormWith('stop-retries').run('fifo').recording;
    const retried: number[] = [];
    for (let i = 0; i < messages.length; i++) {
      if (strings[messages.kind[i] ?? 0] === 'retried') retried.push(messages.sentAt[i] ?? 0);
    }
    expect(retried.length).toBeGreaterThan(100);
    // A pause that had begun before ends with its attempt.
    expect(Math.max(...retried)).toBeLessThan(30_000 + 2 * 400);
  });

  test('half of the users are turned away for ten seconds and send nothing', () => {
    const sent = (race: ReturnType<typeof stormWith>) => {
      const { messages, strings } = race.run('fifo').recording;
      let count = 0;
      for (let i = 0; i < messages.length; i++) {
        const atMs = messages.sentAt[i] ?? 0;
        if (strings[messages.kind[i] ?? 0] === 'sent' && atMs >= 30_000 && atMs < 40_000) count++;
      }
      return count;
    };
    const ratio = sent(stormWith('turn-away')) / sent(raceOf('storm'));
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(0.6);
  });
});
