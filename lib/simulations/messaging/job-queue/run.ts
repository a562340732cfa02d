/** A run: producers, a queue of jobs, and workers that fail, stall, crash and come back. */
import { exponential, exponentialQuantile } from '../../../kernel/distributions';
import { NOT_RECORDED, type SpanId } from '../../../kernel/recording';
import { RecentCount } from '../../../kernel/statistics';
import type { RunContext } from '../../../simulation/definition';
import type { JobMeasures } from './measures';
import type { Job, JobQueueFactory, Lease } from './models/job-queue';
import { BACKOFF_CAP, type parameters, WORKERS_MAX } from './parameters';
import { CLASSES, LANES, QUEUE } from './views';

type Context = RunContext<typeof parameters, JobMeasures, JobQueueFactory>;

const TICK_MS = 250;
const RECENT_MS = 5000;
/** A worker that has crashed takes jobs again after so long. */
export const RESTART_MS = 3000;
/** One that stalls does nothing for so long, and does not know it. */
export const STALL_MS = 8000;
/** How long a slow or a broken dependency stays so, and how slow it is. */
export const TROUBLE_MS = 10_000;
export const SLOWNESS = 3;
/** Bulk jobs that the reader enqueues at once. */
export const BURST_JOBS = 100;
/** Heartbeats within the time of a lease. */
const BEATS = 3;
const BULK = CLASSES.length - 1;
/** Keys of draws: rows of the workload come first, jobs of the reader after all that there may be. */
const BURST_KEY = 10_000_000;

interface Task {
  readonly lease: Lease;
  readonly span: SpanId;
  readonly fails: boolean;
  effectAtMs: number;
  endAtMs: number;
  /** Until when its worker stands still. */
  stalledUntilMs: number;
  end: number;
  beat: number | undefined;
}

interface Worker {
  readonly index: number;
  isDown: boolean;
  task: Task | undefined;
}

/** What the run knows of a job; the queue knows less. */
interface Known {
  readonly key: number;
  readonly workMs: number;
  readonly class: number;
  isStarted: boolean;
  /** Whether the lease of its last attempt ran out. */
  hasLapsed: boolean;
  effects: number;
  wait: SpanId;
}

