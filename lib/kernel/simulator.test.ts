import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponential } from './distributions';
import { createStreams } from './random';
import { Simulator } from './simulator';

describe('Simulator', () => {
  test('calls handlers with their argument at their time', () => {
    const simulator = new Simulator();
    const calls: [number, number][] = [];
    const note = (arg: number) => calls.push([simulator.now, arg]);
    simulator.at(5, note, 7);
    simulator.after(2.5, note);
    simulator.run();
    expect(calls).toEqual([
      [2.5, 0],
      [5, 7],
    ]);
    expect(simulator.eventsProcessed).toBe(2);
    expect(simulator.pending).toBe(0);
  });

  test('the clock never goes back and ties keep the order of scheduling, whatever handlers schedule', () => {
    const plan = fc.array(fc.array(fc.constantFrom(0, 0, 1, 2.5, 7), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(plan, (delaysOfEvent) => {
        const simulator = new Simulator();
        const scheduled: number[] = [];
        const happened: { timeMs: number; number: number }[] = [];
        const schedule = (delayMs: number) => {
          scheduled.push(simulator.now + delayMs);
          simulator.after(delayMs, handle, scheduled.length - 1);
        };
        const handle = (number: number) => {
          happened.push({ timeMs: simulator.now, number });
          for (const delayMs of delaysOfEvent[happened.length] ?? []) schedule(delayMs);
        };
        for (const delayMs of delaysOfEvent[0] ?? []) schedule(delayMs);
        simulator.run();
        expect(happened.length).toBe(scheduled.length);
        expect(happened).toEqual(
          happened.toSorted((a, b) => a.timeMs - b.timeMs || a.number - b.number),
        );
        for (const { timeMs, number } of happened) expect(timeMs).toBe(scheduled[number]);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('never calls a handler that was cancelled, and calls every other once', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ timeMs: fc.nat(30), cancels: fc.array(fc.nat(99), { maxLength: 3 }) }),
          {
            maxLength: 100,
          },
        ),
        (events) => {
          const simulator = new Simulator();
          const calls = events.map(() => 0);
          const cancelled = events.map(() => false);
          const ids: number[] = [];
          for (const [number, event] of events.entries()) {
            ids.push(
              simulator.at(event.timeMs, () => {
                calls[number] = (calls[number] ?? 0) + 1;
                for (const other of event.cancels) {
                  const id = ids[other];
                  if (id !== undefined && simulator.cancel(id)) cancelled[other] = true;
                }
              }),
            );
          }
          simulator.run();
          expect(calls).toEqual(cancelled.map((isCancelled) => (isCancelled ? 0 : 1)));
        },
      ),
      { seed: 13, numRuns: 200 },
    );
  });

  test('a cancelled event moves no clock', () => {
    const simulator = new Simulator();
    simulator.at(5, () => {});
    simulator.cancel(simulator.at(9, () => {}));
    simulator.run();
    expect(simulator.now).toBe(5);
  });

  test('runUntil processes what is due at the limit itself and leaves the clock there', () => {
    const simulator = new Simulator();
    const times: number[] = [];
    for (const timeMs of [1, 10, 10.5]) simulator.at(timeMs, () => times.push(simulator.now));
    simulator.runUntil(10);
    expect(times).toEqual([1, 10]);
    expect(simulator.now).toBe(10);
    simulator.runUntil(10.25);
    expect(simulator.now).toBe(10.25);
    simulator.run();
    expect(times).toEqual([1, 10, 10.5]);
  });

  test('gives the same trace for the same seed and another for another', () => {
    const trace = (seed: number) => {
      const simulator = new Simulator();
      const stream = createStreams(seed).stream('gaps');
      const times: number[] = [];
      const next = (left: number) => {
        times.push(simulator.now);
        if (left > 0) simulator.after(exponential(stream, 10), next, left - 1);
      };
      simulator.after(0, next, 200);
      simulator.run();
      return times;
    };
    expect(trace(1)).toEqual(trace(1));
    expect(trace(1)).not.toEqual(trace(2));
  });

  test.each([4.999, Number.NaN, Infinity, -Infinity])('refuses to schedule for %d', (timeMs) => {
    const simulator = new Simulator();
    simulator.runUntil(5);
    expect(() => simulator.at(timeMs, () => {})).toThrow(
      `An event should be scheduled for a finite time from now (5 ms) on, but ${timeMs} was given.`,
    );
    expect(simulator.pending).toBe(0);
  });

  test.each([-1, Number.NaN, Infinity, Number.MAX_VALUE])('refuses a delay of %d', (delayMs) => {
    const simulator = new Simulator();
    simulator.at(Number.MAX_VALUE, () => {
      expect(() => simulator.after(delayMs, () => {})).toThrow(
        `A delay should be finite and at least 0 ms, but ${delayMs} was given`,
      );
    });
    simulator.run();
    expect(simulator.eventsProcessed).toBe(1);
  });

  test('ends a run that exceeds its events, and names the likely cause', () => {
    const simulator = new Simulator({ maxEvents: 1000 });
    const again = () => {
      simulator.after(0, again);
    };
    simulator.at(3, again);
    expect(() => simulator.run()).toThrow(
      /at most 1000 events \(maxEvents\), but at 3 ms.*schedules itself without delay/,
    );
    expect(simulator.eventsProcessed).toBe(1000);
  });

  test.each([3, 1024, 2500])('allows exactly %d events if that is its bound', (maxEvents) => {
    const runOf = (events: number): Simulator => {
      const simulator = new Simulator({ maxEvents });
      const again = (number: number) => {
        expect(simulator.eventsProcessed).toBe(number);
        if (number < events) simulator.after(1, again, number + 1);
      };
      simulator.after(1, again, 1);
      // A cancelled event counts for nothing, even as the only one left.
      simulator.cancel(simulator.at(1e6, again));
      return simulator;
    };
    const exact = runOf(maxEvents);
    exact.runUntil(2);
    exact.run();
    expect(exact.eventsProcessed).toBe(maxEvents);
    expect(() => runOf(maxEvents + 1).run()).toThrow(`at most ${maxEvents} events (maxEvents)`);
  });

  test('ends a run that goes on after its time, and says what was pending', () => {
    const simulator = new Simulator({ maxTimeMs: 100 });
    const again = () => {
      simulator.after(30, again);
    };
    simulator.at(0, again);
    expect(() => simulator.run()).toThrow(
      /over by maxTimeMs = 100, but at 90 ms 1 event\(s\) were still pending, the next at 120 ms/,
    );
    expect(() => simulator.runUntil(101)).toThrow(/to maxTimeMs \(100 ms\), but 101 was given/);
  });

  test('refuses to run backwards or without end', () => {
    const simulator = new Simulator();
    simulator.runUntil(10);
    expect(() => simulator.runUntil(9)).toThrow(/from now \(10 ms\).*but 9 was given/);
    expect(() => simulator.runUntil(Infinity)).toThrow(/Use run\(\)/);
    expect(() => simulator.runUntil(Number.NaN)).toThrow(/but NaN was given/);
  });

  test('refuses to be run from a handler', () => {
    const simulator = new Simulator();
    simulator.at(1, () => simulator.run());
    expect(() => simulator.run()).toThrow(/should not be called while the simulator runs.*at 1 ms/);
  });

  test('can go on after a handler has thrown', () => {
    const simulator = new Simulator();
    const times: number[] = [];
    simulator.at(1, () => {
      throw new Error('planted');
    });
    simulator.at(2, () => times.push(simulator.now));
    expect(() => simulator.run()).toThrow('planted');
    expect(simulator.now).toBe(1);
    simulator.run();
    expect(times).toEqual([2]);
  });

  test.each([0, 1.5, Number.NaN, 2 ** 31 + 1])('refuses %d as the bound of events', (maxEvents) => {
    expect(() => new Simulator({ maxEvents })).toThrow(/maxEvents should be an integer from 1/);
  });

  test.each([0, -5, Number.NaN])('refuses %d as the bound of time', (maxTimeMs) => {
    expect(() => new Simulator({ maxTimeMs })).toThrow(/maxTimeMs should be/);
  });
});
