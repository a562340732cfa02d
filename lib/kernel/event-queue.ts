/** What an event does when its time comes. `arg` is the number that was given when it was scheduled. */
export type Handler = (arg: number) => void;

// An event's id is sequence × 2^21 + slot. Both parts together fill the 53 bits that a number holds
// exactly, so an id is never given out twice and an outdated one cannot be mistaken for another's.
const SLOT_LIMIT = 2 ** 21;
const SEQUENCE_LIMIT = 2 ** 32;

const INITIAL_CAPACITY = 64;

// Below this many, sweeping cancelled events out would cost more than carrying them.
const SWEEP_AT_LEAST = 32;

/**
 * Pending events, ordered by time and, among equal times, by the order in which they were pushed.
 *
 * A binary heap of (time, slot) pairs in typed arrays; what an event carries stays in its slot, so
 * that sifting moves 12 bytes a step. `slots` is always a permutation of all slots: its first `size`
 * entries are the heap, the others are the free slots, and the entry at `size` is the next to be used.
 * A slot holds a pending event exactly if it has a handler.
 *
 * Cancelling is lazy: the slot lets go of its handler at once, and its place in the heap goes when it
 * comes to the top or, at the latest, when half of the heap is cancelled events.
 *
 * `push`, `cancel` and `pop` cost O(log n) (amortised, since growing doubles and sweeping halves).
 */
export class EventQueue {
  /** The present, in ms: the time of the event that was taken out last, or what the simulator sets. */
  nowMs = 0;

  /** The times of the heap. The first is Infinity when the heap is empty. */
  private times = new Float64Array(INITIAL_CAPACITY).fill(Infinity);
  private slots = Int32Array.from({ length: INITIAL_CAPACITY }, (_, index) => index);
  /**
   * What the slots carry, three entries for each: handler (or null), argument, sequence number. In one
   * array, since each array costs V8 its own loads and checks at every event.
   */
  private readonly carried: (Handler | number | null)[] = [];
  private size = 0;
  private cancelled = 0;
  private sequence = 0;

  constructor() {
    this.extendCarried(INITIAL_CAPACITY);
  }

  /** How many events are pending; cancelled ones do not count. */
  get length(): number {
    return this.size - this.cancelled;
  }

  /** Bytes held by the queue for its present capacity; the closures of the handlers are not in it. */
  get byteLength(): number {
    return this.times.byteLength + this.slots.byteLength + this.carried.length * 8;
  }

  /** How many events fit before the queue doubles. */
  get slotCount(): number {
    return this.slots.length;
  }

  /**
   * Adds an event and returns its slot, from which `idOf` makes its id. (Not the id itself: that does
   * not fit a small integer, so V8 would allocate a number for it even where nobody wants it.)
   *
   * `timeMs` must not be NaN; the simulator has checked it. Throws a RangeError when 2^21 events are
   * pending.
   */
  push(timeMs: number, handler: Handler, arg: number): number {
    const place = this.size;
    if (place === this.slots.length) this.makeRoom();
    const { carried } = this;
    const slot = this.slots[place] as number;
    const at = 3 * slot;
    carried[at] = handler;
    carried[at + 1] = arg;
    carried[at + 2] = this.sequence++;
    this.size = place + 1;
    this.siftUp(place, timeMs, slot);
    return slot;
  }

  /** The id of the pending event in this slot. */
  idOf(slot: number): number {
    // SLOT_LIMIT, written out: then V8 drops the arithmetic wherever nobody keeps the id.
    return (this.carried[3 * slot + 2] as number) * 2_097_152 + slot;
  }

  /**
   * Withdraws a pending event. Returns false, and does nothing, when the id is not that of a pending
   * event: it has happened, was cancelled before, or never existed. Throws a RangeError after 2^32
   * events, beyond which ids are no longer exact.
   */
  cancel(id: number): boolean {
    if (this.sequence > SEQUENCE_LIMIT) {
      throw new RangeError(
        'At most 2^32 events should be scheduled in a run in which events are cancelled, but this one has scheduled more, and ' +
          'beyond that number ids are no longer exact. Split it into several runs.',
      );
    }
    const slot = id % SLOT_LIMIT;
    if (!(slot >= 0 && slot < this.slots.length && Number.isInteger(slot))) return false;
    if (this.carried[3 * slot] === null || this.idOf(slot) !== id) return false;
    this.cancelSlot(slot);
    return true;
  }

  /** Withdraws the event in this slot, which must be pending. */
  cancelSlot(slot: number): void {
    this.carried[3 * slot] = null;
    this.cancelled += 1;
    if (this.cancelled >= SWEEP_AT_LEAST && this.cancelled * 2 >= this.size) this.sweep();
  }

  /** The time of the earliest pending event, in ms; Infinity when there is none. */
  nextTimeMs(): number {
    while (this.cancelled > 0 && this.carried[3 * (this.slots[0] as number)] === null) {
      this.removeTop();
      this.cancelled -= 1;
    }
    return this.times[0] as number;
  }

