import { grouped } from '../../../kernel/grouped';
import type { RunContext } from '../../../simulation/definition';
import { kindOf } from './changes';
import type { measures } from './measures';
import type { Key, Page, Pager, Row } from './models/pager';
import { type parameters, ROW_EVERY_MS, START_MS } from './parameters';
import { Slots } from './slots';
import { Table } from './table';
import { API, isCloseUp } from './views';

type Context = RunContext<typeof parameters, typeof measures, Pager>;

/**
 * One client walks through a list from its first page to its last, while rows come, go and move.
 * The list stands still when the walk is over.
 */
export function run(context: Context) {
  const { simulator, parameters, record, measure, model } = context;
  const { order, sortBy, rows: rowsAtStart } = parameters;
  const table = new Table(order);
  const clock = new Clock(context, table, rowsAtStart);
  const slots = isCloseUp(parameters) ? new Slots(context, table) : undefined;
  /** How often each row was shown. */
  const shown = new Map<number, number>();
  /** Rows that have been there from the first page on, with the places that they had then. */
  const throughout = new Map<number, Key>();
  /** The end of what was shown, as far as the walk has come. */
  let reached: Key | undefined;
  let token: string | undefined;
  let page: Page | undefined;
  let pages = 0;
  let repeated = 0;
  let missed = 0;
  let isOver = false;

  function ask(): void {
    if (pages === 0) for (const row of table.rows) throughout.set(row.id, row);
    const readBefore = table.rowsRead;
    page = model(table.list(), { size: parameters.pageSize, token });
    const read = table.rowsRead - readBefore;
    pages++;
    measure.requests.add();
    measure.rowsRead.add(read);
    measure.pageCost.add(read);
    measure.pageCostMost.add(read);
    const again = show(page.rows);
    repeated += again;
    measure.repeated.add(again);
    token = page.next;
    isOver = token === undefined;
    tell(page, { read, again });
    if (isOver) end();
    else simulator.after(parameters.thinkMs, ask);
  }

  /** Counts the rows as shown; how many of them had been shown before. */
  function show(rows: readonly Row[]): number {
    let again = 0;
    for (const row of rows) {
      const times = shown.get(row.id) ?? 0;
      shown.set(row.id, times + 1);
      if (times > 0) again++;
      measure.repeatedShare.add(times > 0);
      if (!table.has(row.id)) measure.outdated.add();
      if (!reached || table.compare(row, reached) > 0) reached = row;
    }
    return again;
  }

  /** Whether the walk has come past this place. */
  const isBehind = (place: Key): boolean =>
    isOver || (reached !== undefined && table.compare(place, reached) <= 0);
  /** Never shown, and past it: where it stands, and where a snapshot may show it still. */
  const isMissed = (row: Row): boolean =>
    !shown.has(row.id) && isBehind(row) && isBehind(throughout.get(row.id) ?? row);
  function countMissed(): number {
    let count = 0;
    for (const row of table.rows) {
      if (!isBehind(row)) break;
      if (throughout.has(row.id) && isMissed(row)) count++;
    }
    return count;
  }

  /** What a page was, for the views. */
  function tell({ rows, total }: Page, { read, again }: { read: number; again: number }): void {
    if (!record.isRecording()) return;
    const missedBefore = missed;
    missed = countMissed();
    record.sample('read', read);
    record.sample('repeated', repeated);
    record.sample('skipped', missed);
    const [first, last] = [rows[0], rows.at(-1)];
    record.state(API, 'page', pages);
    record.state(API, 'rows', first && last ? `#${first.id} to #${last.id}` : 'none');
    record.state(API, 'read', read);
    if (total !== undefined) record.state(API, 'total', total);
    record.state(API, 'repeated', repeated);
    record.state(API, 'skipped', missed);
    if (again > 0) record.note(`Page ${pages}: ${rowsInWords(again)} came again.`, 'warning');
    if (missed > missedBefore)
      record.note(`Page ${pages}: ${rowsInWords(missed - missedBefore)} passed over.`, 'bad');
    draw();
  }

  /** Draws the list as it is now. */
  function draw(): void {
    if (!slots || !record.isRecording()) return;
    const onPage = new Set(page?.rows.map(({ id }) => id));
    slots.show({
      onPage,
      // Where the next page would begin if it were asked for now.
      next: isOver ? undefined : peek(),
      kindOf: (row) => {
        const times = shown.get(row.id) ?? 0;
        if (times > 1) return 'twice';
        if (times > 0) return 'shown';
        if (!isMissed(row)) return '';
        return throughout.has(row.id) ? 'missed' : 'late';
      },
    });
  }

  function peek(): number | undefined {
    if (pages === 0) return table.rows[0]?.id;
    return table.look((list) => model(list, { size: parameters.pageSize, token })).rows[0]?.id;
  }

  function end(): void {
    simulator.cancel(deadline);
    for (const row of table.rows) {
      if (!throughout.has(row.id)) {
        if (isMissed(row)) measure.newMissed.add();
        continue;
      }
      measure.skippedShare.add(isMissed(row));
      if (isMissed(row)) measure.skipped.add();
    }
    measure.finished.add(isOver);
    if (isOver)
      record.note(
        `The last page. ${rowsInWords(countMissed())} skipped, ${rowsInWords(repeated)} repeated.`,
        countMissed() + repeated > 0 ? 'bad' : 'good',
      );
    else record.note('The walk has not come to an end.', 'bad');
  }

  function remove(place: number): Row | undefined {
    const gone = table.removeAt(place);
    if (!gone) return undefined;
    throughout.delete(gone.id);
    measure.deadKept.add(table.deadCount);
    return gone;
  }

  /** Gives a row the present time, by which it may move. */
  function update(place: number): Row | undefined {
    const row = table.rows[place];
    if (!row || sortBy === 'created') return row;
    table.removeAt(place);
    table.insert({ id: row.id, atMs: clock.next() });
    measure.deadKept.add(table.deadCount);
    return row;
  }

  context.forEachArrival((row) => {
    if (isOver) return;
    const { workload } = context;
    const place = Math.floor((workload.draw[row] ?? 0) * table.rows.length);
    const kind = kindOf(workload, row);
    switch (kind) {
      case 'insert':
        table.insert(clock.newRow(row));
        break;
      case 'delete':
        remove(place);
        break;
      case 'update':
        update(place);
        break;
      default:
        kind satisfies never;
    }
    draw();
  });

  measure.deadKept.add(0);
  draw();
  simulator.at(START_MS, ask);
  // A page that is due at the last moment is asked for before it is said whether the walk is over.
  const deadline = simulator.at(context.untilMs, () => {
    simulator.after(0, () => {
      if (!isOver) end();
    });
  });

  /** What the reader does: says what came of it, or why nothing did. */
  const act = (change: () => Row | undefined, says: (row: Row) => string) => (): void => {
    if (isOver) {
      record.note('The walk is over; what happens to the list now changes nothing in it.');
      return;
    }
    const row = change();
    record.note(row ? says(row) : 'There is no such row now.');
    draw();
  };
  const firstShown = (): number => table.rows.findIndex(({ id }) => shown.has(id));
  const firstAhead = (): number =>
    table.rows.findIndex((row) => !shown.has(row.id) && !isBehind(row));

  return {
    'insert-at-head': act(
      () => {
        const row = clock.atHead();
        table.insert(row);
        return row;
      },
      ({ id }) => `Row #${id} is inserted at the head.`,
    ),
    'delete-behind': act(
      () => remove(firstShown()),
      ({ id }) => `Row #${id}, which has been shown, is deleted.`,
    ),
    'delete-ahead': act(
      () => remove(firstAhead()),
      ({ id }) => `Row #${id}, which is yet to come, is deleted.`,
    ),
    'update-ahead': act(
      () => update(firstAhead()),
      ({ id }) =>
        sortBy === 'updated'
          ? `Row #${id}, which is yet to come, is updated and moves.`
          : `Row #${id}, which is yet to come, is updated and stays where it is.`,
    ),
  };
}

