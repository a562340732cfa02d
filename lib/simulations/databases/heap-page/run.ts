/** A run: a table whose rows are updated and read, somebody who forgets a transaction, and VACUUM. */
import { grouped } from '../../../kernel/grouped';
import type { RunContext } from '../../../simulation/definition';
import type { HeapMeasures } from './measures';
import type { HeapFactory, VacuumStep } from './models/heap';
import {
  aligned,
  LINE_POINTER_BYTES,
  lowerOf,
  PAGE_BYTES,
  PAGE_HEADER_BYTES,
  type Page,
  TUPLE_HEADER_BYTES,
} from './models/page';
import { createTransactions, fateOf, isVisible, type Snapshot } from './models/transactions';
import { isCloseUp, type parameters } from './parameters';
import {
  type CellKind,
  LINE_POINTER,
  LINE_POINTERS_SHOWN,
  STRETCH,
  STRETCHES,
  TABLE,
} from './views';

type Context = RunContext<typeof parameters, HeapMeasures, HeapFactory>;

const TICK_NEAR_MS = 500;
const TICK_MS = 3000;
/** What VACUUM counts for a page in memory, and for one that it makes dirty besides. */
const COST_OF_PAGE = 1;
const COST_OF_WRITE = 20;

/** Of the workload's sizes: what a row of it is. */
export const UPDATE = 1;
export const READ = 0;

/** The fewest pages that hold so many rows of this size. */
export function pagesNeeded(rows: number, rowBytes: number): number {
  const each = aligned(TUPLE_HEADER_BYTES + rowBytes) + LINE_POINTER_BYTES;
  return Math.ceil(rows / Math.floor((PAGE_BYTES - PAGE_HEADER_BYTES) / each));
}

