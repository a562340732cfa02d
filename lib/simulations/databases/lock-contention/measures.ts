import { counter, distribution, level, rate, share } from '../../../simulation/measures';

export const measures = {
  commits: rate({
    label: 'Committed',
    describe: 'Transactions that committed, per second.',
    unit: 'transactions/s',
    better: 'higher',
  }),
  aborts: rate({
    label: 'Started over',
    describe: 'Attempts that were given up and started over, per second.',
    unit: 'transactions/s',
    better: 'lower',
  }),
  wasted: share({
    label: 'Wasted work',
    describe: 'Statements of attempts that were given up, of all statements of ended attempts.',
    better: 'lower',
  }),
  deadlocks: counter({
    label: 'Deadlocks',
    describe: 'Cycles of waiting that were broken by ending one transaction.',
    unit: '',
    better: 'lower',
  }),
  blocked: level({
    label: 'Waiting for a row',
    describe: 'Transactions waiting for a row that another one has, mean over time.',
    unit: 'transactions',
    better: 'lower',
  }),
  busy: level({
    label: 'Cores at work',
    describe: 'Cores that work on a statement, mean over time.',
    unit: 'cores',
    better: 'neither',
  }),
  wait: distribution({
    label: 'Wait for rows',
    describe:
      'How long a transaction waited for rows in all its attempts, for those that committed.',
    unit: 'ms',
    quantiles: [0.5, 0.9],
    better: 'lower',
  }),
  latency: distribution({
    label: 'Time to commit',
    describe: 'From the first attempt to the commit, pauses included.',
    unit: 'ms',
    quantiles: [0.5, 0.9],
    better: 'lower',
  }),
};

export type ContentionMeasures = typeof measures;
