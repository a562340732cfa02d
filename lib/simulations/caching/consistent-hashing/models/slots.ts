import type { Placement } from './placement';

/** As many slots as a Redis Cluster has. */
export const SLOTS = 16_384;

/** CRC-16/XMODEM: polynomial 0x1021, from 0, most significant bit first. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}

const utf8 = new TextEncoder();

// #region slot
/** The slot of a key, from 0 to 16,383, by the rules of Redis Cluster. */
export function slotOf(key: string): number {
  const open = key.indexOf('{');
  const close = open < 0 ? -1 : key.indexOf('}', open + 1);
  const hashed = close > open + 1 ? key.slice(open + 1, close) : key; // (1)
  return crc16(utf8.encode(hashed)) & (SLOTS - 1);
}
// #endregion

/** A fixed number of slots, each given to a node by a table that all must share. */
export function slots(): Placement {
  const slotsOf = new Map<string, number[]>();
  const table: string[] = [];

  const give = (node: string, slot: number): void => {
    table[slot] = node;
    slotsOf.get(node)?.push(slot);
  };
  /** The node with the most slots, or with the fewest; of several the one that joined first. */
  const extreme = (sign: 1 | -1): string => {
    let found = '';
    let most = Number.NEGATIVE_INFINITY;
    for (const [node, { length }] of slotsOf)
      if (sign * length > most) [found, most] = [node, sign * length];
    return found;
  };

  return {
    // #region owners
    ownersOf: (key, count) => {
      const nodes = [...slotsOf.keys()];
      const first = Math.max(0, nodes.indexOf(table[slotOf(key)] ?? ''));
      return [...nodes.slice(first), ...nodes.slice(0, first)].slice(0, count);
    },
    // #endregion
    // #region change
    join: (node) => {
      slotsOf.set(node, []);
      if (slotsOf.size === 1) for (let slot = 0; slot < SLOTS; slot++) give(node, slot);
      const share = Math.floor(SLOTS / slotsOf.size);
      while ((slotsOf.get(node)?.length ?? share) < share)
        give(node, slotsOf.get(extreme(1))?.pop() ?? 0); // (2)
    },
    leave: (node) => {
      const left = slotsOf.get(node) ?? [];
      slotsOf.delete(node);
      for (const slot of left) give(extreme(-1), slot); // (3)
    },
    // #endregion
    positionsOf: () => [],
  };
}
