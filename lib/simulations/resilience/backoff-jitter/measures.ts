import { distribution, share } from '../../../simulation/measures';

export const measures = {
  calls: distribution({
    label: 'Writes tried',
    describe: 'Writes sent to a row until all of its clients have written, over the rows.',
    unit: 'calls',
    quantiles: [],
    better: 'lower',
  }),
  finish: distribution({
    label: 'All done after',
    describe:
      'Time from the start until the last client of a row knows that it has written, over the rows.',
    unit: 'ms',
    quantiles: [],
    better: 'lower',
  }),
  latency: distribution({
    label: 'A client waits',
    describe: 'Time from the start of a client until it knows that it has written, over clients.',
    unit: 'ms',
    quantiles: [0.5, 0.9, 0.99],
    better: 'lower',
  }),
  refused: share({
    label: 'Wasted writes',
    describe: 'Writes refused because another client had written since the read, of all tried.',
    better: 'lower',
  }),
};
