import type { Incident } from '../../../simulation/incident';

export const incidents = {
  'pool-exhaustion': {
    title: 'Nobody gets through to a database that works hard',
    describe:
      'Pages time out while they wait for a connection, and the dashboard suggests that there are too few.',
    briefing: [
      'You are on call for the shop: a hundred and fifty requests a second share twenty connections to a database with eight cores. On a usual night a handful of them are in use.',
      'It is half past one, and nobody has deployed anything since noon. You have the dashboard, the log, and a handful of switches.',
    ],
    scenario: 'slow-query',
    variant: 'fifo',
    trigger: { parameter: 'slowAtMs', laterMs: 6000 },
    objective: {
      label: 'Requests answered in time',
      part: 'good',
      whole: ['good', 'failed'],
      leastPercent: 90,
      alertMs: 2000,
      holdMs: 7000,
    },
    dashboards: ['answers', 'pool', 'routes', 'database'],
    log: 'events',
    reactionMs: 4000,
    speed: 1,
    actions: {
      'grow-pool': {
        deed: { kind: 'set', parameter: 'poolSize', value: 80 },
        label: 'Raise the pool to eighty connections',
        describe: 'From now on four times as many connections may be in use.',
        debrief:
          'What the dashboard asks for, and it makes things worse: the new connections go to more slow queries, which share the same eight cores, and everything in progress takes longer.',
      },
      'kill-slow': {
        deed: { kind: 'act', id: 'kill-slow' },
        debrief:
          'The connections are free at once, and for as long as it takes the next reports to take them again. Good for a breathing space in which to do what lasts.',
      },
      'statement-timeout': {
        deed: { kind: 'set', parameter: 'statementTimeoutMs', value: 500 },
        label: 'Set a statement timeout of half a second',
        describe: 'From now on the database ends a query after half a second.',
        debrief:
          'No query that begins from now on can hold a connection for long: the reports fail, and fail alone. Those in progress still run to their end; killing them first saves that time. In PostgreSQL set it for the role of the service, not for backups too, and renew the pool: open sessions keep the value that they began with.',
      },
      'shed-reports': {
        deed: { kind: 'act', id: 'shed-reports' },
        debrief:
          'The sharpest cut: one page is missing, and no new slow query begins. Those in progress still hold their connections until they are done, or killed.',
      },
      'longer-timeout': {
        deed: { kind: 'set', parameter: 'timeoutMs', value: 5000 },
        label: 'Raise the timeout to five seconds',
        describe: 'From now on a request may take five seconds in all.',
        debrief:
          'More wait, and for longer, for connections that come back no sooner than before. For a few seconds fewer fail, since nobody has waited for long enough yet.',
      },
    },
    cause: [
      'The statistics of the tables were renewed, as they are every night, and the planner chose another plan for one query: that of the report, which one request in twenty-five asks for. It took four seconds of a core instead of twenty milliseconds.',
      'By Little’s law, connections in use are arrivals times the time that each is held: six reports a second, each holding one for seconds, need more than the pool has. From then on every request to the shop waits for a report to end. The pool was not too small; what it held was too slow.',
      'Look at who holds the connections, in the seconds before the alert.',
    ],
    guides: ['traffic-control/surviving-production-traffic'],
  },
} as const satisfies Record<string, Incident>;
