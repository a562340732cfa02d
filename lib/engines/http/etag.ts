const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/**
 * A strong entity tag of a content: equal bytes, equal tag. FNV-1a, 64 bits
 * (draft-eastlake-fnv); it guards against accidents and not against forgery. WebCrypto would need a
 * page that came by https.
 */
export function entityTag(content: string): string {
  let hash = OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(content)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return `"${hash.toString(16).padStart(16, '0')}"`;
}
