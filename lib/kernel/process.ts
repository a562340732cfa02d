import type { Simulator } from './simulator';

/** What a process may yield: a delay in ms (finite, at least 0), or something to wait for. */
type Command = number | Wait<unknown>;

/**
 * The body of a process that ends with a `T`: what a generator function that is given to `spawn`, or
 * delegated to with `yield*`, returns. Declare helper generators as `function* f(): ProcessBody<T>`.
 */
export type ProcessBody<T = void> = Generator<Command, T, unknown>;

/** Thrown inside a process, at the place where it waits, by `process.interrupt(reason)`. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  /** What the interrupting side gave as its reason. */
  readonly reason: unknown;

  constructor(processName: string, reason: unknown) {
    super(`Process "${processName}" was interrupted: ${describe(reason)}`);
    this.reason = reason;
  }
}

/** An error that a process did not catch: thrown in whoever joins the process, or else out of `run`. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
  readonly processName: string;
  readonly atMs: number;

  constructor(processName: string, atMs: number, cause: unknown) {
    super(`Process "${processName}" failed at ${atMs} ms: ${describe(cause)}`, { cause });
    this.processName = processName;
    this.atMs = atMs;
  }
}

/** Thrown in whoever joins a process that was cancelled, since it has no result. */
export class ProcessCancelled extends Error {
  override readonly name = 'ProcessCancelled';

  constructor(processName: string) {
    super(
      `Process "${processName}" was cancelled, so it has no result. Catch this error where that may happen.`,
    );
  }
}

/** How a process stands; a state carries only what exists in it. */
type ProcessOutcome<T> =
  | { readonly kind: 'running' }
  | { readonly kind: 'finished'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ProcessError }
  | { readonly kind: 'cancelled' };

/** Who is told that a wait is over: a process, or a wait made of several. */
interface Waiter {
  readonly simulator: Simulator;
  /** The process that in the end waits. */
  readonly process: Process<unknown>;
  readonly settled: (wait: Wait<unknown>) => void;
  readonly failed: (wait: Wait<unknown>, error: unknown) => void;
}

enum Phase {
  New,
  Waiting,
  Settled,
  Over,
}

/**
 * Something that a process waits for, once. `yield* wait` gives its typed result; a plain `yield wait`
 * waits too, for a result that does not matter.
 *
 * A wait whose result has come is delivered by an event of its own at the same time, so that whoever
 * caused it finishes its own step first. If the process is cancelled in between, the result is given
 * back, and nobody else loses anything.
 */
export abstract class Wait<T> implements Iterator<Command, T, unknown> {
  protected waiter: Waiter | null = null;
  private phase = Phase.New;
  private result: T | undefined = undefined;

  /** Does now what can be done now, and returns whether that was all; otherwise takes a place. */
  protected abstract start(waiter: Waiter): boolean;

  /** Gives up the place that `start` took. */
  protected abstract stop(): void;

  /**
   * The process that is running, if the wait knows its simulator. It can then begin before the process
   * is suspended, which is spared where the result is there at once.
   */
  protected runningProcess(): Process<unknown> | null {
    return null;
  }

  /** Returns what had been granted but has not been delivered. */
  protected giveBack(): void {}

  /**
   * Begins to wait on behalf of `waiter`. Returns true when the result is there at once (then `take` it,
   * `settled` will not be called). Throws when the wait has been used before or cannot succeed.
   */
  begin(waiter: Waiter): boolean {
    if (this.phase !== Phase.New) {
      // `next` has begun it for the same process.
      if (this.phase === Phase.Waiting && this.waiter === waiter) return false;
      throw new Error(
        'A wait should be waited for once, but this one has been used before. Make a new one for each time, for example resource.acquire().',
      );
    }
    this.waiter = waiter;
    this.phase = Phase.Waiting;
    let isOver: boolean;
    try {
      isOver = this.start(waiter);
    } catch (error) {
      this.phase = Phase.Over;
      throw error;
    }
    if (isOver) this.phase = Phase.Settled;
    return isOver;
  }

  /** The result of a wait that has settled; from here on it belongs to the caller. */
  take(): T {
    this.phase = Phase.Over;
    return this.result as T;
  }

