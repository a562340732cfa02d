import { counter, distribution, level, maximum, rate } from '../../../simulation/measures';

export const measures = {
  noticed: maximum({
    label: 'First believed dead',
    describe:
      'Time from a crash until somebody comes to believe the crashed member dead: the longest, if several crash.',
    unit: 'ms',
    better: 'lower',
  }),
  learned: distribution({
    label: 'Believed dead after',
    describe: 'Time from the crash until a member believes a crashed one dead, over all pairs.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  missed: level({
    label: 'Not yet believed dead',
    describe:
      'Share of the pairs of a live and a crashed member in which the crash is not known, mean over time.',
    unit: '%',
    better: 'lower',
  }),
  falseSuspicions: counter({
    label: 'False suspicions',
    describe: 'How often a live member came to be suspected by somebody.',
    unit: '',
    better: 'lower',
  }),
  falseDeaths: counter({
    label: 'False deaths',
    describe: 'How often a live member came to be believed dead by somebody.',
    unit: '',
    better: 'lower',
  }),
  wronged: level({
    label: 'Wrongly believed dead',
    describe:
      'Share of the pairs of live members in which one believes the other dead, mean over time.',
    unit: '%',
    better: 'lower',
  }),
  load: rate({
    label: 'Messages per member and second',
    describe: 'Messages sent, per member and second.',
    unit: 'messages',
    better: 'lower',
  }),
};
