import { leastConnections } from './models/least-connections';
import { powerOfChoices } from './models/power-of-choices';
import { random } from './models/random';
import { roundRobin } from './models/round-robin';
import { stickySessions } from './models/sticky-sessions';
import { weightedRoundRobin } from './models/weighted-round-robin';

/** The strategies that race, in the order in which a figure lists them. */
export const variants = {
  random: {
    title: 'Random',
    describe: 'Any instance, each as likely as the next.',
    model: random,
  },
  'round-robin': {
    title: 'Round robin',
    describe: 'One instance after the other.',
    model: roundRobin,
  },
  'weighted-round-robin': {
    title: 'Weighted',
    describe: 'In turns that are spread evenly, more often to instances of greater weight.',
    model: weightedRoundRobin,
  },
  'power-of-choices': {
    title: 'Power of choices',
    describe: 'Two instances drawn at random, or as many as are set; the one with fewer in flight.',
    model: powerOfChoices,
  },
  'least-connections': {
    title: 'Least connections',
    describe: 'Of all instances, the one with the fewest in flight for its weight.',
    model: leastConnections,
  },
  'sticky-sessions': {
    title: 'Sticky sessions',
    describe:
      'Back to the instance that the client’s cookie names; newcomers by least connections.',
    model: stickySessions,
  },
} as const;

export type Strategy = keyof typeof variants;
export const STRATEGIES = Object.keys(variants) as readonly Strategy[];
