import { count, duration, schedule } from '../../../simulation/parameters';

/** How many servers there are at most; the scene has a place for each. */
export const SERVERS_MAX = 4;

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 30_000;

/**
 * Parameters are data: from them follow the type of their values, the controls, what a link may
 * carry, and the list of what is held fixed. Names end in their unit where they have one.
 */
export const parameters = {
  arrivals: schedule({
    label: 'Arrivals',
    describe: 'Customers who come per second on average, at random; may change over time.',
    unit: 'customers/s',
    min: 0,
    max: 16,
    step: 0.1,
    default: [{ atMs: 0, value: 2.4 }],
    untilMs: SHOWN_MS,
    stepsMax: 4,
    // "From now on": the reader may change it at any moment of a run.
    live: true,
  }),
  servers: count({
    label: 'Servers',
    describe: 'How many are switched on.',
    unit: 'servers',
    min: 1,
    max: SERVERS_MAX,
    step: 1,
    default: 3,
  }),
  meanServiceMs: duration({
    label: 'Mean service time',
    describe: 'Time that a server takes for one customer, on average; exponentially distributed.',
    min: 100,
    max: 2000,
    step: 100,
    default: 1000,
  }),
  room: count({
    label: 'Room to wait',
    describe: 'The most customers who may wait; those who find no room are turned away.',
    unit: 'customers',
    min: 0,
    max: 1000,
    step: 1,
    default: 1000,
  }),
  walkMs: duration({
    label: 'Way to the line',
    describe: 'Time from the door to the line, and from a server to the exit.',
    min: 0,
    max: 1000,
    step: 50,
    default: 300,
  }),
};
