import type {
  Command,
  Message,
  Order,
  Protocol,
  Service,
  ServiceName,
  ShopOptions,
} from './protocol';
import { work } from './work';

const PARTICIPANTS: readonly ServiceName[] = ['inventory', 'payment', 'shipping'];

/** The order service as coordinator. What it decides, and only that, is the truth. */
function coordinator({ tables, timeoutMs }: ShopOptions): Service {
  // Tables: the decision is forced to disk before anybody hears of it.
  const begunAtMs = new Map<number, number>();
  const decisions = new Map<number, 'commit' | 'abort'>();
  // Memory: who has answered. Lost in a crash, and asked for again.
  const votes = new Map<number, Set<string>>();
  const acks = new Map<number, Set<string>>();
  const cancels = new Set<number>();

  const toAll = (order: Order, name: 'prepare' | 'commit' | 'abort', but?: Set<string>) =>
    PARTICIPANTS.filter((to) => !but?.has(to)).map(
      (to): Message => ({ from: 'orders', to, name, order }),
    );

  // #region decide
  const decide = (order: Order, decision: 'commit' | 'abort'): Message[] => {
    decisions.set(order.id, decision); // (1)
    votes.delete(order.id);
    acks.set(order.id, new Set());
    const status = decision === 'commit' ? 'confirmed' : 'rejected';
    tables.orders.set(order.id, status);
    const answer: Message = { from: 'orders', to: 'customer', name: status, order };
    const isCancelled = cancels.delete(order.id);
    return [...toAll(order, decision), answer, ...(isCancelled ? late(order) : [])];
  };

  const count = (order: Order, voter: string): Message[] => {
    const yes = votes.get(order.id);
    if (!yes) return []; // (2)
    yes.add(voter);
    return yes.size === PARTICIPANTS.length ? decide(order, 'commit') : [];
  };

  const retry = (order: Order, nowMs: number): readonly Message[] | undefined => {
    const begunMs = begunAtMs.get(order.id);
    if (begunMs === undefined) return undefined;
    const decision = decisions.get(order.id);
    if (decision) {
      const unheard = toAll(order, decision, acks.get(order.id));
      return unheard.length > 0 ? unheard : undefined;
    }
    const isForgotten = !votes.has(order.id);
    if (isForgotten || nowMs - begunMs >= timeoutMs) return decide(order, 'abort'); // (3)
    return toAll(order, 'prepare', votes.get(order.id));
  };
  // #endregion

  /** The row of the order is locked until the decision; a cancellation waits behind it. */
  const late = (order: Order): Message[] => [
    {
      from: 'orders',
      to: 'customer',
      name: tables.orders.get(order.id) === 'confirmed' ? 'too late' : 'cancelled',
      order,
    },
  ];

  return {
    receive: ({ from, name, order }, nowMs) => {
      const decision = decisions.get(order.id);
      switch (name) {
        case 'place':
          if (begunAtMs.has(order.id)) return [];
          begunAtMs.set(order.id, nowMs);
          votes.set(order.id, new Set());
          tables.orders.set(order.id, 'pending');
          return toAll(order, 'prepare');
        case 'yes':
          return decision ? [] : count(order, from);
        case 'no':
          return decision ? [] : decide(order, 'abort');
        case 'ack':
          acks.set(order.id, (acks.get(order.id) ?? new Set()).add(from));
          return [];
        case 'inquire':
          if (from === 'customer' || !decision) return [];
          return [{ from: 'orders', to: from, name: decision, order }];
        case 'cancel':
          if (decision) return late(order);
          cancels.add(order.id);
          return [];
        default:
          return [];
      }
    },
    retry,
    restart: () => {
      votes.clear();
      acks.clear();
      cancels.clear();
    },
  };
}

/** What each participant does at commit, and which row it locks from `prepare` until then. */
const PARTS: Partial<
  Record<ServiceName, { readonly work: readonly Command[]; readonly row: (order: Order) => string }>
> = {
  inventory: { work: ['reserve', 'dispatch'], row: ({ item }) => item },
  payment: { work: ['charge', 'settle'], row: ({ customer }) => customer },
  shipping: { work: ['book'], row: ({ id }) => `parcel ${id}` },
};

/** A service that promises, waits to be told, and keeps its rows locked meanwhile. */
function participant(name: ServiceName, options: ShopOptions): Service {
  const { locks } = options.tables;
  const { objection, apply } = work(options);
  const part = PARTS[name] ?? { work: [], row: () => name };
  // Tables: a promise survives a crash, and so do its locks.
  const prepared = new Set<number>();
  const ended = new Set<number>();
  // Memory: those who wait for a lock.
  let waiting: Message[] = [];

  const reply = ({ order }: Message, answer: 'yes' | 'no' | 'ack'): Message => ({
    from: name,
    to: 'orders',
    name: answer,
    order,
  });

  // #region prepare
  const prepare = (message: Message): readonly Message[] => {
    const { order } = message;
    if (ended.has(order.id)) return [reply(message, 'no')];
    if (prepared.has(order.id)) return [reply(message, 'yes')];
    const row = part.row(order);
    if (locks.has(row)) {
      const isKnown = waiting.some((other) => other.order.id === order.id);
      if (!isKnown) waiting.push(message); // (1)
      return [];
    }
    const [command] = part.work;
    if (command && objection(command, order)) return [reply(message, 'no')];
    locks.set(row, order.id); // (2)
    prepared.add(order.id);
    return [reply(message, 'yes')];
  };

  const end = (message: Message): readonly Message[] => {
    const { order, name: decision } = message;
    waiting = waiting.filter((other) => other.order.id !== order.id);
    ended.add(order.id);
    if (!prepared.delete(order.id)) return [reply(message, 'ack')];
    if (decision === 'commit') for (const command of part.work) apply(command, order);
    locks.delete(part.row(order)); // (3)
    const woken = waiting;
    waiting = [];
    return [reply(message, 'ack'), ...woken.flatMap(prepare)];
  };
  // #endregion

  return {
    receive: (message) => (message.name === 'prepare' ? prepare(message) : end(message)),
    retry: (order) =>
      prepared.has(order.id) ? [{ from: name, to: 'orders', name: 'inquire', order }] : undefined,
    restart: () => {
      waiting = [];
    },
  };
}

/** Two-phase commit: all promise, one decides, all obey; nobody else sees a thing in between. */
export const twoPhaseCommit: Protocol = (options) => ({
  orders: coordinator(options),
  inventory: participant('inventory', options),
  payment: participant('payment', options),
  shipping: participant('shipping', options),
});
