/** Drives a queue of jobs without a run around it, for the checks: in steady traffic, and in a storm. */
import { exponential } from '../../../kernel/distributions';
import type { RandomStream } from '../../../kernel/random';
import type { Job, JobQueue, Lease, QueueSettings } from './models/job-queue';

/** No lease runs out, nothing is full, no chance; what a check is not about. */
export const CALM: QueueSettings = {
  room: 1_000_000,
  leaseMs: 1e12,
  attemptsMax: 5,
  backoffMs: 100,
  backoffCapMs: 1600,
  uniform: () => 0.5,
  ageMs: 1000,
  weights: [4, 2, 1],
};

export const jobOf = (id: number, of: Partial<Job> = {}): Job => ({
  id,
  priority: 0,
  enqueuedAtMs: id,
  estimateMs: 100,
  ...of,
});

/** Poisson arrivals of classes as likely as each other, with exponential work of mean 100 ms. */
export function steadyJobs(
  random: RandomStream,
  {
    jobs,
    load,
    workers,
  }: { readonly jobs: number; readonly load: number; readonly workers: number },
): Job[] {
  let atMs = 0;
  return Array.from({ length: jobs }, (_, id) => {
    atMs += exponential(random, 100 / (load * workers));
    return jobOf(id, {
      enqueuedAtMs: atMs,
      priority: random.nextInteger(3),
      estimateMs: exponential(random, 100),
    });
  });
}

/** How long each job waits, ms, by its id; workers take as long as estimated, until all is done. */
export function serve(queue: JobQueue, jobs: readonly Job[], workers: number): Float64Array {
  const waitsMs = new Float64Array(jobs.length);
  const running: { lease: Lease; endMs: number }[] = [];
  let arrived = 0;
  for (;;) {
    const arrival = jobs[arrived];
    let first = 0;
    for (let i = 1; i < running.length; i++)
      if ((running[i]?.endMs ?? 0) < (running[first]?.endMs ?? 0)) first = i;
    const ended = running[first];
    let nowMs: number;
    if (arrival && (!ended || arrival.enqueuedAtMs <= ended.endMs)) {
      nowMs = arrival.enqueuedAtMs;
      queue.enqueue(arrival, nowMs);
      arrived++;
    } else if (ended) {
      nowMs = ended.endMs;
      queue.complete(ended.lease);
      running.splice(first, 1);
    } else return waitsMs;
    const lease = running.length < workers ? queue.claim(nowMs) : undefined;
    if (!lease) continue;
    waitsMs[lease.job.id] = nowMs - lease.job.enqueuedAtMs;
    running.push({ lease, endMs: nowMs + lease.job.estimateMs });
  }
}

/** What became of the jobs of a storm. */
interface Storm {
  readonly jobs: number;
  /** Times that each was claimed, was completed, and was a dead letter, by its id. */
  readonly claims: readonly number[];
  readonly completions: readonly number[];
  readonly deaths: readonly number[];
  /** Completions that the queue refused. */
  readonly refused: number;
}

const STORM_TURNS = 1500;
/** Workers that finish, fail, fall silent for longer than a lease, or are never heard of again. */
export function storm(queue: JobQueue, random: RandomStream, attemptsMax: number): Storm {
  const claims: number[] = [];
  const completions: number[] = [];
  const deaths: number[] = [];
  /** Leases that somebody still holds, or believes to hold. */
  const leases: Lease[] = [];
  let nowMs = 0;
  let refused = 0;
  const advance = (): void => {
    for (const { job, what } of queue.advance(nowMs))
      if (what === 'dead') deaths[job.id] = (deaths[job.id] ?? 0) + 1;
  };
  const claim = (): void => {
    const lease = queue.claim(nowMs);
    if (!lease) return;
    claims[lease.job.id] = (claims[lease.job.id] ?? 0) + 1;
    leases.push(lease);
  };
  const act = (): void => {
    const [lease] = leases.splice(random.nextInteger(Math.max(1, leases.length)), 1);
    if (!lease) return;
    const { id } = lease.job;
    const u = random.next();
    if (u < 0.4) {
      if (queue.complete(lease)) completions[id] = (completions[id] ?? 0) + 1;
      else refused++;
    } else if (u < 0.7) {
      if (queue.fail(lease, nowMs) === 'dead') deaths[id] = (deaths[id] ?? 0) + 1;
    } else if (u < 0.85) {
      queue.extend(lease, nowMs);
      leases.push(lease);
    }
  };
  for (let turn = 0; turn < STORM_TURNS; turn++) {
    nowMs += exponential(random, 20);
    advance();
    const u = random.next();
    if (u < 0.3) {
      const id = claims.length;
      claims.push(0);
      completions.push(0);
      deaths.push(0);
      queue.enqueue(
        jobOf(id, {
          enqueuedAtMs: nowMs,
          priority: random.nextInteger(3),
          estimateMs: random.next(),
        }),
        nowMs,
      );
    } else if (u < 0.6) claim();
    else act();
  }
  // The storm is over: workers that live take what there is, until nothing more can come.
  leases.length = 0;
  for (let round = 0; round < claims.length * attemptsMax; round++) {
    nowMs += 1e6;
    advance();
    for (let lease = queue.claim(nowMs); lease; lease = queue.claim(nowMs)) {
      const { id } = lease.job;
      claims[id] = (claims[id] ?? 0) + 1;
      if (queue.complete(lease)) completions[id] = (completions[id] ?? 0) + 1;
    }
    if (queue.dueAtMs() === undefined) break;
  }
  return { jobs: claims.length, claims, completions, deaths, refused };
}
