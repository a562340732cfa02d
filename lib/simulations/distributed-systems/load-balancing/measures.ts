import { distribution, level, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  latency: distribution({
    label: 'Latency',
    describe: 'From the moment a request reaches a balancer to its answer, of requests served.',
    unit: 'ms',
    quantiles: [0.5, 0.95, 0.99],
    better: 'lower',
  }),
  answered: rate({
    label: 'Answered',
    describe: 'Requests served per second.',
    unit: 'requests/s',
    better: 'higher',
  }),
  failed: share({
    label: 'Failed',
    describe:
      'Requests that were answered with an error, lost with an instance, or refused for want of room, of all that ended.',
    better: 'lower',
  }),
  signedOut: share({
    label: 'Signed out',
    describe:
      'Requests of users who had signed in, at an instance that knew nothing of it, of all such users’ requests.',
    better: 'lower',
  }),
  present: level({
    label: 'In the service',
    describe: 'Requests that wait or are worked on at all instances, mean over time.',
    unit: 'requests',
    better: 'lower',
  }),
  longest: maximum({
    label: 'Longest queue',
    describe: 'The most requests that were at one instance at one moment.',
    unit: 'requests',
    better: 'lower',
  }),
  toTroubled: share({
    label: 'Sent to instance 3',
    describe: 'Requests that a balancer sent to instance 3, of all.',
    better: 'neither',
  }),
  utilisation: level({
    label: 'Utilisation',
    describe:
      'Share of the instances in rotation that work on a request or hold or await the lock, mean over time.',
    unit: '%',
    better: 'neither',
  }),
  instances: level({
    label: 'Instances',
    describe: 'Instances in rotation or starting, mean over time: what is paid for.',
    unit: 'instances',
    better: 'lower',
  }),
};

export type BalancingMeasures = typeof measures;
