/**
 * The auditor: reads the tables of all services after each local transaction, which no service can,
 * and says what has become of each order. It knows no protocol.
 */
import type { Order, Tables } from './models/protocol';

/** What has happened to an order so far, over all services. */
interface Facts {
  /** What the customer has paid, less what came back, €. */
  paid: number;
  /** What the merchant has got, €. */
  earned: number;
  /** Items taken from stock, less those given back. */
  taken: number;
}

export type Verdict = 'under way' | 'complete' | 'undone';

/** A copy of the tables that the auditor compares with. */
interface Snapshot {
  readonly accounts: ReadonlyMap<string, number>;
  readonly stock: ReadonlyMap<string, number>;
}

const sum = (table: ReadonlyMap<string, number>): number =>
  [...table.values()].reduce((total, value) => total + value, 0);

export class Auditor {
  private readonly factsOf = new Map<number, Facts>();
  private before: Snapshot;
  private readonly totalAtStart: number;

  constructor(private readonly tables: Tables) {
    this.before = this.snapshot();
    this.totalAtStart = sum(tables.accounts);
  }

  private snapshot(): Snapshot {
    return { accounts: new Map(this.tables.accounts), stock: new Map(this.tables.stock) };
  }

  facts({ id }: Order): Facts {
    const known = this.factsOf.get(id);
    if (known) return known;
    const facts: Facts = { paid: 0, earned: 0, taken: 0 };
    this.factsOf.set(id, facts);
    return facts;
  }

  /** A local transaction on behalf of an order has been committed: whatever changed is its doing. */
  committed(order: Order): void {
    const facts = this.facts(order);
    for (const [account, balance] of this.tables.accounts) {
      const change = balance - (this.before.accounts.get(account) ?? 0);
      if (account === 'merchant') facts.earned += change;
      else if (account !== 'escrow') facts.paid -= change;
    }
    for (const [item, pieces] of this.tables.stock) {
      facts.taken -= pieces - (this.before.stock.get(item) ?? 0);
    }
    this.before = this.snapshot();
  }

  parcels({ id }: Order): number {
    return this.tables.parcels.get(id) ?? 0;
  }

  verdict(order: Order): Verdict {
    const { paid, earned, taken } = this.facts(order);
    const parcels = this.parcels(order);
    const status = this.tables.orders.get(order.id);
    const isWhole = paid === order.price && earned === order.price && taken === 1 && parcels === 1;
    const isHeld = this.tables.reservations.has(order.id);
    if (isWhole && !isHeld && status === 'confirmed') return 'complete';
    const isNothing = paid === 0 && earned === 0 && taken === 0 && parcels === 0 && !isHeld;
    const isTold = status === 'rejected' || status === 'cancelled';
    return isNothing && isTold ? 'undone' : 'under way';
  }

  /** What the customer has paid too much or too little for what was sent, €. */
  misplaced(order: Order): number {
    const due = this.parcels(order) > 0 ? order.price : 0;
    return Math.abs(this.facts(order).paid - due);
  }

  /** By how much the sum of all accounts differs from that at the start, €; 0 if money is conserved. */
  drift(): number {
    return Math.abs(sum(this.tables.accounts) - this.totalAtStart);
  }

  /** Balances of all customers together, €. */
  customers(): number {
    return sum(this.tables.accounts) - this.balance('escrow') - this.balance('merchant');
  }

  balance(account: string): number {
    return this.tables.accounts.get(account) ?? 0;
  }
}
