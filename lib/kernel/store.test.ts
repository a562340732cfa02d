import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Interrupted, type ProcessBody, spawn } from './process';
import { Simulator } from './simulator';
import { Store } from './store';

describe('Store', () => {
  test('gives items in the order of arrival, to takers in the order of arrival', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const lines: string[] = [];
    for (const taker of ['x', 'y', 'z']) {
      spawn(simulator, function* () {
        const item = yield* store.take();
        lines.push(`${simulator.now} ${taker} takes ${item}`);
      });
    }
    spawn(simulator, function* () {
      yield 5;
      yield* store.put('a');
      yield 5;
      yield* store.put('b');
      yield* store.put('c');
      yield* store.put('d');
    });
    simulator.run();
    expect(lines).toEqual(['5 x takes a', '10 y takes b', '10 z takes c']);
    expect(store.items()).toEqual(['d']);
  });

  test('makes those who put wait while it is full, in their order', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator, { capacity: 1 });
    const lines: string[] = [];
    for (const item of ['a', 'b', 'c']) {
      spawn(simulator, function* () {
        yield* store.put(item);
        lines.push(`${simulator.now} ${item} is in`);
      });
    }
    for (const timeMs of [5, 10]) {
      simulator.at(timeMs, () => lines.push(`${timeMs} took ${store.tryTake()}`));
    }
    simulator.at(3, () => {
      expect([store.isFull, store.waitingPuts, store.tryPut('d')]).toEqual([true, 2, false]);
    });
    simulator.run();
    expect(lines).toEqual(['0 a is in', '5 took a', '5 b is in', '10 took b', '10 c is in']);
  });

  test('gives items with smaller priority numbers first, equal ones in the order of arrival', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator, { priorityOf: (job) => job.length });
    for (const job of ['ccc', 'a', 'bb', 'x', 'yy']) store.tryPut(job);
    expect(store.items()).toEqual(['a', 'x', 'bb', 'yy', 'ccc']);
    const taken = Array.from({ length: 6 }, () => store.tryTake());
    expect(taken).toEqual(['a', 'x', 'bb', 'yy', 'ccc', undefined]);
  });

  test('gives a filtered take the first item that fits, now or later', () => {
    const simulator = new Simulator();
    const store = new Store<number>(simulator);
    for (const item of [1, 2, 3, 4]) store.tryPut(item);
    const isEven = (item: number) => item % 2 === 0;
    const lines: string[] = [];
    spawn(simulator, function* () {
      for (let count = 0; count < 3; count++) {
        const item = yield* store.take(isEven);
        lines.push(`${simulator.now} ${item}`);
      }
    });
    simulator.at(5, () => store.tryPut(5));
    simulator.at(7, () => store.tryPut(6));
    simulator.run();
    expect(lines).toEqual(['0 2', '0 4', '7 6']);
    expect(store.items()).toEqual([1, 3, 5]);
  });

  test('calls back when there is an item, until the wait is withdrawn', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator);
    const lines: string[] = [];
    const note = (item: string) => lines.push(`${simulator.now} ${item}`);
    store.tryPut('a');
    store.takeWhenThere(note);
    store.takeWhenThere(note);
    const waiting = store.takeWhenThere(note);
    simulator.at(3, () => store.tryPut('b'));
    simulator.at(4, () => waiting.withdraw());
    simulator.at(5, () => store.tryPut('c'));
    simulator.at(6, () => {
      const announced = store.takeWhenThere(note);
      expect(store.length).toBe(0);
      announced.withdraw();
    });
    simulator.run();
    expect(lines).toEqual(['0 a', '3 b']);
    expect(store.items()).toEqual(['c']);
  });

  test('gives what a cancelled taker had not received to the next, in the old order', () => {
    const simulator = new Simulator();
    const store = new Store<string>(simulator, { capacity: 2 });
    const lines: string[] = [];
    const takers = ['x', 'y', 'z'].map((taker) =>
      spawn(simulator, function* () {
        lines.push(`${taker} takes ${yield* store.take()}`);
      }),
    );
    simulator.at(5, () => {
      for (const item of ['a', 'b', 'c']) store.tryPut(item);
      for (const item of ['d', 'e']) store.tryPut(item);
      takers[1]?.cancel();
      takers[0]?.cancel();
      expect(store.items()).toEqual(['a', 'b', 'd', 'e']);
    });
    simulator.run();
    expect(lines).toEqual(['z takes c']);
  });

  test.each([0, 2.5, Number.NaN])('refuses a capacity of %d', (capacity) => {
    expect(() => new Store(new Simulator(), { capacity, name: 'inbox' })).toThrow(
      /capacity of "inbox" should be/,
    );
  });

  test('refuses an item whose priority is no number, and names itself', () => {
    const store = new Store<number>(new Simulator(), { name: 'inbox', priorityOf: (item) => item });
    expect(() => store.tryPut(Number.NaN)).toThrow(/priorityOf of "inbox".*returned NaN/);
    expect(store.length).toBe(0);
  });

  test('loses no item, gives none twice, and lets nobody wait for what is there', () => {
    const actor = fc.record({
      does: fc.constantFrom('put', 'take', 'takeEven'),
      atMs: fc.nat(15),
      fate: fc.constantFrom('none', 'none', 'interrupted', 'cancelled'),
      fateAtMs: fc.nat(20),
    });
    const scenario = fc.record({
      capacity: fc.integer({ min: 1, max: 4 }),
      byPriority: fc.boolean(),
      actors: fc.array(actor, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(scenario, ({ capacity, byPriority, actors }) => {
        const simulator = new Simulator({ maxEvents: 20_000 });
        const store = new Store<number>(simulator, {
          capacity,
          priorityOf: byPriority ? (item) => item % 5 : undefined,
        });
        const isEven = (item: number) => item % 2 === 0;
        const inStore = new Set<number>();
        const taken: number[] = [];
        const waiting = new Map<number, 'put' | 'take' | 'takeEven'>();
        for (const [number, { does, atMs, fate, fateAtMs }] of actors.entries()) {
          const process = spawn(simulator, function* (): ProcessBody<void> {
            try {
              yield atMs;
              waiting.set(number, does);
              if (does === 'put') {
                yield* store.put(number);
                inStore.add(number);
              } else taken.push(yield* store.take(does === 'take' ? undefined : isEven));
            } catch (error) {
              expect(error).toBeInstanceOf(Interrupted);
            } finally {
              waiting.delete(number);
            }
          });
          if (fate === 'interrupted') simulator.at(fateAtMs, () => process.interrupt('test'));
          if (fate === 'cancelled') simulator.at(fateAtMs, () => process.cancel());
        }
        for (let timeMs = 0; timeMs <= 21; timeMs++) {
          simulator.runUntil(timeMs + 0.5);
          const waitsFor = [...waiting.values()];
          const items = store.items();
          if (waitsFor.includes('take')) expect(items).toEqual([]);
          if (waitsFor.includes('takeEven')) expect(items.filter(isEven)).toEqual([]);
          if (waitsFor.includes('put')) expect(store.isFull).toBe(true);
          expect(new Set(taken).size).toBe(taken.length);
          for (const item of items) expect(taken).not.toContain(item);
          // A put that was cancelled before it was told may have put its item all the same.
          for (const item of inStore) expect([...items, ...taken]).toContain(item);
        }
        expect(simulator.pending).toBe(0);
        expect(store.waitingPuts + store.waitingTakes).toBe(waiting.size);
      }),
      { seed: 16, numRuns: 200 },
    );
  });
});