  /** Ends the wait without a result: its place is given up, or what was granted is given back. */
  withdraw(): void {
    const { phase } = this;
    this.phase = Phase.Over;
    if (phase === Phase.Waiting) this.stop();
    else if (phase === Phase.Settled) this.giveBack();
  }

  /** For `start`, right before it returns true. */
  protected setResult(result: T): void {
    this.result = result;
  }

  /** For what is waited for: the result has come. */
  protected settle(result: T): void {
    this.result = result;
    this.phase = Phase.Settled;
    this.waiter?.settled(this);
  }

  /** For what is waited for: there will be no result. */
  protected fail(error: unknown): void {
    this.phase = Phase.Over;
    this.waiter?.failed(this, error);
  }

  // --- The iterator behind `yield*`: hands the wait to the process, then its result to the body. ---

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Command, T> {
    if (this.phase === Phase.New) {
      const process = this.runningProcess();
      if (process === null || !this.begin(process)) return { done: false, value: this };
      process.simulator.countStep();
      return { done: true, value: this.take() };
    }
    return { done: true, value: this.result as T };
  }

  throw(error: unknown): IteratorResult<Command, T> {
    throw error;
  }

  return(value: T): IteratorResult<Command, T> {
    return { done: true, value };
  }
}

enum State {
  /** Has an event pending that takes the next step: the start, or a result to be delivered. */
  Ready,
  /** A delay has been yielded; its event is pending. */
  Delayed,
  /** Waits for `wait`; no event is pending. */
  Waiting,
  Running,
  // From here on it has ended.
  Finished,
  Failed,
  Cancelled,
}

enum Step {
  Next,
  Throw,
  Return,
}

/**
 * Starts a process: a generator that yields delays in ms and waits (see `Process`). Its first step is
 * taken at the present time, after the events already scheduled for it. The name appears in errors; by
 * default it is that of the generator function.
 */
export function spawn<T>(
  simulator: Simulator,
  body: ProcessBody<T> | (() => ProcessBody<T>),
  name?: string,
): Process<T> {
  if (typeof body === 'function') return new Process(simulator, body(), name ?? body.name);
  return new Process(simulator, body, name ?? '');
}

/**
 * A process: a generator that lives in simulated time, as in SimPy. In its body, `yield delayMs` lets
 * time pass and `yield* wait` waits for a resource, a store, a signal or the end of another process.
 *
 * At any time it has at most one pending event or one place in a queue, which `interrupt` and `cancel`
 * withdraw, so neither leaves anything behind.
 */
export class Process<T = void> implements Waiter {
  readonly simulator: Simulator;
  private readonly body: ProcessBody<T>;
  private readonly givenName: string;
  private readonly number: number;
  private readonly index: number;
  private state: State = State.Ready;
  /** The slot of the pending event, while the state is Ready or Delayed. */
  private slot: number;
  private wait: Wait<unknown> | null = null;
  private thrown: { readonly error: unknown } | null = null;
  private interrupts: Interrupted[] | null = null;
  private joins: Set<Join<T>> | null = null;
  private isCancelling = false;
  /** The value with which it finished or the error with which it failed. */
  private ending: T | ProcessError | undefined = undefined;

  /** Models call `spawn`. */
  constructor(simulator: Simulator, body: ProcessBody<T>, name: string) {
    const { processes } = simulator;
    this.simulator = simulator;
    this.body = body;
    this.givenName = name;
    this.index = processes.add(this);
    this.number = processes.started;
    this.slot = simulator.scheduleStep(0, this.index);
  }

  get name(): string {
    return this.givenName === '' ? `process ${this.number}` : this.givenName;
  }

  get process(): Process<unknown> {
    return this;
  }

  get hasEnded(): boolean {
    return this.state >= State.Finished;
  }

  get outcome(): ProcessOutcome<T> {
    switch (this.state) {
      case State.Finished:
        return { kind: 'finished', value: this.ending as T };
      case State.Failed:
        return { kind: 'failed', error: this.ending as ProcessError };
      case State.Cancelled:
        return { kind: 'cancelled' };
      default:
        return { kind: 'running' };
    }
  }

