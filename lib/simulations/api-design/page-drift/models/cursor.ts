import { InvalidToken, type Key, type Order } from './pager';

/** What a cursor says: after which row to go on, in which order, and in which snapshot if in one. */
export interface Cursor {
  readonly past: Key;
  readonly order: Order;
  readonly asOf?: number | undefined;
}

/** Raised when the fields change, so that cursors which are out there are refused and not misread. */
const VERSION = 1;
/** Longer texts are not looked at. */
const LENGTH_MAX = 200;

// #region encode
/** One word of letters, digits, - and _, that a client keeps and sends back as it is. */
export function encodeCursor({ past, order, asOf }: Cursor): string {
  const fields = [VERSION, order, past.atMs, past.id, asOf ?? null];
  return btoa(JSON.stringify(fields)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
// #endregion

// #region decode
/**
 * The cursor in a token, for a list in this order.
 *
 * @throws InvalidToken if `encodeCursor` did not make it, for this order and in this version
 */
export function decodeCursor(token: string, order: Order): Cursor {
  const fields = fieldsOf(token);
  const [version, madeFor, atMs, id, asOf] = fields;
  if (version !== VERSION) throw new InvalidToken('Expected a cursor of the present version.'); // (1)
  if (madeFor !== order)
    throw new InvalidToken('Expected a cursor of this list in this order; begin again.'); // (2)
  if (!isWhole(atMs) || !isWhole(id) || !(asOf === null || isWhole(asOf)) || fields.length !== 5)
    throw new InvalidToken('Expected a cursor that a page of this list gave out.');
  return { past: { atMs, id }, order, asOf: asOf ?? undefined };
}

function fieldsOf(token: string): unknown[] {
  try {
    if (token.length > LENGTH_MAX) throw new RangeError(`${token.length} characters`);
    const fields: unknown = JSON.parse(atob(token.replace(/-/g, '+').replace(/_/g, '/')));
    if (Array.isArray(fields)) return fields;
  } catch {
    // Whatever is wrong with it, it is nothing that a page gave out.
  }
  throw new InvalidToken('Expected a cursor that a page of this list gave out.');
}

const isWhole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
// #endregion
