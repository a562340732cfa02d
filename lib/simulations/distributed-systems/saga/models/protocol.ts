/** What the services of a shop are to each other: who they are, what they say, what they keep. */

export type ServiceName = 'orders' | 'inventory' | 'payment' | 'shipping';

export interface Order {
  /** Whole number, unique; every key that makes a step idempotent is built from it. */
  readonly id: number;
  readonly customer: string;
  readonly item: string;
  /** Whole euros. */
  readonly price: number;
}

/** What one service asks of another. */
export type Command =
  | 'reserve'
  | 'charge'
  | 'book'
  | 'settle'
  | 'dispatch'
  // Compensations: they take back `reserve` and `charge`.
  | 'release'
  | 'refund';

/** What has come of a command, in the past tense; a fact that others may react to. */
export type Event =
  | 'reserved'
  | 'charged'
  | 'booked'
  | 'settled'
  | 'dispatched'
  | 'released'
  | 'refunded'
  // Refusals: nothing was done, and nothing will be.
  | 'out of stock'
  | 'declined'
  | 'unshippable'
  /** It has been taken back already, and will not be done any more. */
  | 'void'
  /** Somebody else’s unfinished order holds it: ask again. */
  | 'busy';

export type MessageName =
  | Command
  | Event
  // Between the customer and the shop.
  | 'place'
  | 'cancel'
  | 'confirmed'
  | 'rejected'
  | 'cancelled'
  | 'too late'
  // Of choreography: the first event, and that an event has been taken care of.
  | 'placed'
  | 'ack'
  // Of two-phase commit.
  | 'prepare'
  | 'yes'
  | 'no'
  | 'commit'
  | 'abort'
  | 'inquire';

export interface Message {
  readonly from: ServiceName | 'customer';
  readonly to: ServiceName | 'customer';
  readonly name: MessageName;
  readonly order: Order;
  /** The event that an `ack` answers. */
  readonly about?: MessageName;
}

export type OrderStatus = 'pending' | 'confirmed' | 'rejected' | 'cancelled';

/** The databases of the services. They survive a crash; each is written by its own service alone. */
export interface Tables {
  /** Orders: what the shop holds to be true of an order, and shows to the customer. */
  readonly orders: Map<number, OrderStatus>;
  /** Inventory: how many of each item nobody has reserved. */
  readonly stock: Map<string, number>;
  /** Inventory: the item that each unfinished order holds. */
  readonly reservations: Map<number, string>;
  /** Payment: balance of each account in whole euros: customers, `escrow`, `merchant`. */
  readonly accounts: Map<string, number>;
  /** Shipping: how many parcels were handed to the carrier, by order. */
  readonly parcels: Map<number, number>;
  /** Rows locked until a distributed transaction ends: the row and the order that holds it. */
  readonly locks: Map<string, number>;
}

/** One service of the shop. Each call is one local transaction: all of it happens, or nothing. */
export interface Service {
  /** Handles a message. What it returns is committed with its writes and then sent, once. */
  readonly receive: (message: Message, nowMs: number) => readonly Message[];
  /**
   * Asked again and again after the last message about an order: what to send once more, which may
   * be nothing yet. Undefined once the service owes nothing for this order.
   */
  readonly retry?: (order: Order, nowMs: number) => readonly Message[] | undefined;
  /** The process has died and is started again: memory is gone, what is in tables is not. */
  readonly restart?: () => void;
}

export interface ShopOptions {
  readonly tables: Tables;
  /** Whether a step of this order is refused for reasons of its own: a declined card, no carrier. */
  readonly refuses: (order: Order, command: Command) => boolean;
  /** How long a step that can still be undone may take before it is given up, ms. */
  readonly timeoutMs: number;
  /** Whether services remember what they have answered, by idempotency key. */
  readonly idempotent: boolean;
  /** Whether unfinished orders are marked as such, and others wait for them. */
  readonly semanticLock: boolean;
}

/** A way to carry an order through all services. */
export type Protocol = (options: ShopOptions) => Readonly<Record<ServiceName, Service>>;