export function run(context: Context) {
  const { simulator, parameters, record, measure, untilMs } = context;
  const known: Known[] = [];
  const jobs: Job[] = [];
  const queue = context.model({
    room: parameters.room,
    leaseMs: parameters.leaseMs,
    attemptsMax: parameters.attemptsMax,
    backoffMs: parameters.backoffMs,
    backoffCapMs: parameters.backoffMs * BACKOFF_CAP,
    uniform: ({ id }, attempt) => context.keyedUniform('pause', known[id]?.key ?? 0, attempt),
    ageMs: parameters.ageMs,
    weights: [parameters.weight * parameters.weight, parameters.weight, 1],
  });
  const workers = Array.from(
    { length: WORKERS_MAX },
    (_, index): Worker => ({ index, isDown: false, task: undefined }),
  );
  const recent = {
    done: new RecentCount(RECENT_MS),
    failed: new RecentCount(RECENT_MS),
    late: new RecentCount(RECENT_MS),
  };
  const totals = { claimed: 0, pausing: 0, done: 0, dead: 0, again: 0, twice: 0 };
  const ready = CLASSES.map(() => 0);
  /** Of each class: jobs in the order of coming, and the first that was not started. */
  const unstarted = CLASSES.map(() => ({ ids: [] as number[], first: 0 }));
  /** Of each class: the latest job that is done. */
  const latestDone = CLASSES.map(() => -1);
  let wake: { readonly atMs: number; readonly event: number } | undefined;
  let slowUntilMs = 0;
  let brokenUntilMs = 0;

  const knownOf = ({ id }: Job): Known => {
    const found = known[id];
    if (!found) throw new Error(`Expected a job that was enqueued, got ${nameOf(id)}.`);
    return found;
  };

  const enqueue = (key: number, priority: number, workMs: number): void => {
    const id = jobs.length;
    const job: Job = { id, priority, enqueuedAtMs: simulator.now, estimateMs: workMs };
    jobs.push(job);
    const of: Known = {
      key,
      workMs,
      class: priority,
      isStarted: false,
      hasLapsed: false,
      effects: 0,
      wait: NOT_RECORDED,
    };
    known.push(of);
    const hasRoom = queue.enqueue(job, simulator.now);
    measure.rejected.add(!hasRoom);
    record.state(nameOf(id), 'class', CLASSES[priority]?.id ?? '');
    becomesReady(job);
    if (hasRoom) unstarted[priority]?.ids.push(id);
    else leavesLine(job, 'rejected');
  };

  const becomesReady = (job: Job): void => {
    const of = knownOf(job);
    of.wait = record.begin({ lane: QUEUE, kind: 'wait', label: nameOf(job.id) });
    ready[of.class] = (ready[of.class] ?? 0) + 1;
  };

  const leavesLine = (job: Job, outcome: 'accepted' | 'rejected'): void => {
    const of = knownOf(job);
    record.end(of.wait, outcome);
    ready[of.class] = (ready[of.class] ?? 0) - 1;
  };

  /** Every worker that has nothing to do takes the next job, while there is one. */
  const dispatch = (): void => {
    for (const worker of workers) {
      if (worker.index >= parameters.workers) break;
      if (worker.isDown || worker.task) continue;
      const lease = queue.claim(simulator.now);
      if (!lease) break;
      begin(worker, lease);
    }
    showLevels();
    planWake();
  };

  const begin = (worker: Worker, lease: Lease): void => {
    const { now } = simulator;
    const { job, attempt } = lease;
    const of = knownOf(job);
    leavesLine(job, 'accepted');
    totals.claimed++;
    if (!of.isStarted) {
      of.isStarted = true;
      const waitMs = now - job.enqueuedAtMs;
      measure.wait.add(waitMs);
      measure[WAITS[of.class] ?? 'wait'].add(waitMs);
      measure.longest.add(waitMs);
    } else if (of.hasLapsed) {
      totals.again++;
      measure.again.add();
    }
    of.hasLapsed = false;

    const draw = (stream: string): number => context.keyedUniform(stream, of.key, attempt);
    const workMs = of.workMs * (now < slowUntilMs ? SLOWNESS : 1);
    const fails = now < brokenUntilMs || draw('fails') * 100 < parameters.failurePercent;
    const endAtMs = now + workMs * (fails ? draw('fails-at') : 1);
    worker.task = {
      lease,
      span: beginSpan(
        worker,
        'attempt',
        `${nameOf(job.id)} ${CLASSES[of.class]?.id}${attempt > 1 ? `, attempt ${attempt}` : ''}`,
      ),
      fails,
      effectAtMs: now + workMs * draw('effect-at'),
      endAtMs,
      stalledUntilMs: now,
      end: simulator.at(endAtMs, end, worker.index),
      beat: simulator.after(parameters.leaseMs / BEATS, beat, worker.index),
    };
  };

  const beginSpan = ({ index }: Worker, kind: string, label: string): SpanId => {
    const lane = LANES[index];
    return lane === undefined ? NOT_RECORDED : record.begin({ lane, kind, label });
  };

  /** The attempt is over, whatever came of it; its effect has taken place if its moment has come. */
  const leave = (worker: Worker, outcome: 'accepted' | 'failed' | 'expired' | 'lost'): Task => {
    const { task } = worker;
    if (!task)
      throw new Error(
        `Expected a worker with a job, got worker ${worker.index + 1}, which has none.`,
      );
    worker.task = undefined;
    simulator.cancel(task.end);
    if (task.beat !== undefined) simulator.cancel(task.beat);
    if (task.effectAtMs <= simulator.now) haveEffect(task.lease.job);
    record.end(task.span, outcome);
    measure.vain.add(outcome !== 'accepted');
    return task;
  };

  const haveEffect = (job: Job): void => {
    const of = knownOf(job);
    if (of.effects > 0 && parameters.idempotent) return;
    of.effects++;
    if (of.effects === 1) return;
    totals.twice++;
    measure.twice.add();
    record.note(`Job ${nameOf(job.id)} has its effect again.`, 'bad');
  };

  const end = (index: number): void => {
    const worker = workers[index];
    const task = worker?.task;
    if (!worker || !task) throw new Error('An attempt ends that nobody is at.');
    const { now } = simulator;
    const { lease } = task;
    if (task.fails) {
      const fate = queue.fail(lease, now);
      leave(worker, fate === 'lost' ? 'expired' : 'failed');
      recent.failed.add(now);
      if (fate !== 'lost') totals.claimed--;
      if (fate === 'retried') totals.pausing++;
      if (fate === 'dead') die(lease.job);
    } else if (queue.complete(lease)) {
      leave(worker, 'accepted');
      complete(lease.job);
    } else {
      leave(worker, 'expired');
      recent.late.add(now);
      record.note(
        `Job ${nameOf(lease.job.id)} is done too late: its lease had run out.`,
        'warning',
      );
    }
    dispatch();
  };

  const complete = (job: Job): void => {
    const { now } = simulator;
    const of = knownOf(job);
    totals.claimed--;
    totals.done++;
    recent.done.add(now);
    measure.done.add();
    measure.stay.add(now - job.enqueuedAtMs);
    const latest = latestDone[of.class] ?? -1;
    measure.overtaken.add(job.id < latest);
    latestDone[of.class] = Math.max(latest, job.id);
  };

  const die = (job: Job): void => {
    totals.dead++;
    measure.dead.add();
    record.note(
      `Job ${nameOf(job.id)} is a dead letter after ${parameters.attemptsMax} attempts.`,
      'bad',
    );
  };

  /** A heartbeat, unless the worker sends none; one that has lost its lease stops. */
  const beat = (index: number): void => {
    const worker = workers[index];
    const task = worker?.task;
    if (!worker || !task) return;
    if (parameters.heartbeats && !queue.extend(task.lease, simulator.now)) {
      leave(worker, 'expired');
      recent.late.add(simulator.now);
      record.note(
        `Worker ${index + 1} has lost its lease on ${nameOf(task.lease.job.id)} and stops.`,
        'warning',
      );
      dispatch();
      return;
    }
    task.beat = simulator.after(parameters.leaseMs / BEATS, beat, index);
    planWake();
  };

  /** Wakes when a pause ends or a lease runs out. */
  const planWake = (): void => {
    const dueAtMs = queue.dueAtMs();
    if (dueAtMs === wake?.atMs) return;
    if (wake) simulator.cancel(wake.event);
    wake =
      dueAtMs === undefined
        ? undefined
        : { atMs: dueAtMs, event: simulator.at(Math.max(dueAtMs, simulator.now), advance) };
  };

  const advance = (): void => {
    wake = undefined;
    for (const { job, what } of queue.advance(simulator.now)) {
      const of = knownOf(job);
      if (what === 'retried') totals.pausing--;
      else {
        totals.claimed--;
        of.hasLapsed = true;
        record.note(`The lease of job ${nameOf(job.id)} has run out.`, 'warning');
      }
      if (what === 'dead') die(job);
      else becomesReady(job);
    }
    dispatch();
  };

  const crash = (worker: Worker): void => {
    const had = worker.task && nameOf(worker.task.lease.job.id);
    if (worker.task) leave(worker, 'lost');
    worker.isDown = true;
    const down = beginSpan(worker, 'down', 'down');
    record.note(`Worker ${worker.index + 1} crashes${had ? ` with job ${had}` : ''}.`, 'bad');
    showLevels();
    simulator.after(RESTART_MS, () => {
      worker.isDown = false;
      record.end(down, 'undone');
      dispatch();
    });
  };

  const scheduleCrash = (): void => {
    const { crashesPerMinute } = parameters;
    if (crashesPerMinute === 0) return;
    const stream = context.random('crashes');
    simulator.after(exponential(stream, 60_000 / crashesPerMinute), () => {
      const worker = workers[Math.floor(stream.next() * parameters.workers)];
      if (worker && !worker.isDown) crash(worker);
      scheduleCrash();
    });
  };

  const showLevels = (): void => {
    measure.waiting.set(queue.ready());
    measure.busy.set(workers.filter(({ task }) => task).length);
    if (!record.isRecording()) return;
    const next = queue.next();
    record.state(QUEUE, 'next', next ? nameOf(next.id) : '');
  };

  context.whenChanged((parameter) => {
    // Workers that have been added take what there is, and do not wait for the next arrival.
    if (parameter === 'workers') dispatch();
  });

  const tick = (index: number): void => {
    const { now } = simulator;
    CLASSES.forEach(({ id }, place) => {
      const ageMs = now - oldestOf(place);
      measure.longest.add(ageMs);
      record.sample(`oldest-${id}`, ageMs);
      record.sample(`ready-${id}`, ready[place] ?? 0);
    });
    for (const [series, counts] of Object.entries(recent)) record.sample(series, counts.at(now));
    for (const [field, value] of Object.entries(totals)) record.state(QUEUE, field, value);
    record.state(QUEUE, 'ready', queue.ready());
    // A multiple, not a sum, so that ticks keep to their grid.
    const nextMs = (index + 1) * TICK_MS;
    if (nextMs <= untilMs) simulator.at(nextMs, tick, index + 1);
  };

  /** When the oldest job of a class came that was not started; now if there is none. */
  const oldestOf = (place: number): number => {
    const of = unstarted[place];
    if (!of) return simulator.now;
    while (known[of.ids[of.first] ?? -1]?.isStarted) of.first++;
    return jobs[of.ids[of.first] ?? -1]?.enqueuedAtMs ?? simulator.now;
  };

  const busy = (): Worker | undefined => workers.find(({ task }) => task);

  measure.waiting.set(0);
  measure.busy.set(0);
  tick(0);
  scheduleCrash();
  context.forEachArrival((row) => {
    const { key, size } = context.workload;
    enqueue(row, key[row] ?? BULK, size[row] ?? 0);
    dispatch();
  });

  return {
    crash: () => {
      const worker = busy();
      if (worker) crash(worker);
      else record.note('No worker has a job that it could crash with.');
    },
    stall: () => {
      const worker = busy();
      if (!worker?.task) {
        record.note('No worker has a job that it could stall with.');
        return;
      }
      const { task } = worker;
      const shift = (atMs: number): number => (atMs > simulator.now ? atMs + STALL_MS : atMs);
      simulator.cancel(task.end);
      if (task.beat !== undefined) simulator.cancel(task.beat);
      task.effectAtMs = shift(task.effectAtMs);
      task.endAtMs += STALL_MS;
      task.end = simulator.at(task.endAtMs, end, worker.index);
      // The first thing that it does again is to say that it is there.
      task.stalledUntilMs = Math.max(simulator.now, task.stalledUntilMs) + STALL_MS;
      task.beat = simulator.at(task.stalledUntilMs, beat, worker.index);
      record.note(
        `Worker ${worker.index + 1} stalls for ${STALL_MS / 1000} s with job ${nameOf(task.lease.job.id)}, and does not know it.`,
        'bad',
      );
    },
    burst: () => {
      record.note(`${BURST_JOBS} bulk jobs are enqueued at once.`, 'warning');
      for (let i = 0; i < BURST_JOBS; i++) {
        const u = context.keyedUniform('burst', jobs.length, i);
        enqueue(BURST_KEY + jobs.length, BULK, exponentialQuantile(u, parameters.bulkWorkMs));
      }
      dispatch();
    },
    slow: () => {
      slowUntilMs = simulator.now + TROUBLE_MS;
      record.note(
        `A dependency is slow: for ${TROUBLE_MS / 1000} s attempts take ${SLOWNESS} times as long.`,
        'bad',
      );
    },
    outage: () => {
      brokenUntilMs = simulator.now + TROUBLE_MS;
      record.note(`A dependency is down: for ${TROUBLE_MS / 1000} s every attempt fails.`, 'bad');
    },
  };
}

/** The measure of each class. */
const WAITS = ['urgentWait', 'normalWait', 'bulkWait'] as const;

const nameOf = (id: number): string => `#${id + 1}`;
