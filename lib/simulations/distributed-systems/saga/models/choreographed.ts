import type {
  Command,
  Event,
  Message,
  MessageName,
  Order,
  Protocol,
  Service,
  ServiceName,
  ShopOptions,
} from './protocol';
import { work } from './work';

// #region reactions
/** Who does what when something has happened. No service knows more of the order than its rows. */
const REACTIONS: Partial<Record<MessageName, readonly Reaction[]>> = {
  placed: [{ at: 'inventory', does: 'reserve' }],
  reserved: [{ at: 'payment', does: 'charge' }],
  charged: [{ at: 'shipping', does: 'book' }],
  booked: [
    { at: 'payment', does: 'settle' },
    { at: 'inventory', does: 'dispatch' },
    { at: 'orders', does: 'confirm' },
  ],
  // The way back: each refusal sets off the compensation before it.
  unshippable: [{ at: 'payment', does: 'refund' }],
  refunded: [{ at: 'inventory', does: 'release' }],
  declined: [{ at: 'inventory', does: 'release' }],
  released: [{ at: 'orders', does: 'reject' }],
  'out of stock': [{ at: 'orders', does: 'reject' }],
};
// #endregion

interface Reaction {
  readonly at: ServiceName;
  readonly does: Command | 'confirm' | 'reject';
}

/** One service: reacts to events, and publishes its own through an outbox. */
function reactor(name: ServiceName, options: ShopOptions): Service {
  const { tables, idempotent, semanticLock } = options;
  const { perform } = work(options);
  // Tables, written in the transaction that does the work.
  const inbox = new Set<string>();
  const outbox = new Map<string, Message>();

  const keyOf = ({ id }: Order, event: MessageName, service: string): string =>
    `${event} ${id} ${service}`;

  // #region react
  /** One local transaction: the work, the inbox and the outbox. */
  const react = (message: Message): readonly Message[] => {
    const { from, name: event, order } = message;
    const ack: Message = { from: name, to: from, name: 'ack', about: event, order };
    const key = keyOf(order, event, name);
    if (idempotent && inbox.has(key)) return [ack]; // (1)

    const reaction = REACTIONS[event]?.find(({ at }) => at === name);
    if (!reaction) return [ack];
    if (reaction.does === 'confirm' || reaction.does === 'reject') {
      inbox.add(key);
      return [ack, ...answer(order, reaction.does === 'confirm' ? 'confirmed' : 'rejected')];
    }
    const outcome = perform(reaction.does, order);
    if (outcome === 'busy') return []; // (2)
    inbox.add(key);
    return [ack, ...publish(order, outcome)];
  };

  const publish = (order: Order, event: Event | 'placed'): readonly Message[] => {
    const messages = (REACTIONS[event] ?? []).map(
      ({ at }): Message => ({ from: name, to: at, name: event, order }),
    );
    for (const message of messages) outbox.set(keyOf(order, event, message.to), message); // (3)
    return messages;
  };
  // #endregion

  const answer = (order: Order, status: 'confirmed' | 'rejected'): Message[] => {
    tables.orders.set(order.id, status);
    return [{ from: 'orders', to: 'customer', name: status, order }];
  };

  const cancel = (order: Order): Message[] => {
    const isPending = tables.orders.get(order.id) === 'pending';
    const isLate = tables.orders.get(order.id) === 'confirmed' || (semanticLock && isPending);
    if (!isLate) tables.orders.set(order.id, 'cancelled');
    return [{ from: 'orders', to: 'customer', name: isLate ? 'too late' : 'cancelled', order }];
  };

  return {
    receive: (message) => {
      const { from, name: event, order, about } = message;
      if (event === 'ack') {
        outbox.delete(keyOf(order, about ?? 'ack', from));
        return [];
      }
      if (event === 'cancel') return cancel(order);
      if (event !== 'place') return react(message);
      if (tables.orders.has(order.id)) return [];
      tables.orders.set(order.id, 'pending');
      return publish(order, 'placed');
    },
    retry: ({ id }) => {
      const unheard = [...outbox.values()].filter(({ order }) => order.id === id);
      return unheard.length > 0 ? unheard : undefined;
    },
  };
}

/** A saga that nobody leads: each service does its part when it hears of the one before. */
export const choreographed: Protocol = (options) => ({
  orders: reactor('orders', options),
  inventory: reactor('inventory', options),
  payment: reactor('payment', options),
  shipping: reactor('shipping', options),
});
