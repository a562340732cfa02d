import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  anyOf,
  delay,
  Interrupted,
  type ProcessBody,
  ProcessCancelled,
  ProcessError,
  Signal,
  spawn,
  type Wait,
  withTimeout,
} from './process';
import { Resource } from './resource';
import { Simulator } from './simulator';
import { Store } from './store';

/** What a test observed: lines with the time at which each was written. */
function diary(simulator: Simulator) {
  const lines: string[] = [];
  return { lines, write: (line: string) => lines.push(`${simulator.now} ${line}`) };
}

/** Runs the body as a process to its end and returns its result. */
function resultOf<T>(simulator: Simulator, body: () => ProcessBody<T>): T {
  const process = spawn(simulator, body);
  simulator.run();
  const { outcome } = process;
  if (outcome.kind !== 'finished') throw new Error(`should have finished, but ${outcome.kind}`);
  return outcome.value;
}

describe('a process', () => {
  test('lets time pass by yielding a delay, and starts after what was scheduled before', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    spawn(simulator, function* () {
      write('a starts');
      yield 10;
      write('a goes on');
      yield 0;
      write('a ends');
    });
    write('spawned');
    simulator.at(0, () => write('callback'));
    simulator.at(10, () => write('callback'));
    simulator.run();
    expect(lines).toEqual([
      '0 spawned',
      '0 a starts',
      '0 callback',
      '10 callback',
      '10 a goes on',
      '10 a ends',
    ]);
  });

  test('takes a generator as well as a generator function', () => {
    const simulator = new Simulator();
    function* worker(jobs: number): ProcessBody<number> {
      for (let job = 0; job < jobs; job++) yield 5;
      return simulator.now;
    }
    const process = spawn(simulator, worker(3), 'worker 3');
    expect(process.name).toBe('worker 3');
    expect(process.outcome).toEqual({ kind: 'running' });
    simulator.run();
    expect(process.outcome).toEqual({ kind: 'finished', value: 15 });
    expect(process.hasEnded).toBe(true);
  });

  test('is named after its function, or numbered', () => {
    const simulator = new Simulator();
    const named = spawn(simulator, function* client() {
      yield 1;
    });
    const unnamed = spawn(
      simulator,
      (function* () {
        yield 1;
      })(),
    );
    expect([named.name, unnamed.name]).toEqual(['client', 'process 2']);
  });

  test('has typed results of what it waits for', () => {
    const simulator = new Simulator();
    const store = new Store<'job'>(simulator);
    store.tryPut('job');
    const child = spawn(simulator, function* () {
      yield 1;
      return 42;
    });
    const result = resultOf(simulator, function* () {
      const job = yield* store.take();
      expectTypeOf(job).toEqualTypeOf<'job'>();
      const answer = yield* child.join();
      expectTypeOf(answer).toEqualTypeOf<number>();
      const first = yield* anyOf(store.take(), delay(3));
      expectTypeOf(first.index).toEqualTypeOf<0 | 1>();
      if (first.index === 0) expectTypeOf(first.value).toEqualTypeOf<'job'>();
      return { job, answer, first: first.index };
    });
    expect(result).toEqual({ job: 'job', answer: 42, first: 1 });
  });

  test('may wait with a plain yield when the result does not matter', () => {
    const simulator = new Simulator();
    const signal = new Signal();
    simulator.at(4, () => signal.fire());
    const endMs = resultOf(simulator, function* () {
      yield signal.wait();
      return simulator.now;
    });
    expect(endMs).toBe(4);
  });

  test('hands an error to run, with its name and time, if nobody joins it', () => {
    const simulator = new Simulator();
    const cause = new Error('planted');
    const process = spawn(simulator, function* client() {
      yield 12.5;
      throw cause;
    });
    let caught: unknown;
    try {
      simulator.run();
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ProcessError);
    expect(caught).toMatchObject({
      message: 'Process "client" failed at 12.5 ms: planted',
      processName: 'client',
      atMs: 12.5,
      cause,
    });
    expect(process.outcome).toEqual({ kind: 'failed', error: caught });
  });

  test.each([-1, Number.NaN, Infinity])('may not yield a delay of %d', (delayMs) => {
    const simulator = new Simulator();
    spawn(simulator, function* client() {
      yield delayMs;
    });
    expect(() => simulator.run()).toThrow(
      `"client" failed at 0 ms: A process should yield a finite delay of at least 0 ms, but "client" yielded ${delayMs}`,
    );
  });

  test('may not yield something else, and is told where it did', () => {
    const simulator = new Simulator();
    const lines: string[] = [];
    spawn(simulator, function* client() {
      try {
        yield 'ten' as unknown as number;
      } finally {
        lines.push('finally');
      }
    });
    expect(() => simulator.run()).toThrow(/a delay in ms or a wait, but "client" yielded ten/);
    expect(lines).toEqual(['finally']);
  });

  test('that never lets time pass is ended by the bound of events', () => {
    const simulator = new Simulator({ maxEvents: 500 });
    const store = new Store<number>(simulator);
    spawn(simulator, function* () {
      for (;;) yield* store.put(1);
    });
    expect(() => simulator.run()).toThrow(/at most 500 events.*loops without yielding a delay/);
    expect(store.length).toBeLessThanOrEqual(501);
  });
});