  /**
   * Waits for the end of this process and gives its result. If it fails, its ProcessError is thrown in
   * the waiting process instead of ending the run; if it is cancelled, ProcessCancelled is.
   */
  join(): Wait<T> {
    return new Join(this);
  }

  /**
   * Throws `Interrupted` with this reason in the process at the place where it waits; its delay is
   * abandoned or its place in the queue given up at once, and the body goes on by an event at the
   * present time. A process that is not waiting (it has not started, or what it waited for has come)
   * is interrupted at its next wait. Returns false when the process has ended.
   */
  interrupt(reason: unknown): boolean {
    if (this.state >= State.Finished) return false;
    const interrupted = new Interrupted(this.name, reason);
    if (this.state === State.Delayed || this.state === State.Waiting) {
      this.withdraw();
      this.failed(null, interrupted);
    } else {
      this.interrupts ??= [];
      this.interrupts.push(interrupted);
    }
    return true;
  }

  /**
   * Ends the process where it stands, at once: its wait is withdrawn and its `finally` blocks run
   * before this returns (if they yield, the process goes on until they are done). Returns false when it
   * has already ended. A process cannot cancel itself: it returns.
   */
  cancel(): boolean {
    if (this.state >= State.Finished) return false;
    if (this.state === State.Running) {
      throw new Error(
        `A process should be cancelled from outside, but "${this.name}" was cancelled while it was running. Within its body, return instead.`,
      );
    }
    this.withdraw();
    this.thrown = null;
    this.interrupts = null;
    this.isCancelling = true;
    try {
      this.step(Step.Return, undefined);
    } catch (error) {
      // The caller did nothing wrong, so the error goes to `run` by an event of its own.
      this.simulator.after(0, () => {
        throw error;
      });
    }
    return true;
  }

  /** A wait of this process is over. For the kernel's own modules. */
  settled(_wait: Wait<unknown>): void {
    this.state = State.Ready;
    this.slot = this.simulator.scheduleStep(0, this.index);
  }

  /** A wait of this process has failed. For the kernel's own modules. */
  failed(_wait: Wait<unknown> | null, error: unknown): void {
    this.wait = null;
    this.thrown = { error };
    this.state = State.Ready;
    this.slot = this.simulator.scheduleStep(0, this.index);
  }

  /** Takes the step whose event has come. For the process table. */
  resume(): void {
    const { wait, thrown } = this;
    if (thrown !== null) {
      this.thrown = null;
      this.step(Step.Throw, thrown.error);
    } else if (wait !== null) {
      this.wait = null;
      this.step(Step.Next, wait.take());
    } else {
      this.step(Step.Next, undefined);
    }
  }

  /** For `Join`: registers who waits for the end. */
  addJoin(join: Join<T>): void {
    this.joins ??= new Set();
    this.joins.add(join);
  }

  removeJoin(join: Join<T>): void {
    this.joins?.delete(join);
  }

  /** Whatever the process waits for, it waits for it no longer. */
  private withdraw(): void {
    const { wait } = this;
    this.wait = null;
    if (this.state !== State.Waiting) this.simulator.cancelStep(this.slot);
    wait?.withdraw();
  }

  private step(first: Step, input: unknown): void {
    const { processes } = this.simulator;
    const outer = processes.current;
    processes.current = this;
    this.state = State.Running;
    try {
      this.advance(first, input);
    } finally {
      processes.current = outer;
    }
  }

