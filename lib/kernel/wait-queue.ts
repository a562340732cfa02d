/** What stands in a `WaitQueue`; the queue keeps `place` and `sequence`, the owner only reads them. */
export interface QueueEntry {
  /** Smaller numbers are served first. */
  readonly priority: number;
  /** The order of arrival, which decides among equal priorities. */
  sequence: number;
  /** Index in the queue's heap, or −1 outside the queue. */
  place: number;
}

/**
 * A priority queue, first-in first-out among equal priorities, from which entries can also be removed
 * out of turn. `add`, `removeFirst` and `remove` cost O(log n); with one priority only, `add` is O(1).
 */
export class WaitQueue<T extends QueueEntry> {
  private readonly heap: T[] = [];
  private nextSequence = 0;

  get length(): number {
    return this.heap.length;
  }

  /** The entry that is served next, or undefined when the queue is empty. */
  get first(): T | undefined {
    return this.heap[0];
  }

  /** All entries, in no particular order. */
  get entries(): readonly T[] {
    return this.heap;
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
    this.heap.push(entry);
    this.rise(entry, this.heap.length - 1);
  }

  /** Takes out the entry that is served next; undefined when the queue is empty. */
  removeFirst(): T | undefined {
    const first = this.heap[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Takes out an entry wherever it stands. Returns false when it is not in this queue. */
  remove(entry: T): boolean {
    const { heap } = this;
    const place = entry.place;
    if (place < 0 || heap[place] !== entry) return false;
    const last = heap.pop();
    if (last !== undefined && last !== entry) {
      this.rise(last, place);
      this.sink(last, last.place);
    }
    entry.place = -1;
    return true;
  }

  private rise(entry: T, from: number): void {
    const { heap } = this;
    let place = from;
    while (place > 0) {
      const parentPlace = (place - 1) >>> 1;
      const parent = heap[parentPlace] as T;
      if (!precedes(entry, parent)) break;
      heap[place] = parent;
      parent.place = place;
      place = parentPlace;
    }
    heap[place] = entry;
    entry.place = place;
  }

  private sink(entry: T, from: number): void {
    const { heap } = this;
    let place = from;
    for (;;) {
      const left = 2 * place + 1;
      const leftChild = heap[left];
      if (leftChild === undefined) break;
      const rightChild = heap[left + 1];
      const child =
        rightChild !== undefined && precedes(rightChild, leftChild) ? rightChild : leftChild;
      if (!precedes(child, entry)) break;
      const childPlace = child.place;
      heap[place] = child;
      child.place = place;
      place = childPlace;
    }
    heap[place] = entry;
    entry.place = place;
  }
}

/** The order of service: by priority, and by arrival among equals. */
export function precedes(a: QueueEntry, b: QueueEntry): boolean {
  return a.priority < b.priority || (a.priority === b.priority && a.sequence < b.sequence);
}
