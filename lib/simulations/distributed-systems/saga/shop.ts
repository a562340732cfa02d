/**
 * The shop around the models: processes that crash, a network that delays and loses, timers that
 * send again, customers, and the auditor. It carries messages and knows no protocol.
 */
import type { Outcome } from '../../../kernel/outcomes';
import type { RunContext } from '../../../simulation/definition';
import { Auditor, type Verdict } from './audit';
import type { measures } from './measures';
import type {
  Command,
  Message,
  MessageName,
  Order,
  Protocol,
  ServiceName,
  Tables,
} from './models/protocol';
import type { parameters } from './parameters';

type ShopContext = RunContext<typeof parameters, typeof measures, Protocol>;

export const SERVICES: Readonly<Record<ServiceName, string>> = {
  orders: 'Orders',
  inventory: 'Inventory',
  payment: 'Payment',
  shipping: 'Shipping',
};
/** The services in a sentence. */
const IN_WORDS: Readonly<Record<ServiceName, string>> = {
  orders: 'The order service',
  inventory: 'The inventory',
  payment: 'The payment service',
  shipping: 'The shipping service',
};
const SERVICE_NAMES = Object.keys(SERVICES) as readonly ServiceName[];

/** What each customer has at the start, €: enough for all orders. */
const DEPOSIT = 1000;
/** Customers who cancel do so within this time of ordering, ms. */
const SECOND_THOUGHTS_MS = 2000;
/** At what share of its way a message is lost; one to a dead process, at its door. */
const LOST_AT = 0.6;
const DOOR_AT = 0.97;

/** Steps that may be refused for reasons of their own. */
const REFUSABLE: readonly Command[] = ['reserve', 'charge', 'book'];

const KINDS: Partial<Record<MessageName, Outcome>> = {
  reserved: 'accepted',
  charged: 'accepted',
  booked: 'accepted',
  settled: 'accepted',
  dispatched: 'accepted',
  yes: 'accepted',
  confirmed: 'accepted',
  commit: 'accepted',
  busy: 'queued',
  'out of stock': 'rejected',
  declined: 'rejected',
  unshippable: 'rejected',
  no: 'rejected',
  rejected: 'rejected',
  'too late': 'rejected',
  void: 'rejected',
  release: 'undone',
  refund: 'undone',
  released: 'undone',
  refunded: 'undone',
  abort: 'undone',
  cancelled: 'undone',
};

interface Node {
  readonly name: ServiceName;
  isUp: boolean;
  /** How often it has been started: work of an earlier life is lost. */
  life: number;
  /** The link to it is cut until then, simulated ms. */
  cutUntilMs: number;
  /** Pending timers by order. */
  readonly timers: Map<number, number>;
  downSpan: number;
}

/** One order as the shop sees it from above. */
interface Case {
  readonly order: Order;
  readonly placedAtMs: number;
  /** Messages under way or being worked on, and timers: while there are any, something will happen. */
  pending: number;
  messages: number;
  verdict: Verdict | 'half done';
  endedAtMs: number;
  lockedMs: number;
  lockedSinceMs: number | undefined;
  /** The services with a local transaction at work on its rows, one for each such transaction. */
  readonly working: ServiceName[];
  wasToldCancelled: boolean;
  cancelAnswered: boolean;
  /** Orders that held the item when this one was first refused for want of it; undefined until then. */
  blockers: readonly Case[] | undefined;
}

