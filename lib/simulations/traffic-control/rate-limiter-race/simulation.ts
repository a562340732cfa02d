import type { Recording } from '../../../kernel/recording';
import { defineSimulation, type RaceReader } from '../../../simulation/definition';
import { distribution, maximum, rate, share, table } from '../../../simulation/measures';
import { CLIENT, drawArrivals, QUIET } from './arrivals';
import { checks } from './checks';
import type { Limiter } from './models/limiter';
import { outsideRanges, parameters } from './parameters';
import { ALL, variants } from './variants';

/** What a figure shows, and what is measured, in windows: enough to see, enough to count. */
const WINDOWS_SHOWN = 6;
const WINDOWS_MEASURED = 60;
/** What is shown of traffic from outside, in windows: real traffic is sparser than that of a figure. */
const WINDOWS_SHOWN_OUTSIDE = 60;
/** The state of a limiter is drawn at this many moments per window, beside those of its decisions. */
const TICKS_PER_WINDOW = 40;
/** By how much "Set the clock back" does so. */
const CLOCK_STEP_MS = 3000;
/** The limiters of clients by themselves are the same ones as that of everybody but for this key. */
const EVERYBODY = 'everybody';

export const simulation = defineSimulation({
  title: 'Rate limiter race',
  describe: 'Seven rate limiting algorithms decide on the same requests.',
  version: 1,
  link: { version: 1, migrations: {} },
  parameters,
  variants,

  timing: ({ windowMs }) => ({
    shownMs: WINDOWS_SHOWN * windowMs,
    measuredMs: WINDOWS_MEASURED * windowMs,
    warmUpMs: 0,
  }),

  workload: drawArrivals,

  traffic: {
    rows: 'requests',
    question: 'What would this limit have rejected, for whom, and when?',
    times: 'kept',
    key: { label: 'Client', fields: ['client', 'user', 'key'] },
    rowsMax: 1_000_000,
    shownMs: ({ windowMs }) => WINDOWS_SHOWN_OUTSIDE * windowMs,
    ranges: outsideRanges,
    // Requests in a log have come to the server already: nothing of their way is left.
    settings: { keying: 'per-client', latencyMs: 0 },
    controls: ['limit', 'windowMs', 'burst', 'keying'],
    replaces: [
      'pattern',
      'offeredPerSecond',
      'volley',
      'beforeMs',
      'afterMs',
      'onMs',
      'offMs',
      'quietPerSecond',
    ],
    across: { parameter: 'limit', result: 'acceptedShare' },
  },

  measures: {
    acceptedShare: share({
      label: 'Accepted',
      describe: 'Requests allowed, of all that reached the limiter.',
      better: 'higher',
    }),
    acceptedPerSecond: rate({
      label: 'Passed on',
      describe: 'Requests handed to the service per second.',
      unit: 'requests/s',
      better: 'higher',
    }),
    worstWindow: maximum({
      label: 'Worst window',
      describe:
        'The most requests handed to the service within any interval as long as the window, wherever it begins.',
      unit: 'requests',
      better: 'lower',
    }),
    overshoot: maximum({
      label: 'Worst window over limit',
      describe: 'The worst window as a multiple of the limit.',
      unit: '×',
      better: 'lower',
    }),
    worstSecond: maximum({
      label: 'Worst second',
      describe: 'The most requests handed to the service within any second, wherever it begins.',
      unit: 'requests',
      better: 'lower',
    }),
    wait: distribution({
      label: 'Wait',
      describe: 'Time that an allowed request is held back before it is handed to the service.',
      unit: 'ms',
      quantiles: [0.5, 0.95],
      better: 'lower',
    }),
    stateSize: maximum({
      label: 'Numbers kept',
      describe: 'The most numbers that the limiters kept at any time, all clients together.',
      unit: '',
      better: 'lower',
    }),
    quietAccepted: share({
      label: 'Accepted, second client',
      describe: 'Requests of the second client allowed, of all of its that reached the limiter.',
      better: 'higher',
    }),
    clients: table({
      label: 'By client',
      describe: 'What the limiter decided on the requests of each client, over the whole run.',
      better: 'neither',
      key: 'Client',
      counts: {
        requests: { label: 'Requests', unit: 'requests' },
        accepted: { label: 'Accepted', unit: 'requests' },
        rejected: { label: 'Rejected', unit: 'requests' },
      },
      shares: { rejectedShare: { label: 'Rejected share', part: 'rejected', of: 'requests' } },
      moments: {
        firstRejection: { label: 'First rejection', which: 'first', of: 'rejected' },
        lastRejection: { label: 'Last rejection', which: 'last', of: 'rejected' },
      },
      sortedBy: 'rejected',
    }),
  },

  views: {
    scene: {
      kind: 'flow',
      title: 'Requests on their way',
      nodes: [
        { id: CLIENT, label: 'Client', role: 'source', column: 0, row: 0 },
        {
          id: 'limiter',
          label: 'Limiter',
          role: 'gate',
          column: 1,
          row: 0,
          level: { field: 'fill', capacity: 100, label: 'left', unit: '%' },
          badges: [
            { field: 'accepted', label: 'accepted' },
            { field: 'rejected', label: 'rejected' },
          ],
        },
        { id: 'service', label: 'Service', role: 'sink', column: 2, row: 0 },
      ],
      edges: [
        { from: CLIENT, to: 'limiter' },
        { from: 'limiter', to: 'service' },
      ],
    },
    'scene-queue': {
      kind: 'flow',
      title: 'Requests on their way, and those that wait',
      nodes: [
        { id: CLIENT, label: 'Client', role: 'source', column: 0, row: 0 },
        {
          id: 'limiter',
          label: 'Limiter',
          role: 'gate',
          column: 1,
          row: 0,
          level: { field: 'fill', capacity: 100, label: 'left', unit: '%' },
          badges: [
            { field: 'accepted', label: 'accepted' },
            { field: 'rejected', label: 'rejected' },
          ],
        },
        {
          id: 'queue',
          label: 'Bucket',
          role: 'queue',
          column: 2,
          row: 0,
          badges: [{ field: 'waiting', label: 'waiting' }],
        },
        { id: 'service', label: 'Service', role: 'sink', column: 3, row: 0 },
      ],
      edges: [
        { from: CLIENT, to: 'limiter' },
        { from: 'limiter', to: 'queue' },
        { from: 'queue', to: 'service' },
        { from: 'limiter', to: 'service' },
      ],
    },
    'scene-clients': {
      kind: 'flow',
      title: 'Two clients, one service',
      nodes: [
        { id: CLIENT, label: 'Noisy client', role: 'source', column: 0, row: 0 },
        { id: QUIET, label: 'Quiet client', role: 'source', column: 0, row: 1 },
        {
          id: 'limiter',
          label: 'Limiter',
          role: 'gate',
          column: 1,
          row: 0.5,
          badges: [
            { field: 'accepted', label: 'accepted' },
            { field: 'rejected', label: 'rejected' },
          ],
        },
        { id: 'service', label: 'Service', role: 'sink', column: 2, row: 0.5 },
      ],
      edges: [
        { from: CLIENT, to: 'limiter' },
        { from: QUIET, to: 'limiter' },
        { from: 'limiter', to: 'service' },
      ],
    },
    admitted: {
      kind: 'chart',
      title: 'Passed within the last window',
      y: { label: 'Requests within the last window', unit: 'requests', min: 0 },
      marks: [
        {
          type: 'outcomes',
          kinds: ['accepted', 'rejected'],
          label: 'Each request, when the limiter decides',
        },
        { type: 'step', series: 'in-window', label: 'within the last window' },
      ],
      thresholds: [
        { at: { parameter: 'limit' }, label: 'limit' },
        { at: { parameter: 'limit', times: 2 }, label: 'twice the limit' },
      ],
      rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
    },
    'admitted-or-queued': {
      kind: 'chart',
      title: 'Passed within the last window',
      y: { label: 'Requests within the last window', unit: 'requests', min: 0 },
      marks: [
        {
          type: 'outcomes',
          kinds: ['accepted', 'queued', 'rejected'],
          label: 'Each request, when the limiter decides',
        },
        { type: 'step', series: 'in-window', label: 'within the last window' },
      ],
      thresholds: [
        { at: { parameter: 'limit' }, label: 'limit' },
        { at: { parameter: 'limit', times: 2 }, label: 'twice the limit' },
      ],
      rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
    },
    remaining: {
      kind: 'chart',
      title: 'What is left',
      y: { label: 'Requests that would be allowed at once', unit: 'requests', min: 0 },
      marks: [{ type: 'area', series: 'remaining', label: 'left' }],
      rules: { everyMs: { parameter: 'windowMs' }, label: 'window boundary' },
    },
    passed: {
      kind: 'chart',
      title: 'Passed on so far',
      y: { label: 'Requests handed to the service', unit: 'requests', min: 0 },
      marks: [{ type: 'step', series: 'passed', label: 'passed on' }],
      race: 'overlaid',
    },
    waiting: {
      kind: 'chart',
      title: 'Waiting in the bucket',
      y: { label: 'Requests held back', unit: 'requests', min: 0 },
      marks: [{ type: 'area', series: 'waiting', label: 'waiting' }],
    },
    clients: {
      kind: 'chart',
      title: 'Passed on so far, by client',
      y: { label: 'Requests handed to the service', unit: 'requests', min: 0 },
      marks: [
        { type: 'step', series: `passed of ${CLIENT}`, label: 'noisy client' },
        { type: 'step', series: `passed of ${QUIET}`, label: 'quiet client' },
      ],
    },
    table: {
      kind: 'states',
      title: 'State',
      nodes: [{ id: 'limiter', label: 'Limiter' }],
      fields: [
        { id: 'accepted', label: 'accepted', unit: 'requests' },
        { id: 'rejected', label: 'rejected', unit: 'requests' },
        { id: 'in-window', label: 'passed in the last window', unit: 'requests' },
        { id: 'remaining', label: 'left', unit: 'requests' },
        { id: 'numbers', label: 'numbers kept' },
      ],
    },
    events: {
      kind: 'events',
      title: 'What happened',
      messages: ['accepted', 'queued', 'rejected'],
      names: {
        [CLIENT]: 'Client',
        [QUIET]: 'Quiet client',
        limiter: 'Limiter',
        queue: 'Bucket',
        service: 'Service',
      },
    },
  },

  interventions: {
    'send-volley': {
      label: 'Send a volley',
      describe: 'The client sends a volley of requests at once.',
    },
    'lose-state': {
      label: 'Restart the limiter',
      describe: 'The limiter forgets all that it has counted, as after a restart or a failover.',
    },
    'set-clock-back': {
      label: 'Set the clock back',
      describe: `The clock that the limiter reads jumps back by ${CLOCK_STEP_MS / 1000} seconds.`,
    },
  },

  run: (context) => {
    const { simulator, parameters, record, measure, model } = context;
    const { limit, windowMs, burst, latencyMs, keying } = parameters;

    const limiters = new Map<string, Limiter>();
    /** Kept by all limiters together; counted along, since there may be one for each of many clients. */
    let numbers = 0;
    const limiterOf = (client: string): Limiter => {
      const key = keying === 'shared' ? EVERYBODY : client;
      const known = limiters.get(key);
      if (known) return known;
      const limiter = model({ limit, windowMs, burst });
      limiters.set(key, limiter);
      numbers += limiter.stateSize();
      return limiter;
    };
    let clockMs = 0;
    const clock = (): number => simulator.now + clockMs;
    /** What the limiter reads off it: requests from outside may come at fractions of a ms. */
    const readClock = parameters.clock === 'whole-ms' ? () => Math.floor(clock()) : clock;

    const inWindow = new SlidingCount(windowMs);
    const inSecond = new SlidingCount(1000);
    const passedOf: Record<string, number> = { [CLIENT]: 0, [QUIET]: 0 };
    let accepted = 0;
    let rejected = 0;
    let passed = 0;
    let waiting = 0;

    /** Notes a turn of the story once: narration that repeats itself is noise. */
    const told = new Set<string>();
    const tell = (topic: string, text: string, tone?: 'plain' | 'warning' | 'bad'): void => {
      if (told.has(topic)) return;
      told.add(topic);
      record.note(text, tone);
    };

    const showRemaining = (): void => {
      if (!record.isRecording()) return;
      // With a limiter per client, that of the first client stands for all.
      const { remaining, capacity } = limiterOf(context.workload.keys[0] ?? CLIENT);
      const left = remaining(clock());
      record.sample('remaining', left);
      record.state('limiter', 'remaining', Math.round(left * 100) / 100);
      record.state('limiter', 'fill', (left / capacity) * 100);
    };
    const showInWindow = (): void => {
      const count = inWindow.at(simulator.now);
      record.sample('in-window', count);
      record.state('limiter', 'in-window', count);
    };
    const showWaiting = (change: number): void => {
      waiting += change;
      record.sample('waiting', waiting);
      record.state('queue', 'waiting', waiting);
    };

    const send = (key: number): void => {
      const client = context.workload.keys[key] ?? CLIENT;
      record.message({
        from: nodeOf(client),
        to: 'limiter',
        kind: 'sent',
        ...named(client),
        arrivesAt: simulator.now + latencyMs,
      });
      simulator.after(latencyMs, () => decide(key, client));
    };

    const decide = (key: number, client: string): void => {
      showRemaining();
      const limiter = limiterOf(client);
      const numbersBefore = limiter.stateSize();
      const decision = limiter.take(readClock());
      numbers += limiter.stateSize() - numbersBefore;
      measure.acceptedShare.add(decision.allowed);
      measure.clients.add(key, 'requests');
      measure.clients.add(key, decision.allowed ? 'accepted' : 'rejected');
      if (client === QUIET) measure.quietAccepted.add(decision.allowed);
      if (decision.allowed) {
        accepted++;
        measure.wait.add(decision.waitMs);
        if (decision.waitMs > 0) hold(client, decision.waitMs);
        else pass(client, 'limiter');
      } else {
        rejected++;
        record.message({
          from: 'limiter',
          to: nodeOf(client),
          kind: 'rejected',
          ...named(client),
          arrivesAt: simulator.now + latencyMs,
        });
        tell('rejected', 'The limiter refuses a request for the first time.', 'warning');
        if (client === QUIET) {
          tell('quiet', 'The quiet client is refused, far below the limit by itself.', 'bad');
        }
      }
      measure.stateSize.add(numbers);
      record.state('limiter', 'accepted', accepted);
      record.state('limiter', 'rejected', rejected);
      record.state('limiter', 'numbers', numbers);
      showRemaining();
    };

    const hold = (client: string, waitMs: number): void => {
      record.message({
        from: 'limiter',
        to: 'queue',
        kind: 'queued',
        ...named(client),
        arrivesAt: simulator.now,
      });
      tell('waits', 'A request has to wait for its turn for the first time.');
      showWaiting(1);
      simulator.after(waitMs, () => {
        showWaiting(-1);
        pass(client, 'queue');
      });
    };

    const pass = (client: string, from: 'limiter' | 'queue'): void => {
      const { now } = simulator;
      record.message({
        from,
        to: 'service',
        kind: 'accepted',
        ...named(client),
        arrivesAt: now + latencyMs,
      });
      passed++;
      const node = nodeOf(client);
      const ofClient = (passedOf[node] ?? 0) + 1;
      passedOf[node] = ofClient;
      record.sample('passed', passed);
      record.sample(`passed of ${node}`, ofClient);

      const count = inWindow.add(now);
      showInWindow();
      simulator.after(windowMs, showInWindow);
      measure.acceptedPerSecond.add();
      measure.worstWindow.add(count);
      measure.overshoot.add(count / limit);
      measure.worstSecond.add(inSecond.add(now));
      if (count === limit + 1) {
        tell(
          'over',
          `${count} requests within one window: more than the limit of ${limit}.`,
          'warning',
        );
      }
      if (count === 2 * limit) {
        tell('twice', `${count} requests within one window: twice the limit of ${limit}.`, 'bad');
      }
    };

    const tick = (index: number): void => {
      showRemaining();
      // A multiple, not a sum, so that ticks fall on the boundaries.
      const nextMs = ((index + 1) * windowMs) / TICKS_PER_WINDOW;
      if (record.isRecording()) simulator.at(nextMs, tick, index + 1);
    };

    showInWindow();
    showWaiting(0);
    record.sample('passed', 0);
    for (const client of [CLIENT, QUIET]) record.sample(`passed of ${client}`, 0);
    for (const field of ['accepted', 'rejected', 'numbers']) record.state('limiter', field, 0);
    tick(0);
    context.forEachArrival((row) => send(context.workload.key[row] ?? 0));

    return {
      'send-volley': () => {
        record.note(`The client sends ${parameters.volley} requests at once.`);
        for (let i = 0; i < parameters.volley; i++) send(0);
      },
      'lose-state': () => {
        record.note('The limiter restarts and has forgotten everything.', 'bad');
        limiters.clear();
        numbers = 0;
        showRemaining();
      },
      'set-clock-back': () => {
        record.note(`The clock of the limiter jumps back by ${CLOCK_STEP_MS / 1000} s.`, 'bad');
        clockMs -= CLOCK_STEP_MS;
        showRemaining();
      },
    };
  },

  scenarios: {
    /** The failure that opens the guide: on average the limit is kept, in the worst second doubled. */
    'boundary-attack': {
      title: 'Twice the limit at the boundary',
      question: 'How many requests can pass within one second, if the limit is ten per second?',
      story:
        'A client has learnt when the window starts, and sends a volley right before and one right after.',
      watch: 'The line counts what passed within the last second, wherever that second begins.',
      parameters: { pattern: 'boundary' },
      variants: ['fixed-window'],
      views: ['scene', 'admitted', 'events'],
      controls: ['volley', 'limit'],
      measures: ['worstWindow', 'overshoot', 'acceptedShare', 'acceptedPerSecond'],
      seed: 1,
      // Both volleys decided, the second still on its way to the service.
      stillAtMs: 1450,
      speed: 0.5,
    },

    /** A steady stream a fifth above the limit: who is refused, and when, differs; how many does not. */
    steady: {
      title: 'Steady traffic a little above the limit',
      question: 'Does it matter which algorithm meets a steady stream?',
      story: 'A client sends twelve requests per second, evenly spaced, against a limit of ten.',
      watch: 'The refusals: bunched at the end of each window, or one in six all along.',
      parameters: { pattern: 'steady', offeredPerSecond: 12 },
      variants: ['fixed-window', 'sliding-log', 'token-bucket'],
      views: ['admitted', 'remaining', 'table'],
      controls: ['offeredPerSecond', 'limit'],
      measures: ['acceptedShare', 'worstWindow', 'acceptedPerSecond'],
      seed: 1,
      speed: 0.75,
    },

    /** The attack that doubles a fixed window, against the two that slide. */
    sliding: {
      title: 'The same attack on windows that slide',
      question: 'Which of the three windows holds against volleys at the boundary?',
      story: 'The volleys that doubled the fixed window now meet a log and a counter, too.',
      watch: 'The line of each against the limit, after the second volley.',
      parameters: { pattern: 'boundary' },
      variants: ['fixed-window', 'sliding-log', 'sliding-counter'],
      views: ['admitted', 'remaining', 'table'],
      controls: ['beforeMs', 'afterMs'],
      measures: ['worstWindow', 'overshoot', 'acceptedShare', 'stateSize'],
      seed: 1,
      speed: 0.5,
    },

    /**
     * The sliding counter assumes that the previous window was even. All of it at its end is as
     * uneven as can be: the weight that fades away belongs to requests that are still in the window.
     */
    'counter-worst': {
      title: 'What the sliding counter takes for granted',
      question: 'How far over its limit can a sliding counter be led?',
      story:
        'A volley comes at the very end of one window, and the next is spread over the whole window after it.',
      watch:
        'The estimate fades while the requests it stands for are still within the last second.',
      parameters: { pattern: 'boundary', beforeMs: 50, afterMs: 1000 },
      variants: ['sliding-counter', 'sliding-log'],
      views: ['admitted', 'remaining'],
      controls: ['beforeMs', 'afterMs', 'limit', 'volley'],
      measures: ['worstWindow', 'overshoot', 'acceptedShare'],
      seed: 1,
      speed: 0.5,
    },

    /** The same requests admitted by all three; what differs is when they reach the service. */
    burst: {
      title: 'Let a burst through, or spread it out',
      question: 'Where does a burst go: to the service, to the floor, or into a queue?',
      story:
        'Twenty requests come within 0.4 s, then none for 1.6 s: on average, exactly the limit.',
      watch:
        'The bucket and the meter pass requests as they come; the queue passes the same ones in turn.',
      parameters: { pattern: 'on-off', offeredPerSecond: 50, onMs: 400, offMs: 1600, burst: 12 },
      variants: ['token-bucket', 'leaky-bucket-meter', 'leaky-bucket-queue'],
      views: ['scene-queue', 'admitted-or-queued', 'passed', 'waiting', 'remaining'],
      controls: ['burst', 'limit'],
      measures: ['acceptedShare', 'worstWindow', 'wait.mean', 'wait.p95'],
      seed: 1,
      speed: 0.5,
    },

    /**
     * Every request comes as exactly when the next token does as the clock can tell. With a clock of
     * whole ms, both calculate in whole numbers, and neither rounds.
     */
    gcra: {
      title: 'Two algorithms, one decision',
      question: 'Do GCRA and the token bucket ever disagree?',
      story:
        'Requests come exactly as often as tokens do, seven per second, and the bucket holds one.',
      watch: 'Each request in both; then set the clock to fractions of a millisecond.',
      parameters: { pattern: 'steady', offeredPerSecond: 7, limit: 7, burst: 1 },
      variants: ['token-bucket', 'gcra'],
      views: ['admitted', 'passed', 'table'],
      controls: ['clock', 'limit', 'burst'],
      measures: ['acceptedShare', 'worstWindow', 'stateSize'],
      seed: 1,
      speed: 0.75,
    },

    /** The same requests, where the last bit does decide. */
    'gcra-fractional': {
      title: 'The last bit decides',
      question: 'What becomes of two equal algorithms when the numbers are not whole?',
      story:
        'The same seven requests per second, at the exact fractions of a millisecond, and a bucket that holds one.',
      watch:
        'Requests that come exactly on time: one algorithm lets them pass, the other does not.',
      parameters: {
        pattern: 'steady',
        offeredPerSecond: 7,
        limit: 7,
        burst: 1,
        clock: 'fractional',
      },
      variants: ['token-bucket', 'gcra'],
      views: ['admitted', 'passed', 'table'],
      controls: ['clock', 'limit', 'burst'],
      measures: ['acceptedShare', 'worstWindow', 'stateSize'],
      seed: 1,
      speed: 0.75,
    },

    /** Bursts with pauses between them: a batch job, a page that loads thirty images. */
    'on-off': {
      title: 'A second of work, two of silence',
      question: 'Who makes use of the silence?',
      story: 'A client sends thirty requests per second for one second, and is silent for two.',
      watch: 'What passes in each burst, and what is left when it begins.',
      parameters: { pattern: 'on-off', offeredPerSecond: 30, onMs: 1000, offMs: 2000, burst: 10 },
      variants: [
        'fixed-window',
        'sliding-log',
        'sliding-counter',
        'token-bucket',
        'leaky-bucket-queue',
      ],
      views: ['admitted-or-queued', 'remaining'],
      controls: ['burst', 'onMs', 'offMs'],
      measures: ['acceptedShare', 'worstWindow', 'acceptedPerSecond', 'wait.mean'],
      seed: 1,
      speed: 0.5,
    },

    /** The whole field on random traffic at one and a half times the limit. */
    race: {
      title: 'All seven on the same traffic',
      question: 'What do seven algorithms make of the same requests?',
      story: 'Many independent users send fifteen requests per second on average; ten may pass.',
      watch: 'The worst window of each, and what it costs in refusals, waiting and memory.',
      parameters: { pattern: 'poisson', offeredPerSecond: 15 },
      variants: ALL,
      views: ['admitted-or-queued', 'passed', 'remaining', 'table', 'events'],
      controls: [
        'pattern',
        'offeredPerSecond',
        'limit',
        'windowMs',
        'burst',
        'volley',
        'beforeMs',
        'afterMs',
        'onMs',
        'offMs',
      ],
      measures: ['acceptedShare', 'worstWindow', 'worstSecond', 'wait.p95', 'stateSize'],
      seed: 1,
      speed: 0.5,
    },

    /** One limiter for all: the loudest takes what there is. */
    fairness: {
      title: 'A noisy client beside a quiet one',
      question: 'What becomes of a client that sends two requests per second?',
      story:
        'One client sends thirty requests per second, the other two, and both draw on one limiter of ten.',
      watch: 'The share of the quiet client, then give each client a limiter of its own.',
      parameters: { pattern: 'poisson', offeredPerSecond: 30, quietPerSecond: 2 },
      variants: ['fixed-window', 'token-bucket'],
      views: ['scene-clients', 'clients', 'events'],
      controls: ['keying', 'offeredPerSecond', 'quietPerSecond'],
      measures: ['quietAccepted', 'acceptedShare', 'acceptedPerSecond', 'stateSize'],
      seed: 1,
      speed: 0.5,
    },
  },

  tasks: {
    'hold-the-window': {
      title: 'Pay for the boundary',
      goal: 'With the fixed window alone, let no second pass more than ten requests.',
      hint: 'The worst window holds twice the limit. What does that say about the limit?',
      scenario: 'boundary-attack',
      judge: (race) => {
        const worst = race.value('fixed-window', 'worstWindow');
        const perSecond = race.value('fixed-window', 'acceptedPerSecond');
        return {
          reached: worst <= 10 && perSecond >= 4,
          reading: `At most ${worst} in one window; ${perSecond.toFixed(1)} per second pass.`,
        };
      },
      solution: { limit: 5 },
    },
    'fool-the-counter': {
      title: 'Fool the sliding counter',
      goal: 'Lead the sliding counter to at least 1.8 times its limit, with the volleys as they are.',
      hint: 'It believes that the first volley was spread over its window. When is that most wrong, and when does it let the second volley through?',
      scenario: 'sliding',
      judge: (race) => {
        const overshoot = race.value('sliding-counter', 'overshoot');
        return {
          reached: overshoot >= 1.8,
          reading: `The worst window holds ${overshoot.toFixed(2)} times the limit.`,
        };
      },
      solution: { beforeMs: 50, afterMs: 1000 },
    },
    'nobody-waits-long': {
      title: 'A queue that refuses nobody',
      goal: 'Let the queue accept every request, and none of 95 in 100 wait longer than 400 ms.',
      hint: 'Room in the bucket ends the refusals; only a higher rate shortens the wait.',
      scenario: 'burst',
      judge: (race) => {
        const accepted = race.value('leaky-bucket-queue', 'acceptedShare');
        const waitMs = race.value('leaky-bucket-queue', 'wait.p95');
        return {
          reached: accepted === 100 && waitMs <= 400,
          reading: `${accepted.toFixed(1)} % accepted; 95 in 100 wait at most ${waitMs.toFixed(0)} ms.`,
        };
      },
      solution: { limit: 30, burst: 12 },
    },
    'protect-the-quiet': {
      title: 'Protect the quiet client',
      goal: 'Have both algorithms accept every request of the quiet client, and change nobody’s traffic.',
      hint: 'A limit protects the service. What would protect one client from the other?',
      scenario: 'fairness',
      judge: (race) => {
        const shares = race.race.runs.map(({ variant }) => race.value(variant, 'quietAccepted'));
        const untouched =
          race.parameter('offeredPerSecond') === 30 && race.parameter('quietPerSecond') === 2;
        return {
          reached: untouched && shares.every((accepted) => accepted === 100),
          reading: untouched
            ? `The quiet client gets ${shares.map((accepted) => `${accepted.toFixed(0)} %`).join(' and ')} of its requests through.`
            : 'The traffic has changed; set both rates back.',
        };
      },
      solution: { keying: 'per-client' },
    },
  },

  predictions: {
    'boundary-worst': {
      question:
        'The limit is ten per second, counted by a fixed window. How many can pass within one second at most?',
      scenario: 'boundary-attack',
      options: {
        ten: 'Ten, that is the limit',
        eleven: 'Eleven or so, if the timing is lucky',
        fifteen: 'Half as many again',
        twenty: 'Twice as many',
      },
      answer: (race) => {
        const overshoot = race.value('fixed-window', 'overshoot');
        if (overshoot <= 1) return 'ten';
        if (overshoot <= 1.2) return 'eleven';
        return overshoot < 1.9 ? 'fifteen' : 'twenty';
      },
      explain:
        'Each of the two volleys falls into a window of its own and fits into it; no window of the limiter holds both, but the second across the boundary does.',
    },
    'counter-worst': {
      question:
        'The sliding counter knows how many came in the previous window, but not when. How far over its limit can it be led?',
      scenario: 'counter-worst',
      options: {
        exact: 'Not at all',
        tenth: 'By a tenth or so',
        half: 'By about a half',
        double: 'To almost twice the limit',
      },
      answer: (race) => {
        const overshoot = race.value('sliding-counter', 'overshoot');
        if (overshoot <= 1) return 'exact';
        if (overshoot <= 1.2) return 'tenth';
        return overshoot < 1.8 ? 'half' : 'double';
      },
      explain:
        'A whole volley at the end of the previous window is counted as if half of it had come in its first half. As its weight fades, new requests take its place, while the volley itself is still within the last second.',
    },
    'same-decisions': {
      question:
        'GCRA keeps one timestamp, the token bucket a level and a time. On how many of these requests do they disagree?',
      scenario: 'gcra',
      options: { none: 'On none', few: 'On a few', many: 'On more than one in ten' },
      answer: (race) => {
        const share = disagreement(race);
        if (share === 0) return 'none';
        return share <= 0.1 ? 'few' : 'many';
      },
      explain:
        'They are one algorithm in two notations, as long as the numbers are whole. With fractions of a millisecond each rounds in its own way, and a request that comes exactly on time is refused by one and not by the other.',
    },
  },

  plantedBugs: {
    'bucket-without-a-brim': {
      title: 'A bucket without a brim',
      variant: 'token-bucket',
      find: 'return Math.min(capacity, credit + elapsedMs * limit);',
      replace: 'return credit + elapsedMs * limit;',
      effect: 'A client that was idle overnight may send the whole night’s requests in one second.',
      caughtBy: ['RL5', 'RL6', 'RL7'],
    },
    'refill-rounded-down': {
      title: 'Refill rounded down',
      variant: 'token-bucket',
      find: 'credit + elapsedMs * limit',
      replace: 'credit + Math.floor((elapsedMs * limit) / windowMs) * windowMs',
      effect:
        'A client that asks more often than tokens drop in never gets one again: each refill rounds to nothing.',
      caughtBy: ['RL5', 'RL6'],
    },
    'log-of-refusals': {
      title: 'A log that keeps the refused, too',
      variant: 'sliding-log',
      find: 'if (excess > 0) {',
      replace: 'if (excess > 0) {\n        admittedAtMs.push(nowMs);',
      effect: 'A client that keeps knocking is never let in again, not even once per window.',
      caughtBy: ['RL2'],
    },
    'weight-the-wrong-way': {
      title: 'The weight the wrong way round',
      variant: 'sliding-counter',
      find: 'previous * (windowMs - elapsedMs)',
      replace: 'previous * elapsedMs',
      effect:
        'The previous window weighs more the longer it is past, so that the boundary is open and the end of the window closed.',
      caughtBy: ['RL3', 'RL4'],
    },
    'idle-time-saved-up': {
      title: 'Idle time saved up',
      variant: 'gcra',
      find: 'Math.max(theoreticalArrival, now)',
      replace: 'theoreticalArrival',
      effect:
        'The theoretical arrival time stays in the past while nobody comes, and all that time can be spent at once.',
      caughtBy: ['RL7', 'RL8'],
    },
  },

  omissions: [
    {
      what: 'One limiter in one process decides, at once and without error.',
      effect:
        'A limiter spread over several nodes admits more: each node decides with old or partial counts.',
    },
    {
      what: 'A refused client gives up and does not send the request again.',
      effect:
        'Real clients retry, so that the offered rate rises when requests are refused, and the share accepted falls further than here.',
    },
    {
      what: 'The service takes any number of requests and answers none.',
      effect:
        'What a burst does to the service is not seen: its latency would make the difference between the queue and the bucket larger.',
    },
    {
      what: 'Every request costs the same.',
      effect:
        'With costs that differ, a limit on the number of requests admits more work at some times than at others.',
    },
    {
      what: 'Every message takes the same time on the network.',
      effect: 'Jitter blurs volleys: an attack at the boundary hits it less exactly than here.',
    },
  ],

  checks,

  claims: {
    'boundary-doubles': {
      statement: 'A fixed window passes twice its limit within one window across a boundary.',
      scenario: 'boundary-attack',
      kind: 'holds',
      holds: (race) => race.value('fixed-window', 'overshoot') === 2,
    },
    'boundary-refuses-nobody': {
      statement: 'The attack at the boundary is never refused, and keeps to the limit on average.',
      scenario: 'boundary-attack',
      kind: 'holds',
      holds: (race) =>
        race.value('fixed-window', 'acceptedShare') === 100 &&
        race.value('fixed-window', 'acceptedPerSecond') <= Number(race.parameter('limit')),
    },
    'steady-indifferent': {
      statement:
        'On a steady stream above the limit all three accept the same share, limit / offered, to within two percentage points.',
      scenario: 'steady',
      kind: 'holds',
      holds: (race) => {
        const expected =
          (100 * Number(race.parameter('limit'))) / Number(race.parameter('offeredPerSecond'));
        return race.race.runs.every(
          ({ variant }) => Math.abs(race.value(variant, 'acceptedShare') - expected) <= 2,
        );
      },
    },
    'log-exact': {
      statement: 'The sliding log never passes more than the limit in any window.',
      scenario: 'sliding',
      kind: 'holds',
      holds: (race) => race.value('sliding-log', 'overshoot') <= 1,
    },
    'log-exact-in-the-race': {
      statement: 'On random traffic, too, no window of the sliding log holds more than the limit.',
      scenario: 'race',
      kind: 'holds',
      holds: (race) => race.value('sliding-log', 'overshoot') <= 1,
    },
    'counter-between': {
      statement:
        'Under the attack at the boundary the sliding counter lies between the log and the fixed window.',
      scenario: 'sliding',
      kind: 'holds',
      holds: (race) =>
        race.value('sliding-counter', 'worstWindow') > race.value('sliding-log', 'worstWindow') &&
        race.value('sliding-counter', 'worstWindow') < race.value('fixed-window', 'worstWindow'),
    },
    'counter-nearly-doubles': {
      statement: 'The sliding counter can be led to one request short of twice its limit.',
      scenario: 'counter-worst',
      kind: 'holds',
      holds: (race) =>
        race.value('sliding-counter', 'worstWindow') === 2 * Number(race.parameter('limit')) - 1,
    },
    'log-costs-memory': {
      statement:
        'The sliding log keeps a number for each request in the window; the others three at most.',
      scenario: 'race',
      kind: 'holds',
      holds: (race) =>
        race.value('sliding-log', 'stateSize') === Number(race.parameter('limit')) &&
        race.race.runs.every(
          ({ variant }) => variant === 'sliding-log' || race.value(variant, 'stateSize') <= 3,
        ),
    },
    'gcra-keeps-one-number': {
      statement: 'GCRA keeps one number for each key, the token bucket two.',
      scenario: 'gcra',
      kind: 'holds',
      holds: (race) =>
        race.value('gcra', 'stateSize') === 1 && race.value('token-bucket', 'stateSize') === 2,
    },
    'bucket-bound-is-reached': {
      statement:
        'The worst window of the token bucket holds burst + limit − 1 requests, the most that its rule allows.',
      scenario: 'on-off',
      kind: 'holds',
      holds: (race) =>
        race.value('token-bucket', 'worstWindow') ===
        Number(race.parameter('burst')) + Number(race.parameter('limit')) - 1,
    },
    'gcra-is-the-bucket': {
      statement: 'On a clock of whole ms GCRA and the token bucket agree on every request.',
      scenario: 'gcra',
      kind: 'holds',
      holds: (race) => disagreement(race) === 0,
    },
    'fractions-part-them': {
      statement: 'On fractions of a ms they disagree on more than one request in ten.',
      scenario: 'gcra-fractional',
      kind: 'holds',
      holds: (race) => disagreement(race) > 0.1,
    },
    'burst-same-admissions': {
      statement: 'Token bucket, meter and queue accept the same share of a burst.',
      scenario: 'burst',
      kind: 'holds',
      holds: (race) => {
        const [first, ...others] = race.race.runs.map(({ variant }) =>
          race.value(variant, 'acceptedShare'),
        );
        return others.every((other) => other === first);
      },
    },
    'queue-never-exceeds': {
      statement: 'What leaves the queue never exceeds the limit in any window.',
      scenario: 'burst',
      kind: 'holds',
      holds: (race) =>
        race.value('leaky-bucket-queue', 'overshoot') <= 1 &&
        race.value('token-bucket', 'overshoot') > 1,
    },
    'queue-waits': {
      statement: 'Only the queue makes requests wait.',
      scenario: 'burst',
      kind: 'holds',
      holds: (race) =>
        race.race.runs.every(
          ({ variant }) =>
            race.value(variant, 'wait.mean') > 0 === (variant === 'leaky-bucket-queue'),
        ),
    },
    'queue-smoother': {
      statement: 'On random traffic the queue has a smaller worst window than the token bucket.',
      scenario: 'race',
      kind: 'beats',
      result: 'worstWindow',
      better: 'leaky-bucket-queue',
      worse: 'token-bucket',
      seeds: 20,
    },
    'counter-below-fixed': {
      statement:
        'On random traffic the sliding counter has a smaller worst window than the fixed one.',
      scenario: 'race',
      kind: 'beats',
      result: 'worstWindow',
      better: 'sliding-counter',
      worse: 'fixed-window',
      seeds: 20,
    },
    'fixed-accepts-more-than-log': {
      statement: 'On random traffic the fixed window accepts more than the sliding log.',
      scenario: 'race',
      kind: 'beats',
      result: 'acceptedShare',
      better: 'fixed-window',
      worse: 'sliding-log',
      seeds: 20,
    },
    'noise-drowns-the-quiet': {
      statement:
        'Behind one shared limiter the quiet client loses more than half of its requests, by either algorithm.',
      scenario: 'fairness',
      kind: 'holds',
      holds: (race) =>
        race.race.runs.every(({ variant }) => race.value(variant, 'quietAccepted') < 50),
    },
  },
});

