import { counter, distribution, level, maximum, share } from '../../../simulation/measures';

export const measures = {
  instances: maximum({
    label: 'Instances',
    describe: 'The most instances that were up at one moment.',
    unit: 'instances',
    better: 'lower',
  }),
  utilisation: level({
    label: 'Utilisation',
    describe: 'Of the instances that are up, the share that is busy, mean over time.',
    unit: '%',
    better: 'neither',
  }),
  wait: distribution({
    label: 'Wait',
    describe:
      'Time from arrival to the start of the service that was completed, of requests served.',
    unit: 'ms',
    quantiles: [0.5, 0.95, 0.99],
    better: 'lower',
  }),
  stay: distribution({
    label: 'Response time',
    describe: 'Time from arrival to the end of service, of requests served.',
    unit: 'ms',
    quantiles: [0.99],
    better: 'lower',
  }),
  within: share({
    label: 'Within the target',
    describe:
      'Requests that waited no longer than the target, of all that were served or at the end have waited longer.',
    better: 'higher',
  }),
  waited: share({
    label: 'Had to wait',
    describe: 'Requests that were not served at once, of all that were served or wait at the end.',
    better: 'lower',
  }),
  predictedMean: maximum({
    label: 'Mean wait by formula',
    describe: 'What Erlang C says for these instances and this demand, before any loss or growth.',
    unit: 'ms',
    refused: 'No end: more work comes than the instances can do',
    better: 'neither',
  }),
  predictedWithin: maximum({
    label: 'Within the target by formula',
    describe: 'What Erlang C says for the share that waits no longer than the target.',
    unit: '%',
    better: 'neither',
  }),
  waitingMost: maximum({
    label: 'Most waiting',
    describe: 'The most requests that waited at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that arrived.',
    unit: 'requests',
    better: 'neither',
  }),
};

export type PlannerMeasures = typeof measures;
