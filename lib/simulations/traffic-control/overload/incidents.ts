import type { Incident } from '../../../simulation/incident';

export const incidents = {
  'retry-storm': {
    title: 'The slow minute that does not end',
    describe:
      'Checkout fails for everybody, nothing was deployed, and the database says that it is healthy.',
    briefing: [
      'You are on call for checkout: four instances, eight workers, a database behind them. On a normal evening they are busy seven tenths of the time, and clients wait one second for an answer before they try again, three times in all.',
      'Nothing was deployed today. You have the dashboard, the service’s log, and a handful of switches.',
    ],
    scenario: 'storm',
    variant: 'fifo',
    trigger: { parameter: 'slowdown', laterMs: 6000 },
    objective: {
      label: 'Requests answered in time',
      part: 'good',
      whole: ['good', 'failed'],
      leastPercent: 90,
      alertMs: 2000,
      holdMs: 5000,
    },
    dashboards: ['answers', 'load', 'wait'],
    log: 'events',
    reactionMs: 4000,
    speed: 1,
    actions: {
      'add-instances': {
        deed: { kind: 'act', id: 'add-instances' },
        debrief:
          'The obvious move, and it comes late: an instance takes twenty seconds to start, and each user sends three attempts by then. Half as much capacity again works through requests whose senders have long gone.',
      },
      'stop-retries': {
        deed: { kind: 'act', id: 'stop-retries' },
        debrief:
          'The cure for the cause that lasts: without retries, less comes in than the service can do. But what already waits is served first, in order, for nobody; with this alone you watch the queue for as long as that takes.',
      },
      'drop-queue': {
        deed: { kind: 'act', id: 'drop-queue' },
        debrief:
          'What waits is worth next to nothing: most of its senders gave up long ago. Without it the next request is served at once, answered in time, and not sent again. Those who are refused do try again, all of them: their wave can be a queue of its own, and then you drop that too, or turn the retries off first.',
      },
      restart: {
        deed: { kind: 'act', id: 'restart' },
        debrief:
          'A restart drops the queue too, hence its good name. It also refuses everybody until the instances are up, and those refused try again.',
      },
      'shed-low': {
        deed: { kind: 'act', id: 'shed-low' },
        debrief:
          'Shedding keeps new requests of low priority out. Those of high priority still join the end of a queue that is longer than their patience.',
      },
      'longer-timeout': {
        deed: { kind: 'set', parameter: 'timeoutMs', value: 5000 },
        label: 'Raise the timeout of clients to five seconds',
        describe: 'From now on clients wait five seconds for an answer before they try again.',
        debrief:
          'Patience helps while the wait is shorter than the patience. This queue is longer than five seconds by now, and the next retry comes all the same.',
      },
      'turn-away': {
        deed: { kind: 'act', id: 'turn-away' },
        debrief:
          'For ten seconds half of the users are told no. That is less than the backlog needs, and when they are let in again it is still there.',
      },
    },
    cause: [
      'A database became slow, for six seconds. It was healthy again before you had read the page.',
      'In those seconds the queue grew longer than clients wait. From then on each worker served requests that had just been abandoned, each of which came back as two more. The retries keep the queue long, and the queue keeps the retries coming: an outage that no longer needs its cause.',
      'Look at the attempts against the capacity after the database has recovered: that gap is the outage.',
    ],
    guides: ['traffic-control/surviving-production-traffic', 'resilience/circuit-breakers'],
  },
} as const satisfies Record<string, Incident>;
