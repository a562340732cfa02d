import type { Command, Event, Order, ShopOptions } from './protocol';

/**
 * The services' own work, the same whoever coordinates it. Each command is one local transaction on
 * the tables of one service; none of them knows of messages, retries or other services.
 */
export function work({ tables, refuses, semanticLock }: ShopOptions) {
  const { stock, reservations, accounts, parcels } = tables;

  const change = (table: Map<string, number>, key: string, by: number): void => {
    table.set(key, (table.get(key) ?? 0) + by);
  };
  const transfer = (from: string, to: string, amount: number): void => {
    change(accounts, from, -amount);
    change(accounts, to, amount);
  };

  /** Why a command cannot be carried out; undefined if it can. */
  const objection = (command: Command, order: Order): Event | undefined => {
    switch (command) {
      // #region reserve
      case 'reserve': {
        if (refuses(order, command)) return 'out of stock';
        if ((stock.get(order.item) ?? 0) > 0) return undefined;
        const isHeld = [...reservations.values()].includes(order.item);
        return semanticLock && isHeld ? 'busy' : 'out of stock'; // (1)
      }
      // #endregion
      case 'charge': {
        const canPay = (accounts.get(order.customer) ?? 0) >= order.price;
        return canPay && !refuses(order, command) ? undefined : 'declined';
      }
      case 'book':
        return refuses(order, command) ? 'unshippable' : undefined;
      default:
        // Compensations, and what follows the pivot, must not be refused.
        return undefined;
    }
  };

  const apply = (command: Command, order: Order): Event => {
    switch (command) {
      case 'reserve':
        change(stock, order.item, -1);
        reservations.set(order.id, order.item);
        return 'reserved';
      case 'release':
        change(stock, order.item, 1);
        reservations.delete(order.id);
        return 'released';
      case 'dispatch':
        reservations.delete(order.id);
        return 'dispatched';
      case 'charge':
        transfer(order.customer, 'escrow', order.price);
        return 'charged';
      case 'refund':
        transfer('escrow', order.customer, order.price);
        return 'refunded';
      case 'settle':
        transfer('escrow', 'merchant', order.price);
        return 'settled';
      case 'book':
        parcels.set(order.id, (parcels.get(order.id) ?? 0) + 1);
        return 'booked';
      default:
        return command satisfies never;
    }
  };

  return {
    objection,
    apply,
    perform: (command: Command, order: Order): Event =>
      objection(command, order) ?? apply(command, order),
  };
}
