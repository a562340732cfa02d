/**
 * How fast the kernel is, as ratios with a loop written by hand: `npm run bench`.
 *
 * The task is M/M/c: serve n customers and return their mean wait. Every contestant draws the same
 * numbers from the same generator and must return the same mean wait, bit for bit. They run one after
 * the other in many short repetitions, so that a change of the machine's speed meets all of them. What
 * counts is the time of the fastest tenth, since other programs only ever add to it; a ratio is that of
 * two such times. The spread is that of the groups into which the repetitions are divided.
 *
 * The reference is a loop written by hand for this one task, with the kernel's heap and generator written
 * out in it: no call but that of the logarithm, no state but local variables, no cancellation, no bounds.
 * Both styles of the kernel are held to it; processes twice, since one may write a
 * process for each server, which takes customers from a store, or for each customer, who acquires a server.
 *
 * Ratios are in customers served per second, since that is the work to be done. "M events/s" are events
 * from the queue "of" how many for each customer: a process has more of them than a callback, for its
 * start and, if it waited, for the end of its wait, so events per second flatter it.
 */

import { exponential } from '../lib/kernel/distributions';
import { log } from '../lib/kernel/math';
import { type ProcessBody, spawn } from '../lib/kernel/process';
import { RandomStream } from '../lib/kernel/random';
import { Recorder } from '../lib/kernel/recorder';
import { Resource } from '../lib/kernel/resource';
import { Simulator } from '../lib/kernel/simulator';
import { Store } from '../lib/kernel/store';

const MEAN_SERVICE_MS = 1;
const UTILISATION = 0.8;
const QUEUE_MASK = 0xffff;
const MAX_EVENTS = 2 ** 31;
const TWO_TO_26 = 2 ** 26;
const TWO_TO_MINUS_53 = 2 ** -53;

// Any state but all zeros would do.
const ARRIVAL_WORDS = [1, 2, 3, 4] as const;
const SERVICE_WORDS = [5, 6, 7, 8] as const;

interface Task {
  readonly servers: number;
  readonly customers: number;
}

type Contestant = (task: Task) => number;

const BY_HAND = 'loop by hand';
const CALLBACKS = 'callbacks';
const SERVERS = 'a process for each server';
const CUSTOMERS = 'a process for each customer';

/** The least ratio with the loop by hand that is aimed at. */
const GOALS: Readonly<Record<string, number>> = {
  [CALLBACKS]: 0.9,
  [SERVERS]: 0.4,
};

/**
 * The loop by hand: the same binary heap with first-in first-out ties as the kernel's event queue, the
 * same generator for arrivals (`a`) and services (`b`), and the model, all in local variables.
 */
