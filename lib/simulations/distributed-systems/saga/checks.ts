/** The rules that all ways of carrying out an order are held to, in the tests and in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Recording } from '../../../kernel/recording';
import type { Check, InterventionEvent, RaceReader } from '../../../simulation/definition';
import type { Values } from '../../../simulation/parameters';
import type {
  Command,
  Message,
  MessageName,
  Order,
  Protocol,
  Service,
  ServiceName,
  ShopOptions,
} from './models/protocol';
import { ORDERS_MAX, type parameters } from './parameters';
import { SAFE, SAGAS, type VariantId } from './variants';

type SagaCheck = Check<typeof parameters, VariantId, Protocol>;

export const checks = {
  SG1: {
    statement:
      'Whatever is refused, lost, crashed or cut off, every order ends completed or undone in all services.',
    against:
      'Garcia-Molina and Salem 1987: either T1 … Tn is executed, or T1 … Tj and then Cj … C1; random faults.',
    variants: SAFE,
    seeds: 30,
    verify: ({ random, run, equal }) => {
      const race = run({ ...hostile(random('faults')), variants: SAFE });
      for (const variant of SAFE) {
        equal(race.value(variant, 'halfDone'), 0, `${variant}: orders left half done`);
        equal(
          race.value(variant, 'completed') + race.value(variant, 'undone'),
          100,
          `${variant}: % completed or undone`,
        );
      }
    },
  },

  SG2: {
    statement:
      'No money is made or lost at any moment, and at the end all of it is where it belongs.',
    against: 'Conservation: every transfer is one local transaction; random faults.',
    variants: SAFE,
    seeds: 30,
    verify: ({ random, run, equal }) => {
      const race = run({ ...hostile(random('faults')), variants: SAFE });
      for (const variant of SAFE) {
        equal(race.value(variant, 'drift'), 0, `${variant}: € made or lost`);
        equal(race.value(variant, 'misplaced'), 0, `${variant}: € misplaced at the end`);
      }
    },
  },

  SG3: {
    statement: 'A saga undoes exactly what it has done, in reverse order.',
    against: 'Garcia-Molina and Salem 1987: Cj, …, C2, C1; a refusal at each of the three steps.',
    variants: SAGAS,
    seeds: 5,
    verify: ({ run, equal }) => {
      const undone = { reserve: [], charge: ['released'], book: ['refunded', 'released'] } as const;
      for (const [refusedAt, expected] of Object.entries(undone)) {
        const race = run({
          parameters: { refusedAt: refusedAt as keyof typeof undone },
          variants: SAGAS,
        });
        for (const variant of SAGAS) {
          const said = namesOf(race, variant);
          const seen = said.filter((name) => name === 'refunded' || name === 'released');
          equal(seen, expected, `${variant}, refused at ${refusedAt}: compensations in order`);
          equal(
            race.value(variant, 'undone'),
            100,
            `${variant}, refused at ${refusedAt}: % undone`,
          );
        }
      }
    },
  },

  SG4: {
    statement: 'Once the parcel is booked, nothing of that order is taken back.',
    against: 'Richardson: after the pivot transaction a saga runs to completion; random faults.',
    variants: SAGAS,
    seeds: 30,
    verify: ({ random, run, equal }) => {
      const race = run({ ...hostile(random('faults')), variants: SAGAS });
      for (const variant of SAGAS) {
        const booked = new Set<number>();
        const takenBack: number[] = [];
        for (const { name, order } of messagesOf(race.run(variant).recording)) {
          if (name === 'booked') booked.add(order);
          if (UNDOES.has(name) && booked.has(order)) takenBack.push(order);
        }
        equal(takenBack, [], `${variant}: orders taken back after they were booked`);
      }
    },
  },

  SG5: {
    statement:
      'There is no moment at which a crash of the order service leaves an order half done.',
    against: 'A crash every 50 ms of an order, from placing it until after its end.',
    variants: SAFE,
    seeds: 2,
    verify: ({ run, equal }) => {
      for (let crashAtMs = 50; crashAtMs <= 2500; crashAtMs += 50) {
        const race = run({ parameters: { crashAtMs }, variants: SAFE });
        for (const variant of SAFE) {
          equal(
            race.value(variant, 'halfDone'),
            0,
            `${variant}, crash at ${crashAtMs} ms: half done`,
          );
        }
        for (const variant of SAGAS) {
          equal(race.value(variant, 'completed'), 100, `${variant}, crash at ${crashAtMs} ms: %`);
        }
      }
    },
  },

  SG6: {
    statement:
      'A command that comes twice is carried out once and answered the same; one that comes after its compensation is not carried out.',
    against:
      'Definition of idempotence; sequences of repeated and reordered commands, drawn at random.',
    variants: ['orchestrated'],
    seeds: 50,
    verify: ({ model, random, equal }) => {
      const stream = random('commands');
      const { tables, services } = shopOf(model('orchestrated'));
      const order: Order = { id: 1, customer: 'c', item: 'i', price: 30 };
      const payment: readonly Command[] = ['charge', 'refund'];
      const answers = new Map<Command, MessageName | undefined>();
      for (let i = 0; i < 12; i++) {
        const command = payment[Math.floor(stream.next() * 2)] ?? 'charge';
        const wasRefunded = answers.has('refund');
        const answer = ask(services, 'payment', command, order);
        if (command === 'charge' && wasRefunded) {
          equal(answer, 'void', 'Answer to a charge after its refund');
        } else {
          equal(answer, answers.get(command) ?? answer, `Answer to a repeated ${command}`);
        }
        answers.set(command, answer);
        const expected = answers.has('refund') ? 100 : 70;
        equal(tables.accounts.get('c'), expected, `Balance after ${command}`);
      }
    },
  },

  SG7: {
    statement:
      'Without faults an order costs two messages per step with a leader, two per event without, and four per participant in two-phase commit.',
    against: 'Counted by hand: 5 steps; 6 deliveries of events; 3 participants.',
    variants: SAFE,
    seeds: 5,
    verify: ({ run, equal }) => {
      const race = run({ parameters: { orders: ORDERS_MAX, everyMs: 3000 }, variants: SAFE });
      equal(race.value('orchestrated', 'messages.mean'), 10, 'Messages with a leader');
      equal(race.value('choreographed', 'messages.mean'), 12, 'Messages without one');
      equal(race.value('two-phase-commit', 'messages.mean'), 12, 'Messages of two-phase commit');
    },
  },

  SG8: {
    statement:
      'If its coordinator dies between the promises and the decision, two-phase commit keeps rows locked until it is back; a saga keeps none.',
    against:
      'Gray and Lamport 2006: the failure of the coordinator can block the protocol until it is repaired.',
    variants: ['orchestrated', 'two-phase-commit'],
    seeds: 10,
    verify: ({ random, run, atLeast, atMost }) => {
      const downMs = 2000 + 100 * Math.floor(random('down').next() * 50);
      // Latency without much weight: promises are made before 300 ms, the decision after 340 ms.
      const race = run({
        parameters: { latencyMs: 100, workMs: 100, crashAtMs: 450, downMs },
        variants: ['orchestrated', 'two-phase-commit'],
      });
      atLeast(race.value('two-phase-commit', 'longestLock'), downMs, 'Longest lock, 2PC, ms');
      // One lock for each of at most six local transactions, never between two of them.
      atMost(race.value('orchestrated', 'longestLock'), 600, 'Longest lock, saga, ms');
    },
  },

  SG9: {
    statement:
      'With the semantic lock, orchestrated sagas make no dirty reads and lose no updates; nor does two-phase commit.',
    against:
      'Frank and Zahle 1998, after Richardson: the semantic lock as a countermeasure; orders that compete and are cancelled.',
    variants: ['orchestrated', 'two-phase-commit'],
    seeds: 30,
    verify: ({ random, run, equal }) => {
      const stream = random('orders');
      const race = run({
        parameters: {
          orders: ORDERS_MAX,
          everyMs: 50 + 50 * Math.floor(stream.next() * 8),
          items: 1,
          stock: 1 + Math.floor(stream.next() * 4),
          refusedAt: 'book',
          refusedShare: 50,
          cancelShare: 50,
          semanticLock: true,
        },
        variants: ['orchestrated', 'two-phase-commit'],
      });
      for (const variant of ['orchestrated', 'two-phase-commit'] as const) {
        equal(race.value(variant, 'dirtyReads'), 0, `${variant}: dirty reads`);
        equal(race.value(variant, 'lostUpdates'), 0, `${variant}: lost updates`);
      }
    },
  },

  SG10: {
    statement:
      'Two-phase commit tells nobody to commit before all three have promised, and never decides both ways.',
    against:
      'Gray and Lamport 2006, the conditions of transaction commit: stability and consistency.',
    variants: ['two-phase-commit'],
    seeds: 30,
    verify: ({ random, run, equal }) => {
      const race = run({ ...hostile(random('faults')), variants: ['two-phase-commit'] });
      const promised = new Map<number, Set<string>>();
      const decided = new Map<number, Set<string>>();
      let tooEarly = 0;
      for (const { name, order, from } of messagesOf(race.run('two-phase-commit').recording)) {
        const promises = promised.get(order) ?? new Set();
        promised.set(order, promises);
        if (name === 'yes') promises.add(from);
        if (name === 'commit' && promises.size < 3) tooEarly++;
        if (name === 'commit' || name === 'abort')
          decided.set(order, (decided.get(order) ?? new Set()).add(name));
      }
      equal(tooEarly, 0, 'Commits before three promises');
      const both = [...decided.values()].filter(({ size }) => size > 1).length;
      equal(both, 0, 'Orders decided both ways');
    },
  },
} as const satisfies Record<string, SagaCheck>;

/** Said with a leader before something is taken back, and without one before or after it. */
const UNDOES = new Set(['refund', 'release', 'unshippable', 'refunded', 'released']);