const rowsInWords = (count: number): string => `${grouped(count)} ${count === 1 ? 'row' : 'rows'}`;

/** Gives rows their ids and times. */
class Clock {
  private id = 0;
  private newestMs = 0;
  private readonly startMs: number;

  constructor(
    private readonly context: Context,
    private readonly table: Table,
    rows: number,
  ) {
    const equal = context.random('equal times');
    for (let i = 0; i < rows; i++) {
      const isEqual = i > 0 && equal.next() * 100 < context.parameters.equalPercent;
      if (!isEqual) this.newestMs += ROW_EVERY_MS;
      table.insert({ id: this.nextId(), atMs: this.newestMs });
    }
    this.startMs = this.newestMs;
  }

  /** A time later than any before it: now, in whole ms. */
  next(): number {
    const nowMs = this.startMs + Math.floor(this.context.simulator.now);
    this.newestMs = Math.max(this.newestMs + 1, nowMs);
    return this.newestMs;
  }

  /** The row that comes in with this row of the workload. */
  newRow(row: number): Row {
    const { keyedUniform, parameters } = this.context;
    const happens = (what: string, percent: number): boolean =>
      keyedUniform(what, row, 0) * 100 < percent;
    const id = this.nextId();
    if (happens('old date', parameters.latePercent)) {
      const oldestMs = Math.min(...this.ends());
      const spanMs = Math.max(...this.ends()) - oldestMs;
      return { id, atMs: oldestMs + Math.floor(keyedUniform('which date', row, 0) * (spanMs + 1)) };
    }
    if (happens('equal time', parameters.equalPercent)) return { id, atMs: this.newestMs };
    return { id, atMs: this.next() };
  }

  /** A row that comes before all others of the list. */
  atHead(): Row {
    const id = this.nextId();
    if (this.table.order === 'newest-first') return { id, atMs: this.next() };
    return { id, atMs: Math.max(0, (this.table.rows[0]?.atMs ?? 1) - 1) };
  }

  private ends(): number[] {
    const { rows } = this.table;
    return [rows[0]?.atMs ?? this.newestMs, rows.at(-1)?.atMs ?? this.newestMs];
  }

  private nextId(): number {
    return ++this.id;
  }
}
