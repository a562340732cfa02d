import { describe, expect, test } from 'vitest';
import { bernoulli, erlang, exponential } from './distributions';
import { Interrupted, type ProcessBody, spawn } from './process';
import { createStreams, type RandomStream } from './random';
import { type Claim, Preempted, Resource } from './resource';
import { Simulator } from './simulator';
import { Mean } from './statistics';

// The kernel held to queueing theory. The mean service time is 1 ms everywhere, so that the utilisation
// of c servers is the arrival rate over c. The expected numbers are evaluations of the closed forms of
// Erlang (1917), Pollaczek and Khinchine, and Cobham (1954).

type Service = (stream: RandomStream) => number;

interface Queue {
  readonly servers: number;
  /** Arrivals per ms. */
  readonly arrivalRate: number;
  readonly service?: Service;
  /** The most customers in the system, those in service included. */
  readonly room?: number;
}

interface Length {
  readonly seed: number;
  /** Customers whose arrival is measured, after those of the warm-up. */
  readonly customers: number;
  readonly warmUp?: number;
}

interface Measures {
  /** Over the customers who were let in. */
  readonly meanWaitMs: number;
  readonly meanStayMs: number;
  readonly waited: number;
  /** Over all customers. */
  readonly blocked: number;
  /** Over the time between the first and the last measured arrival. */
  readonly meanInSystem: number;
  readonly acceptedPerMs: number;
  /** How many stays were measured. */
  readonly stays: number;
  /** The number in the system, integrated from the first measured arrival until it is empty. */
  readonly customerMs: number;
}

const exponentialService: Service = (stream) => exponential(stream, 1);

/** What both models below measure, about customers numbered from 0 in the order of their arrival. */
class Observer {
  private readonly waits = new Mean();
  private readonly stays = new Mean();
  private inSystem = 0;
  /** The number in the system, integrated from the first measured arrival to the last change. */
  private customerMs = 0;
  private changedAtMs = 0;
  private readonly warmUp: number;
  private readonly last: number;
  private meanInSystem = Number.NaN;
  private firstAtMs = Number.NaN;
  private lastAtMs = Number.NaN;
  private waited = 0;
  private blocked = 0;
  private measured = 0;

  constructor({ customers, warmUp = 0 }: Length) {
    this.warmUp = warmUp;
    this.last = warmUp + customers - 1;
  }

  arrived(customer: number, isBlocked: boolean, atMs: number): void {
    if (customer === this.warmUp) {
      this.change(0, atMs);
      this.customerMs = 0;
      this.firstAtMs = atMs;
    }
    if (customer === this.last) {
      this.change(0, atMs);
      this.meanInSystem = this.customerMs / (atMs - this.firstAtMs);
      this.lastAtMs = atMs;
    }
    if (customer >= this.warmUp) {
      this.measured += 1;
      if (isBlocked) this.blocked += 1;
    }
    if (!isBlocked) this.change(1, atMs);
  }

  started(customer: number, waitMs: number): void {
    if (customer < this.warmUp) return;
    this.waits.add(waitMs);
    if (waitMs > 0) this.waited += 1;
  }

  left(customer: number, stayMs: number, atMs: number): void {
    this.change(-1, atMs);
    if (customer >= this.warmUp) this.stays.add(stayMs);
  }

  get measures(): Measures {
    return {
      meanWaitMs: this.waits.mean,
      meanStayMs: this.stays.mean,
      waited: this.waited / this.waits.count,
      blocked: this.blocked / this.measured,
      meanInSystem: this.meanInSystem,
      acceptedPerMs: (this.measured - this.blocked) / (this.lastAtMs - this.firstAtMs),
      stays: this.stays.count,
      customerMs: this.customerMs,
    };
  }

  private change(by: number, atMs: number): void {
    this.customerMs += this.inSystem * (atMs - this.changedAtMs);
    this.inSystem += by;
    this.changedAtMs = atMs;
  }
}

