import { counter, distribution, level, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  goodput: rate({
    label: 'Goodput',
    describe: 'Requests answered before their client gave up, per second.',
    unit: 'requests/s',
    better: 'higher',
  }),
  answered: share({
    label: 'Answered in time',
    describe: 'Requests answered before their client gave up, of all that ended in any way.',
    better: 'higher',
  }),
  answeredHigh: share({
    label: 'High priority answered',
    describe: 'The same, for requests of high priority alone.',
    better: 'higher',
  }),
  answeredLow: share({
    label: 'Low priority answered',
    describe: 'The same, for requests of low priority alone.',
    better: 'higher',
  }),
  offered: rate({
    label: 'Attempts',
    describe: 'Attempts that reached the service per second, retries among them.',
    unit: 'requests/s',
    better: 'lower',
  }),
  amplification: distribution({
    label: 'Attempts per request',
    describe: 'Attempts made for one request, of requests that have ended.',
    unit: '×',
    quantiles: [],
    better: 'lower',
  }),
  wasted: share({
    label: 'Work for nobody',
    describe:
      'Requests served to the end whose client had given up by then, of all that were served.',
    better: 'lower',
  }),
  refused: share({
    label: 'Refused',
    describe:
      'Attempts that were told no (shed, no room, dropped from the queue, no instance up), of all that arrived.',
    better: 'neither',
  }),
  latency: distribution({
    label: 'Time to an answer',
    describe:
      'From the moment a user asks to the answer in time, retries included, of requests that got one.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  wait: distribution({
    label: 'Wait',
    describe: 'Time in the queue, of attempts that a worker began.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  waiting: level({
    label: 'Waiting',
    describe: 'Attempts in the queue, mean over time.',
    unit: 'requests',
    better: 'lower',
  }),
  waitingMost: maximum({
    label: 'Most waiting',
    describe: 'The most attempts that were in the queue at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  utilisation: level({
    label: 'Utilisation',
    describe: 'Share of the workers of running instances that are busy, mean over time.',
    unit: '%',
    better: 'neither',
  }),
  recovery: maximum({
    label: 'Time to recover',
    describe:
      'From the end of the last trigger to the first three seconds in which nine in ten requests were answered in time; the rest of the run if there are none.',
    unit: 'ms',
    better: 'lower',
  }),
  aftermath: share({
    label: 'Answered ten seconds on',
    describe:
      'Requests answered in time, of those that came ten seconds or more after the last trigger had gone and ended within the run.',
    better: 'higher',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that users made; each may become several attempts.',
    unit: 'requests',
    better: 'neither',
  }),
  instancesMost: maximum({
    label: 'Most instances',
    describe: 'The most instances that ran at one moment.',
    unit: 'instances',
    better: 'lower',
  }),
};

export type OverloadMeasures = typeof measures;