export function openShop(context: ShopContext) {
  const { simulator, parameters, record, measure, keyedUniform } = context;
  const { downMs, retryMs, timeoutMs, workMs } = parameters;

  const tables: Tables = {
    orders: new Map(),
    stock: new Map(itemNames(parameters.items).map((item) => [item, parameters.stock])),
    reservations: new Map(),
    accounts: new Map([
      ...customerNames(parameters.customers).map((name): [string, number] => [name, DEPOSIT]),
      ['escrow', 0],
      ['merchant', 0],
    ]),
    parcels: new Map(),
    locks: new Map(),
  };
  const refuses = (order: Order, command: Command): boolean => {
    const { refusedAt, refusedShare } = parameters;
    if (refusedAt !== 'any' && refusedAt !== command) return false;
    const draw = keyedUniform('refusals', order.id, REFUSABLE.indexOf(command));
    return REFUSABLE.includes(command) && draw * 100 < refusedShare;
  };
  const services = context.model({
    tables,
    refuses,
    timeoutMs,
    idempotent: parameters.idempotencyKeys,
    semanticLock: parameters.semanticLock,
  });

  const shown = new Map<string, number | string>();
  /** Records a state when it changes. */
  const show = (node: string, field: string, value: number | string): void => {
    const key = `${node} ${field}`;
    if (shown.get(key) === value) return;
    shown.set(key, value);
    record.state(node, field, value);
  };

  const auditor = new Auditor(tables);
  const cases = new Map<number, Case>();
  const nodes = Object.fromEntries(
    SERVICE_NAMES.map((name): [ServiceName, Node] => [
      name,
      { name, isUp: true, life: 0, cutUntilMs: 0, timers: new Map(), downSpan: -1 },
    ]),
  ) as Record<ServiceName, Node>;
  const attempts = new Map<string, number>();
  let dropNext = false;

  const prefixOf = ({ id }: Order): string => (parameters.orders > 1 ? `#${id} ` : '');
  const nameOf = ({ id }: Order): string => (parameters.orders > 1 ? `Order #${id}` : 'The order');
  const caseOf = ({ id }: Order): Case => {
    const found = cases.get(id);
    if (!found) throw new Error(`Order ${id} was never placed.`);
    return found;
  };

  // The network.

  const transmit = (message: Message): void => {
    const { from, to, name, order } = message;
    const way = `${from} ${to} ${name} ${message.about ?? ''}`;
    const attempt = attempts.get(`${way} ${order.id}`) ?? 0;
    attempts.set(`${way} ${order.id}`, attempt + 1);
    const flightMs =
      parameters.latencyMs * (0.5 + keyedUniform(`latency ${way}`, order.id, attempt));
    const id = record.message({
      from,
      to,
      kind: attempt > 0 ? 'retried' : (KINDS[name] ?? 'sent'),
      label: prefixOf(order) + name,
      arrivesAt: simulator.now + flightMs,
    });
    const each = caseOf(order);
    each.pending++;
    const isInside = from !== 'customer' && to !== 'customer';
    if (isInside) each.messages++;

    const lose = (): void => {
      record.lose(id);
      done(each);
    };
    const isCut = (): boolean =>
      [from, to].some((end) => end !== 'customer' && nodes[end].cutUntilMs > simulator.now);
    const draw = keyedUniform(`loss ${way}`, order.id, attempt);
    const isDropped = isInside && (dropNext || draw * 100 < parameters.lossShare);
    if (isDropped) dropNext = false;
    if (isDropped || isCut()) {
      simulator.after(flightMs * LOST_AT, lose);
      return;
    }
    simulator.after(flightMs * DOOR_AT, () => {
      const isClosed = to !== 'customer' && (!nodes[to].isUp || isCut());
      if (isClosed) lose();
      else simulator.after(flightMs * (1 - DOOR_AT), () => deliver(message, each));
    });
  };

  const deliver = (message: Message, each: Case): void => {
    const { to, name } = message;
    if (to === 'customer') {
      show(`order-${each.order.id}`, 'told', name);
      if (name === 'cancelled') each.wasToldCancelled = true;
      if (name === 'cancelled' || name === 'too late' || name === 'rejected')
        each.cancelAnswered = true;
      done(each);
      return;
    }
    const node = nodes[to];
    const { life } = node;
    const isParticipant = to !== 'orders';
    if (isParticipant) each.working.push(to);
    showLocks();
    simulator.after(workMs, () => {
      if (isParticipant) each.working.splice(each.working.indexOf(to), 1);
      if (node.life === life && node.isUp) {
        commit(node, each, services[to].receive(message, simulator.now));
      }
      showLocks();
      done(each);
    });
  };

  // The processes.

  /** A local transaction has been committed: see what changed, and send what it said to send. */
  const commit = (node: Node, each: Case, messages: readonly Message[]): void => {
    auditor.committed(each.order);
    measure.drift.add(auditor.drift());
    if (messages.some(({ name }) => name === 'out of stock')) noteBlockers(each);
    showLockedRows(node);
    showBooks(each);
    for (const message of messages) transmit(message);
    // The interval is counted from what was said last; a lock that is freed lets others speak, too.
    for (const other of new Set(messages.map(({ order }) => caseOf(order)))) disarm(node, other);
    for (const other of new Set([each, ...messages.map(({ order }) => caseOf(order))]))
      arm(node, other);
  };

  const disarm = (node: Node, each: Case): void => {
    const timer = node.timers.get(each.order.id);
    if (timer === undefined) return;
    simulator.cancel(timer);
    node.timers.delete(each.order.id);
    each.pending--;
  };

  /** Sees to it that a service is asked what it still owes for an order, in one retry interval. */
  const arm = (node: Node, each: Case): void => {
    const { id } = each.order;
    if (!services[node.name].retry || node.timers.has(id)) return;
    each.pending++;
    node.timers.set(
      id,
      simulator.after(retryMs, () => {
        node.timers.delete(id);
        retry(node, each);
        done(each);
      }),
    );
  };

  const retry = (node: Node, each: Case): void => {
    const messages = services[node.name].retry?.(each.order, simulator.now);
    if (messages === undefined) return;
    commit(node, each, messages);
  };

  const crash = (name: ServiceName): void => {
    const node = nodes[name];
    if (!node.isUp) {
      record.note(`${IN_WORDS[name]} is down already.`);
      return;
    }
    node.isUp = false;
    node.life++;
    for (const each of cases.values()) disarm(node, each);
    show(name, 'power', 'down');
    record.note(`${IN_WORDS[name]} crashes.`, 'bad');
    node.downSpan = record.begin({ lane: name, kind: 'down' });
    const { life } = node;
    simulator.after(downMs, () => {
      // Somebody may have restarted it by hand.
      if (node.life === life && !node.isUp) restart(name);
    });
  };

  const restart = (name: ServiceName): void => {
    const node = nodes[name];
    if (node.isUp) {
      record.note(`${IN_WORDS[name]} is up already.`);
      return;
    }
    node.isUp = true;
    services[name].restart?.();
    show(name, 'power', 'up');
    record.note(`${IN_WORDS[name]} is back.`, 'good');
    record.end(node.downSpan, 'failed');
    for (const each of cases.values()) retry(node, each);
    for (const each of cases.values()) lookIfQuiet(each);
  };

  const cutOff = (name: ServiceName): void => {
    nodes[name].cutUntilMs = simulator.now + downMs;
    record.note(`${IN_WORDS[name]} is cut off: nothing gets there or comes from there.`, 'bad');
    simulator.after(downMs, () => {
      if (nodes[name].cutUntilMs <= simulator.now)
        record.note(`${IN_WORDS[name]} can be reached again.`, 'good');
    });
  };

  // The customers.

  /** Says something to the shop until it is heard. */
  const insist = (each: Case, name: 'place' | 'cancel', isHeard: () => boolean): void => {
    if (isHeard()) return;
    transmit({ from: 'customer', to: 'orders', name, order: each.order });
    each.pending++;
    simulator.after(retryMs, () => {
      insist(each, name, isHeard);
      done(each);
    });
  };

  const place = (row: number): void => {
    const { workload } = context;
    const customers = customerNames(parameters.customers);
    const items = itemNames(parameters.items);
    const order: Order = {
      id: row + 1,
      customer: customers[(workload.key[row] ?? 0) % customers.length] ?? '',
      item: items[Math.floor((workload.draw[row] ?? 0) * items.length)] ?? '',
      price: workload.size[row] ?? 0,
    };
    const each: Case = {
      order,
      placedAtMs: simulator.now,
      pending: 0,
      messages: 0,
      verdict: 'under way',
      endedAtMs: Number.NaN,
      lockedMs: 0,
      lockedSinceMs: undefined,
      working: [],
      wasToldCancelled: false,
      cancelAnswered: false,
      blockers: undefined,
    };
    cases.set(order.id, each);
    show(`order-${order.id}`, 'told', 'nothing yet');
    showBooks(each);
    insist(each, 'place', () => tables.orders.has(order.id));
    if (keyedUniform('cancellations', order.id, 0) * 100 < parameters.cancelShare) {
      const cancel = (): void => {
        if (tables.orders.has(order.id)) insist(each, 'cancel', () => each.cancelAnswered);
        else wait(retryMs);
        done(each);
      };
      const wait = (delayMs: number): void => {
        each.pending++;
        simulator.after(delayMs, cancel);
      };
      wait(keyedUniform('cancellations', order.id, 1) * SECOND_THOUGHTS_MS);
    }
  };

  // What is seen of it.

  const isOpen = ({ verdict }: Case): boolean => verdict === 'under way' || verdict === 'half done';

  /** One thing less will happen to an order; after the last one, what it is now is how it ends. */
  const done = (each: Case): void => {
    each.pending--;
    lookIfQuiet(each);
  };

  const lookIfQuiet = (each: Case): void => {
    if (each.pending > 0 || each.verdict !== 'under way') return;
    if (!Object.values(nodes).every(({ isUp }) => isUp)) return;
    each.verdict = 'half done';
    record.note(`${nameOf(each.order)} is left half done: ${describe(each)}.`, 'bad');
    showVerdicts(each);
  };

  const describe = ({ order }: Case): string => {
    const { paid, taken } = auditor.facts(order);
    const parcels = auditor.parcels(order);
    const money =
      paid > 0 ? `${paid} € taken` : paid < 0 ? `${-paid} € given away` : 'no money taken';
    const pieces = taken === 0 ? 'no item held' : `${taken} held`;
    const sent =
      parcels === 0 ? 'no parcel' : parcels === 1 ? 'a parcel sent' : `${parcels} parcels`;
    return `${money}, ${pieces}, ${sent}`;
  };

  /** Who holds the items for want of which an order is refused, and has not ended yet. */
  const noteBlockers = (each: Case): void => {
    const { order } = each;
    // The refusal said again, whose answer was lost, is no other: who held the item then may have ended.
    if (each.blockers || refuses(order, 'reserve')) return;
    each.blockers = [...cases.values()].filter(
      (other) =>
        other !== each &&
        other.order.item === order.item &&
        isOpen(other) &&
        auditor.facts(other.order).taken > 0,
    );
    if (each.blockers.length > 0) {
      const holders = each.blockers.map(({ order: { id } }) => `#${id}`).join(', ');
      record.note(`${nameOf(order)} is refused; what there is, is held by ${holders}.`, 'warning');
    }
  };

  /** Says that an anomaly has happened, when the end of an order shows it. */
  const noteAnomalies = (ended: Case): void => {
    if (ended.verdict === 'complete' && ended.wasToldCancelled) {
      record.note(
        `${nameOf(ended.order)} is delivered, but its customer was told that it is cancelled.`,
        'bad',
      );
    }
    if (ended.verdict !== 'undone') return;
    for (const { blockers, order } of cases.values()) {
      if (blockers?.includes(ended))
        record.note(
          `${nameOf(order)} was refused for an item that #${ended.order.id} gives back.`,
          'bad',
        );
    }
  };

  const showBooks = (each: Case): void => {
    const { order } = each;
    const node = `order-${order.id}`;
    const { paid, taken } = auditor.facts(order);
    const status = tables.orders.get(order.id) ?? 'unheard';
    show(node, 'status', status);
    // Beside the lifeline of a service there is room for one order.
    if (parameters.orders === 1 && status !== 'unheard') show('orders', 'status', status);
    show(node, 'paid', paid);
    show(node, 'pieces', taken);
    show(node, 'parcels', auditor.parcels(order));
    record.sample('customers', auditor.customers());
    record.sample('escrow', auditor.balance('escrow'));
    record.sample('merchant', auditor.balance('merchant'));
    show('books', 'customers', auditor.customers());
    show('books', 'escrow', auditor.balance('escrow'));
    show('books', 'merchant', auditor.balance('merchant'));

    const verdict = auditor.verdict(order);
    const was = each.verdict;
    if (verdict !== 'under way' || was !== 'half done') each.verdict = verdict;
    if (each.verdict !== was) {
      each.endedAtMs = simulator.now;
      if (verdict === 'complete') record.note(`${nameOf(order)} is complete.`, 'good');
      if (verdict === 'undone') record.note(`${nameOf(order)} is undone: nothing is left of it.`);
      noteAnomalies(each);
    }
    showVerdicts(each);
  };

  const showVerdicts = ({ order, verdict }: Case): void => {
    show(`order-${order.id}`, 'verdict', verdict);
    const count = (wanted: Case['verdict']): number =>
      [...cases.values()].filter((each) => each.verdict === wanted).length;
    record.sample('under way', count('under way') + count('half done'));
    record.sample('complete', count('complete'));
    record.sample('undone', count('undone'));
  };

  /** Rows that a service keeps locked between two of its own transactions. */
  const lockSpans = new Map<
    string,
    { readonly id: number; readonly at: ServiceName; readonly span: number }
  >();
  const showLockedRows = (node: Node): void => {
    // A row that is freed may be locked for the next order in the same transaction.
    for (const [row, { id, span }] of lockSpans) {
      if (tables.locks.get(row) === id) continue;
      record.end(span, 'accepted');
      lockSpans.delete(row);
    }
    for (const [row, id] of tables.locks) {
      if (lockSpans.has(row)) continue;
      const label = `${row} for #${id}`;
      lockSpans.set(row, {
        id,
        at: node.name,
        span: record.begin({ lane: node.name, kind: 'locked', label }),
      });
    }
  };

  const showLocks = (): void => {
    const holders = new Set(tables.locks.values());
    // A row that is locked already is not locked once more by work on it.
    const locked = new Set([...lockSpans.values()].map(({ id, at }) => `${at} ${id}`));
    for (const each of cases.values()) {
      for (const at of each.working) locked.add(`${at} ${each.order.id}`);
      const isHolding = each.working.length > 0 || holders.has(each.order.id);
      if (isHolding) each.lockedSinceMs ??= simulator.now;
      else if (each.lockedSinceMs !== undefined) {
        each.lockedMs += simulator.now - each.lockedSinceMs;
        each.lockedSinceMs = undefined;
      }
    }
    record.sample('locks', locked.size);
    show('books', 'locks', locked.size);
  };

  /** The last reckoning, at the end of the measured time. */
  const reckon = (): void => {
    showLocks();
    for (const each of cases.values()) {
      const { order, verdict, placedAtMs } = each;
      measure.completed.add(verdict === 'complete');
      measure.undone.add(verdict === 'undone');
      if (isOpen(each)) measure.halfDone.add();
      else {
        measure.finish.add(each.endedAtMs - placedAtMs);
        measure.longestFinish.add(each.endedAtMs - placedAtMs);
      }
      measure.misplaced.add(auditor.misplaced(order));
      if (verdict === 'complete' && each.wasToldCancelled) measure.lostUpdates.add();
      if (verdict === 'undone' && each.blockers?.some((other) => other.verdict === 'undone'))
        measure.dirtyReads.add();
      const openMs = each.lockedSinceMs === undefined ? 0 : simulator.now - each.lockedSinceMs;
      measure.locked.add(each.lockedMs + openMs);
      measure.longestLock.add(each.lockedMs + openMs);
      measure.messages.add(each.messages);
    }
  };

  for (const name of SERVICE_NAMES) show(name, 'power', 'up');
  for (const series of ['under way', 'complete', 'undone', 'escrow', 'merchant'])
    record.sample(series, 0);
  for (const field of ['escrow', 'merchant']) show('books', field, 0);
  record.sample('customers', auditor.customers());
  show('books', 'customers', auditor.customers());
  measure.drift.add(0);
  showLocks();
  context.forEachArrival(place);
  if (parameters.crashAtMs > 0) simulator.at(parameters.crashAtMs, () => crash('orders'));
  simulator.at(context.untilMs, reckon);

  return {
    crash,
    restart,
    cutOff,
    dropNext: (): void => {
      record.note('The next message between services will be lost.');
      dropNext = true;
    },
  };
}

const itemNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `item ${i + 1}`);
const customerNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `customer ${i + 1}`);
