import { defineSimulation } from '../../../simulation/definition';
import { type Row, workloadOf } from '../../../simulation/workload';
import { checks } from './checks';
import { measures } from './measures';
import { ORDERS_MAX, parameters } from './parameters';
import { openShop, SERVICES } from './shop';
import { claims, plantedBugs, predictions, tasks } from './teaching';
import { SAFE, variants } from './variants';

/** When the first order is placed, simulated ms. */
const FIRST_ORDER_MS = 100;
/** What a figure shows after the last order if nothing delays it, and what is measured beyond, ms. */
const SHOWN_AFTER_MS = 3000;
const MEASURED_AFTER_MS = 120_000;

const CUSTOMER = { id: 'customer', label: 'Customer' };
const LANES = Object.entries(SERVICES).map(([id, label]) => ({ id, label }));

/** What has become of an order; the verdict first, where a phone shows it without scrolling. */
const BOOKS = {
  verdict: { id: 'verdict', label: 'in fact' },
  status: { id: 'status', label: 'order says' },
  told: { id: 'told', label: 'customer told' },
  paid: { id: 'paid', label: 'paid', unit: '€' },
  pieces: { id: 'pieces', label: 'items' },
  parcels: { id: 'parcels', label: 'parcels' },
} as const;

export const simulation = defineSimulation({
  title: 'Saga',
  describe:
    'Orders go through four services as calls, as sagas, or by two-phase commit, while processes crash and messages are lost.',
  version: 3,
  link: { version: 1, migrations: {} },
  parameters,
  variants,
  measures,

  timing: ({ orders, everyMs, crashAtMs, downMs, timeoutMs }) => {
    // One order alone waits for nobody; among several some are held up, until they are given up.
    const delayMs = (crashAtMs > 0 ? downMs : 0) + (orders > 1 ? timeoutMs : 0);
    const shownMs = FIRST_ORDER_MS + (orders - 1) * everyMs + SHOWN_AFTER_MS + delayMs;
    return { shownMs, measuredMs: shownMs + MEASURED_AFTER_MS, warmUpMs: 0 };
  },

  // Who orders what for how much is drawn beforehand: all variants get the same orders.
  workload: ({ parameters: { orders, everyMs }, random }) => {
    const choice = random('choice');
    return workloadOf(
      Array.from(
        { length: orders },
        (_, i): Row => ({
          atMs: FIRST_ORDER_MS + i * everyMs,
          key: i,
          size: 20 + 10 * Math.floor(choice.next() * 4),
          draw: choice.next(),
        }),
      ),
    );
  },

  views: {
    sequence: {
      kind: 'sequence',
      title: 'Who says what to whom',
      participants: [CUSTOMER, ...LANES],
      states: [{ node: 'orders', field: 'status', label: 'order' }],
    },
    services: {
      kind: 'sequence',
      title: 'What the services say to each other',
      participants: LANES,
    },
    order: {
      kind: 'states',
      title: 'What has become of the order',
      nodes: [{ id: 'order-1', label: 'Order' }],
      fields: [BOOKS.verdict, BOOKS.status, BOOKS.paid, BOOKS.pieces, BOOKS.parcels],
    },
    orders: {
      kind: 'states',
      title: 'What has become of the orders',
      nodes: Array.from({ length: ORDERS_MAX }, (_, i) => ({
        id: `order-${i + 1}`,
        label: `#${i + 1}`,
      })),
      fields: Object.values(BOOKS),
    },
    money: {
      kind: 'chart',
      title: 'Where the money is',
      y: { label: 'Balance', unit: '€', min: 0 },
      marks: [
        { type: 'area', series: 'escrow', label: 'in escrow' },
        { type: 'step', series: 'merchant', label: 'at the merchant' },
      ],
    },
    locks: {
      kind: 'chart',
      title: 'Rows locked',
      y: { label: 'Rows locked in all databases', unit: '', min: 0 },
      marks: [{ type: 'area', series: 'locks', label: 'locked' }],
    },
    holding: {
      kind: 'timeline',
      title: 'Who keeps rows locked, and who is down',
      rows: 'lanes',
      lanes: LANES,
      kinds: ['locked', 'down'],
    },
    progress: {
      kind: 'chart',
      title: 'How many orders are where',
      y: { label: 'Orders', unit: 'orders', min: 0 },
      marks: [
        { type: 'area', series: 'under way', label: 'under way' },
        { type: 'step', series: 'complete', label: 'complete', outcome: 'accepted' },
        { type: 'step', series: 'undone', label: 'undone', outcome: 'undone' },
      ],
    },
    events: {
      kind: 'events',
      title: 'What happened',
      messages: ['rejected', 'undone', 'retried', 'lost'],
      names: { customer: 'Customer', ...SERVICES },
    },
  },

  interventions: {
    crash: {
      label: 'Crash',
      describe: 'The process dies and is started again after the time set; its tables survive.',
      targets: SERVICES,
    },
    restart: {
      label: 'Restart',
      describe: 'A process that has crashed is started again at once.',
      targets: SERVICES,
    },
    'cut-off': {
      label: 'Cut off',
      describe: 'The process keeps running, but nothing reaches it or leaves it for the time set.',
      targets: SERVICES,
    },
    'drop-next': {
      label: 'Drop the next message',
      describe: 'The next message that one service sends another is lost.',
    },
  },

  run: (context) => {
    const shop = openShop(context);
    const named =
      (act: (name: keyof typeof SERVICES) => void) =>
      (target: string | undefined): void => {
        const name = LANES.find(({ id }) => id === target)?.id;
        if (name === undefined) {
          throw new Error(`Expected one of ${Object.keys(SERVICES).join(', ')}, got "${target}".`);
        }
        act(name as keyof typeof SERVICES);
      };
    return {
      crash: named(shop.crash),
      restart: named(shop.restart),
      'cut-off': named(shop.cutOff),
      'drop-next': shop.dropNext,
    };
  },

  scenarios: {
    /** The failure that opens the guide: no exception is thrown, since there is nobody to throw it. */
    'half-done': {
      title: 'A crash between two calls',
      question: 'What is left of an order whose process dies in the middle?',
      story: 'The order service has had the card charged, and dies before it can book the parcel.',
      watch: 'The customer has paid, the item is held, and nobody is left who knows.',
      parameters: { crashAtMs: 750, downMs: 800 },
      variants: ['call-chain'],
      views: ['sequence', 'order', 'events'],
      controls: ['crashAtMs'],
      measures: ['halfDone', 'misplaced', 'completed'],
      seed: 1,
      stillAtMs: 2500,
      speed: 0.5,
    },

    /** The same crash; the record on disk says where to go on. */
    resumed: {
      title: 'The same crash, with a record on disk',
      question: 'Is there a moment at which a crash of the leader does harm?',
      story:
        'The same order and the same crash, but the order service writes down each step first.',
      watch: 'After the restart it sends the command that it was waiting on once more.',
      parameters: { crashAtMs: 750, downMs: 800 },
      variants: ['orchestrated'],
      views: ['sequence', 'order', 'events'],
      controls: ['crashAtMs', 'downMs'],
      measures: ['completed', 'halfDone', 'misplaced', 'finish.mean', 'messages.mean'],
      seed: 1,
      speed: 0.5,
    },

    /** Nothing crashes, but a step is refused: what was done is undone, newest first. */
    refused: {
      title: 'No carrier serves the address',
      question: 'In what order is a saga undone?',
      story: 'The item is reserved and the card charged, and then no carrier takes the parcel.',
      watch: 'The way back: first the money, then the item, then the customer is told.',
      parameters: { refusedAt: 'book' },
      variants: ['orchestrated'],
      views: ['sequence', 'order', 'money', 'events'],
      controls: ['refusedAt'],
      measures: ['undone', 'completed', 'misplaced', 'finish.mean', 'messages.mean'],
      seed: 1,
      speed: 0.5,
    },

    /** Every lost answer looks like a lost request; sent again, the request is carried out again. */
    repeats: {
      title: 'Sent again, done again',
      question: 'What does a lost answer cost a service that keeps no keys?',
      story:
        'One message in five is lost, whoever waits asks again, and no carrier takes anything.',
      watch: 'Refunds that are paid twice, and what the table says the customers have paid.',
      parameters: {
        orders: 6,
        everyMs: 500,
        lossShare: 20,
        refusedAt: 'book',
        idempotencyKeys: false,
      },
      variants: ['orchestrated'],
      views: ['orders', 'services', 'events'],
      controls: ['idempotencyKeys', 'lossShare', 'retryMs'],
      measures: ['halfDone', 'misplaced', 'undone', 'messages.mean'],
      seed: 6,
      seedReason:
        'Both a charge and a refund are repeated, so money goes wrong in both directions.',
      speed: 1,
    },

    /** The same business with and without a leader. */
    leaders: {
      title: 'With a leader, and without',
      question: 'What does a leader cost, and what does it know?',
      story: 'One order, led by the order service or handed on from service to service.',
      watch: 'How many arrows there are, and how many of them follow one another.',
      variants: ['orchestrated', 'choreographed'],
      views: ['services', 'order', 'events'],
      controls: ['refusedAt', 'crashAtMs', 'latencyMs'],
      measures: ['finish.mean', 'messages.mean', 'completed', 'undone'],
      seed: 1,
      speed: 0.5,
    },

    /** Sagas see each other's unfinished work. */
    isolation: {
      title: 'Six orders for three items',
      question: 'What do other orders see of a saga that is not finished?',
      story:
        'Six orders come close together for the last three items; some are refused by the carrier, some cancelled.',
      watch: 'Who is told that there is nothing left, and what is given back a moment later.',
      parameters: {
        orders: 6,
        everyMs: 250,
        items: 1,
        stock: 3,
        refusedAt: 'book',
        refusedShare: 50,
        cancelShare: 50,
      },
      variants: ['orchestrated'],
      views: ['orders', 'services', 'events'],
      controls: ['semanticLock', 'stock', 'cancelShare', 'timeoutMs'],
      measures: ['dirtyReads', 'lostUpdates', 'completed', 'undone', 'finish.mean'],
      seed: 8,
      seedReason:
        'Both anomalies happen: an order refused for nothing, and a cancellation overwritten.',
      speed: 1,
    },

    /** A coordinator that dies takes the locks of others with it. */
    'two-phase-commit': {
      title: 'The coordinator dies',
      question: 'Who waits while the process that decides is down?',
      story: 'Five orders for two items; the process that leads them dies for three seconds.',
      watch: 'The rows that stay locked, and the orders that wait for them.',
      parameters: { orders: 5, everyMs: 250, items: 2, crashAtMs: 950, downMs: 3000 },
      variants: ['orchestrated', 'two-phase-commit'],
      views: ['holding', 'locks', 'progress', 'services', 'events'],
      controls: ['crashAtMs', 'downMs', 'items', 'timeoutMs'],
      measures: ['longestLock', 'locked.mean', 'completed', 'longestFinish', 'messages.mean'],
      seed: 1,
      speed: 1,
    },

    /** The same orders on a quiet day. */
    peace: {
      title: 'Nothing fails',
      question: 'Which is quicker while nothing goes wrong?',
      story:
        'Four customers order, each one of four kinds of item; nobody is refused and nothing is lost.',
      watch: 'When each order ends, and for how long rows are locked.',
      parameters: { orders: 4, items: 4, customers: 4, everyMs: 400 },
      variants: SAFE,
      views: ['progress', 'locks'],
      controls: ['latencyMs', 'items', 'everyMs'],
      measures: ['finish.mean', 'locked.mean', 'messages.mean', 'completed'],
      seed: 1,
      speed: 1,
    },

    /** All four, with everything that can go wrong. */
    race: {
      title: 'Everything at once',
      question: 'Who brings every order to an end?',
      story: 'Eight orders; some steps are refused, messages are lost, and the leader dies once.',
      watch: 'How many orders are still under way at the end, and what each has paid for it.',
      parameters: {
        orders: 8,
        everyMs: 400,
        items: 2,
        refusedAt: 'any',
        refusedShare: 15,
        lossShare: 10,
        crashAtMs: 1900,
        downMs: 2000,
      },
      variants: ['call-chain', ...SAFE],
      views: ['progress', 'locks', 'events'],
      controls: [
        'orders',
        'everyMs',
        'items',
        'stock',
        'refusedAt',
        'refusedShare',
        'cancelShare',
        'lossShare',
        'latencyMs',
        'crashAtMs',
        'downMs',
        'retryMs',
        'timeoutMs',
        'idempotencyKeys',
        'semanticLock',
      ],
      measures: [
        'completed',
        'undone',
        'halfDone',
        'misplaced',
        'longestLock',
        'longestFinish',
        'messages.mean',
      ],
      seed: 1,
      speed: 1,
    },
  },

  tasks,
  predictions,
  plantedBugs,

  omissions: [
    {
      what: 'A local transaction always commits, and what is committed is never lost.',
      effect:
        'Real databases fail over, and may lose their last writes: then a saga repeats a step whose key is gone.',
    },
    {
      what: 'Services take any number of messages at once.',
      effect: 'Under load they queue, steps take longer, and more of them are given up than here.',
    },
    {
      what: 'The timers of all services keep one interval.',
      effect:
        'Real ones back off, so an outage costs fewer messages than here and recovery comes later.',
    },
    {
      what: 'Compensations are never refused.',
      effect:
        'Real refunds fail on closed accounts, and the saga is stuck until somebody looks at it.',
    },
    {
      what: 'The coordinator of two-phase commit is one process, and participants ask nobody else.',
      effect:
        'With a replicated coordinator, or participants that ask each other, rows are locked for a shorter time than here.',
    },
    {
      what: 'Escrow and merchant accounts are added to without a lock.',
      effect:
        'A database that locks these rows, too, would make the orders of two-phase commit wait for each other more than here.',
    },
  ],

  checks,
  claims,
});
