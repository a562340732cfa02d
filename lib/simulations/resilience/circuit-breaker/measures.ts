import { counter, distribution, level, maximum, share } from '../../../simulation/measures';

export const measures = {
  answered: share({
    label: 'Answered',
    describe: 'Requests answered by the dependency, of all that were answered in any way.',
    better: 'higher',
  }),
  refused: share({
    label: 'Refused by the breaker',
    describe: 'Requests that the breaker ended and the fallback answered.',
    better: 'neither',
  }),
  failed: share({
    label: 'Failed',
    describe: 'Requests that ended in an error after all their attempts.',
    better: 'lower',
  }),
  latency: distribution({
    label: 'Time to an answer',
    describe:
      'From the arrival of a request at the service to its answer, of whatever kind: success, fallback or error.',
    unit: 'ms',
    quantiles: [0.5, 0.99],
    better: 'lower',
  }),
  inHand: level({
    label: 'In hand',
    describe:
      'Requests that hold a thread, a connection or memory of the service while they wait, mean over time.',
    unit: 'requests',
    better: 'lower',
  }),
  inHandMost: maximum({
    label: 'Most in hand',
    describe: 'The most requests that were in hand at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  requests: counter({
    label: 'Requests',
    describe: 'Requests that reached the service.',
    unit: 'requests',
    better: 'neither',
  }),
  calls: counter({
    label: 'Calls sent',
    describe: 'Calls that were sent to the dependency, retries among them.',
    unit: 'calls',
    better: 'lower',
  }),
  amplification: distribution({
    label: 'Calls per request',
    describe: 'Calls sent to the dependency for one request, of requests that have their answer.',
    unit: 'calls',
    quantiles: [],
    better: 'lower',
  }),
  spared: counter({
    label: 'Calls spared',
    describe: 'Calls that the service wanted to send and the breaker kept back.',
    unit: 'calls',
    better: 'neither',
  }),
  wasted: counter({
    label: 'Late answers',
    describe: 'Answers of the dependency to calls that the service had given up.',
    unit: 'calls',
    better: 'lower',
  }),
  turnedAway: share({
    label: 'Turned away',
    describe: 'Calls that found no room at the dependency, of all that reached it.',
    better: 'lower',
  }),
  waiting: level({
    label: 'Waiting at the dependency',
    describe: 'Calls in the queues of the dependency, mean over time.',
    unit: 'calls',
    better: 'lower',
  }),
  recovery: maximum({
    label: 'Time to recover',
    describe:
      'From the end of the last fault to the first three seconds in which nine in ten answers were successes; the rest of the run if there are none.',
    unit: 'ms',
    better: 'lower',
  }),
  aftermath: share({
    label: 'Answered ten seconds on',
    describe:
      'Requests answered by the dependency, of those that came ten seconds or more after the last fault had ended and have their answer.',
    better: 'higher',
  }),
  openShare: level({
    label: 'Time open',
    describe: 'Share of the time in which the breaker was open, mean over breakers if several.',
    unit: '%',
    better: 'neither',
  }),
  trips: counter({
    label: 'Openings',
    describe: 'How often a closed breaker opened.',
    unit: '×',
    better: 'lower',
  }),
  falseTrips: counter({
    label: 'False openings',
    describe:
      'How often a closed breaker opened while a new call would more likely than not have succeeded.',
    unit: '×',
    better: 'lower',
  }),
};

export type BreakerMeasures = typeof measures;