/** The queue in callbacks, with nothing of the kernel but its clock. */
function withCallbacks(queue: Queue, length: Length): Measures {
  const { servers, arrivalRate, service = exponentialService, room = Infinity } = queue;
  const count = length.customers + (length.warmUp ?? 0);
  const simulator = new Simulator();
  const streams = createStreams(length.seed);
  const arrivals = streams.stream('arrivals');
  const services = streams.stream('service');
  const observer = new Observer(length);
  const arrivedAtMs = new Float64Array(count);
  const waiting: number[] = [];
  let next = 0;
  let busy = 0;

  const arrive = (customer: number) => {
    arrivedAtMs[customer] = simulator.now;
    const isBlocked = busy + (waiting.length - next) >= room;
    observer.arrived(customer, isBlocked, simulator.now);
    if (!isBlocked) {
      if (busy < servers) {
        busy += 1;
        start(customer);
      } else waiting.push(customer);
    }
    if (customer + 1 < count) {
      simulator.after(exponential(arrivals, 1 / arrivalRate), arrive, customer + 1);
    }
  };
  const start = (customer: number) => {
    observer.started(customer, simulator.now - (arrivedAtMs[customer] ?? Number.NaN));
    simulator.after(service(services), leave, customer);
  };
  const leave = (customer: number) => {
    observer.left(customer, simulator.now - (arrivedAtMs[customer] ?? Number.NaN), simulator.now);
    const first = waiting[next];
    if (first === undefined) busy -= 1;
    else {
      next += 1;
      start(first);
    }
  };
  simulator.after(exponential(arrivals, 1 / arrivalRate), arrive, 0);
  simulator.run();
  return observer.measures;
}

/** The same queue as a process for each customer and a resource. */
function withProcesses(queue: Queue, length: Length): Measures {
  const { servers, arrivalRate, service = exponentialService, room = Infinity } = queue;
  const simulator = new Simulator();
  const streams = createStreams(length.seed);
  const arrivals = streams.stream('arrivals');
  const services = streams.stream('service');
  const observer = new Observer(length);
  const server = new Resource(simulator, { capacity: servers, queueLimit: room - servers });

  function* customer(number: number): ProcessBody {
    const arrivedAtMs = simulator.now;
    observer.arrived(number, server.isFull, arrivedAtMs);
    if (server.isFull) return;
    const claim = yield* server.acquire();
    observer.started(number, simulator.now - arrivedAtMs);
    yield service(services);
    observer.left(number, simulator.now - arrivedAtMs, simulator.now);
    server.release(claim);
  }
  spawn(simulator, function* source() {
    for (let number = 0; number < length.customers + (length.warmUp ?? 0); number++) {
      yield exponential(arrivals, 1 / arrivalRate);
      spawn(simulator, customer(number), 'customer');
    }
  });
  simulator.run();
  return observer.measures;
}

/** Independent replications with different seeds: the mean of a measure, with its standard error. */
function replicate<M extends keyof Measures>(
  measures: readonly M[],
  run: (length: Length) => Measures,
  { replications, ...length }: { replications: number; customers: number; warmUp: number },
): Record<M, Mean> {
  const means = Object.fromEntries(measures.map((name) => [name, new Mean()])) as Record<M, Mean>;
  for (let seed = 1; seed <= replications; seed++) {
    const measured = run({ ...length, seed });
    for (const name of measures) means[name].add(measured[name]);
  }
  return means;
}

/** Within four standard errors of the theory, which are themselves small enough to tell something. */
function expectTheory(measured: Mean, theory: number, relativeErrorMax = 0.025): void {
  expect(measured.standardError / theory).toBeLessThan(relativeErrorMax);
  expect(Math.abs(measured.mean - theory)).toBeLessThan(4 * measured.standardError);
}

const REPLICATIONS = { replications: 12, customers: 20_000, warmUp: 1000 };

