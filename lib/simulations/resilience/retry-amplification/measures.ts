import { counter, distribution, maximum, share } from '../../../simulation/measures';

export const measures = {
  amplification: distribution({
    label: 'Calls per request',
    describe: 'Calls that the database got for one request, over requests that have ended.',
    unit: 'calls',
    quantiles: [0.5, 0.9],
    better: 'lower',
  }),
  peak: maximum({
    label: 'Peak at the database',
    describe: 'Most calls that the database got within a second, looked at four times a second.',
    unit: 'calls/s',
    better: 'lower',
  }),
  answered: share({
    label: 'Answered',
    describe: 'Requests that ended with an answer, of those that ended.',
    better: 'higher',
  }),
  latency: distribution({
    label: 'Users wait',
    describe: 'Time from a request to its end, answered or not.',
    unit: 'ms',
    quantiles: [0.5, 0.9],
    better: 'lower',
  }),
  databaseCalls: counter({
    label: 'Calls at the database',
    describe: 'Calls that the database got.',
    unit: 'calls',
    better: 'lower',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that reached the gateway.',
    unit: 'requests',
    better: 'neither',
  }),
};
