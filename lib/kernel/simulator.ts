import { EventQueue, type Handler } from './event-queue';
import { ProcessTable } from './process-table';

interface SimulatorOptions {
  /**
   * The most events that may be processed over all calls of `run` and `runUntil`, an integer from 1
   * to 2^31. A process that goes on without a pause, because what it asks for is free, counts as one
   * event each time. Default: 5 × 10⁷, a few seconds of work.
   */
  readonly maxEvents?: number;
  /** The latest time that the clock may reach, in ms, above 0. Default: Infinity. */
  readonly maxTimeMs?: number;
}

const DEFAULT_MAX_EVENTS = 50_000_000;
const MAX_EVENTS_LIMIT = 2 ** 31;

// Enough that booking costs nothing, and few enough that V8 soon calls the batch anew.
const BATCH_EVENTS = 1024;

/**
 * The clock of a run and the events still to come.
 *
 * Time is simulated, in ms from 0, and only moves from event to event; nothing here reads a real
 * clock. Events happen in the order of their times, and those of the same time in the order in which
 * they were scheduled. A handler may schedule and cancel events, at the present time too.
 */
export class Simulator {
  /** The processes that have not ended. For the kernel's own modules; models call `spawn` of process.ts. */
  readonly processes = new ProcessTable();

  private readonly queue = new EventQueue();
  private readonly maxEvents: number;
  private readonly maxTimeMs: number;
  /** Events that have been processed or booked; never more than `maxEvents`. */
  private processedOrBooked = 0;
  /** Events that may still be processed before more have to be booked. */
  private booked = 0;
  private isRunning = false;

  constructor(options: SimulatorOptions = {}) {
    const { maxEvents = DEFAULT_MAX_EVENTS, maxTimeMs = Infinity } = options;
    if (!(Number.isInteger(maxEvents) && maxEvents >= 1 && maxEvents <= MAX_EVENTS_LIMIT)) {
      throw new RangeError(
        `maxEvents should be an integer from 1 to 2^31, but ${maxEvents} was given. Leave it out for the default of ${DEFAULT_MAX_EVENTS}.`,
      );
    }
    if (!(maxTimeMs > 0)) {
      throw new RangeError(
        `maxTimeMs should be a number of milliseconds above 0, but ${maxTimeMs} was given. Leave it out for a run without a bound in time.`,
      );
    }
    this.maxEvents = maxEvents;
    this.maxTimeMs = maxTimeMs;
  }

  /** The present simulated time, in ms from 0. */
  get now(): number {
    return this.queue.nowMs;
  }

  /** How many events are scheduled and neither processed nor cancelled. */
  get pending(): number {
    return this.queue.length;
  }

  /** How many events have been processed, over all calls of `run` and `runUntil`. */
  get eventsProcessed(): number {
    return this.processedOrBooked - this.booked;
  }

  /**
   * Schedules `handler(arg)` for `timeMs`, which must be a finite time from now on (a RangeError
   * otherwise), and returns the event's id for `cancel`. A handler that is one function for all
   * customers, told by `arg` which of them is meant, spares a closure for each event.
   */
  at(timeMs: number, handler: Handler, arg = 0): number {
    if (!(timeMs >= this.queue.nowMs && timeMs < Infinity)) this.refuseTime(timeMs);
    return this.queue.idOf(this.queue.push(timeMs, handler, arg));
  }

  /**
   * Schedules `handler(arg)` for `delayMs` from now; the delay must be finite and at least 0 (a
   * RangeError otherwise). Returns the event's id for `cancel`.
   */
  after(delayMs: number, handler: Handler, arg = 0): number {
    const timeMs = this.queue.nowMs + delayMs;
    if (!(delayMs >= 0 && timeMs < Infinity)) this.refuseDelay(delayMs);
    return this.queue.idOf(this.queue.push(timeMs, handler, arg));
  }

  /**
   * Withdraws a scheduled event. Returns false, without any effect, when it has already happened or
   * been cancelled: an id is never given out twice, so an old one does no harm.
   */
  cancel(id: number): boolean {
    return this.queue.cancel(id);
  }