describe('M/M/1', () => {
  test.each([
    // Utilisation, and the mean wait in the queue: rho / (1 − rho).
    [0.5, 1],
    [0.8, 4],
    [0.9, 9],
  ])('at utilisation %d waits as long as theory says', (rho, meanWaitMs) => {
    const customers = 400_000;
    // The standard error of the mean wait over n customers, relative to it: D. J. Daley, "The serial
    // correlation coefficients of waiting times in a stationary single server queue" (1968).
    const relativeError =
      Math.sqrt((2 + 5 * rho - 4 * rho * rho + rho * rho * rho) / rho) /
      ((1 - rho) * Math.sqrt(customers));
    const measured = withCallbacks(
      { servers: 1, arrivalRate: rho },
      { seed: 1, customers, warmUp: 5000 },
    );
    expect(Math.abs(measured.meanWaitMs / meanWaitMs - 1)).toBeLessThan(4 * relativeError);
  });
});

describe('M/M/c', () => {
  test.each([
    // Servers, the probability of having to wait (Erlang C), and the mean wait, at utilisation 0.8.
    [2, 0.71111111, 1.7777778],
    [5, 0.55411255, 0.55411255],
    [8, 0.45764493, 0.28602808],
  ])('with %d servers makes customers wait as often and as long as Erlang C says', (...row) => {
    const [servers, probability, meanWaitMs] = row;
    const queue = { servers, arrivalRate: 0.8 * servers };
    const measured = replicate(
      ['waited', 'meanWaitMs'],
      (length) => withCallbacks(queue, length),
      REPLICATIONS,
    );
    expectTheory(measured.waited, probability);
    expectTheory(measured.meanWaitMs, meanWaitMs, 0.04);
  });

  test.each([
    ['exponential', exponentialService],
    ['constant', () => 1],
  ] satisfies [string, Service][])(
    'without a queue loses as many as Erlang B says, for %s service times',
    (_name, service) => {
      const queue = { servers: 5, arrivalRate: 4, room: 5, service };
      const measured = replicate(
        ['blocked'],
        (length) => withProcesses(queue, length),
        REPLICATIONS,
      );
      expectTheory(measured.blocked, 0.19906687);
    },
  );
});

describe('M/M/1/K', () => {
  test.each([
    // Utilisation offered, room, probability of being turned away, mean in the system, mean stay.
    [0.8, 5, 0.088819499, 1.868332, 2.5630652],
    [1.2, 10, 0.1925865, 6.7107087, 6.9261378],
  ])('at utilisation %d with room for %d', (arrivalRate, room, blocked, inSystem, stayMs) => {
    const queue = { servers: 1, arrivalRate, room };
    const measured = replicate(
      ['blocked', 'meanInSystem', 'meanStayMs'],
      (length) => withProcesses(queue, length),
      REPLICATIONS,
    );
    expectTheory(measured.blocked, blocked);
    expectTheory(measured.meanInSystem, inSystem);
    expectTheory(measured.meanStayMs, stayMs);
  });
});

describe('M/G/1', () => {
  // Two exponential branches with balanced means and a squared coefficient of variation of 4.
  const branch = (1 + Math.sqrt(3 / 5)) / 2;
  const hyperexponential: Service = (stream) => {
    const probability = bernoulli(stream, branch) ? branch : 1 - branch;
    return exponential(stream, 1 / (2 * probability));
  };

  test.each([
    // The mean wait at utilisation 0.8 is 2 (1 + cs²), cs² being the squared coefficient of variation.
    ['constant', () => 1, 2],
    ['Erlang-2', (stream) => erlang(stream, { stages: 2, mean: 1 }), 3],
    ['hyperexponential', hyperexponential, 10],
  ] satisfies [string, Service, number][])(
    'waits as Pollaczek and Khinchine say for %s service times',
    (_name, service, meanWaitMs) => {
      const queue = { servers: 1, arrivalRate: 0.8, service };
      const length = { replications: 16, customers: 40_000, warmUp: 4000 };
      const measured = replicate(['meanWaitMs'], (each) => withCallbacks(queue, each), length);
      expectTheory(measured.meanWaitMs, meanWaitMs, 0.04);
    },
  );
});

