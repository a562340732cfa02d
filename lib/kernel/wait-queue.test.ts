import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { precedes, type QueueEntry, WaitQueue } from './wait-queue';

interface Entry extends QueueEntry {
  readonly number: number;
}

describe('WaitQueue', () => {
  test.each([
    ['of one priority that leave at the front', 0, 0],
    ['of one priority', 0, 2],
    ['of four priorities', 3, 2],
  ])('equals a sorted list for entries %s', (_which, priorityMax, leaveWeight) => {
    const operation = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('add' as const), priority: fc.nat(priorityMax) }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('serve' as const) }) },
      {
        weight: leaveWeight,
        arbitrary: fc.record({ kind: fc.constantFrom('leave' as const), pick: fc.nat() }),
      },
      {
        weight: Math.min(1, leaveWeight),
        arbitrary: fc.record({ kind: fc.constant('comeBack' as const) }),
      },
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const queue = new WaitQueue<Entry>();
        let inOrder: Entry[] = [];
        const all: Entry[] = [];
        let lastOut: Entry | undefined;
        for (const step of operations) {
          switch (step.kind) {
            case 'add': {
              const entry = {
                number: all.length,
                priority: step.priority,
                sequence: -1,
                place: -1,
              };
              all.push(entry);
              queue.add(entry);
              inOrder.push(entry);
              break;
            }
            case 'serve':
              lastOut = inOrder.shift() ?? lastOut;
              queue.removeFirst();
              break;
            case 'leave': {
              const entry = all[step.pick % Math.max(1, all.length)];
              if (entry === undefined) break;
              expect(queue.remove(entry)).toBe(inOrder.includes(entry));
              inOrder = inOrder.filter((other) => other !== entry);
              break;
            }
            case 'comeBack':
              if (lastOut === undefined || inOrder.includes(lastOut)) break;
              queue.insert(lastOut);
              inOrder.push(lastOut);
              break;
          }
          // Entries are numbered in the order in which they first joined.
          inOrder.sort((a, b) => a.priority - b.priority || a.number - b.number);
          expect(queue.first).toBe(inOrder[0]);
          expect(queue.length).toBe(inOrder.length);
          for (const entry of all) expect(entry.place >= 0).toBe(inOrder.includes(entry));
        }
        const served = Array.from(inOrder, () => queue.removeFirst()?.number);
        expect(served).toEqual(inOrder.map((entry) => entry.number));
        expect(queue.removeFirst()).toBeUndefined();
      }),
      { seed: 17, numRuns: 200 },
    );
  });

  test('orders by priority, and by arrival among equals', () => {
    const entry = (priority: number, sequence: number) => ({ priority, sequence, place: -1 });
    expect(precedes(entry(1, 9), entry(2, 0))).toBe(true);
    expect(precedes(entry(2, 0), entry(1, 9))).toBe(false);
    expect(precedes(entry(1, 3), entry(1, 4))).toBe(true);
    expect(precedes(entry(1, 4), entry(1, 4))).toBe(false);
  });
});
