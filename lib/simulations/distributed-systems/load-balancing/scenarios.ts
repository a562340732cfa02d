import type { Scenario } from '../../../simulation/definition';
import type { Schedule } from '../../../simulation/parameters';
import type { parameters } from './parameters';
import type { Strategy } from './variants';
import type { views } from './views';

type BalancingScenario = Scenario<typeof parameters, Strategy, keyof typeof views>;

/** A campaign: within a minute from quiet to three times as much and back. */
const CAMPAIGN: Schedule = [
  { atMs: 0, value: 1 },
  { atMs: 12_000, value: 2 },
  { atMs: 18_000, value: 3 },
  { atMs: 34_000, value: 1 },
];

export const scenarios = {
  /** The failure that opens the guide: more instances, and nobody stays signed in. */
  'signed-out': {
    title: 'Four instances, and nobody stays signed in',
    question: 'What do users get when a service that keeps sessions in memory is scaled out?',
    story:
      'A shop that ran on one instance now runs on four, behind a round-robin balancer; each instance remembers in its own memory who has signed in there.',
    watch: 'Watch how many answers are the sign-in page.',
    parameters: {
      requestsPerSecond: 12,
      instances: 4,
      serviceMs: 200,
      networkMs: 200,
      users: 30,
      sessions: 'memory',
      troubleFromMs: 1000,
    },
    variants: ['round-robin'],
    views: ['scene', 'answers', 'states', 'events'],
    controls: ['sessions', 'instances', 'requestsPerSecond', 'users'],
    measures: ['signedOut', 'answered', 'latency.p50', 'utilisation'],
    seed: 1,
    stillAtMs: 20_000,
    speed: 1,
  },

  /** The old repair: cookies hold users to their instance, as long as it lives. */
  sticky: {
    title: 'Held to one instance',
    question: 'What does it cost to hold users to one instance?',
    story:
      'Six instances keep sessions in memory; one balancer holds each user to the instance that a cookie names, the other sends them wherever there is room.',
    watch:
      'Watch the queues of those who are held: they wait while other instances have nothing to do.',
    parameters: {
      requestsPerSecond: 48,
      instances: 6,
      users: 60,
      sessions: 'memory',
    },
    variants: ['sticky-sessions', 'least-connections'],
    views: ['queues', 'answers', 'latency'],
    controls: ['sessions', 'users', 'requestsPerSecond', 'instances'],
    measures: ['signedOut', 'latency.p50', 'latency.p99', 'longest'],
    seed: 1,
    speed: 2,
  },

  /** Four strategies on the same requests. */
  strategies: {
    title: 'Four strategies, the same requests',
    question: 'How much does it matter who gets the next request?',
    story:
      'Twelve instances are busy nine tenths of the time; four balancers meet the same requests, each with its own way to choose.',
    watch:
      'Watch the longest queue against the shortest: a request waits while another instance idles.',
    variants: ['random', 'round-robin', 'power-of-choices', 'least-connections'],
    views: ['queues', 'spread', 'latency'],
    controls: ['requestsPerSecond', 'choices', 'instances', 'work', 'balancers'],
    measures: ['latency.mean', 'latency.p50', 'latency.p99', 'longest'],
    seed: 1,
    speed: 2,
  },

  /** Chance, and a little looking around: the whole range of d. */
  choices: {
    title: 'How many instances to ask',
    question: 'What is gained by comparing two instances, or three, or all of them?',
    story: 'A balancer draws a few of twelve instances and takes the one with the fewest requests.',
    watch: 'Watch the longest queue while you change the number of choices from 1 to 2.',
    variants: ['power-of-choices'],
    views: ['queues', 'spread'],
    controls: ['choices', 'requestsPerSecond', 'work'],
    measures: ['latency.mean', 'latency.p50', 'latency.p99', 'longest'],
    seed: 1,
    speed: 2,
  },

  /** One instance becomes slow, and nobody has told the balancer. */
  'slow-instance': {
    title: 'One of twelve becomes slow',
    question: 'What does a single slow instance do to the p99 of all?',
    story: 'After ten seconds instance 3 takes five times as long for whatever it begins.',
    watch: 'Watch the third row.',
    parameters: { requestsPerSecond: 72, trouble: 'slow', troubleFromMs: 10_000 },
    variants: ['round-robin', 'power-of-choices', 'least-connections'],
    views: ['queues', 'latency', 'spread'],
    controls: ['troubleSlowness', 'requestsPerSecond', 'choices'],
    measures: ['latency.p50', 'latency.p99', 'longest', 'toTroubled'],
    seed: 1,
    speed: 2,
  },

  /** Known differences: weights. */
  hardware: {
    title: 'Old and new hardware',
    question: 'What do turns do to instances that are not alike?',
    story: 'Four of twelve instances run on hardware that takes three times as long.',
    watch: 'Watch the first four rows.',
    parameters: { requestsPerSecond: 74, oldInstances: 4, queueLimit: 50 },
    variants: ['round-robin', 'weighted-round-robin', 'least-connections'],
    views: ['queues', 'spread', 'latency'],
    controls: ['oldInstances', 'oldSlowness', 'weights', 'requestsPerSecond'],
    measures: ['latency.mean', 'latency.p50', 'latency.p99', 'failed'],
    seed: 1,
    speed: 2,
  },

  /** The best strategy on old information. */
  herd: {
    title: 'Everybody to the idle one',
    question: 'What becomes of least connections when loads are a second old?',
    story:
      'Eight balancers share what the instances report, once a second, and cannot see each other’s requests.',
    watch:
      'Watch the stripes: the one that reported an empty queue gets everything until the next report.',
    parameters: { requestsPerSecond: 96, balancers: 8, knowledge: 'reported' },
    variants: ['random', 'power-of-choices', 'least-connections'],
    views: ['queues', 'spread', 'latency'],
    controls: ['reportMs', 'knowledge', 'balancers', 'requestsPerSecond', 'choices'],
    measures: ['latency.mean', 'latency.p50', 'latency.p99', 'longest'],
    seed: 1,
    speed: 2,
  },

  /** The instance that is never busy, because it does nothing. */
  'black-hole': {
    title: 'The instance that is never busy',
    question: 'Where does least connections send requests when one instance fails at once?',
    story:
      'After ten seconds instance 3 loses its database and answers every request with an error, at once.',
    watch:
      'Watch the failures: the fastest answers of all come from the instance that does nothing.',
    parameters: { requestsPerSecond: 108, trouble: 'failing', troubleFromMs: 10_000 },
    variants: ['round-robin', 'least-connections'],
    views: ['answers', 'queues', 'events'],
    controls: ['ejectAfter', 'requestsPerSecond', 'instances'],
    measures: ['failed', 'toTroubled', 'latency.p50', 'utilisation'],
    seed: 1,
    stillAtMs: 30_000,
    speed: 2,
  },

  /** Instances that come and go with the demand. */
  autoscale: {
    title: 'A campaign',
    question: 'How many instances do some twenty busy seconds take, and when do they come?',
    story:
      'Demand doubles, then triples, and falls back; the autoscaler looks every three seconds, and an instance takes four to start.',
    watch: 'Watch the latency between the step in demand and the arrival of the instances.',
    parameters: {
      requestsPerSecond: 24,
      demand: CAMPAIGN,
      instances: 4,
      autoscale: true,
      troubleFromMs: 1000,
    },
    variants: ['least-connections'],
    views: ['throughput', 'instances', 'latency', 'events'],
    controls: ['targetUtilisation', 'startMs', 'syncMs', 'stabiliseMs', 'demand', 'autoscale'],
    measures: ['latency.p50', 'latency.p99', 'instances', 'utilisation', 'longest'],
    seed: 1,
    speed: 2,
  },

  /** What no instance can do alone: a lock, and everybody who must hear of it. */
  lock: {
    title: 'A lock that all share',
    question: 'How many instances does a service gain from if each request takes a shared lock?',
    story:
      'There is more to do than can be done; each request ends with a moment under a lock, and whoever holds it tells all the others what has changed.',
    watch: 'Watch what is answered against what the instances could do alone.',
    parameters: {
      requestsPerSecond: 250,
      instances: 12,
      lockMs: 5,
      tellMs: 1,
      queueLimit: 20,
    },
    variants: ['least-connections'],
    views: ['throughput', 'queues', 'states'],
    controls: ['instances', 'lockMs', 'tellMs', 'serviceMs'],
    measures: ['answered', 'utilisation', 'latency.p50'],
    seed: 1,
    speed: 2,
  },

  /** Everything that can be set, for those who want to break it themselves. */
  workbench: {
    title: 'The whole workbench',
    question: 'What would your balancer do?',
    story: 'The best of two, and everything can be changed.',
    watch: 'Watch the queues.',
    variants: ['power-of-choices'],
    views: ['queues', 'latency', 'throughput', 'events'],
    controls: [
      'requestsPerSecond',
      'demand',
      'instances',
      'serviceMs',
      'work',
      'choices',
      'balancers',
      'knowledge',
      'reportMs',
      'oldInstances',
      'oldSlowness',
      'weights',
      'trouble',
      'troubleSlowness',
      'troubleFromMs',
      'ejectAfter',
      'queueLimit',
      'networkMs',
      'users',
      'sessions',
      'lockMs',
      'tellMs',
      'autoscale',
      'targetUtilisation',
      'startMs',
      'syncMs',
      'stabiliseMs',
    ],
    measures: ['latency.p50', 'latency.p99', 'answered', 'failed', 'longest'],
    seed: 1,
    speed: 2,
  },
} as const satisfies Record<string, BalancingScenario>;