describe("Little's law", () => {
  const queue = { servers: 2, arrivalRate: 1.6, room: 12 };

  test('holds exactly from an empty system to an empty system', () => {
    for (const run of [withCallbacks, withProcesses]) {
      const measured = run(queue, { seed: 5, customers: 20_000 });
      expect(measured.stays).toBeGreaterThan(19_000);
      // Time in the system, summed up over the customers and integrated over time.
      const relativeDifference = measured.customerMs / (measured.stays * measured.meanStayMs) - 1;
      expect(Math.abs(relativeDifference)).toBeLessThan(1e-9);
    }
  });

  test('holds within one per cent between any two times of a steady state', () => {
    for (const run of [withCallbacks, withProcesses]) {
      const { meanInSystem, acceptedPerMs, meanStayMs } = run(queue, {
        seed: 6,
        customers: 100_000,
        warmUp: 2000,
      });
      expect(Math.abs(meanInSystem / (acceptedPerMs * meanStayMs) - 1)).toBeLessThan(0.01);
    }
  });
});

describe('the two styles', () => {
  test.each([
    { servers: 1, arrivalRate: 0.9 },
    { servers: 3, arrivalRate: 2.7, room: 7 },
  ])('give bit for bit the same measures for $servers server(s)', (queue) => {
    for (const seed of [1, 2, 3]) {
      const length = { seed, customers: 5000, warmUp: 100 };
      expect(withProcesses(queue, length)).toEqual(withCallbacks(queue, length));
    }
  });
});

describe('M/M/1 with two classes of priority', () => {
  const RATES = [0.3, 0.5] as const;

  /** The mean stay of each class, in ms. */
  function meanStays(seed: number, preempt: boolean): [number, number] {
    const simulator = new Simulator();
    const streams = createStreams(seed);
    const server = new Resource(simulator, { capacity: 1 });
    const stays = [new Mean(), new Mean()] as const;

    function* customer(priority: 0 | 1, serviceMs: number, isMeasured: boolean): ProcessBody {
      const arrivedAtMs = simulator.now;
      let leftMs = serviceMs;
      while (leftMs > 0) {
        let claim: Claim | null = null;
        try {
          claim = yield* server.acquire({ priority, preempt });
          yield leftMs;
          leftMs = 0;
        } catch (error) {
          if (!(error instanceof Interrupted && error.reason instanceof Preempted)) throw error;
          // It goes on later where it was stopped.
          leftMs -= simulator.now - error.reason.heldSinceMs;
        } finally {
          if (claim !== null) server.release(claim);
        }
      }
      if (isMeasured) stays[priority].add(simulator.now - arrivedAtMs);
    }
    function* source(priority: 0 | 1): ProcessBody {
      const arrivals = streams.stream(`arrivals ${priority}`);
      const services = streams.stream(`service ${priority}`);
      while (simulator.now < 40_000) {
        yield exponential(arrivals, 1 / RATES[priority]);
        spawn(simulator, customer(priority, exponential(services, 1), simulator.now > 2000));
      }
    }
    spawn(simulator, source(0));
    spawn(simulator, source(1));
    simulator.run();
    return [stays[0].mean, stays[1].mean];
  }

  // With the utilisations rho1 = 0.3 and rho2 = 0.5, sigma1 = 0.3 and sigma2 = 0.8, and the mean rest of
  // the service found on arrival W0 = 0.8 ms, class k waits W0 / ((1 − sigma(k−1)) (1 − sigma(k))).
  test.each([
    ['polite', false, [1 + 0.8 / 0.7, 1 + 0.8 / (0.7 * 0.2)]],
    // Preemptive resume, equal exponential services: 1 / ((1 − sigma(k−1)) (1 − sigma(k))).
    ['preemptive', true, [1 / 0.7, 1 / (0.7 * 0.2)]],
  ] as const)('stays as long as Cobham says when the urgent are %s', (_name, preempt, theory) => {
    const measured = [new Mean(), new Mean()] as const;
    for (let seed = 1; seed <= 12; seed++) {
      const stays = meanStays(seed, preempt);
      measured[0].add(stays[0]);
      measured[1].add(stays[1]);
    }
    expectTheory(measured[0], theory[0]);
    expectTheory(measured[1], theory[1], 0.04);
  });
});
