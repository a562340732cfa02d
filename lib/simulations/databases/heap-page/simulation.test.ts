/**
 * What the contract test cannot know: that the model does with its pages what a real PostgreSQL was
 * recorded to do, byte for byte, and what the reader's interventions come to. The declared checks HP1
 * to HP11 run there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterventionEvent } from '../../../simulation/definition';
import { indexRecording } from '../../../simulation/recording-index';
import { tested } from '../../../simulation/test-races';
import { layoutMistakes, tableOf } from './checks';
import { createFreeSpaceMap } from './models/free-space-map';
import { hot } from './models/hot';
import { createTransactions, isVisible } from './models/transactions';
import { pagesNeeded } from './run';
import { simulation } from './simulation';
import { replay, SCRIPTS } from './transcript';
import { readTranscript } from './transcript.node.ts';

const { raceOf } = tested('databases', 'heap-page', simulation);

describe('the pages of the model are those of a real PostgreSQL', () => {
  const recorded = readTranscript();

  test('there is a recording of every script, and of no other', () => {
    expect(Object.keys(recorded.scripts)).toEqual(Object.keys(SCRIPTS));
    expect(recorded.server).toMatch(/^PostgreSQL 1[5-9]/);
  });

  test.each(Object.entries(SCRIPTS))('statement for statement in %s', (id, script) => {
    const pages = replay(hot, script);
    expect(pages).toHaveLength(script.steps.length);
    script.steps.forEach((step, i) => {
      expect(pages[i], `after step ${i + 1}, ${step}`).toEqual(recorded.scripts[id]?.[i]);
    });
  });
});

describe('visibility', () => {
  test('what runs, has aborted or begins later is not seen; what did so after the snapshot still is', () => {
    const transactions = createTransactions();
    const [committed, aborted, running] = [0, 0, 0].map(transactions.begin) as [
      number,
      number,
      number,
    ];
    transactions.commit(committed);
    transactions.abort(aborted);
    const snapshot = transactions.open();
    transactions.commit(running);
    const later = transactions.begin();
    transactions.commit(later);
    const seen = (xmin: number, xmax: number): boolean =>
      isVisible(
        {
          row: 1,
          version: 1,
          xmin,
          xmax,
          ctid: { page: 0, lp: 1 },
          bytes: 100,
          isHeapOnly: false,
          isHotUpdated: false,
        },
        snapshot,
        transactions,
      );
    const writers = { committed, aborted, running, later };
    // By who wrote a version, and then by who replaced one that is there.
    expect(Object.values(writers).map((xmin) => seen(xmin, 0))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(Object.values(writers).map((xmax) => seen(committed, xmax))).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(transactions.horizon()).toBe(running);
    transactions.close(snapshot);
    expect(transactions.horizon()).toBe(transactions.next());
  });
});

test('the free space map finds a page exactly if one has enough, whatever was asked before', () => {
  const asked = fc.record({
    page: fc.integer({ min: 0, max: 40 }),
    has: fc.integer({ min: 0, max: 8160 }),
    needs: fc.integer({ min: 1, max: 8160 }),
  });
  fc.assert(
    fc.property(fc.array(asked, { minLength: 1, maxLength: 60 }), (steps) => {
      const map = createFreeSpaceMap();
      const steps32 = new Map<number, number>();
      for (const { page, has, needs } of steps) {
        steps32.set(page, Math.floor(has / 32));
        const found = map.setAndSearch(page, has, needs);
        const fits = (category: number): boolean => category >= Math.ceil(needs / 32);
        if (found === undefined) expect([...steps32.values()].some(fits)).toBe(false);
        else expect(fits(steps32.get(found) ?? 0)).toBe(true);
      }
    }),
  );
});

test('pages keep their layout and their count of versions under any order of updates, aborts, deletes and vacuums', () => {
  const statement = fc.record({
    kind: fc.constantFrom('update', 'update', 'update', 'abort', 'remove', 'vacuum'),
    row: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(
      fc.array(statement, { maxLength: 60 }),
      fc.constantFrom(60, 300, 1100),
      (statements, rowBytes) => {
        const table = tableOf(hot, { rowBytes });
        const rows = new Set([1, 2, 3, 4, 5, 6, 7, 8]);
        for (const row of rows) table.insert(row);
        const { heap } = table;
        const held = (): number =>
          heap.pages.flatMap(({ pointers }) => pointers).filter(({ state }) => state === 'normal')
            .length;
        for (const { kind, row } of statements) {
          if (kind === 'vacuum') table.vacuum();
          else if (rows.has(row)) table[kind as 'update' | 'abort' | 'remove'](row);
          if (kind === 'remove') rows.delete(row);
          expect(heap.pages.flatMap(layoutMistakes)).toEqual([]);
          expect(heap.versions()).toBe(held());
        }
        table.vacuum();
        expect(heap.versions()).toBe(rows.size);
      },
    ),
    { numRuns: 40 },
  );
});

test('a version whose line pointer comes before that of its chain is counted once when it goes', () => {
  const { heap, insert, update, remove, vacuum } = tableOf(hot, { rowBytes: 1100 });
  // Seven fill a page; the first goes to the next one, and leaves its line pointer.
  for (let row = 1; row <= 7; row++) insert(row);
  expect(update(1)).toBe(false);
  vacuum();
  expect(update(7)).toBe(true);
  remove(7);
  vacuum();
  expect(heap.versions()).toBe(6);
});

describe('what the reader does', () => {
  const at = 250_000;
  const act = (id: string, atMs = at): InterventionEvent => ({ at: atMs, kind: 'act', id });
  const pagesAfter = (interventions: readonly InterventionEvent[]): number =>
    raceOf('lunch', { interventions }).value('hot', 'pagesAtEnd');

  test('VACUUM leaves the file as large as it is, VACUUM FULL makes it small', () => {
    const untouched = pagesAfter([]);
    expect(pagesAfter([act('vacuum-now')])).toBe(untouched);
    const full = pagesAfter([act('vacuum-full')]);
    expect(full).toBeGreaterThanOrEqual(pagesNeeded(500, 200));
    expect(full).toBeLessThan(untouched / 4);
  });

  test('VACUUM by hand makes no pauses, and autovacuum gives way to it', () => {
    const parameters = { costDelayMs: 100, costLimit: 20 };
    const alone = raceOf('autovacuum', {
      parameters: { ...parameters, autovacuum: false },
      interventions: [act('vacuum-now', 100_000)],
    });
    expect(alone.value('hot', 'vacuums')).toBe(1);
    expect(alone.value('hot', 'vacuumTime.mean')).toBe(0);
    const { recording } = raceOf('autovacuum', {
      parameters,
      interventions: [act('vacuum-now', 31_000)],
    }).run('hot');
    const notes = [...recording.notes.text].map((text, i) => ({
      text: recording.strings[text] ?? '',
      atMs: recording.notes.at[i] ?? Number.NaN,
    }));
    const cancelled = notes.find(({ text }) => text.endsWith('is cancelled.'));
    expect(cancelled?.atMs).toBe(31_000);
    const through = notes.filter(({ text }) => text.includes('is through'));
    expect(through[0]?.text).toMatch(/^VACUUM/);
    expect(through[0]?.atMs).toBe(31_000);
    // The run that was cancelled does not go on; the next begins at a later look.
    expect(through[1]?.atMs).toBeGreaterThan(60_000);
  });

  test('pages that are packed stay so when the others are filled less', () => {
    const changed = (interventions: readonly InterventionEvent[]) =>
      raceOf('room', { interventions });
    const set = { at: 0, kind: 'set', parameter: 'fillfactor', value: 50 } as const;
    const [before, after] = [changed([]), changed([set])];
    for (const result of ['hotShare', 'pagesAtEnd']) {
      expect(after.value('packed', result)).toBe(before.value('packed', result));
      expect(after.value('hot', result)).not.toBe(before.value('hot', result));
    }
  });

  test('to end the long transaction early keeps the table small; to delete rows gives nothing back', () => {
    const early = pagesAfter([act('end-long', 90_000)]);
    expect(early).toBeLessThan(pagesAfter([]) / 2);
    const halved = raceOf('autovacuum', { interventions: [act('delete-half', 100_000)] });
    expect(halved.value('hot', 'missing')).toBe(0);
    expect(halved.value('hot', 'pagesAtEnd')).toBe(raceOf('autovacuum').value('hot', 'pagesAtEnd'));
  });

  test('a second long transaction goes on holding back when the first has ended', () => {
    const second = pagesAfter([act('open-long', 90_000)]);
    expect(second).toBeGreaterThan(pagesAfter([]) * 1.1);
    // Both are given up together.
    expect(pagesAfter([act('open-long', 90_000), act('end-long', 91_000)])).toBe(
      pagesAfter([act('end-long', 91_000)]),
    );
  });

  test('the recorded cells tell the first page: what they lead to is there, and what the transaction sees is marked', () => {
    const { recording } = raceOf('held').run('hot');
    const index = indexRecording(recording);
    for (const t of [3_000, 10_000, 15_000, 20_000]) {
      const cells = Array.from({ length: 16 }, (_, i) => {
        const stateOf = (field: string) => index.stateAt(`lp-${i + 1}`, field, t);
        return { holds: stateOf('holds'), next: stateOf('next'), seen: stateOf('seen') };
      });
      for (const { next } of cells)
        if (next !== '' && next !== undefined && Number(`${next}`.slice(3)) <= cells.length)
          expect(cells[Number(`${next}`.slice(3)) - 1]?.holds).toMatch(/^\d+ v\d+$/);
      // At most one version of each row can be seen, and none before it begins.
      const seen = cells.filter(({ seen }) => seen === 1).map(({ holds }) => `${holds}`[0]);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length > 0).toBe(t > 6_000);
    }
  });
});
