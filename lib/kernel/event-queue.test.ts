import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventQueue, type Handler } from './event-queue';

const ignore: Handler = () => {};

/** Takes the earliest event out of the queue and reports what it carried. */
function popNext(queue: EventQueue): { timeMs: number; arg: number } {
  const slot = queue.pop(Number.MAX_VALUE);
  const arg = queue.argOf(slot);
  queue.takeHandler(slot);
  return { timeMs: queue.nowMs, arg };
}

function push(queue: EventQueue, timeMs: number, arg: number): number {
  return queue.idOf(queue.push(timeMs, ignore, arg));
}

describe('EventQueue', () => {
  test('gives events in the order of time, and of insertion among equal times', () => {
    const queue = new EventQueue();
    for (const [arg, timeMs] of [3, 1, 2, 1, 3, 1].entries()) push(queue, timeMs, arg);
    const order = Array.from({ length: 6 }, () => popNext(queue).arg);
    expect(order).toEqual([1, 3, 5, 2, 0, 4]);
    expect(queue.nextTimeMs()).toBe(Infinity);
  });

  test('equals a sorted array under random pushes, pops and cancellations', () => {
    const operation = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ kind: fc.constant('push' as const), timeMs: fc.nat(20) }),
      },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('pop' as const), looks: fc.boolean() }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), pick: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 400 }), (operations) => {
        const queue = new EventQueue();
        const ids: number[] = [];
        let pending: { timeMs: number; arg: number }[] = [];
        for (const step of operations) {
          if (step.kind === 'push') {
            const arg = ids.length;
            ids.push(push(queue, step.timeMs, arg));
            const behind = pending.findIndex((event) => event.timeMs > step.timeMs);
            pending.splice(behind < 0 ? pending.length : behind, 0, { timeMs: step.timeMs, arg });
          } else if (step.kind === 'pop') {
            const first = pending.shift();
            if (step.looks) expect(queue.nextTimeMs()).toBe(first?.timeMs ?? Infinity);
            if (first === undefined) expect(queue.pop(Number.MAX_VALUE)).toBe(-1);
            else expect(popNext(queue)).toEqual(first);
          } else if (ids.length > 0) {
            const arg = step.pick % ids.length;
            const isPending = pending.some((event) => event.arg === arg);
            expect(queue.cancel(ids[arg] as number)).toBe(isPending);
            pending = pending.filter((event) => event.arg !== arg);
          }
          expect(queue.length).toBe(pending.length);
        }
        for (const event of pending) expect(popNext(queue)).toEqual(event);
        expect(queue.nextTimeMs()).toBe(Infinity);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test('keeps the order of equal times while it grows and sweeps', () => {
    const queue = new EventQueue();
    const ids = Array.from({ length: 1000 }, (_, arg) => push(queue, arg % 7, arg));
    for (const [arg, id] of ids.entries()) if (arg % 3 !== 0) queue.cancel(id);
    const kept = ids.map((_, arg) => arg).filter((arg) => arg % 3 === 0);
    const expected = kept.toSorted((a, b) => (a % 7) - (b % 7) || a - b);
    expect(Array.from(kept, () => popNext(queue).arg)).toEqual(expected);
  });

  test('leaves what is later than the limit, and the present as it was', () => {
    const queue = new EventQueue();
    push(queue, 5, 1);
    const cancelled = push(queue, 2, 2);
    queue.cancel(cancelled);
    expect(queue.pop(4.9)).toBe(-1);
    expect(queue.nowMs).toBe(0);
    expect(queue.length).toBe(1);
    expect(queue.argOf(queue.pop(5))).toBe(1);
    expect(queue.nowMs).toBe(5);
  });

  test('holds at most 48 bytes for each event that fits', () => {
    const queue = new EventQueue();
    for (let count = 1; count <= 5000; count++) {
      push(queue, count, 0);
      expect(queue.byteLength / queue.slotCount).toBeLessThanOrEqual(48);
    }
    expect(queue.slotCount).toBe(8192);
  });

  test('does not grow, nor keep handlers, when events are cancelled long before their time', () => {
    const queue = new EventQueue();
    push(queue, 1e9, 0);
    for (let count = 0; count < 100_000; count++) {
      expect(queue.cancel(push(queue, 1e6 + count, count))).toBe(true);
    }
    expect(queue.length).toBe(1);
    expect(queue.slotCount).toBeLessThanOrEqual(128);
    expect(popNext(queue)).toEqual({ timeMs: 1e9, arg: 0 });
  });

  test('lets go of the handler of a cancelled and of a processed event at once', () => {
    const queue = new EventQueue();
    const slot = queue.push(1, ignore, 0);
    queue.cancel(queue.idOf(slot));
    expect(() => queue.takeHandler(slot)).toThrow(/holds no event/);
    queue.push(2, ignore, 0);
    const popped = queue.pop(2);
    expect(queue.takeHandler(popped)).toBe(ignore);
    expect(() => queue.takeHandler(popped)).toThrow(/holds no event/);
  });

  test('refuses ids of events that have happened, even when their slot is in use again', () => {
    const queue = new EventQueue();
    const old = push(queue, 1, 1);
    popNext(queue);
    expect(queue.cancel(old)).toBe(false);
    const fresh = push(queue, 2, 2);
    expect(fresh % 2 ** 21).toBe(old % 2 ** 21);
    expect(queue.cancel(old)).toBe(false);
    expect(queue.length).toBe(1);
    expect(queue.cancel(fresh)).toBe(true);
    expect(queue.cancel(fresh)).toBe(false);
  });

  test.each([Number.NaN, -1, 0.5, 1e300, Infinity, -0.5, 2 ** 53])(
    'refuses %d, which is the id of no event',
    (id) => {
      const queue = new EventQueue();
      for (let timeMs = 0; timeMs < 3; timeMs++) push(queue, timeMs, 0);
      expect(queue.cancel(id)).toBe(false);
      expect(queue.length).toBe(3);
    },
  );

  test('says what is the likely cause when too many events are pending', () => {
    const queue = new EventQueue();
    for (let count = 0; count < 2 ** 21; count++) queue.push(0, ignore, 0);
    expect(() => queue.push(0, ignore, 0)).toThrow(
      /At most 2097152 events may be pending at once.*schedule the next one/,
    );
  });
});
