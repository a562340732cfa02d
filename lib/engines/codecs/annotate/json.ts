/** The bytes of a JSON text (RFC 8259): names, values, and the marks between them. */

import type { Part } from '../types';
import { counted, quoted, Walk } from './walk';

const CODE = (character: string): number => character.charCodeAt(0);
const QUOTE = CODE('"');
const BACKSLASH = CODE('\\');
const COLON = CODE(':');
const MARKS = new Set([...'{}[],:'].map(CODE));
const SPACES = new Set([...' \n\r\t'].map(CODE));

/** @param bytes a JSON text that is valid. */
export function annotateJson(bytes: Uint8Array): Part[] {
  const walk = new Walk(bytes);
  while (!walk.isDone) {
    const length = lengthOfRun(walk, bytes);
    const first = walk.peek();
    if (MARKS.has(first) || SPACES.has(first))
      walk.take(length, 'mark', `${counted(length, 'mark')} of structure`);
    else if (first === QUOTE && isName(bytes, walk.at + length))
      walk.take(
        length,
        'name',
        `the name ${quoted(bytes.subarray(walk.at + 1, walk.at + length - 1))}, in quotes`,
      );
    else walk.take(length, 'value', describeValue(walk.ahead(length)));
  }
  return walk.parts;
}

/** How many bytes belong together from here: marks side by side, a text, or another value. */
function lengthOfRun(walk: Walk, bytes: Uint8Array): number {
  const from = walk.at;
  const first = walk.peek();
  let to = from + 1;
  if (first === QUOTE) {
    while (bytes[to] !== QUOTE) to += bytes[to] === BACKSLASH ? 2 : 1;
    return to + 1 - from;
  }
  const isStructure = (byte: number): boolean => MARKS.has(byte) || SPACES.has(byte);
  const isStructural = isStructure(first);
  while (to < bytes.length) {
    const byte = bytes[to] ?? 0;
    if (byte === QUOTE || isStructure(byte) !== isStructural) break;
    to++;
  }
  return to - from;
}

/** Whether a colon follows. */
function isName(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (SPACES.has(bytes[at] ?? 0)) at++;
  return bytes[at] === COLON;
}

function describeValue(bytes: Uint8Array): string {
  if (bytes[0] === QUOTE) return `the text ${quoted(bytes.subarray(1, -1))}, in quotes`;
  const text = new TextDecoder().decode(bytes);
  return /^[-0-9]/.test(text) ? `${text}, ${counted(text.length, 'character')}` : text;
}
