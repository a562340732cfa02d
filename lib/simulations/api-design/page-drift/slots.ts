/** The rows of a list as a grid draws them: each keeps its slot for as long as it is there. */
import type { RunContext } from '../../../simulation/definition';
import type { measures } from './measures';
import type { Pager, Row } from './models/pager';
import type { parameters } from './parameters';
import type { Table } from './table';
import { LIST, SLOTS_PER_ROW, slotNode } from './views';

interface Drawn {
  /** Rows of the present page. */
  readonly onPage: ReadonlySet<number>;
  /** The row with which the next page would begin. */
  readonly next: number | undefined;
  readonly kindOf: (row: Row) => string;
}

export class Slots {
  private readonly slotOf = new Map<number, number>();
  private readonly free: number[];
  private readonly told = new Map<string, number | string>();
  private isFull = false;

  constructor(
    private readonly context: RunContext<typeof parameters, typeof measures, Pager>,
    private readonly table: Table,
  ) {
    const count = Math.floor(context.parameters.rows * SLOTS_PER_ROW);
    this.free = Array.from({ length: count }, (_, i) => count - i);
  }

  show({ onPage, next, kindOf }: Drawn): void {
    const { rows, order } = this.table;
    for (const [id, slot] of this.slotOf) {
      if (this.table.has(id)) continue;
      this.slotOf.delete(id);
      this.free.push(slot);
      this.tell(slot, 'page', 0);
      this.tell(slot, 'kind', '');
      this.tell(slot, 'row', '');
    }
    for (const row of rows) {
      const slot = this.slotOf.get(row.id) ?? this.free.pop();
      if (slot === undefined) {
        if (!this.isFull)
          this.context.record.note('The list has become longer than the drawing has room for.');
        this.isFull = true;
        continue;
      }
      this.slotOf.set(row.id, slot);
      // Of two rows of one time the order is that of their ids, which fill the fraction.
      const place = row.atMs + row.id / 1e6;
      this.tell(slot, 'place', order === 'newest-first' ? -place : place);
      this.tell(slot, 'at', row.atMs);
      this.tell(slot, 'page', onPage.has(row.id) ? 1 : 0);
      this.tell(slot, 'kind', kindOf(row));
      this.tell(slot, 'row', `${row.id}`);
    }
    const slot = next === undefined ? undefined : this.slotOf.get(next);
    const hand = slot === undefined ? '' : slotNode(slot);
    if (this.told.get('hand') === hand) return;
    this.told.set('hand', hand);
    this.context.record.state(LIST, 'next', hand);
  }

  /** Records what has changed; the same said again would be drawn as a touch. */
  private tell(slot: number, field: string, value: number | string): void {
    const id = `${slot} ${field}`;
    if (this.told.get(id) === value) return;
    this.told.set(id, value);
    this.context.record.state(slotNode(slot), field, value);
  }
}