describe('joining', () => {
  test('waits for the end, and gives the result at once if it is over', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const child = spawn(simulator, function* () {
      yield 7;
      return 'done';
    });
    for (const startMs of [0, 3, 9]) {
      spawn(simulator, function* () {
        yield startMs;
        write(yield* child.join());
      });
    }
    simulator.run();
    expect(lines).toEqual(['7 done', '7 done', '9 done']);
  });

  test('throws the error of the process in all who wait, and then not in run', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const child = spawn(simulator, function* child() {
      yield 5;
      throw new RangeError('planted');
    });
    for (const startMs of [0, 1, 8]) {
      spawn(simulator, function* () {
        yield startMs;
        try {
          yield* child.join();
        } catch (error) {
          write(error instanceof ProcessError ? error.message : 'another error');
        }
      });
    }
    simulator.run();
    const line = 'Process "child" failed at 5 ms: planted';
    expect(lines).toEqual([`5 ${line}`, `5 ${line}`, `8 ${line}`]);
  });

  test('names every process on the way when the error is not caught', () => {
    const simulator = new Simulator();
    const child = spawn(simulator, function* child() {
      yield 5;
      throw new Error('planted');
    });
    spawn(simulator, function* parent() {
      yield* child.join();
    });
    expect(() => simulator.run()).toThrow(
      'Process "parent" failed at 5 ms: Process "child" failed at 5 ms: planted',
    );
  });

  test('throws ProcessCancelled for a process that was or is cancelled', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const child = spawn(simulator, function* child() {
      yield 100;
    });
    for (const startMs of [0, 20]) {
      spawn(simulator, function* () {
        yield startMs;
        try {
          yield* child.join();
        } catch (error) {
          write(error instanceof ProcessCancelled ? 'cancelled' : 'another error');
        }
      });
    }
    simulator.at(10, () => child.cancel());
    simulator.run();
    expect(lines).toEqual(['10 cancelled', '20 cancelled']);
    expect(simulator.now).toBe(20);
  });

  test('refuses to wait for oneself', () => {
    const simulator = new Simulator();
    const self = spawn(simulator, function* loop(): ProcessBody<void> {
      yield 1;
      yield* self.join();
    });
    expect(() => simulator.run()).toThrow(
      /should not wait for its own end, but "loop" joins itself/,
    );
  });
});