  /** Executes the body until it has to wait for time or for something, or ends. */
  private advance(first: Step, firstInput: unknown): void {
    const { simulator, body } = this;
    let step = first;
    let input = firstInput;
    for (;;) {
      let result: IteratorResult<Command, T>;
      try {
        result =
          step === Step.Next
            ? body.next(input)
            : step === Step.Throw
              ? body.throw(input)
              : // The value is never read: a cancelled process has no result.
                body.return(undefined as T);
      } catch (error) {
        this.endInFailure(error);
        return;
      }
      if (result.done === true) {
        this.end(result.value);
        return;
      }
      const command = result.value;
      const interrupted = this.interrupts?.shift();
      if (interrupted !== undefined) {
        if (command instanceof Wait) command.withdraw();
        step = Step.Throw;
        input = interrupted;
      } else if (typeof command === 'number') {
        if (command >= 0 && simulator.now + command < Infinity) {
          this.state = State.Delayed;
          this.slot = simulator.scheduleStep(command, this.index);
          return;
        }
        step = Step.Throw;
        input = new RangeError(
          `A process should yield a finite delay of at least 0 ms, but "${this.name}" yielded ${command}. Check the arithmetic that produced it.`,
        );
      } else if (command instanceof Wait) {
        try {
          if (!command.begin(this)) {
            this.wait = command;
            this.state = State.Waiting;
            return;
          }
          step = Step.Next;
          input = command.take();
        } catch (error) {
          step = Step.Throw;
          input = error;
        }
      } else {
        step = Step.Throw;
        input = new TypeError(
          `A process should yield a delay in ms or a wait, but "${this.name}" yielded ${describe(command)}. To call another generator, use yield*.`,
        );
      }
      simulator.countStep();
    }
  }

  private end(value: T): void {
    const { joins } = this;
    if (this.isCancelling) {
      this.leave(State.Cancelled, undefined);
      if (joins !== null) for (const join of joins) join.reject(new ProcessCancelled(this.name));
    } else {
      this.leave(State.Finished, value);
      if (joins !== null) for (const join of joins) join.resolve(value);
    }
  }

  private endInFailure(cause: unknown): void {
    const { joins } = this;
    const error = new ProcessError(this.name, this.simulator.now, cause);
    this.leave(State.Failed, error);
    if (joins === null || joins.size === 0) throw error;
    for (const join of joins) join.reject(error);
  }

  private leave(state: State, ending: T | ProcessError | undefined): void {
    this.state = state;
    this.ending = ending;
    this.joins = null;
    this.interrupts = null;
    this.simulator.processes.remove(this.index);
  }
}

/** The wait for the end of a process. */
class Join<T> extends Wait<T> {
  private readonly target: Process<T>;

  constructor(target: Process<T>) {
    super();
    this.target = target;
  }

  resolve(value: T): void {
    this.settle(value);
  }

  reject(error: unknown): void {
    this.fail(error);
  }

  protected start(waiter: Waiter): boolean {
    const { target } = this;
    const { outcome } = target;
    switch (outcome.kind) {
      case 'running':
        if (waiter.process === target) {
          throw new Error(
            `A process should not wait for its own end, but "${target.name}" joins itself. It would wait for ever.`,
          );
        }
        target.addJoin(this);
        return false;
      case 'finished':
        this.setResult(outcome.value);
        return true;
      case 'failed':
        throw outcome.error;
      case 'cancelled':
        throw new ProcessCancelled(target.name);
      default:
        return unreachable(outcome);
    }
  }

  protected stop(): void {
    this.target.removeJoin(this);
  }
}

/**
 * A broadcast: `fire` lets all go on who wait at that time. It has no memory; who waits later waits for
 * the next one.
 */
export class Signal<T = void> {
  private waits = new Set<SignalWait<T>>();

  /** How many wait at present. */
  get waiting(): number {
    return this.waits.size;
  }

  wait(): Wait<T> {
    return new SignalWait(this.waits);
  }

  /** Lets all who wait go on, in the order in which they came, and returns how many they were. */
  fire(value: T): number {
    const woken = [...this.waits];
    this.waits.clear();
    for (const wait of woken) wait.resolve(value);
    return woken.length;
  }
}

class SignalWait<T> extends Wait<T> {
  private readonly waits: Set<SignalWait<T>>;

  constructor(waits: Set<SignalWait<T>>) {
    super();
    this.waits = waits;
  }

  resolve(value: T): void {
    this.settle(value);
  }

  protected start(): boolean {
    this.waits.add(this);
    return false;
  }

  protected stop(): void {
    this.waits.delete(this);
  }
}

/**
 * A delay in ms (finite, at least 0; a RangeError in the waiting process otherwise) as a wait, for use
 * in `anyOf`. Alone, `yield delayMs` does the same and is faster.
 */
export function delay(delayMs: number): Wait<void> {
  return new Delay(delayMs);
}

class Delay extends Wait<void> {
  private readonly delayMs: number;
  private eventId = -1;

  constructor(delayMs: number) {
    super();
    this.delayMs = delayMs;
  }

