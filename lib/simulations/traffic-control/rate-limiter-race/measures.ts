import { distribution, maximum, rate, share, table } from '../../../simulation/measures';

export const measures = {
  acceptedShare: share({
    label: 'Accepted',
    describe: 'Requests allowed, of all that reached the limiter.',
    better: 'higher',
  }),
  acceptedPerSecond: rate({
    label: 'Passed on',
    describe: 'Requests handed to the service per second.',
    unit: 'requests/s',
    better: 'higher',
  }),
  worstWindow: maximum({
    label: 'Worst window',
    describe:
      'The most requests handed to the service within any interval as long as the window, wherever it begins.',
    unit: 'requests',
    better: 'lower',
  }),
  overshoot: maximum({
    label: 'Worst window over limit',
    describe: 'The worst window as a multiple of the limit.',
    unit: '×',
    better: 'lower',
  }),
  worstSecond: maximum({
    label: 'Worst second',
    describe: 'The most requests handed to the service within any second, wherever it begins.',
    unit: 'requests',
    better: 'lower',
  }),
  wait: distribution({
    label: 'Wait',
    describe: 'Time that an allowed request is held back before it is handed to the service.',
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  }),
  stateSize: maximum({
    label: 'Numbers kept',
    describe: 'The most numbers that the limiters kept at any time, all clients together.',
    unit: '',
    better: 'lower',
  }),
  quietAccepted: share({
    label: 'Accepted, second client',
    describe: 'Requests allowed, of the second client’s that reached the limiter.',
    better: 'higher',
  }),
  clients: table({
    label: 'By client',
    describe: 'What the limiter decided on the requests of each client, over the whole run.',
    better: 'neither',
    key: 'Client',
    counts: {
      requests: { label: 'Requests', unit: 'requests' },
      accepted: { label: 'Accepted', unit: 'requests' },
      rejected: { label: 'Rejected', unit: 'requests' },
    },
    shares: { rejectedShare: { label: 'Rejected share', part: 'rejected', of: 'requests' } },
    moments: {
      firstRejection: { label: 'First rejection', which: 'first', of: 'rejected' },
      lastRejection: { label: 'Last rejection', which: 'last', of: 'rejected' },
    },
    sortedBy: 'rejected',
  }),
};

export type LimiterMeasures = typeof measures;