describe('an interrupt', () => {
  test('is thrown where the process waits, at the time it is sent, and ends its delay', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const process = spawn(simulator, function* () {
      try {
        yield 100;
      } catch (error) {
        write(error instanceof Interrupted ? `interrupted: ${error.reason}` : 'another error');
        yield 5;
        write('done');
      }
    });
    simulator.at(30, () => expect(process.interrupt('crash')).toBe(true));
    simulator.run();
    expect(lines).toEqual(['30 interrupted: crash', '35 done']);
    expect(simulator.now).toBe(35);
    expect(process.interrupt('late')).toBe(false);
  });

  test('that is not caught fails the process by name', () => {
    const simulator = new Simulator();
    const process = spawn(simulator, function* client() {
      yield 100;
    });
    simulator.at(30, () => process.interrupt('crash'));
    expect(() => simulator.run()).toThrow(
      'Process "client" failed at 30 ms: Process "client" was interrupted: crash',
    );
  });

  test('waits for the next wait when the process has not started, or is just going on', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const signal = new Signal<string>();
    const process = spawn(simulator, function* () {
      write('started');
      for (const _ of [1, 2]) {
        try {
          write(yield* signal.wait());
          write('not interrupted yet');
          yield 10;
        } catch (error) {
          write(error instanceof Interrupted ? `interrupted: ${error.reason}` : 'another error');
        }
      }
    });
    process.interrupt('early');
    simulator.at(3, () => {
      signal.fire('signal');
      process.interrupt('after the signal');
    });
    simulator.run();
    expect(lines).toEqual([
      '0 started',
      '0 interrupted: early',
      '3 signal',
      '3 not interrupted yet',
      '3 interrupted: after the signal',
    ]);
  });

  test('is delivered once each, in order, when several are sent', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const process = spawn(simulator, function* () {
      for (const _ of [1, 2, 3]) {
        try {
          yield 100;
          write('slept');
        } catch (error) {
          write(error instanceof Interrupted ? String(error.reason) : 'another error');
        }
      }
    });
    simulator.at(1, () => {
      process.interrupt('first');
      process.interrupt('second');
    });
    simulator.run();
    expect(lines).toEqual(['1 first', '1 second', '101 slept']);
  });

  test('that was sent early withdraws the wait at which it is delivered', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const lines: string[] = [];
    const process = spawn(simulator, function* () {
      try {
        yield* store.take();
      } catch (error) {
        lines.push(error instanceof Interrupted ? String(error.reason) : 'another error');
      }
    });
    process.interrupt('early');
    simulator.run();
    expect(lines).toEqual(['early']);
    expect(store.waitingTakes).toBe(0);
  });

  test('leaves no residue: no event, no place in any queue, nothing held', () => {
    const fates = fc.array(
      fc.record({
        what: fc.constantFrom('resource', 'take', 'put', 'signal', 'join', 'delay', 'first'),
        how: fc.constantFrom('interrupt', 'cancel', 'timeout'),
        atMs: fc.nat(12),
      }),
      { maxLength: 25 },
    );
    fc.assert(
      fc.property(fates, (waiters) => {
        const simulator = new Simulator({ maxEvents: 10_000 });
        const server = new Resource(simulator, { capacity: 1 });
        const full = new Store<number>(simulator, { capacity: 1 });
        const empty = new Store<number>(simulator);
        const signal = new Signal();
        full.tryPut(0);
        const eternal = spawn(simulator, function* () {
          yield 1000;
        });
        spawn(simulator, function* () {
          const claim = yield* server.acquire();
          yield 1000;
          server.release(claim);
        });
        const waitFor: Record<(typeof waiters)[number]['what'], () => Wait<unknown>> = {
          resource: () => server.acquire(),
          take: () => empty.take(),
          put: () => full.put(1),
          signal: () => signal.wait(),
          join: () => eternal.join(),
          delay: () => delay(900),
          first: () =>
            anyOf(server.acquire(), empty.take(), full.put(2), signal.wait(), delay(900)),
        };
        for (const { what, how, atMs } of waiters) {
          const process = spawn(simulator, function* (): ProcessBody<void> {
            try {
              if (how === 'timeout') {
                expect(yield* withTimeout(waitFor[what](), atMs)).toEqual({ timedOut: true });
              } else yield* waitFor[what]();
            } catch (error) {
              expect(error).toBeInstanceOf(Interrupted);
            }
          });
          if (how === 'interrupt') simulator.at(atMs, () => process.interrupt('test'));
          if (how === 'cancel') simulator.at(atMs, () => process.cancel());
        }
        simulator.runUntil(13);
        expect({
          pending: simulator.pending,
          busy: server.busy,
          queueLength: server.queueLength,
          takes: empty.waitingTakes,
          puts: full.waitingPuts,
          stored: full.length,
          signal: signal.waiting,
        }).toEqual({
          pending: 2,
          busy: 1,
          queueLength: 0,
          takes: 0,
          puts: 0,
          stored: 1,
          signal: 0,
        });
        simulator.run();
        expect(simulator.now).toBe(1000);
      }),
      { seed: 14, numRuns: 150 },
    );
  });
});

