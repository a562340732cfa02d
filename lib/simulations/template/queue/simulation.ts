/**
 * The template: an M/M/c queue whose servers can be crashed. Copy the folder, then change it from
 * top to bottom; the compiler and the contract test (lib/simulation/contract.test.ts) say what is
 * missing. Nothing is registered anywhere: the folder's name is the simulation's id.
 */
import { exponentialQuantile } from '../../../kernel/distributions';
import { defineSimulation } from '../../../simulation/definition';
import { distribution, level, rate, share } from '../../../simulation/measures';
import { type Row, scheduledPoissonTimes, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { fifo } from './models/fifo';
import { lifo } from './models/lifo';
import { parameters, SERVERS_MAX, SHOWN_MS } from './parameters';

/** Ids of the servers, in the recording, the scene and the interventions. */
const SERVERS = Array.from({ length: SERVERS_MAX }, (_, i) => `server-${i + 1}`);
const SERVER_NAMES = Object.fromEntries(SERVERS.map((id, i) => [id, `Server ${i + 1}`]));

/** Lengths of waits that are told apart, each with the series that counts it. */
const WAITS = [
  { atMostMs: 0, name: 'not at all' },
  { atMostMs: 500, name: 'up to ½ s' },
  { atMostMs: 1000, name: 'up to 1 s' },
  { atMostMs: 2000, name: 'up to 2 s' },
  { atMostMs: 4000, name: 'up to 4 s' },
  { atMostMs: 8000, name: 'up to 8 s' },
  { atMostMs: Number.POSITIVE_INFINITY, name: 'over 8 s' },
] as const;

export const simulation = defineSimulation({
  title: 'Queue with servers that crash',
  describe: 'Customers wait in one line for several servers, any of which may crash.',
  // Raise it when the same inputs give another recording: old links then say so.
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,

  // Shown is the beginning of what is measured. At a constant rate the measured time is long, so that
  // means have small errors, and its start, when the line is still empty, is left out of them. Where
  // the rate changes there is no steady state to be found, and what is shown is measured.
  timing: ({ arrivals }) =>
    arrivals.length === 1
      ? { shownMs: SHOWN_MS, measuredMs: 4_000_000, warmUpMs: 100_000 }
      : { shownMs: SHOWN_MS, measuredMs: SHOWN_MS, warmUpMs: 0 },

  // Who comes when, and how much work each brings, is drawn before the run: every variant of a race
  // meets the same customers, and a change of one parameter leaves the draws of the others alone.
  workload: ({ parameters, random, untilMs }) => {
    const work = random('service');
    const times = scheduledPoissonTimes(random('arrivals'), {
      schedule: parameters.arrivals,
      untilMs,
    });
    return workloadOf(times.map((atMs): Row => ({ atMs, draw: work.next() })));
  },

  // One variant for each file in `models/`; the id is the name of the file.
  variants: {
    fifo: {
      title: 'First in, first out',
      describe: 'The first to come is served first.',
      model: fifo,
    },
    lifo: {
      title: 'Last in, first out',
      describe: 'The last to come is served first.',
      model: lifo,
    },
  },

  measures: {
    wait: distribution({
      label: 'Wait',
      describe:
        'Time from joining the line to the start of the service that was completed, of customers served.',
      unit: 'ms',
      quantiles: [0.5, 0.95, 0.99],
      better: 'lower',
    }),
    stay: distribution({
      label: 'Stay',
      describe: 'Time from joining the line to the end of service, of customers served.',
      unit: 'ms',
      quantiles: [0.5, 0.95, 0.99],
      better: 'lower',
    }),
    turnedAway: share({
      label: 'Turned away',
      describe: 'Customers who found no room to wait, of all who came.',
      better: 'lower',
    }),
    servedPerSecond: rate({
      label: 'Served',
      describe: 'Customers whose service ended, per second.',
      unit: 'customers/s',
      better: 'higher',
    }),
    present: level({
      label: 'Present',
      describe: 'Customers in the line or in service, mean over time.',
      unit: 'customers',
      better: 'lower',
    }),
    busy: level({
      label: 'Busy servers',
      describe: 'Servers that are serving somebody, mean over time.',
      unit: 'servers',
      better: 'neither',
    }),
  },

  // Views are data: each kind is drawn by one component that knows no simulation.
  views: {
    scene: {
      kind: 'flow',
      title: 'The line and its servers',
      nodes: [
        { id: 'door', label: 'Door', role: 'source', column: 0, row: 1.5 },
        {
          id: 'line',
          label: 'Line',
          role: 'queue',
          column: 1,
          row: 1.5,
          badges: [{ field: 'waiting', label: 'waiting', unit: 'customers' }],
        },
        ...SERVERS.map((id, row) => ({
          id,
          label: `Server ${row + 1}`,
          role: 'server' as const,
          column: 2,
          row,
          badges: [{ field: 'customer', label: 'serves' }],
          health: 'power',
        })),
        { id: 'exit', label: 'Exit', role: 'sink', column: 3, row: 1.5 },
      ],
      edges: [
        { from: 'door', to: 'line' },
        ...SERVERS.flatMap((id) => [
          { from: 'line', to: id },
          { from: id, to: 'exit' },
        ]),
      ],
    },
    line: {
      kind: 'queue',
      title: 'The line up close',
      lane: 'waiting',
      item: 'customer',
      next: { node: 'line', field: 'next' },
    },
    waiting: {
      kind: 'chart',
      title: 'Who waits, who is served',
      y: { label: 'Customers', unit: 'customers', min: 0 },
      marks: [
        { type: 'area', series: 'waiting', label: 'waiting' },
        { type: 'step', series: 'busy', label: 'in service' },
      ],
      thresholds: [{ at: { parameter: 'servers' }, label: 'servers' }],
    },
    waits: {
      kind: 'heat',
      title: 'How long those who were called waited',
      rows: [...WAITS].reverse().map(({ name }) => ({ id: name, label: name })),
      columns: { of: 'time', everyMs: 1000, take: 'sum' },
      value: { label: 'Customers', unit: 'customers' },
    },
    sequence: {
      kind: 'sequence',
      title: 'Who goes where',
      participants: [
        { id: 'door', label: 'Door' },
        { id: 'line', label: 'Line' },
        ...SERVERS.map((id, i) => ({ id, label: `Server ${i + 1}` })),
        { id: 'exit', label: 'Exit' },
      ],
      states: SERVERS.map((node) => ({ node, field: 'power', label: 'power' })),
    },
    servers: {
      kind: 'states',
      title: 'Servers',
      nodes: SERVERS.map((id, i) => ({ id, label: `Server ${i + 1}` })),
      fields: [
        { id: 'power', label: 'power' },
        { id: 'customer', label: 'serves' },
        { id: 'served', label: 'served so far', unit: 'customers' },
      ],
    },
    events: {
      kind: 'events',
      title: 'What happened',
      messages: ['rejected', 'retried'],
      names: { door: 'Door', line: 'Line', exit: 'Exit', ...SERVER_NAMES },
    },
  },

  interventions: {
    crash: {
      label: 'Crash a server',
      describe:
        'The server stops, and the customer being served goes back, ahead of all who wait now.',
      targets: SERVER_NAMES,
    },
    repair: {
      label: 'Repair a server',
      describe: 'A server that has crashed, or was switched off, takes customers again.',
      targets: SERVER_NAMES,
    },
  },

  // Called once for each variant. It sets the run up and returns; everything else happens in
  // callbacks, at simulated times. There is no other clock and no other chance than the context's.
  run: (context) => {
    const { simulator, parameters, record, measure } = context;
    const { meanServiceMs, room, walkMs } = parameters;
    const line = context.model({ room });
    const joinedAtMs = new Map<number, number>();
    /** Spans of those who are in the line. */
    const waits = new Map<number, number>();
    const servers = SERVERS.map((id, i) => ({
      id,
      isOn: i < parameters.servers,
      /** Who is being served, and since when; undefined while idle. */
      job: undefined as Job | undefined,
      served: 0,
    }));
    type Server = (typeof servers)[number];

    const arrive = (customer: number): void => {
      const idle = servers.find(({ isOn, job }) => isOn && !job);
      const hasPlace = idle !== undefined || line.join(customer);
      measure.turnedAway.add(!hasPlace);
      if (!hasPlace) {
        wait(customer);
        endWait(customer, 'rejected');
        record.message({
          from: 'line',
          to: 'door',
          kind: 'rejected',
          label: nameOf(customer),
          arrivesAt: simulator.now + walkMs,
        });
        return;
      }
      joinedAtMs.set(customer, simulator.now);
      if (idle) serve(idle, customer);
      else wait(customer);
      showLevels();
    };

    const wait = (customer: number): void => {
      const span = record.begin({ lane: 'waiting', kind: 'wait', label: nameOf(customer) });
      waits.set(customer, span);
    };

    const endWait = (customer: number, outcome: 'accepted' | 'rejected'): void => {
      const span = waits.get(customer);
      if (span === undefined) return;
      record.end(span, outcome);
      waits.delete(customer);
    };

    const serve = (server: Server, customer: number): void => {
      const label = nameOf(customer);
      endWait(customer, 'accepted');
      const waitedMs = simulator.now - (joinedAtMs.get(customer) ?? simulator.now);
      record.sample(WAITS.find(({ atMostMs }) => waitedMs <= atMostMs)?.name ?? '', 1);
      // From the customer's own draw, so that every variant gives the same customer the same time.
      const serviceMs = exponentialQuantile(context.workload.draw[customer] ?? 0, meanServiceMs);
      record.message({
        from: 'line',
        to: server.id,
        kind: 'accepted',
        label,
        arrivesAt: simulator.now,
      });
      record.state(server.id, 'customer', label);
      server.job = {
        customer,
        sinceMs: simulator.now,
        span: record.begin({ lane: server.id, kind: 'service', label }),
        end: simulator.after(serviceMs, () => complete(server)),
      };
    };

    const complete = (server: Server): void => {
      const { job } = server;
      if (!job) throw new Error(`${server.id} ends a service that has not begun.`);
      const joinedMs = joinedAtMs.get(job.customer) ?? Number.NaN;
      joinedAtMs.delete(job.customer);
      measure.wait.add(job.sinceMs - joinedMs);
      measure.stay.add(simulator.now - joinedMs);
      measure.servedPerSecond.add();
      record.end(job.span, 'accepted');
      record.message({
        from: server.id,
        to: 'exit',
        kind: 'accepted',
        label: nameOf(job.customer),
        arrivesAt: simulator.now + walkMs,
      });
      server.served++;
      record.state(server.id, 'served', server.served);
      release(server);
      callNext();
    };

    const release = (server: Server): void => {
      server.job = undefined;
      record.state(server.id, 'customer', NOBODY);
    };

    /** Every idle server takes the next customer, while there is one. */
    const callNext = (): void => {
      for (const server of servers) {
        if (!server.isOn || server.job) continue;
        const customer = line.next();
        if (customer === undefined) break;
        serve(server, customer);
      }
      showLevels();
    };

    const setPower = (server: Server, isOn: boolean): void => {
      server.isOn = isOn;
      // The scene draws a node as down while its health state reads "off".
      record.state(server.id, 'power', isOn ? 'on' : 'off');
    };

    const crash = (server: Server): void => {
      if (!server.isOn) {
        // Whatever the reader does leaves a trace, also when there is nothing to do.
        record.note(`${SERVER_NAMES[server.id]} is down already.`);
        return;
      }
      setPower(server, false);
      record.note(`${SERVER_NAMES[server.id]} crashes.`, 'bad');
      const { job } = server;
      if (job) {
        simulator.cancel(job.end);
        record.end(job.span, 'failed');
        record.message({
          from: server.id,
          to: 'line',
          kind: 'retried',
          label: nameOf(job.customer),
          arrivesAt: simulator.now,
        });
        release(server);
        line.comeBack(job.customer);
        wait(job.customer);
      }
      callNext();
    };

    const repair = (server: Server): void => {
      if (server.isOn) {
        record.note(`${SERVER_NAMES[server.id]} needs no repair.`);
        return;
      }
      setPower(server, true);
      record.note(`${SERVER_NAMES[server.id]} takes customers again.`, 'good');
      callNext();
    };

    const showLevels = (): void => {
      const waiting = line.length();
      const busy = servers.filter(({ job }) => job).length;
      const next = line.first();
      record.state('line', 'next', next === undefined ? '' : nameOf(next));
      record.sample('waiting', waiting);
      record.sample('busy', busy);
      record.state('line', 'waiting', waiting);
      measure.present.set(waiting + busy);
      measure.busy.set(busy);
    };

    // The state at time 0 is recorded too: a view knows only what the recording says.
    for (const server of servers) {
      setPower(server, server.isOn);
      record.state(server.id, 'customer', NOBODY);
      record.state(server.id, 'served', 0);
    }
    showLevels();

    context.forEachArrival((customer) => {
      record.message({
        from: 'door',
        to: 'line',
        kind: 'sent',
        label: nameOf(customer),
        arrivesAt: simulator.now + walkMs,
      });
      simulator.after(walkMs, arrive, customer);
    });

    const serverOf = (target: string | undefined): Server => {
      const server = servers.find(({ id }) => id === target);
      if (!server) throw new Error(`Expected one of ${SERVERS.join(', ')}, got "${target}".`);
      return server;
    };
    return {
      crash: (target) => crash(serverOf(target)),
      repair: (target) => repair(serverOf(target)),
    };
  },

  // A scenario is a prepared situation with its story: what a figure opens with.
  scenarios: {
    /** Ten seconds of rush, and how long they are felt. */
    rush: {
      title: 'A rush of ten seconds',
      question: 'How long does a queue remember a rush?',
      story: 'For ten seconds twice as many customers come as three servers can serve.',
      watch: 'The line goes on long after the rush has ended.',
      parameters: {
        arrivals: [
          { atMs: 0, value: 2 },
          { atMs: 5000, value: 6 },
          { atMs: 15_000, value: 2 },
        ],
      },
      variants: ['fifo'],
      views: ['scene', 'line', 'waiting', 'waits', 'servers', 'events'],
      controls: ['arrivals', 'servers', 'room'],
      measures: ['wait.mean', 'present', 'turnedAway', 'busy'],
      seed: 1,
      speed: 1,
    },
    /** Who waits, and not how much is waited: the disciplines differ in the tail. */
    disciplines: {
      title: 'Whose turn is it?',
      question: 'Does it matter in which order customers are served?',
      story: 'Two lines get the same customers and the same servers, and differ in whom they call.',
      watch: 'The mean wait of both, then the wait of the unlucky ones.',
      variants: ['fifo', 'lifo'],
      views: ['line', 'waiting', 'waits', 'sequence', 'servers'],
      controls: ['arrivals', 'servers', 'meanServiceMs'],
      measures: ['wait.mean', 'wait.p99', 'stay.mean', 'present'],
      seed: 1,
      speed: 1,
    },
  },

  // A task is a goal that the engine can tick, with what is `held` as the scenario has it. The start
  // must not reach it; the solution must.
  tasks: {
    'short-waits': {
      title: 'Short waits',
      goal: 'Serve the same customers so that 95 in 100 wait less than one and a half seconds.',
      hint: 'Look at how many servers are busy on average, and how near that is to how many there are.',
      scenario: 'disciplines',
      held: ['arrivals', 'meanServiceMs'],
      judge: (race) => {
        const waitMs = race.value('fifo', 'wait.p95');
        return {
          reached: waitMs < 1500,
          reading: `95 in 100 wait at most ${(waitMs / 1000).toFixed(2)} s.`,
        };
      },
      solution: { servers: 4 },
    },
  },

  // A prediction is answered before the run; the run itself says which option came true.
  predictions: {
    'mean-wait': {
      question: 'Last in, first out is unfair. What does it do to the mean wait?',
      scenario: 'disciplines',
      options: {
        longer: 'Makes it longer',
        same: 'Leaves it about the same',
        shorter: 'Makes it shorter',
      },
      answer: (race) => {
        const ratio = race.value('lifo', 'wait.mean') / race.value('fifo', 'wait.mean');
        if (ratio > 1.1) return 'longer';
        return ratio < 0.9 ? 'shorter' : 'same';
      },
      explain:
        'No server idles while somebody waits, and whomever it calls, a service is as long on average. So the line is as long on average, and by Little’s law the mean wait is the same. Only its spread grows.',
    },
  },

  // A planted bug is a text patch on a model, which the reader can switch on and the checks must catch.
  plantedBugs: {
    'back-of-the-line': {
      title: 'Back to the end of the line',
      variant: 'fifo',
      find: 'waiting.unshift(customer);',
      replace: 'waiting.push(customer);',
      effect: 'Anyone hit by a crash waits a second time, behind everybody who came later.',
      caughtBy: ['QU5'],
    },
    'one-too-many': {
      title: 'One too many in the line',
      variant: 'fifo',
      find: 'waiting.length >= room',
      replace: 'waiting.length > room',
      effect:
        'A line without room still takes one customer, so fewer are turned away than planned for.',
      caughtBy: ['QU3', 'QU5'],
    },
  },

  omissions: [
    {
      what: 'Customers wait as long as it takes.',
      effect: 'Real ones give up, so real lines are shorter under overload than here.',
    },
    {
      what: 'Service times are exponential and independent of how long the line is.',
      effect: 'Times that vary less make waits shorter than here, those with a heavy tail longer.',
    },
    {
      what: 'A crashed server stays down until the reader repairs it.',
      effect: 'Real ones restart, so real outages end sooner.',
    },
  ],

  checks,

  // A claim is what the prose may say, as long as the runs make it true; the build fails otherwise.
  claims: {
    'rush-outlasts-itself': {
      statement: 'Five seconds after the rush, more customers wait than there are servers.',
      scenario: 'rush',
      kind: 'holds',
      holds: (race) => {
        const { samples, strings } = race.run('fifo').recording;
        let waiting = 0;
        for (let i = 0; i < samples.length && (samples.at[i] ?? 0) <= 20_000; i++) {
          if (strings[samples.series[i] ?? 0] === 'waiting') waiting = samples.value[i] ?? 0;
        }
        return waiting > Number(race.parameter('servers'));
      },
    },
    'fifo-has-the-shorter-tail': {
      statement: 'Serving in the order of arrival keeps the longest waits shorter.',
      scenario: 'disciplines',
      kind: 'beats',
      result: 'wait.p99',
      better: 'fifo',
      worse: 'lifo',
      seeds: 10,
    },
    'same-mean': {
      statement: 'The mean wait of both disciplines is the same to within a tenth.',
      scenario: 'disciplines',
      kind: 'holds',
      holds: (race) => {
        const ratio = race.value('lifo', 'wait.mean') / race.value('fifo', 'wait.mean');
        return ratio > 0.9 && ratio < 1.1;
      },
    },
  },
});

interface Job {
  readonly customer: number;
  readonly sinceMs: number;
  /** Handle of the span in the recording. */
  readonly span: number;
  /** The event that ends the service, to be cancelled if the server crashes. */
  readonly end: number;
}

const NOBODY = 'nobody';

const nameOf = (customer: number): string => `#${customer + 1}`;
