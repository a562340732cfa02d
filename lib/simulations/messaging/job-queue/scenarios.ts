import type { Scenario } from '../../../simulation/definition';
import type { parameters } from './parameters';
import type { VariantId } from './variants';
import type { views } from './views';

type JobScenario = Scenario<typeof parameters, VariantId, keyof typeof views>;

export const scenarios = {
  /** A little too much work, and who pays for it. */
  starved: {
    title: 'A little too much that is urgent',
    question: 'Who waits when more jobs come than the workers can do?',
    story:
      'Half of the jobs are called urgent by now, and jobs of the two upper priorities alone keep four workers busy.',
    watch: 'Watch the oldest bulk job, then what its relief costs the others.',
    parameters: {
      jobsPerSecond: 30,
      urgentPercent: 50,
      bulkPercent: 10,
      ageMs: 10_000,
      weight: 2,
    },
    variants: ['strict', 'first-come', 'ageing', 'fair'],
    views: ['ages', 'line', 'workers', 'events'],
    controls: ['jobsPerSecond', 'workers', 'urgentPercent', 'bulkPercent', 'ageMs', 'weight'],
    measures: ['urgentWait.mean', 'normalWait.mean', 'longest', 'waiting'],
    seed: 1,
    speed: 4,
  },

  /** The same arrivals and five answers to whose turn it is. */
  policies: {
    title: 'Whose turn is it?',
    question: 'Who pays what when somebody may go first?',
    story:
      'Five schedulers get the same jobs and the same workers, and differ in which they take first.',
    watch: 'Watch the wait of urgent jobs, then that of bulk jobs, then that of all.',
    parameters: { jobsPerSecond: 15, ageMs: 2000 },
    variants: ['first-come', 'strict', 'ageing', 'fair', 'shortest'],
    views: ['ages', 'backlog', 'line'],
    controls: ['jobsPerSecond', 'workers', 'urgentPercent', 'bulkPercent', 'ageMs', 'weight'],
    measures: ['urgentWait.mean', 'bulkWait.mean', 'wait.mean', 'longest', 'waiting'],
    seed: 1,
    speed: 4,
  },

  /** Cron at its worst: everything at the full hour. */
  batch: {
    title: 'Everything on the hour',
    question: 'What does a batch do to those who wait for a sign-in code?',
    story: 'At ten seconds a schedule enqueues two hundred bulk jobs among the usual ones.',
    watch: 'Watch the oldest urgent job under each scheduler, then spread the batch.',
    parameters: { jobsPerSecond: 10, batch: 200 },
    variants: ['first-come', 'strict', 'ageing', 'fair'],
    views: ['ages', 'backlog', 'line'],
    controls: ['batch', 'spreadMs', 'jobsPerSecond', 'workers', 'ageMs', 'weight'],
    measures: ['urgentWait.mean', 'normalWait.mean', 'longest', 'waiting'],
    seed: 1,
    speed: 4,
  },

  /** Leases that find out about crashes. */
  crashes: {
    title: 'Workers that vanish',
    question: 'What becomes of a job whose worker is gone?',
    story:
      'About six times a minute a worker crashes, mostly with a job in hand, and tells nobody.',
    watch: 'Watch a lane end, its lease run out, and the job begin again with another worker.',
    parameters: { crashesPerMinute: 6, jobsPerSecond: 10 },
    variants: ['first-come'],
    views: ['workers', 'states', 'events'],
    controls: ['crashesPerMinute', 'leaseMs', 'heartbeats', 'idempotent', 'attemptsMax'],
    measures: ['again', 'twice', 'dead', 'stay.p95', 'vain'],
    seed: 1,
    // A crash, the lease that runs out, and the effect that is had again.
    stillAtMs: 19_600,
    speed: 1,
  },

  /** A lease that is shorter than the work, and nobody who extends it. */
  'short-lease': {
    title: 'A lease shorter than the work',
    question: 'What if a job takes longer than its lease, and nobody crashes at all?',
    story:
      'The lease is as long as a bulk job takes on average, and no worker says that it is still there.',
    watch: 'Watch jobs begin again while their first worker is still working on them.',
    parameters: { leaseMs: 600, heartbeats: false, jobsPerSecond: 10 },
    variants: ['first-come'],
    views: ['workers', 'fates', 'ages', 'events'],
    controls: ['leaseMs', 'heartbeats', 'idempotent', 'bulkWorkMs', 'jobsPerSecond'],
    measures: ['again', 'twice', 'vain', 'dead', 'wait.mean'],
    seed: 1,
    speed: 1,
  },

  /** Failures, pauses, and those that are given up. */
  failures: {
    title: 'Attempts that fail',
    question: 'How many attempts, and how long a pause?',
    story: 'Four in ten attempts end in an error, and each job may be tried five times.',
    watch: 'Watch the dead letters, then what more attempts cost in time to completion.',
    parameters: { failurePercent: 40, jobsPerSecond: 8 },
    variants: ['first-come', 'strict'],
    views: ['fates', 'ages', 'states', 'events'],
    controls: ['failurePercent', 'attemptsMax', 'backoffMs', 'jobsPerSecond', 'room'],
    measures: ['dead', 'stay.p95', 'vain', 'overtaken', 'rejected'],
    seed: 1,
    speed: 4,
  },
} as const satisfies Record<string, JobScenario>;
