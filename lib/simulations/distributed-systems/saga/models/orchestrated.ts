import { participant } from './participant';
import type {
  Command,
  Event,
  Message,
  Order,
  OrderStatus,
  Protocol,
  Service,
  ServiceName,
  ShopOptions,
} from './protocol';

// #region steps
interface Step {
  readonly command: Command;
  readonly at: ServiceName;
  readonly done: Event;
  /** Absent after the pivot: what cannot be refused is repeated until it succeeds. */
  readonly refused?: Event;
  /** Absent from the pivot on: what cannot be taken back must not be. */
  readonly undo?: { readonly command: Command; readonly done: Event };
}

const STEPS: readonly Step[] = [
  {
    command: 'reserve',
    at: 'inventory',
    done: 'reserved',
    refused: 'out of stock',
    undo: { command: 'release', done: 'released' },
  },
  {
    command: 'charge',
    at: 'payment',
    done: 'charged',
    refused: 'declined',
    undo: { command: 'refund', done: 'refunded' },
  },
  { command: 'book', at: 'shipping', done: 'booked', refused: 'unshippable' }, // (1)
  { command: 'settle', at: 'payment', done: 'settled' },
  { command: 'dispatch', at: 'inventory', done: 'dispatched' },
];
// #endregion

type End = Exclude<OrderStatus, 'pending'>;

/** The durable record of one saga: which step is being taken, or taken back, or how it ended. */
type Saga =
  | { readonly state: 'forward'; readonly step: number; readonly sinceMs: number }
  | { readonly state: 'backward'; readonly step: number; readonly end: End }
  | { readonly state: 'ended'; readonly end: End };

// #region machine
/** What a saga becomes when something is heard; an event that it does not wait for changes nothing. */
function next(saga: Saga, event: Event, nowMs: number): Saga {
  if (saga.state === 'ended') return saga;
  const step = STEPS[saga.step];
  if (saga.state === 'forward') {
    if (event === step?.done) return forward(saga.step + 1, nowMs);
    if (event === step?.refused) return backward(saga.step - 1, 'rejected'); // (1)
  } else if (event === step?.undo?.done) {
    return backward(saga.step - 1, saga.end);
  }
  return saga; // (2)
}

const forward = (step: number, nowMs: number): Saga =>
  step < STEPS.length
    ? { state: 'forward', step, sinceMs: nowMs }
    : { state: 'ended', end: 'confirmed' };

const backward = (step: number, end: End): Saga =>
  step >= 0 ? { state: 'backward', step, end } : { state: 'ended', end };

/** Until the pivot has been asked for; from then on nobody knows whether it has happened. */
const canTurnBack = (saga: Saga): boolean =>
  saga.state === 'forward' && STEPS[saga.step]?.undo !== undefined;

/** What a saga waits for, as a command: sent when it gets there, and again until it is answered. */
function commandOf(saga: Saga, order: Order): Message | undefined {
  if (saga.state === 'ended') return undefined;
  const step = STEPS[saga.step];
  const command = saga.state === 'forward' ? step?.command : step?.undo?.command;
  if (!step || !command) return undefined;
  return { from: 'orders', to: step.at, name: command, order }; // (3)
}
// #endregion

function orchestrator({ tables, timeoutMs, semanticLock }: ShopOptions): Service {
  // A table of its own, in the same database as the orders.
  const sagas = new Map<number, Saga>();

  const tell = (order: Order, name: Message['name']): Message[] => [
    { from: 'orders', to: 'customer', name, order },
  ];

  // #region drive
  /** Writes down where the saga is; only then is anything sent. */
  const save = (order: Order, saga: Saga): readonly Message[] => {
    sagas.set(order.id, saga); // (1)
    if (saga.state === 'ended') {
      tables.orders.set(order.id, saga.end);
      return tell(order, saga.end);
    }
    const command = commandOf(saga, order);
    return command ? [command] : [];
  };

  const isGivenUp = (saga: Saga, nowMs: number): boolean =>
    saga.state === 'forward' && canTurnBack(saga) && nowMs - saga.sinceMs >= timeoutMs; // (2)

  const retry = (order: Order, nowMs: number): readonly Message[] | undefined => {
    const saga = sagas.get(order.id);
    if (saga === undefined || saga.state === 'ended') return undefined;
    if (isGivenUp(saga, nowMs)) return save(order, backward(saga.step, 'rejected')); // (3)
    const command = commandOf(saga, order);
    return command && [command]; // (4)
  };
  // #endregion

  // #region cancel
  /** The customer changes their mind while the saga may still be under way. */
  const cancel = (order: Order, saga: Saga | undefined): readonly Message[] => {
    const status = tables.orders.get(order.id);
    if (!saga || saga.state === 'ended') {
      return tell(order, status === 'confirmed' ? 'too late' : 'cancelled');
    }
    if (semanticLock) {
      // The order is pending, so it belongs to its saga: only the saga may change it. // (1)
      if (canTurnBack(saga)) return save(order, backward(saga.step, 'cancelled'));
      return saga.state === 'forward' ? tell(order, 'too late') : [];
    }
    tables.orders.set(order.id, 'cancelled'); // (2)
    return tell(order, 'cancelled');
  };
  // #endregion

  return {
    receive: ({ name, order }, nowMs) => {
      const saga = sagas.get(order.id);
      if (name === 'place') {
        if (saga) return [];
        tables.orders.set(order.id, 'pending');
        return save(order, forward(0, nowMs));
      }
      if (name === 'cancel') return cancel(order, saga);
      if (!saga) return [];
      const then = next(saga, name as Event, nowMs);
      return then === saga ? [] : save(order, then);
    },
    retry,
  };
}

/** A saga that one service leads: it tells the others what to do, step by step, and what to undo. */
export const orchestrated: Protocol = (options) => ({
  orders: orchestrator(options),
  inventory: participant('inventory', options),
  payment: participant('payment', options),
  shipping: participant('shipping', options),
});
