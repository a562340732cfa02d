import type { RaceReader } from '../../../simulation/definition';
import {
  choice,
  count,
  duration,
  quantity,
  type Schedule,
  schedule,
  toggle,
} from '../../../simulation/parameters';

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 60_000;
/** The most instances that there may be, ordered ones among them. */
export const INSTANCES_MAX = 100;

/** A schedule on which nothing ever changes. */
export const AS_USUAL: Schedule = [{ atMs: 0, value: 1 }];

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  requestsPerSecond: quantity({
    label: 'Requests',
    describe: 'Requests of all users together, per second on average, at random moments.',
    unit: 'requests/s',
    min: 5,
    max: 250,
    step: 1,
    default: 108,
    live: true,
  }),
  demand: schedule({
    label: 'Demand',
    describe: 'How many times as many requests come; may change over time.',
    unit: '×',
    min: 0,
    max: 5,
    step: 0.1,
    default: AS_USUAL,
    untilMs: SHOWN_MS,
    stepsMax: 6,
  }),
  instances: count({
    label: 'Instances',
    describe: 'Instances of the service; each serves one request at a time, in order of arrival.',
    unit: 'instances',
    min: 1,
    max: INSTANCES_MAX,
    step: 1,
    default: 12,
    scale: 'log',
    live: true,
  }),
  serviceMs: duration({
    label: 'Work per request',
    describe: 'Time that an instance needs for a request on average.',
    min: 20,
    max: 500,
    step: 10,
    default: 100,
  }),
  work: choice({
    label: 'Requests are',
    describe: 'How much the work of requests differs.',
    options: {
      constant: { label: 'alike', describe: 'All take as long.' },
      exponential: { label: 'mixed', describe: 'Exponentially distributed.' },
      heavy: { label: 'very mixed', describe: 'Lognormal: a few take very long.' },
    },
    default: 'exponential',
  }),
  choices: count({
    label: 'Choices',
    describe: 'How many instances the power of choices compares.',
    unit: 'instances',
    min: 1,
    max: 12,
    step: 1,
    default: 2,
  }),
  balancers: count({
    label: 'Balancers',
    describe: 'Balancers side by side; each request comes to one of them by chance.',
    unit: '',
    min: 1,
    max: 32,
    step: 1,
    default: 1,
  }),
  knowledge: choice({
    label: 'A balancer knows',
    describe: 'What a balancer takes for the requests in flight at an instance.',
    options: {
      own: { label: 'its own requests', describe: 'Those that it sent there itself.' },
      reported: { label: 'reports', describe: 'What the instances last reported to all.' },
      'reported-and-sent': {
        label: 'reports, and what it sent since',
        describe: 'The report, and on top of it what it sent there itself since then.',
      },
    },
    default: 'own',
  }),
  reportMs: duration({
    label: 'Reports every',
    describe: 'Time between two reports of the instances; at 0 reports are always fresh.',
    min: 0,
    max: 5000,
    step: 100,
    default: 1000,
  }),
  oldInstances: count({
    label: 'Old hardware',
    describe: 'How many of the first instances run on old hardware.',
    unit: 'instances',
    min: 0,
    max: 12,
    step: 1,
    default: 0,
  }),
  oldSlowness: quantity({
    label: 'Old is slower by',
    describe: 'How many times as long a request takes on old hardware.',
    unit: '×',
    min: 1,
    max: 6,
    step: 0.5,
    default: 3,
  }),
  weights: choice({
    label: 'Weights',
    describe: 'What weights operators have given to the instances.',
    options: {
      speed: { label: 'by hardware', describe: 'In proportion to what the hardware can do.' },
      equal: { label: 'all alike' },
    },
    default: 'speed',
  }),
  trouble: choice({
    label: 'Instance 3',
    describe: 'What befalls instance 3.',
    options: {
      none: { label: 'is well' },
      slow: { label: 'becomes slow', describe: 'Whatever it begins takes longer.' },
      failing: { label: 'fails at once', describe: 'It answers every request with an error.' },
    },
    default: 'none',
  }),
  troubleSlowness: quantity({
    label: 'Slower by',
    describe: 'How many times as long the slow instance takes.',
    unit: '×',
    min: 1,
    max: 20,
    step: 1,
    default: 5,
  }),
  troubleFromMs: duration({
    label: 'From',
    describe: 'When it befalls instance 3, from the start of the run.',
    min: 0,
    max: 50_000,
    step: 1000,
    default: 0,
  }),
  ejectAfter: count({
    label: 'Ejected after',
    describe:
      'Errors in a row after which a balancer leaves an instance out for ten seconds; at 0 never.',
    unit: 'requests',
    min: 0,
    max: 20,
    step: 1,
    default: 0,
    live: true,
  }),
  queueLimit: count({
    label: 'Queue limit',
    describe: 'Requests that may be at one instance; with more, the next is refused at once.',
    unit: 'requests',
    min: 1,
    max: 1000,
    step: 1,
    default: 1000,
    scale: 'log',
  }),
  networkMs: duration({
    label: 'Network',
    describe: 'Time that a message takes one way between two of them.',
    min: 0,
    max: 300,
    step: 10,
    default: 0,
  }),
  users: count({
    label: 'Users',
    describe: 'Users who send the requests, one as often as the other.',
    unit: 'clients',
    min: 10,
    max: 2000,
    step: 10,
    default: 500,
  }),
  sessions: choice({
    label: 'Sessions are',
    describe: 'Where it is kept who has signed in.',
    options: {
      store: { label: 'in a shared store', describe: 'Every instance finds every session.' },
      memory: { label: 'in memory', describe: 'Only the instance that made a session has it.' },
    },
    default: 'store',
  }),
  lockMs: duration({
    label: 'Lock held',
    describe:
      'Time on average, exponentially distributed, for which each request holds a lock that all instances share, at the end of its work.',
    min: 0,
    max: 50,
    step: 1,
    default: 0,
  }),
  tellMs: duration({
    label: 'Telling each peer',
    describe:
      'Time on average by which the lock is held longer for each other instance, which must hear of the change.',
    min: 0,
    max: 10,
    step: 0.5,
    default: 0,
  }),
  autoscale: toggle({
    label: 'Autoscaling',
    describe: 'Whether instances are added and taken away by how busy they are.',
    default: false,
  }),
  targetUtilisation: quantity({
    label: 'Target utilisation',
    describe: 'The share of busy instances that the autoscaler aims at.',
    unit: '%',
    min: 20,
    max: 95,
    step: 5,
    default: 60,
  }),
  startMs: duration({
    label: 'Start of an instance',
    describe: 'Time from ordering an instance, or restarting one, until it takes requests.',
    min: 0,
    max: 30_000,
    step: 500,
    default: 4000,
  }),
  syncMs: duration({
    label: 'Autoscaler looks every',
    describe: 'Time between two looks of the autoscaler, over which it takes the mean utilisation.',
    min: 500,
    max: 15_000,
    step: 500,
    default: 3000,
  }),
  stabiliseMs: duration({
    label: 'Scales down after',
    describe: 'For so long all looks must have wanted fewer before instances are taken away.',
    min: 0,
    max: 60_000,
    step: 1000,
    default: 12_000,
  }),
};

/** Share of the time for which the instances of a race are busy, if all requests are served. */
export function loadOf(race: RaceReader): number {
  const [per, ms, instances] = ['requestsPerSecond', 'serviceMs', 'instances'].map((id) =>
    Number(race.parameter(id)),
  ) as [number, number, number];
  return (per * ms) / 1000 / instances;
}