/**
 * Share of the requests decided within the time shown, in [0, 1], on which the token bucket and GCRA
 * disagree: their decisions are compared in the order in which they were made.
 */
function disagreement(race: RaceReader): number {
  const bucket = decisionsOf(race.run('token-bucket').recording);
  const cells = decisionsOf(race.run('gcra').recording);
  const differing = bucket.filter((kind, i) => kind !== cells[i]).length;
  return differing / Math.max(1, bucket.length);
}

/** What the limiter answered, request by request: the kinds of the messages that left it. */
function decisionsOf({ messages, strings }: Recording): string[] {
  const kinds: string[] = [];
  for (let i = 0; i < messages.length; i++) {
    if (strings[messages.from[i] ?? 0] === 'limiter')
      kinds.push(strings[messages.kind[i] ?? 0] ?? '');
  }
  return kinds;
}

/** Where a client stands in the scene: clients from outside stand together where the first one does. */
function nodeOf(client: string): string {
  return client === QUIET ? QUIET : CLIENT;
}

/** The clients of the scenarios are told by their places, those from outside by their names. */
function named(client: string): { readonly label?: string } {
  return client === nodeOf(client) ? {} : { label: client };
}

/** Counts what happened within the last `lengthMs`, a half-open interval that ends now. */
class SlidingCount {
  private readonly leavesAtMs: number[] = [];
  private first = 0;

  constructor(private readonly lengthMs: number) {}

  /** Something happens now; how many there are with it. */
  add(nowMs: number): number {
    this.leavesAtMs.push(nowMs + this.lengthMs);
    return this.at(nowMs);
  }

  at(nowMs: number): number {
    // A nanosecond forgives the rounding of a release whose turn is not at a whole ms.
    while ((this.leavesAtMs[this.first] ?? Infinity) <= nowMs + 1e-6) this.first++;
    return this.leavesAtMs.length - this.first;
  }
}