  protected start({ simulator }: Waiter): boolean {
    this.eventId = simulator.after(this.delayMs, () => this.settle());
    return false;
  }

  protected stop(): void {
    this.waiter?.simulator.cancel(this.eventId);
  }
}

/** The first of several waits: which one it was, and its result. */
type FirstOf<W extends readonly Wait<unknown>[]> = {
  [I in keyof W]: W[I] extends Wait<infer T>
    ? { readonly index: I extends `${infer N extends number}` ? N : number; readonly value: T }
    : never;
}[number];

/**
 * Waits for the first of several waits; the others are withdrawn. If two could be had at once, the one
 * named first is taken, and the other is not begun.
 */
export function anyOf<W extends readonly Wait<unknown>[]>(...waits: W): Wait<FirstOf<W>> {
  if (waits.length === 0) {
    throw new RangeError(
      'anyOf expects at least one wait, but none was given. It would wait for ever.',
    );
  }
  return new AnyOf<FirstOf<W>>(waits, (index, value) => ({ index, value }) as FirstOf<W>);
}

class AnyOf<R> extends Wait<R> implements Waiter {
  private readonly waits: readonly Wait<unknown>[];
  private readonly describeFirst: (index: number, value: unknown) => R;
  private begun = 0;
  private winner = -1;
  private isStarting = false;

  constructor(
    waits: readonly Wait<unknown>[],
    describeFirst: (index: number, value: unknown) => R,
  ) {
    super();
    this.waits = waits;
    this.describeFirst = describeFirst;
  }

  get simulator(): Simulator {
    return this.process.simulator;
  }

  get process(): Process<unknown> {
    if (this.waiter === null) throw new Error('This wait should have begun, but it has not.');
    return this.waiter.process;
  }

  settled(wait: Wait<unknown>): void {
    this.winner = this.waits.indexOf(wait);
    // Beginning one wait may settle another, as a put does with a take from the same store.
    if (this.isStarting) return;
    this.withdrawOthers();
    // `take` makes the result from the winner's, when it is delivered.
    this.settle(undefined as R);
  }

  failed(wait: Wait<unknown>, error: unknown): void {
    this.winner = this.waits.indexOf(wait);
    this.withdrawOthers();
    this.fail(error);
  }

  override take(): R {
    super.take();
    const winner = this.waits[this.winner];
    const result = this.describeFirst(this.winner, winner?.take());
    this.setResult(result);
    return result;
  }

  protected start(): boolean {
    this.isStarting = true;
    try {
      for (const wait of this.waits) {
        this.begun += 1;
        const isOver = wait.begin(this);
        if (isOver && this.winner < 0) this.winner = this.begun - 1;
        if (this.winner >= 0) break;
      }
    } catch (error) {
      this.withdrawOthers();
      throw error;
    } finally {
      this.isStarting = false;
    }
    if (this.winner < 0) return false;
    this.withdrawOthers();
    return true;
  }

  protected stop(): void {
    this.withdrawOthers();
  }

  protected override giveBack(): void {
    this.waits[this.winner]?.withdraw();
  }

  private withdrawOthers(): void {
    for (let index = 0; index < this.begun; index++) {
      if (index !== this.winner) this.waits[index]?.withdraw();
    }
  }
}

/** What came of a wait with a timeout. */
type Timed<T> = { readonly timedOut: false; readonly value: T } | { readonly timedOut: true };

/**
 * Waits for at most `timeoutMs` (finite, at least 0): `const r = yield* withTimeout(store.take(), 50)`.
 * After a timeout the wait is withdrawn.
 */
export function* withTimeout<T>(wait: Wait<T>, timeoutMs: number): ProcessBody<Timed<T>> {
  const first = yield* anyOf(wait, delay(timeoutMs));
  return first.index === 0 ? { timedOut: false, value: first.value } : { timedOut: true };
}

function describe(value: unknown): string {
  if (value instanceof Error) return value.message === '' ? value.name : value.message;
  if (typeof value === 'object' && value !== null) return value.constructor?.name ?? 'an object';
  return String(value);
}

function unreachable(value: never): never {
  throw new Error(`Every case should have been handled, but ${describe(value)} was not.`);
}
