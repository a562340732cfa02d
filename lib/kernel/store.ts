import { type Process, Wait } from './process';
import type { Simulator } from './simulator';
import { precedes, type QueueEntry, WaitQueue } from './wait-queue';

interface StoreOptions<T> {
  /** The most items that the store holds, an integer from 1 or Infinity. Default: Infinity. */
  readonly capacity?: number;
  /** Appears in errors. Default: "store". */
  readonly name?: string;
  /** Items with smaller numbers are taken first, equal ones in the order of arrival. Default: FIFO. */
  readonly priorityOf?: (item: T) => number;
  /** Called after each change of `length`: the place for statistics. */
  readonly onChange?: (store: Store<T>) => void;
}

/** Chooses among the items of a store. */
type ItemFilter<T> = (item: T) => boolean;

/** An item with its place in the order of the store. */
interface StoredItem<T> extends QueueEntry {
  readonly item: T;
}

/**
 * A buffer of items between those who put and those who take: a mailbox, a job queue, a pool of
 * distinguishable things. Who puts into a full store waits, and so does who takes and finds nothing;
 * both are served in the order in which they came.
 *
 * From a process: `yield* store.put(job)`, `const job = yield* store.take()`. From callbacks: `tryPut`,
 * `tryTake` and `takeWhenThere`.
 */
export class Store<T> {
  readonly simulator: Simulator;
  readonly name: string;
  readonly capacity: number;
  private readonly priorityOf: ((item: T) => number) | null;
  private readonly onChange: ((store: Store<T>) => void) | null;
  private readonly stored = new WaitQueue<StoredItem<T>>();
  private readonly puts = new WaitQueue<Put<T>>();
  private readonly takes = new WaitQueue<Take<T>>();

  constructor(simulator: Simulator, options: StoreOptions<T> = {}) {
    const { capacity = Infinity, name = 'store', priorityOf, onChange } = options;
    if (!(capacity >= 1 && (Number.isInteger(capacity) || capacity === Infinity))) {
      throw new RangeError(
        `The capacity of "${name}" should be an integer from 1, or Infinity, but ${capacity} was given.`,
      );
    }
    this.simulator = simulator;
    this.name = name;
    this.capacity = capacity;
    this.priorityOf = priorityOf ?? null;
    this.onChange = onChange ?? null;
  }

  /**
   * How many items are in the store. Above the capacity only while items are back that had been handed
   * to a process which was cancelled before it received them.
   */
  get length(): number {
    return this.stored.length;
  }

  get isFull(): boolean {
    return this.stored.length >= this.capacity;
  }

  /** How many wait to put an item in. */
  get waitingPuts(): number {
    return this.puts.length;
  }

  /** How many wait to take an item out. */
  get waitingTakes(): number {
    return this.takes.length;
  }

  /** The items in the order in which they will be taken, as a copy. */
  items(): T[] {
    return this.stored.entries.sort((a, b) => (precedes(a, b) ? -1 : 1)).map(({ item }) => item);
  }

  /** For a process: puts an item in, as soon as there is room. */
  put(item: T): Wait<void> {
    return new Put(this, this.wrap(item));
  }

  /** Puts an item in if there is room now, and returns whether there was. */
  tryPut(item: T): boolean {
    if (this.isFull) return false;
    this.accept(this.wrap(item));
    return true;
  }

  /** For a process: takes the first item, or the first that the filter accepts, as soon as there is one. */
  take(filter?: ItemFilter<T>): Wait<T> {
    return new Take(this, filter ?? null);
  }

  /** Takes the first item (that the filter accepts) if there is one now; undefined otherwise. */
  tryTake(filter?: ItemFilter<T>): T | undefined {
    const found = this.find(filter ?? null);
    if (found === undefined) return undefined;
    this.removeStored(found);
    return found.item;
  }

  /**
   * For callbacks: calls `onItem(item)`, by an event of its own, when an item could be taken. The wait
   * that is returned can be withdrawn until then.
   */
  takeWhenThere(
    onItem: (item: T) => void,
    filter?: ItemFilter<T>,
  ): { readonly withdraw: () => void } {
    const take = new TakeForCallback(this, filter ?? null, onItem);
    this.enterTake(take);
    return take;
  }

  /** Puts now or waits. For `Put`. */
  enterPut(put: Put<T>): boolean {
    if (this.isFull) {
      this.puts.add(put);
      return false;
    }
    this.accept(put.stored);
    return true;
  }

  leavePut(put: Put<T>): void {
    this.puts.remove(put);
  }

  /** Takes now or waits. For `Take`. */
  enterTake(take: Take<T>): boolean {
    const found = this.find(take.filter);
    if (found === undefined) {
      this.takes.add(take);
      return false;
    }
    take.receiveAtOnce(found);
    this.removeStored(found);
    return true;
  }

  leaveTake(take: Take<T>): void {
    this.takes.remove(take);
  }