  /**
   * Processes events until none is left. An error in a handler or a process ends the run and reaches
   * the caller. Throws when a bound is exceeded.
   */
  run(): void {
    // An empty queue answers Infinity, which must lie beyond the limit.
    this.processUntil(Math.min(this.maxTimeMs, Number.MAX_VALUE));
    const nextMs = this.queue.nextTimeMs();
    if (nextMs < Infinity) {
      throw new Error(
        `The run should be over by maxTimeMs = ${this.maxTimeMs}, but at ${this.now} ms ${this.pending} event(s) were ` +
          `still pending, the next at ${nextMs} ms. The likely cause is a source that never stops: ` +
          'stop it, or use runUntil(timeMs).',
      );
    }
  }

  /**
   * Processes every event with a time up to and including `timeMs`, then sets the clock to `timeMs`,
   * which must lie between now and the bound of the run.
   */
  runUntil(timeMs: number): void {
    if (!(timeMs >= this.now && timeMs < Infinity && timeMs <= this.maxTimeMs)) {
      throw new RangeError(
        `runUntil expects a finite time from now (${this.now} ms) to maxTimeMs (${this.maxTimeMs} ms), but ${timeMs} was ` +
          'given. Use run() to go on until no event is left, or raise maxTimeMs.',
      );
    }
    this.processUntil(timeMs);
    this.queue.nowMs = timeMs;
  }

  /**
   * Schedules the next step of a process, for the process itself: without checks, since it has made
   * them, and returning the slot, a small integer, instead of an id.
   */
  scheduleStep(delayMs: number, processIndex: number): number {
    return this.queue.push(this.queue.nowMs + delayMs, this.processes.resume, processIndex);
  }

  /** Withdraws the step in this slot, which must be pending. */
  cancelStep(slot: number): void {
    this.queue.cancelSlot(slot);
  }

  /** Counts a step that needed no event against `maxEvents`. For the kernel's own modules. */
  countStep(): void {
    if (this.booked === 0) this.book();
    this.booked -= 1;
  }

  private processUntil(limitMs: number): void {
    if (this.isRunning) {
      throw new Error(
        `run and runUntil should not be called while the simulator runs, but one was called from a handler at ${this.now} ms. ` +
          'Schedule what should follow with at or after.',
      );
    }
    this.isRunning = true;
    try {
      while (this.processBatch(limitMs) && this.queue.nextTimeMs() <= limitMs) this.book();
    } finally {
      this.isRunning = false;
    }
  }

  /**
   * Processes events with times up to the limit until none is due (then it returns false) or the booked
   * ones are used up. One loop over the whole run would be slower: V8 would have to replace it while it
   * is being executed, with code in which every field is checked again at every event.
   */
  private processBatch(limitMs: number): boolean {
    const { queue } = this;
    for (;;) {
      if (this.booked === 0) return true;
      const slot = queue.pop(limitMs);
      if (slot < 0) return false;
      this.booked -= 1;
      queue.takeHandler(slot)(queue.argOf(slot));
    }
  }

  /** Books the next batch of events against `maxEvents`. */
  private book(): void {
    const events = Math.min(BATCH_EVENTS, this.maxEvents - this.processedOrBooked);
    if (events === 0) this.refuseEvents();
    this.processedOrBooked += events;
    this.booked = events;
  }

  private refuseTime(timeMs: number): never {
    const remedy =
      timeMs < this.now
        ? 'The past cannot be changed: use after(delayMs) to schedule relative to now.'
        : 'Check the arithmetic that produced it; to have no event, schedule none.';
    throw new RangeError(
      `An event should be scheduled for a finite time from now (${this.now} ms) on, but ${timeMs} was given. ${remedy}`,
    );
  }

  private refuseDelay(delayMs: number): never {
    throw new RangeError(
      `A delay should be finite and at least 0 ms, but ${delayMs} was given at ${this.now} ms. ` +
        'Check the arithmetic that produced it; to have no event, schedule none.',
    );
  }

  private refuseEvents(): never {
    throw new Error(
      `The run should take at most ${this.maxEvents} events (maxEvents), but at ${this.now} ms it has processed that many and ` +
        `${this.pending} more are pending. The likely cause is an event that schedules itself without delay, a process that ` +
        'loops without yielding a delay, or a source that never stops. Otherwise raise maxEvents.',
    );
  }
}
