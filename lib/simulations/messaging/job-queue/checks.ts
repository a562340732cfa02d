/** The rules that the schedulers and the run are held to, in the tests and on request in the page. */
import { Mean } from '../../../kernel/statistics';
import type { Check, RaceReader } from '../../../simulation/definition';
import { CALM, jobOf, serve, steadyJobs, storm } from './harness';
import type { Job, JobQueue, JobQueueFactory } from './models/job-queue';
import { type parameters, STEADY_MS, WARM_UP_MS } from './parameters';
import { cobham, exponentialClass, phipps } from './theory';
import type { VariantId } from './variants';

type JobCheck = Check<typeof parameters, VariantId, JobQueueFactory>;

const ALL = ['first-come', 'strict', 'ageing', 'fair', 'shortest'] as const;
/** What becomes of a job whose worker is gone is the same in all: two stand for them. */
const SOME = ['first-come', 'fair'] as const;
/** Standard errors by which a mean may differ from theory. */
const STANDARD_ERRORS = 4;
const COBHAM = 'Cobham’s formula of 1954, as theory.ts derives it from Little’s law';
const FAIR_QUEUEING = 'Start-time fair queueing, Goyal, Vin and Cheng 1996';

export const checks = {
  JQ1: {
    statement: 'Whatever becomes of the workers, each job is completed once or a dead letter once.',
    against: 'Conservation, in random storms of workers that finish, fail, fall silent or vanish.',
    variants: ALL,
    seeds: 3,
    verify: ({ model, random, equal, atLeast, atMost }) => {
      for (const variant of ALL) {
        const settings = { ...CALM, leaseMs: 200, attemptsMax: 4 };
        const { jobs, claims, completions, deaths, refused } = storm(
          model(variant)(settings),
          random(variant),
          settings.attemptsMax,
        );
        const ends = completions.map((times, id) => times + (deaths[id] ?? 0));
        equal(
          ends.filter((times) => times !== 1).length,
          0,
          `${variant}: jobs that do not end once`,
        );
        equal(
          claims.filter((times, id) => completions[id] === 1 && times < 1).length,
          0,
          `${variant}: jobs completed that were never claimed`,
        );
        equal(
          claims.filter((times, id) => deaths[id] === 1 && times !== 4).length,
          0,
          `${variant}: dead letters without four attempts`,
        );
        atLeast(refused, 1, `${variant}: workers that came too late`);
        atMost(Math.max(...claims), 4, `${variant}: most attempts`);
        atLeast(jobs, 300, `${variant}: jobs`);
      }
    },
  },

  JQ2: {
    statement:
      'A worker that has lost the lease can neither complete the job nor extend or fail it.',
    against: 'The contract of a lease with a fencing token, one by one.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ALL) {
        const queue = model(variant)({ ...CALM, leaseMs: 1000 });
        queue.enqueue(jobOf(1), 0);
        const first = claimed(queue, 0);
        equal(queue.claim(999) === undefined, true, `${variant}: out of sight while leased`);
        equal(queue.advance(999).length, 0, `${variant}: nothing lapses before its time`);
        equal(queue.extend(first, 999), true, `${variant}: extended in time`);
        equal(queue.advance(1500).length, 0, `${variant}: extended, it holds on`);
        equal(queue.advance(1999).length, 1, `${variant}: and lapses a lease later`);
        const second = claimed(queue, 2000);
        equal(second.attempt, 2, `${variant}: the second attempt`);
        equal(queue.extend(first, 2100), false, `${variant}: extended by the first worker`);
        equal(queue.fail(first, 2100), 'lost', `${variant}: failed by the first worker`);
        equal(queue.complete(first), false, `${variant}: completed by the first worker`);
        equal(queue.complete(second), true, `${variant}: completed by the second`);
        equal(queue.complete(second), false, `${variant}: completed again`);
        equal(queue.advance(1e9).length, 0, `${variant}: nothing is left`);
      }
    },
  },

  JQ3: {
    statement: 'Pauses double up to their cap, and chance spreads them from 0 to that.',
    against: 'Capped exponential backoff with full jitter, as in the AWS Architecture Blog, 2015.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, equal, within }) => {
      for (const variant of ALL) {
        for (const u of [0, 0.25, 0.75]) {
          const queue = model(variant)({ ...CALM, attemptsMax: 8, uniform: () => u });
          queue.enqueue(jobOf(1), 0);
          for (const longestMs of [100, 200, 400, 800, 1600, 1600, 1600]) {
            const lease = claimed(queue, 0);
            queue.fail(lease, 0);
            within(queue.dueAtMs() ?? Number.NaN, u * longestMs, 1e-9, `${variant}: pause`);
            equal(queue.advance(1e6)[0]?.what, 'retried', `${variant}: after the pause`);
          }
          equal(queue.fail(claimed(queue, 0), 0), 'dead', `${variant}: the eighth failure`);
        }
      }
    },
  },

  JQ4: {
    statement:
      'Jobs of one priority go in the order in which they came, and a retry keeps its place.',
    against: 'ORDER BY priority, id; one by one.',
    variants: ['first-come', 'strict', 'ageing', 'fair'],
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of ['first-come', 'strict', 'ageing', 'fair'] as const) {
        const queue = model(variant)(CALM);
        for (const id of [1, 2, 3]) queue.enqueue(jobOf(id, { enqueuedAtMs: 0 }), 0);
        const first = claimed(queue, 0);
        equal(first.job.id, 1, `${variant}: the first`);
        queue.fail(first, 0);
        queue.advance(1000);
        const order = [claimed(queue, 1000), claimed(queue, 1000), claimed(queue, 1000)];
        equal(
          order.map(({ job }) => job.id),
          [1, 2, 3],
          `${variant}: with the first again`,
        );
      }
    },
  },

  JQ5: {
    statement: 'With one worker, each priority waits as long as Cobham’s formula says.',
    against: `${COBHAM}: M/M/1 with three classes at load 0.8, within four standard errors of ten runs, as shares of the wait without priorities.`,
    variants: ['first-come', 'strict'],
    seeds: 1,
    verify: ({ model, random, within }) =>
      heldToCobham({ workers: 1, model, random: random('cobham'), within }),
  },

  JQ6: {
    statement: 'The same holds with four.',
    against: `${COBHAM}, with the probability of waiting by Erlang C: M/M/4 with three classes at load 0.8, as above.`,
    variants: ['first-come', 'strict'],
    seeds: 1,
    verify: ({ model, random, within }) =>
      heldToCobham({ workers: 4, model, random: random('cobham'), within }),
  },

  JQ7: {
    statement: 'No scheduler reduces waiting: it only hands it on, work for work.',
    against:
      'Kleinrock’s conservation law of 1965, exactly: the work in a queue is the same at each moment in whatever order it is done, and its sum over time is that of work × wait and half of work².',
    variants: ALL,
    seeds: 3,
    verify: ({ model, random, within }) => {
      const jobs = steadyJobs(random('arrivals'), { jobs: 2000, load: 0.95, workers: 1 });
      const weighed = (variant: VariantId): number => {
        const waitsMs = serve(model(variant)(CALM), jobs, 1);
        return jobs.reduce((sum, { id, estimateMs }) => sum + estimateMs * (waitsMs[id] ?? 0), 0);
      };
      const expected = weighed('first-come');
      for (const variant of ALL)
        within(weighed(variant), expected, 1e-9 * expected, `${variant}: work × wait`);
    },
  },

  JQ8: {
    statement: 'Of all orders of six jobs, shortest first has the least mean wait.',
    against:
      'All 720 orders are tried. (Two neighbours out of order can always be exchanged with profit: Smith 1956.)',
    variants: ['shortest'],
    seeds: 6,
    verify: ({ model, random, within }) => {
      const stream = random('jobs');
      const worksMs = Array.from({ length: 6 }, () => stream.next() * 1000);
      const jobs = worksMs.map((estimateMs, id) => jobOf(id, { estimateMs, enqueuedAtMs: 0 }));
      const least = Math.min(...ordersOf(worksMs).map(sumOfWaits));
      const queue = model('shortest')(CALM);
      for (const job of jobs) queue.enqueue(job, 0);
      const order = jobs.map(() => claimed(queue, 0).job.estimateMs);
      within(sumOfWaits(order), least, 1e-9, 'sum of waits');
    },
  },

  JQ9: {
    statement:
      'With shortest first, the mean wait is what Phipps found, and no scheduler has less.',
    against:
      'Phipps’s integral of 1956, which is Cobham’s formula with a priority for each length, as theory.ts derives it: M/M/1 at load 0.8, within four standard errors of ten runs, as a share of the wait without priorities.',
    variants: ALL,
    seeds: 1,
    verify: ({ model, random, within, atMost }) => {
      const stream = random('phipps');
      const shares = new Mean();
      for (let run = 0; run < RUNS; run++) {
        const jobs = steadyJobs(stream, { jobs: JOBS, load: LOAD, workers: 1 });
        const meanOf = (variant: VariantId): number => {
          const waitsMs = serve(model(variant)(CALM), jobs, 1);
          return waitsMs.reduce((sum, waitMs) => sum + waitMs, 0) / waitsMs.length;
        };
        const shortest = meanOf('shortest');
        shares.add(shortest / meanOf('first-come'));
        if (run === 0)
          for (const variant of ALL)
            atMost(shortest, meanOf(variant), `mean wait, with ${variant}`);
      }
      const expected = (phipps(LOAD) * (1 - LOAD)) / LOAD;
      within(shares.mean, expected, STANDARD_ERRORS * shares.standardError, 'share of the wait');
    },
  },

  JQ10: {
    statement:
      'While two priorities have work, what each is given for its weight differs by two jobs at most.',
    against: `${FAIR_QUEUEING}: jobs go in the order of their start tags, so while the tags rise by v each priority is given v times its weight, to one job. The bound is the longest job of each, divided by its weight.`,
    variants: ['fair'],
    seeds: 4,
    verify: ({ model, random, atMost }) => {
      const stream = random('work');
      const weights = [9, 3, 1];
      const queue = model('fair')({ ...CALM, weights });
      for (let id = 0; id < 900; id++)
        queue.enqueue(
          jobOf(id, { priority: id % 3, estimateMs: 20 + stream.next() * 1000 * (id % 3) }),
          0,
        );
      const given = [0, 0, 0];
      const longest = [20, 1020, 2020];
      // As long as none of them is through.
      for (let taken = 0; taken < 300; taken++) {
        const { job } = claimed(queue, 0);
        given[job.priority] = (given[job.priority] ?? 0) + job.estimateMs;
        for (const [a, b] of PAIRS) {
          const normalised = (of: number, values: readonly number[]): number =>
            (values[of] ?? 0) / (weights[of] ?? 1);
          atMost(
            Math.abs(normalised(a, given) - normalised(b, given)),
            normalised(a, longest) + normalised(b, longest) + 1e-6,
            `work for the weight of ${a}, less that of ${b}, after ${taken + 1} jobs`,
          );
        }
      }
    },
  },

  JQ11: {
    statement: 'One that had no work for long has saved nothing up: the others go on beside it.',
    against: `${FAIR_QUEUEING}: one that comes back begins where the others are.`,
    variants: ['fair'],
    seeds: 1,
    verify: ({ model, equal, atLeast, atMost }) => {
      const queue = model('fair')({ ...CALM, weights: [1, 1, 1] });
      for (let id = 0; id < 300; id++) queue.enqueue(jobOf(id, { priority: 1 }), 0);
      for (let i = 0; i < 100; i++) equal(claimed(queue, 0).job.priority, 1, 'alone');
      for (let id = 300; id < 400; id++) queue.enqueue(jobOf(id, { priority: 2 }), 0);
      const others = Array.from({ length: 20 }, () => claimed(queue, 0)).filter(
        ({ job }) => job.priority === 1,
      ).length;
      atLeast(others, 9, 'jobs of the one that was there, of the next twenty');
      atMost(others, 11, 'jobs of the one that was there, of the next twenty');
    },
  },

  JQ12: {
    statement: 'No job is passed by one that came later than its head start allows.',
    against:
      'Deadlines set on arrival, the earliest first: each step of priority is one head start.',
    variants: ['ageing'],
    seeds: 3,
    verify: ({ model, random, atMost, atLeast }) => {
      const jobs = steadyJobs(random('arrivals'), { jobs: 600, load: 1.3, workers: 1 });
      const waitsMs = serve(model('ageing')(CALM), jobs, 1);
      const startMs = ({ id, enqueuedAtMs }: Job): number => enqueuedAtMs + (waitsMs[id] ?? 0);
      let passed = 0;
      let latestMs = Number.NEGATIVE_INFINITY;
      for (const job of jobs)
        for (const other of jobs) {
          const isPassed = other.enqueuedAtMs > job.enqueuedAtMs && startMs(other) < startMs(job);
          if (!isPassed) continue;
          passed++;
          const allowedMs = (job.priority - other.priority) * CALM.ageMs;
          latestMs = Math.max(latestMs, other.enqueuedAtMs - job.enqueuedAtMs - allowedMs);
        }
      atLeast(passed, 100, 'jobs that passed another');
      atMost(latestMs, 0, 'ms that one came too late to pass');
    },
  },

  JQ13: {
    statement: 'In the run, too, one worker gives each priority the wait of Cobham’s formula.',
    against: `${COBHAM}: M/G/1, bulk jobs four times as long; within four standard errors.`,
    variants: ['strict'],
    seeds: 1,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { workers: 1, jobsPerSecond: 15, workMs: 30, bulkWorkMs: 120 },
        variants: ['strict'],
      });
      const expectedMs = cobham([
        exponentialClass(0.003, 30),
        exponentialClass(0.009, 30),
        exponentialClass(0.003, 120),
      ]);
      for (const [i, result] of ['urgentWait.mean', 'normalWait.mean', 'bulkWait.mean'].entries())
        within(
          race.value('strict', result),
          expectedMs[i] ?? Number.NaN,
          STANDARD_ERRORS * race.standardError('strict', result),
          result,
        );
    },
  },

  JQ14: {
    statement: 'Jobs that are ready are as many as come per second times how long each waits.',
    against: 'J. D. C. Little, “A Proof for the Queuing Formula: L = λW”, 1961; within 3 %.',
    variants: ALL,
    seeds: 1,
    verify: ({ run, within }) => {
      const race = run({ parameters: { jobsPerSecond: 14 }, variants: ALL });
      for (const variant of ALL) {
        const started = race.run(variant).results.find(({ id }) => id === 'wait.mean')?.n ?? 0;
        const expected = (started / (STEADY_MS - WARM_UP_MS)) * race.value(variant, 'wait.mean');
        within(race.value(variant, 'waiting'), expected, 0.03 * expected, `${variant}: ready`);
      }
    },
  },

  JQ15: {
    statement:
      'Where workers crash, jobs run again; their effects happen once if they are idempotent.',
    against: 'At least once, and once with a key that is recorded with the effect.',
    variants: SOME,
    seeds: 1,
    verify: ({ run, atLeast, equal }) => {
      const race = (idempotent: boolean): RaceReader =>
        run({
          parameters: { crashesPerMinute: 20, failurePercent: 20, jobsPerSecond: 8, idempotent },
          variants: SOME,
        });
      const [not, idempotent] = [race(false), race(true)];
      for (const variant of SOME) {
        atLeast(not.value(variant, 'again'), 10, `${variant}: jobs that run again`);
        atLeast(not.value(variant, 'twice'), 10, `${variant}: duplicate effects`);
        equal(idempotent.value(variant, 'twice'), 0, `${variant}: duplicate effects if idempotent`);
        equal(
          idempotent.value(variant, 'again'),
          not.value(variant, 'again'),
          `${variant}: they run again all the same`,
        );
      }
    },
  },

  JQ16: {
    statement: 'With heartbeats, no lease of a live worker runs out, however short it is.',
    against: 'Definition of a heartbeat; without them the same jobs run again.',
    variants: ['first-come'],
    seeds: 1,
    verify: ({ run, equal, atLeast }) => {
      const again = (heartbeats: boolean): number =>
        run({
          parameters: { leaseMs: 600, jobsPerSecond: 8, heartbeats },
          variants: ['first-come'],
        }).value('first-come', 'again');
      equal(again(true), 0, 'Run again, with heartbeats');
      atLeast(again(false), 100, 'Run again, without');
    },
  },
} as const satisfies Record<string, JobCheck>;

