/** FNV-1a over the UTF-16 units of a text, 32 bits (RFC 9923 for the constants). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

// #region hash
/** Where a text lies on the circle, from 0 to 2³² − 1. */
export function hash(text: string): number {
  let word = fnv1a(text); // (1)
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
// #endregion