  /**
   * Takes out the earliest pending event if its time is not after `limitMs`, which must be finite, makes
   * its time the present, and returns its slot, in which `takeHandler` and `argOf` find what it carries
   * until the next push. Returns −1 if there is none.
   */
  pop(limitMs: number): number {
    for (;;) {
      const timeMs = this.times[0] as number;
      if (timeMs > limitMs) return -1;
      const slot = this.removeTop();
      if (this.carried[3 * slot] !== null) {
        this.nowMs = timeMs;
        return slot;
      }
      this.cancelled -= 1;
    }
  }

  /** The handler of the event just popped. The queue lets go of it, so that nothing keeps it alive. */
  takeHandler(slot: number): Handler {
    const at = 3 * slot;
    const handler = this.carried[at];
    if (typeof handler !== 'function') {
      throw new Error(
        `takeHandler expects the slot that pop() has just returned; slot ${slot} holds no event.`,
      );
    }
    this.carried[at] = null;
    return handler;
  }

  /** The argument of the event just popped. */
  argOf(slot: number): number {
    return this.carried[3 * slot + 1] as number;
  }

  /** Takes out the earliest event, a cancelled one too, and returns its slot. */
  private removeTop(): number {
    const { times, slots } = this;
    const last = this.size - 1;
    const top = slots[0] as number;
    const slot = slots[last] as number;
    this.size = last;
    slots[last] = top;
    if (last > 0) this.siftDown(0, times[last] as number, slot);
    else times[0] = Infinity;
    return top;
  }

  /** Finds the place of a newcomer, from this free one up. */
  private siftUp(from: number, timeMs: number, slot: number): void {
    const { times, slots } = this;
    let place = from;
    // The newcomer has the highest sequence number of all, so it stays below every equal time and the
    // way up needs no comparison of sequence numbers.
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const parentTimeMs = times[parent] as number;
      if (parentTimeMs <= timeMs) break;
      times[place] = parentTimeMs;
      slots[place] = slots[parent] as number;
      place = parent;
    }
    times[place] = timeMs;
    slots[place] = slot;
  }

  /** Finds the place of this event, from the given one down, whatever stands there. */
  private siftDown(from: number, timeMs: number, slot: number): void {
    const { size, times, slots } = this;
    let place = from;
    let child = 2 * place + 1;
    while (child < size) {
      let childTimeMs = times[child] as number;
      const right = child + 1;
      if (right < size) {
        const rightTimeMs = times[right] as number;
        if (
          rightTimeMs < childTimeMs ||
          (rightTimeMs === childTimeMs &&
            this.cameFirst(slots[right] as number, slots[child] as number))
        ) {
          child = right;
          childTimeMs = rightTimeMs;
        }
      }
      if (
        timeMs < childTimeMs ||
        (timeMs === childTimeMs && this.cameFirst(slot, slots[child] as number))
      ) {
        break;
      }
      times[place] = childTimeMs;
      slots[place] = slots[child] as number;
      place = child;
      child = 2 * place + 1;
    }
    times[place] = timeMs;
    slots[place] = slot;
  }

  /** Decides between two events of the same time. */
  private cameFirst(slot: number, other: number): boolean {
    const { carried } = this;
    return (carried[3 * slot + 2] as number) < (carried[3 * other + 2] as number);
  }

  /** Moves the live events to the front, which leaves the others' slots among the free ones. */
  private sweep(): void {
    const { times, slots, carried } = this;
    let live = 0;
    for (let place = 0; place < this.size; place++) {
      const slot = slots[place] as number;
      if (carried[3 * slot] === null) continue;
      slots[place] = slots[live] as number;
      slots[live] = slot;
      times[live] = times[place] as number;
      live += 1;
    }
    this.size = live;
    this.cancelled = 0;
    if (live === 0) times[0] = Infinity;
    for (let place = (live >>> 1) - 1; place >= 0; place--) {
      this.siftDown(place, times[place] as number, slots[place] as number);
    }
  }

  private makeRoom(): void {
    const { times, slots } = this;
    const capacity = slots.length * 2;
    if (capacity > SLOT_LIMIT) {
      throw new RangeError(
        `At most ${SLOT_LIMIT} events may be pending at once, and that many are. The likely cause is a ` +
          `source that schedules events faster than time passes: let each event schedule the next one ` +
          `instead of scheduling all of them beforehand.`,
      );
    }
    this.times = new Float64Array(capacity);
    this.times.set(times);
    this.slots = Int32Array.from({ length: capacity }, (_, index) => index);
    this.slots.set(slots);
    this.extendCarried(capacity);
  }

  private extendCarried(slotCount: number): void {
    const { carried } = this;
    while (carried.length < 3 * slotCount) carried.push(null, 0, 0);
  }
}