/** Faults of every kind, drawn at random: what a property must hold under. */
export function hostile(stream: RandomStream): {
  readonly parameters: Partial<Values<typeof parameters>>;
  readonly interventions: readonly InterventionEvent[];
} {
  const upTo = (count: number): number => Math.floor(stream.next() * count);
  const interventions = Array.from({ length: upTo(6) }, (): InterventionEvent => {
    const at = upTo(8000);
    const target = ['orders', 'inventory', 'payment', 'shipping'][upTo(4)] ?? 'orders';
    const id = ['crash', 'crash', 'cut-off', 'drop-next', 'restart'][upTo(5)] ?? 'crash';
    return id === 'drop-next' ? { at, kind: 'act', id } : { at, kind: 'act', id, target };
  });
  const drawn = {
    orders: 1 + upTo(ORDERS_MAX),
    everyMs: 50 * upTo(12),
    items: 1 + upTo(4),
    stock: 1 + upTo(5),
    customers: 1 + upTo(4),
    refusedAt: (['nowhere', 'reserve', 'charge', 'book', 'any'] as const)[upTo(5)] ?? 'any',
    refusedShare: 10 * upTo(11),
    cancelShare: stream.next() < 0.5 ? 0 : 10 * upTo(11),
    lossShare: upTo(31),
    latencyMs: 10 + 10 * upTo(30),
    crashAtMs: 50 * upTo(60),
    downMs: 200 + 100 * upTo(50),
    retryMs: 200 + 100 * upTo(9),
    timeoutMs: 500 + 100 * upTo(40),
    semanticLock: stream.next() < 0.5,
  };
  return { parameters: drawn, interventions };
}