describe('cancelling', () => {
  test('runs finally blocks at once and withdraws the wait', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const process = spawn(simulator, function* () {
      try {
        yield 100;
        write('not reached');
      } finally {
        write('cleaned up');
      }
    });
    simulator.at(5, () => {
      expect(process.cancel()).toBe(true);
      write('cancelled');
      expect(process.cancel()).toBe(false);
    });
    simulator.run();
    expect(lines).toEqual(['5 cleaned up', '5 cancelled']);
    expect(process.outcome).toEqual({ kind: 'cancelled' });
    expect(simulator.now).toBe(5);
  });

  test('lets a finally block take its time', () => {
    const simulator = new Simulator();
    const process = spawn(simulator, function* () {
      try {
        yield 100;
      } finally {
        yield 20;
      }
    });
    simulator.at(5, () => process.cancel());
    simulator.run();
    expect(simulator.now).toBe(25);
    expect(process.outcome).toEqual({ kind: 'cancelled' });
  });

  test('forgets interrupts that have not been delivered', () => {
    const simulator = new Simulator();
    const process = spawn(simulator, function* () {
      try {
        yield 100;
      } finally {
        yield 10;
        yield 10;
      }
    });
    simulator.at(5, () => {
      process.interrupt('first');
      process.interrupt('second');
      process.cancel();
    });
    simulator.run();
    expect(process.outcome).toEqual({ kind: 'cancelled' });
    expect(simulator.now).toBe(25);
  });

  test('another process leaves the one that does it able to wait', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const victim = spawn(simulator, function* () {
      yield 100;
    });
    const process = spawn(simulator, function* () {
      yield 5;
      victim.cancel();
      return yield* store.take();
    });
    simulator.at(7, () => store.tryPut('a'));
    simulator.run();
    expect(process.outcome).toEqual({ kind: 'finished', value: 'a' });
  });

  test('before the start keeps the body from running at all', () => {
    const simulator = new Simulator();
    const lines: string[] = [];
    const process = spawn(simulator, function* () {
      lines.push('started');
      yield 1;
    });
    process.cancel();
    simulator.run();
    expect(lines).toEqual([]);
    expect(simulator.eventsProcessed).toBe(0);
    expect(process.outcome).toEqual({ kind: 'cancelled' });
  });

  test('gives back what had been granted but not received', () => {
    const simulator = new Simulator();
    const server = new Resource(simulator, { capacity: 1 });
    const store = new Store<string>(simulator, { capacity: 2 });
    const { lines, write } = diary(simulator);
    const first = server.request(() => {});
    const claimant = spawn(simulator, function* () {
      yield* server.acquire();
      write('not reached');
    });
    const taker = spawn(simulator, function* () {
      yield* store.take();
      write('not reached');
    });
    simulator.at(5, () => {
      server.release(first);
      store.tryPut('a');
      store.tryPut('b');
      expect([server.busy, store.length]).toEqual([1, 1]);
      claimant.cancel();
      taker.cancel();
      expect([server.busy, store.items()]).toEqual([0, ['a', 'b']]);
    });
    simulator.run();
    expect(lines).toEqual([]);
  });

  test('gives back the winner of anyOf that had not been received', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const process = spawn(simulator, function* () {
      yield* anyOf(delay(50), store.take());
    });
    simulator.at(5, () => {
      store.tryPut('a');
      process.cancel();
    });
    simulator.run();
    expect(store.items()).toEqual(['a']);
    expect(simulator.now).toBe(5);
  });

  test('sends an error in a finally block to run, not to who cancelled', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const process = spawn(simulator, function* client() {
      try {
        yield 100;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: the test is about exactly this mistake.
        throw new Error('planted');
      }
    });
    simulator.at(5, () => {
      process.cancel();
      write('cancelled');
    });
    expect(() => simulator.run()).toThrow('Process "client" failed at 5 ms: planted');
    expect(lines).toEqual(['5 cancelled']);
  });

  test('refuses to cancel the process that is running', () => {
    const simulator = new Simulator();
    const self = spawn(simulator, function* loop(): ProcessBody<void> {
      yield 1;
      self.cancel();
    });
    expect(() => simulator.run()).toThrow(/cancelled from outside, but "loop" was cancelled/);
  });
});

