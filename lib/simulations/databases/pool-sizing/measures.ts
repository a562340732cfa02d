import { counter, distribution, level, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  answered: share({
    label: 'Answered in time',
    describe: 'Requests answered within the timeout, of all that ended.',
    better: 'higher',
  }),
  goodput: rate({
    label: 'Goodput',
    describe: 'Requests answered within the timeout, per second.',
    unit: 'requests/s',
    better: 'higher',
  }),
  queries: rate({
    label: 'Queries done',
    describe: 'Queries that the database ended with a result, per second.',
    unit: 'requests/s',
    better: 'higher',
  }),
  wait: distribution({
    label: 'Wait for a connection',
    describe: 'From asking for a connection to having one, for requests that got one.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  hold: distribution({
    label: 'Connection held',
    describe: 'How long a connection was in use for one query.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  latency: distribution({
    label: 'Time to an answer',
    describe: 'From the request to its answer, for requests answered within the timeout.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  inUse: level({
    label: 'Connections in use',
    describe: 'Connections in use, mean over time.',
    unit: 'connections',
    better: 'neither',
  }),
  waitingMost: maximum({
    label: 'Most waiting',
    describe: 'The most requests that waited for a connection at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that came.',
    unit: 'requests',
    better: 'neither',
  }),
  endings: counter({
    label: 'Ended',
    describe: 'Requests that were answered, refused, given up or ended by the database.',
    unit: 'requests',
    better: 'neither',
  }),
};

export type PoolMeasures = typeof measures;