/** What was said in a run, in order of sending; an order's number stands before the name. */
function messagesOf({ messages, strings }: Recording) {
  return Array.from({ length: messages.length }, (_, i) => {
    const label = strings[messages.label[i] ?? 0] ?? '';
    const [, id, name = ''] = /^(?:#(\d+) )?(.*)$/.exec(label) ?? [];
    return { name, order: Number(id ?? 1), from: strings[messages.from[i] ?? 0] ?? '' };
  });
}

const namesOf = (race: RaceReader, variant: string): string[] =>
  messagesOf(race.run(variant).recording).map(({ name }) => name);

/** A shop without a network, to be spoken to by hand. */
export function shopOf(protocol: Protocol, options: Partial<ShopOptions> = {}) {
  const tables: ShopOptions['tables'] = {
    orders: new Map(),
    stock: new Map([['i', 1]]),
    reservations: new Map(),
    accounts: new Map([
      ['c', 100],
      ['escrow', 0],
      ['merchant', 0],
    ]),
    parcels: new Map(),
    locks: new Map(),
  };
  const services = protocol({
    tables,
    refuses: () => false,
    timeoutMs: 1000,
    idempotent: true,
    semanticLock: false,
    ...options,
  });
  return { tables, services };
}

function ask(
  services: Readonly<Record<ServiceName, Service>>,
  to: ServiceName,
  name: Command,
  order: Order,
): MessageName | undefined {
  const message: Message = { from: 'orders', to, name, order };
  return services[to].receive(message, 0)[0]?.name;
}