  /** Takes back what had been handed out but not received; it keeps its place in the order. */
  takeBack(stored: StoredItem<T>): void {
    this.offer(stored);
    this.onChange?.(this);
  }

  private wrap(item: T): StoredItem<T> {
    const priority = this.priorityOf === null ? 0 : this.priorityOf(item);
    if (Number.isNaN(priority)) {
      throw new RangeError(
        `priorityOf of "${this.name}" should return a number for every item, but returned NaN. Smaller numbers are taken first.`,
      );
    }
    return { item, priority, sequence: -1, place: -1 };
  }

  private accept(stored: StoredItem<T>): void {
    this.stored.number(stored);
    this.offer(stored);
    this.onChange?.(this);
  }

  /** Hands an item to the first who waits for one like it, or stores it. */
  private offer(stored: StoredItem<T>): void {
    const take = this.takes.length === 0 ? undefined : this.takerOf(stored.item);
    if (take === undefined) {
      this.stored.insert(stored);
    } else {
      this.takes.remove(take);
      take.receive(stored);
    }
  }

  private takerOf(item: T): Take<T> | undefined {
    const { first } = this.takes;
    if (first === undefined || first.filter === null) return first;
    return firstWhere(this.takes, ({ filter }) => filter === null || filter(item));
  }

  private find(filter: ItemFilter<T> | null): StoredItem<T> | undefined {
    if (filter === null) return this.stored.first;
    return firstWhere(this.stored, ({ item }) => filter(item));
  }

  /** Takes an item out, which may make room for those who wait to put. */
  private removeStored(stored: StoredItem<T>): void {
    this.stored.remove(stored);
    while (this.puts.length > 0 && !this.isFull) {
      const put = this.puts.removeFirst();
      if (put === undefined) break;
      this.accept(put.stored);
      put.delivered();
    }
    this.onChange?.(this);
  }
}

/** The first in the order of the queue that fulfils the condition. */
function firstWhere<E extends QueueEntry>(
  queue: WaitQueue<E>,
  fulfils: (entry: E) => boolean,
): E | undefined {
  let first: E | undefined;
  for (const entry of queue.entries) {
    if ((first === undefined || precedes(entry, first)) && fulfils(entry)) first = entry;
  }
  return first;
}

class Put<T> extends Wait<void> implements QueueEntry {
  readonly priority = 0;
  sequence = -1;
  place = -1;
  readonly stored: StoredItem<T>;
  private readonly store: Store<T>;

  constructor(store: Store<T>, stored: StoredItem<T>) {
    super();
    this.store = store;
    this.stored = stored;
  }

  delivered(): void {
    this.settle();
  }

  protected start(): boolean {
    return this.store.enterPut(this);
  }

  protected override runningProcess(): Process<unknown> | null {
    return this.store.simulator.processes.current;
  }

  protected stop(): void {
    this.store.leavePut(this);
  }
}

class Take<T> extends Wait<T> implements QueueEntry {
  readonly priority = 0;
  sequence = -1;
  place = -1;
  readonly filter: ItemFilter<T> | null;
  protected readonly store: Store<T>;
  protected received: StoredItem<T> | null = null;

  constructor(store: Store<T>, filter: ItemFilter<T> | null) {
    super();
    this.store = store;
    this.filter = filter;
  }

  /** An item is there for a take that has waited. */
  receive(stored: StoredItem<T>): void {
    this.received = stored;
    this.settle(stored.item);
  }

  receiveAtOnce(stored: StoredItem<T>): void {
    this.received = stored;
    this.setResult(stored.item);
  }

  /** The item now belongs to the process. */
  override take(): T {
    this.received = null;
    return super.take();
  }

  protected start(): boolean {
    return this.store.enterTake(this);
  }

  protected override runningProcess(): Process<unknown> | null {
    return this.store.simulator.processes.current;
  }

  protected stop(): void {
    this.store.leaveTake(this);
  }

  protected override giveBack(): void {
    const { received } = this;
    if (received === null) return;
    this.received = null;
    this.store.takeBack(received);
  }
}

/** The take of a callback, which is told by an event of its own. */
class TakeForCallback<T> extends Take<T> {
  private readonly onItem: (item: T) => void;
  private announcementId = -1;

  constructor(store: Store<T>, filter: ItemFilter<T> | null, onItem: (item: T) => void) {
    super(store, filter);
    this.onItem = onItem;
  }

  override receive(stored: StoredItem<T>): void {
    this.receiveAtOnce(stored);
  }

  override receiveAtOnce(stored: StoredItem<T>): void {
    super.receiveAtOnce(stored);
    this.announcementId = this.store.simulator.after(0, () => {
      this.received = null;
      this.onItem(stored.item);
    });
  }

  override withdraw(): void {
    super.withdraw();
    this.store.simulator.cancel(this.announcementId);
    this.store.leaveTake(this);
    this.giveBack();
  }
}