const byHand: Contestant = ({ servers, customers }) => {
  const meanGapMs = MEAN_SERVICE_MS / (UTILISATION * servers);
  const times = new Float64Array(64);
  const slots = Int32Array.from({ length: 64 }, (_, index) => index);
  const sequences = new Float64Array(64);
  const kinds = new Uint8Array(64);
  const queue = new Float64Array(QUEUE_MASK + 1);
  let [a0, a1, a2, a3]: [number, number, number, number] = [...ARRIVAL_WORDS];
  let [b0, b1, b2, b3]: [number, number, number, number] = [...SERVICE_WORDS];
  let size = 0;
  let sequence = 0;
  let now = 0;
  let busy = 0;
  let head = 0;
  let tail = 0;
  let left = customers;
  let waitMs = 0;
  let served = 0;
  let wantsArrival = true;
  let wantsService = false;
  for (;;) {
    while (wantsArrival || wantsService) {
      const isService = !wantsArrival;
      let scrambled: number;
      let shifted: number;
      let first: number;
      let second: number;
      if (wantsArrival) {
        wantsArrival = false;
        scrambled = Math.imul(a1, 5);
        first = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
        shifted = a1 << 9;
        a2 ^= a0;
        a3 ^= a1;
        a1 ^= a2;
        a0 ^= a3;
        a2 ^= shifted;
        a3 = (a3 << 11) | (a3 >>> 21);
        scrambled = Math.imul(a1, 5);
        second = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
        shifted = a1 << 9;
        a2 ^= a0;
        a3 ^= a1;
        a1 ^= a2;
        a0 ^= a3;
        a2 ^= shifted;
        a3 = (a3 << 11) | (a3 >>> 21);
      } else {
        wantsService = false;
        scrambled = Math.imul(b1, 5);
        first = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
        shifted = b1 << 9;
        b2 ^= b0;
        b3 ^= b1;
        b1 ^= b2;
        b0 ^= b3;
        b2 ^= shifted;
        b3 = (b3 << 11) | (b3 >>> 21);
        scrambled = Math.imul(b1, 5);
        second = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
        shifted = b1 << 9;
        b2 ^= b0;
        b3 ^= b1;
        b1 ^= b2;
        b0 ^= b3;
        b2 ^= shifted;
        b3 = (b3 << 11) | (b3 >>> 21);
      }
      const u = ((first >>> 5) * TWO_TO_26 + (second >>> 6)) * TWO_TO_MINUS_53;
      const timeMs = now + (isService ? MEAN_SERVICE_MS : meanGapMs) * (0 - log(1 - u));
      const slot = slots[size] as number;
      sequences[slot] = sequence++;
      kinds[slot] = isService ? 1 : 0;
      let place = size++;
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
    if (size === 0) return waitMs / served;

    now = times[0] as number;
    const top = slots[0] as number;
    size -= 1;
    const timeMs = times[size] as number;
    const slot = slots[size] as number;
    slots[size] = top;
    let place = 0;
    let child = 1;
    while (child < size) {
      let childTimeMs = times[child] as number;
      const right = child + 1;
      if (right < size) {
        const rightTimeMs = times[right] as number;
        if (
          rightTimeMs < childTimeMs ||
          (rightTimeMs === childTimeMs &&
            (sequences[slots[right] as number] as number) <
              (sequences[slots[child] as number] as number))
        ) {
          child = right;
          childTimeMs = rightTimeMs;
        }
      }
      if (
        timeMs < childTimeMs ||
        (timeMs === childTimeMs &&
          (sequences[slot] as number) < (sequences[slots[child] as number] as number))
      ) {
        break;
      }
      times[place] = childTimeMs;
      slots[place] = slots[child] as number;
      place = child;
      child = 2 * place + 1;
    }
    if (size > 0) {
      times[place] = timeMs;
      slots[place] = slot;
    }

    if (kinds[top] === 0) {
      left -= 1;
      wantsArrival = left > 0;
      if (busy < servers) {
        busy += 1;
        served += 1;
        wantsService = true;
      } else {
        queue[tail] = now;
        tail = (tail + 1) & QUEUE_MASK;
      }
    } else if (head !== tail) {
      waitMs += now - (queue[head] as number);
      head = (head + 1) & QUEUE_MASK;
      served += 1;
      wantsService = true;
    } else busy -= 1;
  }
};

/** The model in callbacks. With a recorder it records the length of the queue at every change. */
class CallbackModel {
  readonly simulator = new Simulator({ maxEvents: MAX_EVENTS });
  private readonly arrivals = new RandomStream(ARRIVAL_WORDS);
  private readonly services = new RandomStream(SERVICE_WORDS);
  private readonly queue = new Float64Array(QUEUE_MASK + 1);
  private readonly waitMs = new Float64Array(1);
  private readonly meanGapMs: number;
  private readonly servers: number;
  private readonly recorder: Recorder | null;
  private left: number;
  private head = 0;
  private tail = 0;
  private busy = 0;
  private served = 0;

  constructor({ servers, customers }: Task, recorder: Recorder | null) {
    this.meanGapMs = MEAN_SERVICE_MS / (UTILISATION * servers);
    this.servers = servers;
    this.left = customers;
    this.recorder = recorder;
  }

  run(): number {
    this.simulator.after(exponential(this.arrivals, this.meanGapMs), this.arrive);
    this.simulator.run();
    return (this.waitMs[0] as number) / this.served;
  }

  private readonly arrive = () => {
    this.left -= 1;
    if (this.left > 0) {
      this.simulator.after(exponential(this.arrivals, this.meanGapMs), this.arrive);
    }
    if (this.busy < this.servers) {
      this.busy += 1;
      this.served += 1;
      this.simulator.after(exponential(this.services, MEAN_SERVICE_MS), this.depart);
    } else {
      this.queue[this.tail] = this.simulator.now;
      this.tail = (this.tail + 1) & QUEUE_MASK;
    }
    if (this.recorder !== null) this.record(this.recorder);
  };

  private readonly depart = () => {
    if (this.head !== this.tail) {
      this.waitMs[0] =
        (this.waitMs[0] as number) + (this.simulator.now - (this.queue[this.head] as number));
      this.head = (this.head + 1) & QUEUE_MASK;
      this.served += 1;
      this.simulator.after(exponential(this.services, MEAN_SERVICE_MS), this.depart);
    } else this.busy -= 1;
    if (this.recorder !== null) this.record(this.recorder);
  };

  private record(recorder: Recorder): void {
    recorder.sample(this.simulator.now, 'queue length', (this.tail - this.head) & QUEUE_MASK);
  }
}

const callbacks: Contestant = (task) => new CallbackModel(task, null).run();

/** What both models in processes share: the streams, the sum of the waits, and how a run goes. */
abstract class ProcessModel {
  protected readonly simulator = new Simulator({ maxEvents: MAX_EVENTS });
  protected readonly services = new RandomStream(SERVICE_WORDS);
  readonly task: Task;
  /** Steps that needed no event of their own, since what they asked for was there. */
  private stepsAtOnce = 0;
  private readonly arrivals = new RandomStream(ARRIVAL_WORDS);
  private readonly waitMs = new Float64Array(1);

  constructor(task: Task) {
    this.task = task;
  }

  protected abstract open(): void;
  protected abstract receiveCustomer(): void;

  run(): number {
    this.open();
    spawn(this.simulator, this.source());
    this.simulator.run();
    return (this.waitMs[0] as number) / this.task.customers;
  }

  /** Events from the queue, without the steps that needed none. */
  get events(): number {
    return this.simulator.eventsProcessed - this.stepsAtOnce;
  }

  protected begin(arrivedAtMs: number, askedAtMs: number): void {
    const { now } = this.simulator;
    if (now === askedAtMs) this.stepsAtOnce += 1;
    this.waitMs[0] = (this.waitMs[0] as number) + (now - arrivedAtMs);
  }

  private *source(): ProcessBody {
    const { servers, customers } = this.task;
    const meanGapMs = MEAN_SERVICE_MS / (UTILISATION * servers);
    for (let customer = 0; customer < customers; customer++) {
      yield exponential(this.arrivals, meanGapMs);
      this.receiveCustomer();
    }
  }
}

class CustomersModel extends ProcessModel {
  private readonly server = new Resource(this.simulator, { capacity: this.task.servers });

  protected override open(): void {}

  protected override receiveCustomer(): void {
    spawn(this.simulator, this.customer(), 'customer');
  }

  private *customer(): ProcessBody {
    const arrivedAtMs = this.simulator.now;
    const claim = yield* this.server.acquire();
    this.begin(arrivedAtMs, arrivedAtMs);
    yield exponential(this.services, MEAN_SERVICE_MS);
    this.server.release(claim);
  }
}

class ServersModel extends ProcessModel {
  private readonly queue = new Store<number>(this.simulator);

  protected override open(): void {
    for (let server = 0; server < this.task.servers; server++) {
      spawn(this.simulator, this.server(), 'server');
    }
  }

  protected override receiveCustomer(): void {
    this.queue.tryPut(this.simulator.now);
  }

  private *server(): ProcessBody {
    for (;;) {
      const askedAtMs = this.simulator.now;
      const arrivedAtMs = yield* this.queue.take();
      this.begin(arrivedAtMs, askedAtMs);
      yield exponential(this.services, MEAN_SERVICE_MS);
    }
  }
}

/** What the repetitions of one contestant took, in ns for each customer. */
type Timings<K extends string> = Record<K, readonly number[]>;

// V8 compiles the loops again after their first returns, so fewer would favour the shorter functions.
const WARM_UPS = 10;
const GROUPS = 5;
const REPETITIONS = 20;

/** Times the contestants in turn, repetition by repetition: `GROUPS` groups of `REPETITIONS`. */
function compare<K extends string>(contestants: Record<K, Contestant>, task: Task): Timings<K> {
  const names = Object.keys(contestants) as K[];
  const timings = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    K,
    number[]
  >;
  let expected: number | undefined;
  for (let repetition = -WARM_UPS; repetition < GROUPS * REPETITIONS; repetition++) {
    for (const name of names) {
      const startNs = process.hrtime.bigint();
      const meanWaitMs = contestants[name](task);
      const perCustomerNs = Number(process.hrtime.bigint() - startNs) / task.customers;
      expected ??= meanWaitMs;
      if (meanWaitMs !== expected) {
        throw new Error(
          `All contestants should find the same mean wait, ${expected} ms, but "${name}" found ${meanWaitMs} ms. The benchmark is void: one of them does other work.`,
        );
      }
      if (repetition >= 0) timings[name].push(perCustomerNs);
    }
  }
  return timings;
}

/** The value below which a share of the values lies: the nearest one in the sorted list. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))] ?? Number.NaN;
}

function print(cells: readonly string[]): void {
  const [first = '', ...others] = cells;
  console.log(first.padEnd(36) + others.map((cell) => cell.padStart(18)).join(''));
}

/** The time of the fastest tenth in each group. */
function fastest(timed: readonly number[]): number[] {
  return Array.from({ length: GROUPS }, (_, group) =>
    quantile(timed.slice(group * REPETITIONS, (group + 1) * REPETITIONS), 0.1),
  );
}

/** How many times faster a contestant was than the reference, group by group. */
function ratios(reference: readonly number[], timed: readonly number[]): number[] {
  const referenceNs = fastest(reference);
  return fastest(timed).map((ns, group) => (referenceNs[group] ?? Number.NaN) / ns);
}

function withSpread(values: readonly number[], digits: number): string {
  const [least, median, greatest] = [0, 0.5, 1].map((share) =>
    quantile(values, share).toFixed(digits),
  );
  return `${median} (${least}–${greatest})`;
}

function eventsPerCustomer(model: ServersModel | CustomersModel): number {
  model.run();
  return model.events / model.task.customers;
}

function benchSpeed(): void {
  const customers = 50_000;
  console.log(
    `M/M/c at utilisation ${UTILISATION}, ${customers} customers: the fastest tenth of ${REPETITIONS} repetitions, median (and range) of ${GROUPS} groups.\n`,
  );
  for (const servers of [1, 8]) {
    const task = { servers, customers };
    const timings = compare(
      {
        [BY_HAND]: byHand,
        [CALLBACKS]: callbacks,
        [SERVERS]: (each) => new ServersModel(each).run(),
        [CUSTOMERS]: (each) => new CustomersModel(each).run(),
      },
      task,
    );
    const eventsOf: Record<string, number> = {
      [SERVERS]: eventsPerCustomer(new ServersModel(task)),
      [CUSTOMERS]: eventsPerCustomer(new CustomersModel(task)),
    };
    print([`M/M/${servers}`, 'ns/customer', 'ratio', 'M events/s', 'goal']);
    for (const [name, timed] of Object.entries(timings)) {
      const events = eventsOf[name] ?? 2;
      const ratio = ratios(timings[BY_HAND], timed);
      const goal = GOALS[name];
      print([
        `  ${name}`,
        withSpread(fastest(timed), 0),
        withSpread(ratio, 2),
        `${((events * 1e3) / quantile(fastest(timed), 0.5)).toFixed(1)} of ${events.toFixed(1)}`,
        goal === undefined ? '' : `${goal} ${quantile(ratio, 0.5) >= goal ? 'met' : 'missed'}`,
      ]);
    }
    console.log('');
  }
}

function benchRecording(): void {
  const task = { servers: 1, customers: 50_000 };
  const recordsMax = 2 * task.customers;
  const timings = compare(
    {
      'no recorder': callbacks,
      'recorder off (shownMs = 0)': (each) =>
        new CallbackModel(each, new Recorder({ shownMs: 0 })).run(),
      'recorder on, a sample for each event': (each) =>
        new CallbackModel(each, new Recorder({ shownMs: Number.MAX_VALUE, recordsMax })).run(),
    },
    task,
  );
  print(['Recording, M/M/1 in callbacks', 'ns/customer', 'ratio']);
  for (const [name, timed] of Object.entries(timings)) {
    const ratio = ratios(timings['no recorder'], timed);
    print([`  ${name}`, withSpread(fastest(timed), 0), withSpread(ratio, 2)]);
  }
  console.log('');
}

/** Bytes in use after a run whose model is still alive, in the heap and in array buffers. */
function bytesAfter(customers: number, collectGarbage: () => void): number {
  const model = new CallbackModel({ servers: 1, customers }, null);
  model.run();
  // Array buffers are freed by the collection after the one that found them dead.
  for (let count = 0; count < 3; count++) collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  // Reading from the model here keeps it alive until the memory has been measured.
  if (model.simulator.pending !== 0) throw new Error('The run should be over, but it is not.');
  return heapUsed + arrayBuffers;
}

function benchMemory(): void {
  const collectGarbage = globalThis.gc;
  if (collectGarbage === undefined) {
    throw new Error('The benchmark should run with --expose-gc. Start it with `npm run bench`.');
  }
  print(['Memory, M/M/1 in callbacks', 'in use after run']);
  for (const customers of [1_000_000, 10_000_000]) {
    const kibibytes = bytesAfter(customers, () => collectGarbage()) / 1024;
    print([`  ${customers} customers`, `${kibibytes.toFixed(0)} KiB`]);
  }
}

benchSpeed();
benchRecording();
benchMemory();
