/** What stands in a `WaitQueue`; the queue keeps `place` and `sequence`, the owner only reads them. */
export interface QueueEntry {
  /** Smaller numbers are served first. */
  readonly priority: number;
  /** The order of arrival, which decides among equal priorities. */
  sequence: number;
  /** Where the queue holds it, or −1 outside the queue. */
  place: number;
}

/** A power of two. */
const INITIAL_CAPACITY = 8;

/**
 * A priority queue, first-in first-out among equal priorities, from which entries can also be removed
 * out of turn.
 *
 * As long as entries come in the order in which they are to be served and leave at the front, which is
 * all there is to most queues, it is a ring, and each step costs O(1). The first that comes or leaves out
 * of turn makes it a binary heap, until it is empty again: then each step costs O(log n). The change
 * costs O(n), once for at least n additions.
 */
export class WaitQueue<T extends QueueEntry> {
  /** A ring from `start`, or a heap from 0. Its length is a power of two. */
  private cells: (T | null)[] = new Array(INITIAL_CAPACITY).fill(null);
  private start = 0;
  private count = 0;
  private isHeap = false;
  private nextSequence = 0;

  get length(): number {
    return this.count;
  }

  /** The entry that is served next, or undefined when the queue is empty. */
  get first(): T | undefined {
    return this.cells[this.start] ?? undefined;
  }

  /** All entries, in no particular order, as a copy. */
  get entries(): T[] {
    return this.cells.filter((entry) => entry !== null);
  }

  /** Adds an entry behind those of the same priority. */
  add(entry: T): void {
    this.number(entry);
    this.insert(entry);
  }

  /** Gives an entry its place in the order of arrival without adding it. */
  number(entry: T): void {
    entry.sequence = this.nextSequence++;
  }

  /** Adds an entry in the place that its sequence number gives it. */
  insert(entry: T): void {
    if (this.count === this.cells.length) this.resize(2 * this.count);
    const { cells } = this;
    if (!this.isHeap) {
      const last = (this.start + this.count - 1) & (cells.length - 1);
      if (this.count === 0 || !precedes(entry, cells[last] as T)) {
        const place = (last + 1) & (cells.length - 1);
        cells[place] = entry;
        entry.place = place;
        this.count += 1;
        return;
      }
      this.becomeHeap();
    }
    this.count += 1;
    this.rise(entry, this.count - 1);
  }

  /** Takes out the entry that is served next; undefined when the queue is empty. */
  removeFirst(): T | undefined {
    const { cells, start } = this;
    const first = cells[start];
    if (first === null || first === undefined) return undefined;
    if (this.isHeap) this.removeFromHeap(first);
    else {
      cells[start] = null;
      this.start = (start + 1) & (cells.length - 1);
      this.count -= 1;
    }
    first.place = -1;
    return first;
  }

  /** Takes out an entry wherever it stands. Returns false when it is not in this queue. */
  remove(entry: T): boolean {
    if (entry.place < 0 || this.cells[entry.place] !== entry) return false;
    if (entry === this.first) return this.removeFirst() !== undefined;
    if (!this.isHeap) this.becomeHeap();
    this.removeFromHeap(entry);
    entry.place = -1;
    return true;
  }

  private removeFromHeap(entry: T): void {
    const { cells } = this;
    this.count -= 1;
    const last = cells[this.count] as T;
    cells[this.count] = null;
    if (last !== entry) {
      this.rise(last, entry.place);
      this.sink(last, last.place);
    }
    if (this.count === 0) this.isHeap = false;
  }

  /** What is in order is a heap already; it only has to begin at 0. */
  private becomeHeap(): void {
    this.resize(this.cells.length);
    this.isHeap = true;
  }

  private resize(capacity: number): void {
    const { cells, start, count } = this;
    this.cells = new Array(capacity).fill(null);
    this.start = 0;
    for (let place = 0; place < count; place++) {
      const entry = cells[(start + place) & (cells.length - 1)] as T;
      this.cells[place] = entry;
      entry.place = place;
    }
  }

  private rise(entry: T, from: number): void {
    const { cells } = this;
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >>> 1;
      const parent = cells[parentPlace] as T;
      if (!precedes(entry, parent)) break;
      cells[place] = parent;
      parent.place = place;
      place = parentPlace;
    }
    cells[place] = entry;
    entry.place = place;
  }

  private sink(entry: T, from: number): void {
    const { cells, count } = this;
    let place = from;
    let child = 2 * place + 1;
    while (child < count) {
      const right = child + 1;
      if (right < count && precedes(cells[right] as T, cells[child] as T)) child = right;
      const least = cells[child] as T;
      if (!precedes(least, entry)) break;
      cells[place] = least;
      least.place = place;
      place = child;
      child = 2 * place + 1;
    }
    cells[place] = entry;
    entry.place = place;
  }
}

/** The order of service: by priority, and by arrival among equals. */
export function precedes(a: QueueEntry, b: QueueEntry): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.sequence < b.sequence);
}
