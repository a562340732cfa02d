import { counter, distribution, level, maximum, rate, share } from '../../../simulation/measures';

export const measures = {
  kept: share({
    label: 'Kept',
    describe: 'Share of the requests whose first span was stored.',
    better: 'neither',
  }),
  explained: share({
    label: 'Failures explained',
    describe:
      'Share of the failed requests for which one stored trace holds both the first span and the one that failed.',
    better: 'higher',
  }),
  slowKept: share({
    label: 'Slow ones kept',
    describe:
      'Share of the requests longer than the limit of tail sampling that were stored whole.',
    better: 'higher',
  }),
  whole: share({
    label: 'Whole',
    describe: 'Share of the requests with a stored first span for which one trace holds all spans.',
    better: 'higher',
  }),
  tooEarly: share({
    label: 'Before their cause',
    describe:
      'Share of the calls whose span seems to begin before the span that made the call, by the clocks of the two.',
    better: 'lower',
  }),
  exportsKept: share({
    label: 'Exports kept',
    describe: 'Share of the exports, the rare operation, whose first span was stored.',
    better: 'higher',
  }),
  begun: rate({
    label: 'Traces begun',
    describe: 'Trace ids given out per second: more than requests where context is lost.',
    unit: 'traces/s',
    better: 'neither',
  }),
  sent: rate({
    label: 'Spans sent',
    describe: 'Spans that services send to the collector per second.',
    unit: 'spans/s',
    better: 'lower',
  }),
  stored: rate({
    label: 'Spans stored',
    describe:
      'Spans that the collector stores per second; with tail sampling none until its first wait is over.',
    unit: 'spans/s',
    better: 'lower',
  }),
  held: level({
    label: 'Undecided',
    describe: 'Traces that wait in the collector, mean over time; it begins with none.',
    unit: 'traces',
    better: 'lower',
  }),
  heldMax: maximum({
    label: 'Most undecided',
    describe: 'The most traces that waited in the collector at the same time.',
    unit: 'traces',
    better: 'lower',
  }),
  evicted: counter({
    label: 'Pushed out',
    describe: 'Traces that lost their place in the collector before a decision.',
    unit: 'traces',
    better: 'lower',
  }),
  latency: distribution({
    label: 'Duration of a checkout',
    describe: 'Time from the arrival of a checkout at the gateway to the end of its first span.',
    unit: 'ms',
    quantiles: [0.5, 0.95],
    better: 'lower',
  }),
  slowest: maximum({
    label: 'Slowest checkout',
    describe: 'The longest time that a checkout took.',
    unit: 'ms',
    better: 'lower',
  }),
};
export type TraceMeasures = typeof measures;
