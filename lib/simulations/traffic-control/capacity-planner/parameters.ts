import {
  choice,
  count,
  duration,
  quantity,
  type Schedule,
  schedule,
} from '../../../simulation/parameters';

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 60_000;
/** The most instances that an operator may choose. */
const INSTANCES_MAX = 60;

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  demandPerSecond: quantity({
    label: 'Demand',
    describe:
      'Requests per second on average, at random times, for which the instances are chosen.',
    unit: 'requests/s',
    min: 10,
    max: 300,
    step: 5,
    default: 100,
  }),
  growth: schedule({
    label: 'Growth',
    describe: 'The real demand as a multiple of the planned one; may change over time, unplanned.',
    unit: '×',
    min: 0,
    max: 3,
    step: 0.05,
    default: [{ atMs: 0, value: 1 }] as Schedule,
    untilMs: SHOWN_MS,
    stepsMax: 8,
    live: true,
  }),
  serviceMs: duration({
    label: 'Service time',
    describe: 'Time that an instance needs for one request on average; it works on one at a time.',
    min: 10,
    max: 200,
    step: 10,
    default: 100,
  }),
  variability: choice({
    label: 'Service times',
    describe: 'How much the time for one request varies around its mean.',
    options: {
      constant: { label: 'Constant', describe: 'Each request takes exactly the mean.' },
      exponential: {
        label: 'Exponential',
        describe: 'Many take little, some a few times the mean: what Erlang’s formula assumes.',
      },
      'long-tailed': {
        label: 'Long-tailed',
        describe: 'Lognormal, with a standard deviation of three times the mean.',
      },
    },
    default: 'exponential',
  }),
  instances: count({
    label: 'Instances',
    describe: 'Instances chosen by hand.',
    unit: 'instances',
    min: 1,
    max: INSTANCES_MAX,
    step: 1,
    default: 12,
    live: true,
  }),
  spare: count({
    label: 'Spare instances',
    describe: 'Instances on top of what each rule asks for.',
    unit: 'instances',
    min: 0,
    max: 30,
    step: 1,
    default: 0,
  }),
  lostPercent: schedule({
    label: 'Instances lost',
    describe: 'Share of the planned instances that is down; may change over time.',
    unit: '%',
    min: 0,
    max: 100,
    step: 1,
    default: [{ atMs: 0, value: 0 }] as Schedule,
    untilMs: SHOWN_MS,
    stepsMax: 5,
    live: true,
  }),
  targetMs: duration({
    label: 'Target',
    describe: 'A wait that is still acceptable.',
    min: 0,
    max: 500,
    step: 10,
    default: 50,
  }),
  percentile: quantity({
    label: 'Percentile',
    describe: 'Share of the requests that must not wait longer than the target.',
    unit: '%',
    min: 50,
    max: 99.5,
    step: 0.5,
    default: 99,
  }),
  utilisationPercent: quantity({
    label: 'Target utilisation',
    describe: 'The mean utilisation that the rule of thumb aims for.',
    unit: '%',
    min: 30,
    max: 95,
    step: 5,
    default: 70,
  }),
  safety: quantity({
    label: 'Safety factor',
    describe: 'How many square roots of the load the square-root rule keeps in reserve.',
    unit: '×',
    min: 0.5,
    max: 4,
    step: 0.25,
    default: 1.5,
  }),
  queues: choice({
    label: 'Queues',
    describe: 'Whether all instances share one queue, or each has its own.',
    options: {
      shared: { label: 'One for all', describe: 'Whichever is free takes the next.' },
      each: {
        label: 'One each',
        describe: 'Each request goes to an instance at random and waits there.',
      },
    },
    default: 'shared',
  }),
};
