import type { RaceReader } from '../../../simulation/definition';
import {
  count,
  duration,
  quantity,
  type Schedule,
  schedule,
  toggle,
} from '../../../simulation/parameters';

/** Simulated time that a figure shows, ms. */
export const SHOWN_MS = 60_000;
/** The most instances that an autoscaler may order. */
export const INSTANCES_MAX = 12;
/** Here the retry budget is none: clients retry as often as their attempts allow. */
export const BUDGET_MAX_PERCENT = 400;

/** A schedule on which nothing ever changes. */
export const AS_USUAL: Schedule = [{ atMs: 0, value: 1 }];

/** What the reader may change, and what a figure lists as held fixed. */
export const parameters = {
  loadPercent: quantity({
    label: 'Load',
    describe:
      'New requests per second on average, as a share of what the initial instances can serve; retries come on top.',
    unit: '%',
    min: 10,
    max: 300,
    step: 5,
    default: 70,
    live: true,
  }),
  surge: schedule({
    label: 'Surge',
    describe: 'By how much the load is multiplied; may change over time.',
    unit: '×',
    min: 0,
    max: 5,
    step: 0.1,
    default: AS_USUAL,
    untilMs: SHOWN_MS,
    stepsMax: 5,
    live: true,
  }),
  slowdown: schedule({
    label: 'Slowness',
    describe:
      'How many times as long as usual every request takes to serve, because of a slow dependency; may change over time.',
    unit: '×',
    min: 1,
    max: 20,
    step: 0.5,
    default: AS_USUAL,
    untilMs: SHOWN_MS,
    stepsMax: 5,
    live: true,
  }),
  timeoutMs: duration({
    label: 'Timeout',
    describe: 'How long a client waits for the answer to one attempt; the deadline it hands on.',
    min: 200,
    max: 10_000,
    step: 100,
    default: 1000,
    live: true,
  }),
  attempts: count({
    label: 'Attempts',
    describe: 'The most times that a client sends one request, retries included.',
    unit: '×',
    min: 1,
    max: 5,
    step: 1,
    default: 3,
    live: true,
  }),
  backoffMs: duration({
    label: 'Backoff',
    describe:
      'The longest pause before the first retry; it doubles with each. The pause is drawn evenly from zero up to it.',
    min: 0,
    max: 10_000,
    step: 50,
    default: 200,
  }),
  retryBudgetPercent: quantity({
    label: 'Retry budget',
    describe:
      'Retries that all clients together allow themselves per request on average, with ten in reserve.',
    unit: '%',
    min: 0,
    max: BUDGET_MAX_PERCENT,
    end: 'no limit',
    step: 5,
    default: BUDGET_MAX_PERCENT,
    live: true,
  }),
  queueLimit: count({
    label: 'Queue limit',
    describe:
      'Requests that may wait in a bounded queue; those that find no room are refused at once.',
    unit: 'requests',
    min: 0,
    max: 400,
    step: 2,
    default: 20,
    live: true,
  }),
  neededMs: duration({
    label: 'Time needed',
    describe:
      'The least time to the deadline with which a deadline-aware queue begins a request; with less, it drops it.',
    min: 0,
    max: 1000,
    step: 50,
    default: 500,
  }),
  targetMs: duration({
    label: 'Target',
    describe: 'The standing wait that controlled delay accepts.',
    min: 10,
    max: 400,
    step: 10,
    default: 100,
  }),
  intervalMs: duration({
    label: 'Interval',
    describe: 'How long waits must stay above the target before controlled delay acts.',
    min: 500,
    max: 5000,
    step: 100,
    default: 500,
  }),
  shedding: toggle({
    label: 'Shed low priority',
    describe: 'Whether requests of low priority are refused when too many wait.',
    default: false,
    live: true,
  }),
  lowRoom: count({
    label: 'Room for low priority',
    describe: 'With this many requests waiting, low priority is shed.',
    unit: 'requests',
    min: 0,
    max: 40,
    step: 1,
    default: 4,
  }),
  lowPercent: quantity({
    label: 'Low priority',
    describe:
      'Share of the requests that can be done without: prefetches, recommendations, crawlers.',
    unit: '%',
    min: 0,
    max: 90,
    step: 5,
    default: 50,
  }),
  instances: count({
    label: 'Instances',
    describe: 'Instances of the service at the start. The load is relative to what they can serve.',
    unit: 'instances',
    min: 1,
    max: 8,
    step: 1,
    default: 4,
  }),
  workers: count({
    label: 'Workers',
    describe: 'Requests that one instance works on at a time.',
    unit: 'workers',
    min: 1,
    max: 8,
    step: 1,
    default: 2,
  }),
  serviceMs: duration({
    label: 'Service time',
    describe: 'Time that a worker needs for one request on average, exponentially distributed.',
    min: 50,
    max: 500,
    step: 10,
    default: 200,
  }),
  networkMs: duration({
    label: 'Network',
    describe: 'Time that a message takes one way between clients and service.',
    min: 0,
    max: 200,
    step: 10,
    default: 50,
  }),
  autoscale: toggle({
    label: 'Autoscaling',
    describe: 'Whether instances are added when those that run are too busy.',
    default: false,
  }),
  targetUtilisation: quantity({
    label: 'Target utilisation',
    describe: 'The share of busy workers that the autoscaler aims at.',
    unit: '%',
    min: 30,
    max: 90,
    step: 5,
    default: 60,
  }),
  startMs: duration({
    label: 'Instance start-up',
    describe: 'Time from ordering an instance, or restarting one, until it takes requests.',
    min: 0,
    max: 40_000,
    step: 1000,
    default: 20_000,
  }),
  syncMs: duration({
    label: 'Autoscaler looks every',
    describe: 'Time between two looks by the autoscaler, over which it takes the mean utilisation.',
    min: 1000,
    max: 30_000,
    step: 1000,
    default: 15_000,
  }),
};

/** Requests per second that all instances of the start can serve while nothing is slow. */
export function capacityPerSecond({
  instances,
  workers,
  serviceMs,
}: {
  readonly instances: number;
  readonly workers: number;
  readonly serviceMs: number;
}): number {
  return (1000 * instances * workers) / serviceMs;
}

/** The same of the parameters of a race. */
export function capacityOf(race: RaceReader): number {
  return capacityPerSecond({
    instances: Number(race.parameter('instances')),
    workers: Number(race.parameter('workers')),
    serviceMs: Number(race.parameter('serviceMs')),
  });
}
