import { count, duration, quantity, toggle } from '../../../simulation/parameters';

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 60_000;
/** And measures, where arrivals go on alike, ms. */
export const STEADY_MS = 300_000;
/** What is not measured of such a run, since the queue begins empty. */
export const WARM_UP_MS = 10_000;
/** When a batch of bulk jobs begins to come, simulated ms. */
export const BATCH_AT_MS = 10_000;
/** Most workers; as many lanes as a phone has room for. */
export const WORKERS_MAX = 8;
/** Pauses double up to so many times the first. */
export const BACKOFF_CAP = 32;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  jobsPerSecond: quantity({
    label: 'Jobs',
    describe: 'Jobs enqueued per second, at random times (a Poisson process).',
    unit: 'jobs/s',
    min: 1,
    max: 40,
    step: 0.5,
    default: 14,
    live: true,
  }),
  urgentPercent: quantity({
    label: 'Urgent',
    describe: 'Share of the jobs that somebody is waiting for: sign-in codes, receipts.',
    unit: '%',
    min: 0,
    max: 60,
    step: 1,
    default: 20,
  }),
  bulkPercent: quantity({
    label: 'Bulk',
    describe: 'Share of the jobs that nobody is waiting for: reports, exports. The rest is normal.',
    unit: '%',
    min: 0,
    max: 40,
    step: 1,
    default: 20,
  }),
  workMs: duration({
    label: 'Urgent and normal jobs take',
    describe: 'Time of one such job on average; exponentially distributed.',
    min: 10,
    max: 500,
    step: 10,
    default: 150,
  }),
  bulkWorkMs: duration({
    label: 'Bulk jobs take',
    describe: 'Time of one bulk job on average; exponentially distributed.',
    min: 10,
    max: 3000,
    step: 10,
    default: 600,
  }),
  workers: count({
    label: 'Workers',
    describe: 'Workers, each of which does one job at a time and takes the next at once.',
    unit: 'workers',
    min: 1,
    max: WORKERS_MAX,
    step: 1,
    default: 4,
    live: true,
  }),
  batch: count({
    label: 'Batch',
    describe: 'Bulk jobs that a schedule enqueues at ten seconds, besides the others.',
    unit: 'jobs',
    min: 0,
    max: 400,
    step: 10,
    default: 0,
  }),
  spreadMs: duration({
    label: 'Batch comes within',
    describe: 'Time over which the batch is spread evenly; 0 enqueues all of it at once.',
    min: 0,
    zero: 'all at once',
    max: 40_000,
    step: 1000,
    default: 0,
  }),
  ageMs: duration({
    label: 'Head start',
    describe: 'Under ageing: how much longer a job may wait than one of the next higher priority.',
    min: 0,
    max: 60_000,
    step: 500,
    default: 5000,
  }),
  weight: count({
    label: 'Weight of a step',
    describe:
      'Under fair shares: how many times the work of the next lower priority each one gets.',
    unit: '×',
    min: 1,
    max: 10,
    step: 1,
    default: 3,
  }),
  room: count({
    label: 'Room',
    describe: 'Jobs that may be ready to be claimed; with no room left, the sender keeps the job.',
    unit: 'jobs',
    min: 10,
    max: 2000,
    step: 10,
    default: 2000,
    scale: 'log',
  }),
  failurePercent: quantity({
    label: 'Attempts that fail',
    describe: 'Share of the attempts that end in an error at some moment of their work.',
    unit: '%',
    min: 0,
    max: 90,
    step: 1,
    default: 0,
    live: true,
  }),
  attemptsMax: count({
    label: 'Attempts',
    describe: 'Attempts until a job is a dead letter; one whose lease ran out counts.',
    unit: '',
    min: 1,
    max: 12,
    step: 1,
    default: 5,
  }),
  backoffMs: duration({
    label: 'First pause',
    describe:
      'Longest pause before the second attempt, evenly distributed from 0; doubles with each, up to 32-fold.',
    min: 100,
    max: 10_000,
    step: 100,
    default: 500,
    scale: 'log',
  }),
  leaseMs: duration({
    label: 'Lease',
    describe: 'How long a claimed job is out of sight of other workers, unless it is extended.',
    min: 200,
    max: 30_000,
    step: 100,
    default: 5000,
    scale: 'log',
  }),
  heartbeats: toggle({
    label: 'Heartbeats',
    describe: 'Whether a worker extends its lease three times as often as it would run out.',
    default: true,
    live: true,
  }),
  crashesPerMinute: quantity({
    label: 'Crashes',
    describe: 'Crashes of a worker per minute, all workers together; each is back after 3 s.',
    unit: '',
    min: 0,
    max: 30,
    step: 1,
    default: 0,
  }),
  idempotent: toggle({
    label: 'Idempotent',
    describe: 'Whether a handler records its job’s key with the effect, which then happens once.',
    default: false,
    live: true,
  }),
};