const RUNS = 10;
const JOBS = 6000;
const LOAD = 0.8;
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const;

const claimed = (queue: JobQueue, nowMs: number) => {
  const lease = queue.claim(nowMs);
  if (!lease) throw new Error(`Expected a job that is ready at ${nowMs} ms, got none.`);
  return lease;
};

/**
 * Waits of each priority as shares of the wait without priorities, over runs on the same arrivals: what
 * is chance in how much there was to do divides out.
 */
function heldToCobham({
  workers,
  model,
  random,
  within,
}: {
  readonly workers: number;
  readonly model: (variant: VariantId) => JobQueueFactory;
  readonly random: Parameters<typeof steadyJobs>[0];
  readonly within: (actual: number, expected: number, tolerance: number, what: string) => void;
}): void {
  const rate = (LOAD * workers) / 300;
  const expected = cobham(
    [1, 2, 3].map(() => exponentialClass(rate, 100)),
    workers,
  );
  const [withoutMs = Number.NaN] = cobham([exponentialClass(3 * rate, 100)], workers);
  const without = new Mean();
  const shares = expected.map(() => new Mean());
  for (let run = 0; run < RUNS; run++) {
    const jobs = steadyJobs(random, { jobs: JOBS, load: LOAD, workers });
    const firstCome = serve(model('first-come')(CALM), jobs, workers);
    const strict = serve(model('strict')(CALM), jobs, workers);
    const all = firstCome.reduce((sum, waitMs) => sum + waitMs, 0) / jobs.length;
    without.add(all);
    for (const [priority, share] of shares.entries()) {
      const own = jobs.filter((job) => job.priority === priority);
      const sum = own.reduce((total, { id }) => total + (strict[id] ?? 0), 0);
      share.add(sum / own.length / all);
    }
  }
  const tolerance = (mean: Mean): number => STANDARD_ERRORS * mean.standardError;
  within(without.mean, withoutMs, tolerance(without), 'wait without priorities, ms');
  for (const [priority, share] of shares.entries())
    within(
      share.mean,
      (expected[priority] ?? Number.NaN) / withoutMs,
      tolerance(share),
      `share of that wait, priority ${priority}`,
    );
}

const sumOfWaits = (worksMs: readonly number[]): number => {
  let atMs = 0;
  let sum = 0;
  for (const workMs of worksMs) {
    sum += atMs;
    atMs += workMs;
  }
  return sum;
};

function ordersOf(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, place) =>
    ordersOf([...items.slice(0, place), ...items.slice(place + 1)]).map((rest) => [item, ...rest]),
  );
}
