import { participant } from './participant';
import type {
  Command,
  Message,
  MessageName,
  Order,
  Protocol,
  Service,
  ServiceName,
  ShopOptions,
} from './protocol';

const CALLS: readonly { command: Command; at: ServiceName; done: MessageName; undo?: Command }[] = [
  { command: 'reserve', at: 'inventory', done: 'reserved', undo: 'release' },
  { command: 'charge', at: 'payment', done: 'charged', undo: 'refund' },
  { command: 'book', at: 'shipping', done: 'booked' },
  { command: 'settle', at: 'payment', done: 'settled' },
  { command: 'dispatch', at: 'inventory', done: 'dispatched' },
];

/**
 * The order service as it is first written: one call after the other, and a catch block that undoes
 * what has been done. Where it is stands in the memory of the process, and nowhere else.
 */
function caller({ tables, timeoutMs }: ShopOptions): Service {
  // #region call
  const calls = new Map<number, { readonly index: number; readonly sinceMs: number }>(); // (1)

  const call = (order: Order, index: number, nowMs: number): Message[] => {
    const next = CALLS[index];
    if (!next) return finish(order, 'confirmed');
    calls.set(order.id, { index, sinceMs: nowMs });
    return [{ from: 'orders', to: next.at, name: next.command, order }];
  };

  /** The catch block: undo the calls before this one, newest first, and tell the customer. */
  const handle = (order: Order, index: number): Message[] => {
    const done = CALLS.slice(0, index).reverse();
    const undo = done.flatMap(({ at, undo: name }): Message[] =>
      name ? [{ from: 'orders', to: at, name, order }] : [],
    );
    return [...undo, ...finish(order, 'rejected')]; // (2)
  };
  // #endregion

  const finish = (order: Order, status: 'confirmed' | 'rejected'): Message[] => {
    calls.delete(order.id);
    tables.orders.set(order.id, status);
    return [{ from: 'orders', to: 'customer', name: status, order }];
  };

  const cancel = (order: Order): Message[] => {
    const isLate = tables.orders.get(order.id) === 'confirmed';
    if (!isLate) tables.orders.set(order.id, 'cancelled');
    return [{ from: 'orders', to: 'customer', name: isLate ? 'too late' : 'cancelled', order }];
  };

  return {
    receive: ({ name, order }, nowMs) => {
      if (name === 'cancel') return cancel(order);
      if (name === 'place') {
        if (tables.orders.has(order.id)) return [];
        tables.orders.set(order.id, 'pending');
        return call(order, 0, nowMs);
      }
      const waiting = calls.get(order.id);
      if (!waiting || name === 'busy') return [];
      const { command, done } = CALLS[waiting.index] ?? {};
      if (name === done) return call(order, waiting.index + 1, nowMs);
      const isRefusal =
        (command === 'reserve' && name === 'out of stock') ||
        (command === 'charge' && name === 'declined') ||
        (command === 'book' && name === 'unshippable');
      return isRefusal ? handle(order, waiting.index) : [];
    },
    retry: (order, nowMs) => {
      const waiting = calls.get(order.id);
      if (!waiting) return undefined;
      return nowMs - waiting.sinceMs >= timeoutMs ? handle(order, waiting.index) : [];
    },
    restart: () => calls.clear(),
  };
}

/** No saga: remote calls in a row. It holds as long as nothing dies and nothing is lost. */
export const callChain: Protocol = (options) => ({
  orders: caller(options),
  inventory: participant('inventory', options),
  payment: participant('payment', options),
  shipping: participant('shipping', options),
});
