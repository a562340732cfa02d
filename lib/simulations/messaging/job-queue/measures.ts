import { counter, distribution, level, maximum, rate, share } from '../../../simulation/measures';

const waitOf = (label: string, which: string) =>
  distribution({
    label,
    describe: `From being enqueued to the start of the first attempt, of ${which} that were started; those still waiting are in the longest wait alone.`,
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  });

export const measures = {
  wait: waitOf('Wait of all', 'jobs'),
  urgentWait: waitOf('Wait of urgent jobs', 'urgent jobs'),
  normalWait: waitOf('Wait of normal jobs', 'normal jobs'),
  bulkWait: waitOf('Wait of bulk jobs', 'bulk jobs'),
  longest: maximum({
    label: 'Longest wait',
    describe: 'Longest time that a job waited for its first attempt, those still waiting included.',
    unit: 'ms',
    better: 'lower',
  }),
  stay: distribution({
    label: 'Time to completion',
    describe: 'From being enqueued to done, retries and pauses included, of jobs that were done.',
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  }),
  done: rate({
    label: 'Done',
    describe: 'Jobs that were completed, per second.',
    unit: 'jobs/s',
    better: 'higher',
  }),
  waiting: level({
    label: 'Ready',
    describe: 'Jobs that are ready and wait for a worker, mean over time.',
    unit: 'jobs',
    better: 'lower',
  }),
  busy: level({
    label: 'Busy workers',
    describe: 'Workers that work on a job, mean over time.',
    unit: 'workers',
    better: 'neither',
  }),
  vain: share({
    label: 'Wasted attempts',
    describe: 'Attempts that did not complete their job, of all that ended.',
    better: 'lower',
  }),
  again: counter({
    label: 'Run again',
    describe: 'Attempts that began because the lease of the one before had run out.',
    unit: 'jobs',
    better: 'lower',
  }),
  twice: counter({
    label: 'Duplicate effects',
    describe: 'Effects that a job had had already: mails sent again, cards charged again.',
    unit: '',
    better: 'lower',
  }),
  dead: counter({
    label: 'Dead letters',
    describe: 'Jobs given up after their last attempt.',
    unit: 'jobs',
    better: 'lower',
  }),
  rejected: share({
    label: 'Turned away',
    describe: 'Jobs that found no room in the queue, of all that came.',
    better: 'lower',
  }),
  overtaken: share({
    label: 'Out of order',
    describe: 'Jobs done after a job of their priority that was enqueued later, of jobs done.',
    better: 'lower',
  }),
};

export type JobMeasures = typeof measures;