describe('anyOf and withTimeout', () => {
  test('tell which wait was first, and withdraw the others', () => {
    const simulator = new Simulator();
    const signal = new Signal<string>();
    const store = new Store<number>(simulator);
    simulator.at(7, () => signal.fire('go'));
    const first = resultOf(simulator, function* () {
      return yield* anyOf(store.take(), signal.wait(), delay(50));
    });
    expect(first).toEqual({ index: 1, value: 'go' });
    expect(store.waitingTakes).toBe(0);
    expect(simulator.now).toBe(7);
  });

  test('take the first that can be had at once and do not begin the next', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const server = new Resource(simulator, { capacity: 1 });
    store.tryPut('a');
    const first = resultOf(simulator, function* () {
      return yield* anyOf(delay(5), store.take(), server.acquire());
    });
    expect(first).toEqual({ index: 1, value: 'a' });
    expect(server.busy).toBe(0);
    expect(simulator.now).toBe(0);
  });

  test('settle once even when one wait serves the other', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const first = resultOf(simulator, function* () {
      return yield* anyOf(store.take(), store.put('own'));
    });
    expect(first).toEqual({ index: 0, value: 'own' });
    expect([store.length, store.waitingTakes, simulator.eventsProcessed]).toEqual([0, 0, 2]);
  });

  test('can be nested', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    simulator.at(3, () => store.tryPut('a'));
    const result = resultOf(simulator, function* () {
      return yield* anyOf(delay(10), anyOf(delay(20), store.take()));
    });
    expect(result).toEqual({ index: 1, value: { index: 1, value: 'a' } });
    expect(simulator.now).toBe(3);
  });

  test('throw what a wait throws, and withdraw the others', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const child = spawn(simulator, function* child() {
      yield 5;
      throw new Error('planted');
    });
    const caught = resultOf(simulator, function* () {
      try {
        yield* anyOf(store.take(), child.join(), delay(50));
        return 'nothing';
      } catch (error) {
        return error instanceof ProcessError ? error.message : 'another error';
      }
    });
    expect(caught).toBe('Process "child" failed at 5 ms: planted');
    expect([store.waitingTakes, simulator.now]).toEqual([0, 5]);
  });

  test('give the value before the timeout and give up after it', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    simulator.at(3, () => store.tryPut('a'));
    const results = resultOf(simulator, function* () {
      const inTime = yield* withTimeout(store.take(), 10);
      const late = yield* withTimeout(store.take(), 10);
      return [inTime, late, simulator.now];
    });
    expect(results).toEqual([{ timedOut: false, value: 'a' }, { timedOut: true }, 13]);
    expect(store.waitingTakes).toBe(0);
  });

  test('need something to wait for', () => {
    expect(() => anyOf()).toThrow(/expects at least one wait/);
  });

  test('refuse a wait that has been used', () => {
    const simulator = new Simulator();
    const wait = delay(1);
    spawn(simulator, function* client() {
      yield wait;
      yield wait;
    });
    expect(() => simulator.run()).toThrow(
      /"client" failed at 1 ms: A wait should be waited for once/,
    );
  });
});

describe('a signal', () => {
  test('wakes all who wait, in order, and nobody who comes later', () => {
    const simulator = new Simulator();
    const { lines, write } = diary(simulator);
    const signal = new Signal<number>();
    for (const startMs of [0, 1, 2, 10]) {
      spawn(simulator, function* () {
        yield startMs;
        write(`${startMs} got ${yield* signal.wait()}`);
      });
    }
    simulator.at(5, () => expect(signal.fire(1)).toBe(3));
    simulator.at(20, () => expect(signal.fire(2)).toBe(1));
    simulator.run();
    expect(lines).toEqual(['5 0 got 1', '5 1 got 1', '5 2 got 1', '20 10 got 2']);
  });
});