export function run(context: Context) {
  const { simulator, parameters, workload, record, measure, untilMs } = context;
  const transactions = createTransactions(10);
  const heap = context.model({ options: parameters, transactions });
  const isNear = isCloseUp(parameters);
  const tickMs = isNear ? TICK_NEAR_MS : TICK_MS;
  const deleted = new Set<number>();
  const long = new Set<Snapshot>();
  let [updates, hotUpdates] = [0, 0];
  /** Raised to end a VACUUM that is under way. */
  let vacuumTurn = 0;
  let isVacuuming = false;

  const rowsLeft = (): number => parameters.rows - deleted.size;
  const oldVersions = (): number => heap.versions() - rowsLeft();
  const versionBytes = aligned(TUPLE_HEADER_BYTES + parameters.rowBytes);

  const lookUp = (row: number, snapshot: Snapshot) => {
    const found = heap.lookUp(row, snapshot);
    if (!found) {
      measure.missing.add();
      record.note(`Row ${row} is not found, though it is there.`, 'bad');
      return undefined;
    }
    measure.pruned.add(found.pruned);
    if (isNear && found.pruned > 0)
      record.note(
        `Whoever reads row ${row} prunes its page: ${found.pruned} old ${found.pruned === 1 ? 'version is' : 'versions are'} gone.`,
        'good',
      );
    return found;
  };

  /** One statement, with a snapshot of its own. */
  const statement = (row: number, isUpdate: boolean): void => {
    if (deleted.has(row)) return;
    const snapshot = transactions.open();
    const found = lookUp(row, snapshot);
    transactions.close(snapshot);
    if (found) measure.looked.add(found.looked);
    if (found && isUpdate) {
      const xid = transactions.begin();
      const { isHot, to } = heap.update(found.tid, xid);
      transactions.commit(xid);
      updates++;
      if (isHot) hotUpdates++;
      measure.hotShare.add(isHot);
      if (isNear)
        record.note(
          `Row ${row}: version ${found.tuple.version + 1} is written at (${to.page},${to.lp}), ${isHot ? 'HOT: no index entry' : 'with an entry in every index'}.`,
        );
    }
    changed();
  };

  /** After anything that may have changed the table. */
  const changed = (): void => {
    const pages = heap.pages.length;
    measure.pagesMost.add(pages);
    measure.deadMost.add(oldVersions());
    measure.indexEntriesMost.add(heap.indexEntries());
    measure.deadSpace.set((100 * oldVersions() * versionBytes) / (Math.max(1, pages) * PAGE_BYTES));
    if (isNear) draw();
  };

  const shown = new Map<string, number | string>();
  const show = (node: string, field: string, value: number | string): void => {
    const key = `${node} ${field}`;
    if (shown.get(key) === value) return;
    shown.set(key, value);
    record.state(node, field, value);
  };
  const draw = (): void => {
    if (!record.isRecording()) return;
    const page = heap.pages[0];
    const [snapshot] = long;
    for (let lp = 1; lp <= LINE_POINTERS_SHOWN; lp++) {
      const node = `${LINE_POINTER}-${lp}`;
      const told = pointerOf(page, lp);
      const { tuple } = told;
      show(node, 'holds', told.holds);
      show(node, 'xids', tuple ? `${tuple.xmin}–${tuple.xmax || ''}` : '');
      show(node, 'kind', told.kind);
      show(node, 'next', told.next === 0 ? '' : `${LINE_POINTER}-${told.next}`);
      show(node, 'seen', tuple && snapshot && isVisible(tuple, snapshot, transactions) ? 1 : 0);
      show(node, 'heapOnly', tuple?.isHeapOnly ? 'yes' : tuple ? 'no' : '');
    }
    const stretches = stretchesOf(page);
    for (let i = 0; i < STRETCHES; i++) {
      const node = `${STRETCH}-${i + 1}`;
      show(node, 'holds', stretches[i]?.holds ?? '');
      show(node, 'kind', stretches[i]?.kind ?? '');
    }
  };

  const tick = (index: number): void => {
    record.sample('pages', heap.pages.length);
    record.sample('needed', pagesNeeded(rowsLeft(), parameters.rowBytes));
    record.sample('entries', heap.indexEntries());
    record.sample('cold', updates - hotUpdates);
    record.sample('old', oldVersions());
    if (record.isRecording()) record.sample('held', heldBack());
    record.sample('dead', heap.deadVersions());
    record.sample('limit', limit());
    show(TABLE, 'dead', heap.deadVersions());
    show(TABLE, 'limit', limit());
    show(TABLE, 'updates', updates);
    show(TABLE, 'hot', hotUpdates);
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * tickMs;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  /** Old versions that cannot be removed yet. */
  const heldBack = (): number => {
    const horizon = transactions.horizon();
    let held = 0;
    for (const { pointers } of heap.pages)
      for (const pointer of pointers)
        if (
          pointer.state === 'normal' &&
          fateOf(pointer.tuple, horizon, transactions) === 'recently-dead'
        )
          held++;
    return held;
  };

  const open = (): Snapshot => {
    const snapshot = transactions.open();
    long.add(snapshot);
    record.note(
      `A transaction begins and stays open: nothing that was current at ${(simulator.now / 1000).toFixed(0)} s can be removed.`,
      'warning',
    );
    changed();
    return snapshot;
  };
  const end = (snapshots: readonly Snapshot[]): void => {
    checkLong();
    for (const snapshot of snapshots) {
      transactions.close(snapshot);
      long.delete(snapshot);
    }
    if (long.size === 0)
      record.note('The long transaction has ended: what it held back may be removed.', 'good');
    else
      record.note(
        'A long transaction has ended. Another is still open: what that one may see stays.',
        'warning',
      );
    changed();
  };
  /** It reads the table as it was at its beginning; rows deleted since are still there for it. */
  const checkLong = (): void => {
    for (const snapshot of long)
      for (let row = 1; row <= parameters.rows; row++)
        if (!heap.lookUp(row, snapshot) && !deleted.has(row)) {
          measure.missing.add();
          record.note(`The long transaction no longer finds row ${row}.`, 'bad');
        }
  };

  /** A report reads the table as it was when it began; half through, the next one begins. */
  const report = (): void => {
    const snapshot = transactions.open();
    simulator.after(parameters.reportMs, () => transactions.close(snapshot));
    simulator.after(parameters.reportMs / 2, report);
  };

  // #region autovacuum
  const limit = (): number => parameters.threshold + (parameters.scalePercent / 100) * rowsLeft();
  const look = (): void => {
    if (parameters.autovacuum && heap.deadVersions() > limit()) vacuum('Autovacuum');
    simulator.after(parameters.naptimeMs, look);
  };
  // #endregion

  const vacuum = (who: 'Autovacuum' | 'VACUUM'): void => {
    const isByHand = who === 'VACUUM';
    if (isVacuuming && !isByHand) {
      record.note('Autovacuum finds itself at work, and leaves the table to that run.');
      return;
    }
    if (isVacuuming) record.note('Autovacuum was at work on the table, and is cancelled.');
    isVacuuming = true;
    const turn = ++vacuumTurn;
    const since = simulator.now;
    let gone = 0;
    const steps = heap.vacuum();
    const finish = (): void => {
      isVacuuming = false;
      measure.vacuums.add();
      measure.vacuumTime.add(simulator.now - since);
      const left = oldVersions();
      record.note(
        `${who} is through: ${grouped(gone)} old ${gone === 1 ? 'version' : 'versions'} gone, ${grouped(left)} left${long.size > 0 && left > 0 ? ', held back by the long transaction' : ''}; ${grouped(heap.pages.length)} ${heap.pages.length === 1 ? 'page' : 'pages'}.`,
        left > rowsLeft() ? 'warning' : 'good',
      );
      changed();
    };
    const work = (): void => {
      if (turn !== vacuumTurn) return;
      let cost = 0;
      for (;;) {
        // What VACUUM takes away itself: clients write and prune while it waits.
        const before = heap.versions();
        const step: IteratorResult<VacuumStep, void> = steps.next();
        gone += before - heap.versions();
        if (step.done) {
          finish();
          return;
        }
        measure.vacuumPages.add();
        cost += COST_OF_PAGE + (step.value.isWritten ? COST_OF_WRITE : 0);
        // Only autovacuum pauses: vacuum_cost_delay, which is for all others, is 0 by default.
        if (!isByHand && parameters.costDelayMs > 0 && cost >= parameters.costLimit) break;
      }
      simulator.after(parameters.costDelayMs, work);
    };
    work();
  };

  const full = (): void => {
    const before = heap.pages.length;
    vacuumTurn++;
    isVacuuming = false;
    heap.rewrite();
    record.note(
      `VACUUM FULL rewrites the table: ${grouped(before)} pages become ${grouped(heap.pages.length)}. Nobody could read it meanwhile.`,
      'warning',
    );
    changed();
  };

  const deleteHalf = (): void => {
    const snapshot = transactions.open();
    const xid = transactions.begin();
    let gone = 0;
    for (let row = 1; row <= parameters.rows; row += 2) {
      if (deleted.has(row)) continue;
      const found = lookUp(row, snapshot);
      if (!found) continue;
      heap.remove(found.tid, xid);
      deleted.add(row);
      gone++;
    }
    transactions.commit(xid);
    transactions.close(snapshot);
    record.note(
      `Every second row is deleted: ${grouped(gone)} in all. The table is as large as before.`,
    );
    changed();
  };

  const loading = transactions.begin();
  for (let row = 1; row <= parameters.rows; row++) heap.insert(row, loading);
  transactions.commit(loading);
  changed();
  tick(0);
  if (parameters.longForMs > 0) {
    let declared: Snapshot | undefined;
    simulator.at(parameters.longFromMs, () => {
      declared = open();
    });
    // It ends itself alone: what the reader has opened is the reader's to end.
    simulator.at(parameters.longFromMs + parameters.longForMs, () => {
      if (declared && long.has(declared)) end([declared]);
    });
  }
  if (parameters.reportMs > 0) report();
  simulator.after(parameters.naptimeMs, look);
  simulator.at(untilMs, () => {
    checkLong();
    measure.pagesAtEnd.add(heap.pages.length);
  });
  context.forEachArrival((row) =>
    statement((workload.key[row] ?? 0) + 1, workload.size[row] === UPDATE),
  );

  return {
    'vacuum-now': () => {
      record.note('Somebody types VACUUM.');
      vacuum('VACUUM');
    },
    'vacuum-full': full,
    'open-long': () => {
      open();
    },
    'end-long': () => {
      if (long.size > 0) end([...long]);
      else record.note('No long transaction is open.');
    },
    'delete-half': deleteHalf,
  };
}

interface Told {
  readonly holds: string;
  readonly kind: CellKind | '';
  /** The line pointer that it leads to on this page; 0 is none. */
  readonly next: number;
  readonly tuple?: ReturnType<typeof tupleOf>;
}

const tupleOf = (page: Page | undefined, lp: number) => {
  const pointer = page?.pointers[lp - 1];
  return pointer?.state === 'normal' ? pointer.tuple : undefined;
};

/** What a line pointer of the first page is, in the words of the view. */
function pointerOf(page: Page | undefined, lp: number): Told {
  const pointer = page?.pointers[lp - 1];
  switch (pointer?.state) {
    case 'normal': {
      const { tuple } = pointer;
      const { row, version, xmax, ctid } = tuple;
      const leadsOn = xmax !== 0 && ctid.page === 0 && ctid.lp !== lp;
      return {
        holds: `${row} v${version}`,
        kind: xmax === 0 ? 'live' : 'old',
        next: leadsOn ? ctid.lp : 0,
        tuple,
      };
    }
    case 'redirect':
      return { holds: `→ ${pointer.to}`, kind: 'redirect', next: pointer.to };
    case 'dead':
      return { holds: 'dead', kind: 'dead', next: 0 };
    default:
      return { holds: '', kind: '', next: 0 };
  }
}

/** What lies in the middle of each stretch of a page. */
function stretchesOf(page: Page | undefined): { holds: string; kind: CellKind | '' }[] {
  const bytes = PAGE_BYTES / STRETCHES;
  return Array.from({ length: STRETCHES }, (_, i) => {
    const middle = (i + 0.5) * bytes;
    if (page && middle < Math.max(lowerOf(page), bytes)) return { holds: 'head', kind: 'head' };
    for (const pointer of page?.pointers ?? []) {
      if (pointer.state !== 'normal') continue;
      const { offset, tuple } = pointer;
      if (middle >= offset && middle < offset + aligned(tuple.bytes))
        return {
          holds: `${tuple.row} v${tuple.version}`,
          kind: tuple.xmax === 0 ? 'live' : 'old',
        };
    }
    return { holds: '', kind: '' };
  });
}
