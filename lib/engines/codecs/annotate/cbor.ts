/** The bytes of CBOR, RFC 8949: an initial byte of major type (3 bits) and argument (5 bits), and what follows. */
import type { Part } from '../types';
import { counted, quoted, Walk } from './walk';

/** @param bytes one data item, well formed. @throws RangeError where they are not. */
export function annotateCbor(bytes: Uint8Array): Part[] {
  const walk = new Walk(bytes);
  item(walk, 'value');
  if (!walk.isDone)
    throw new RangeError(`One item should end at byte ${walk.at}, but more follows.`);
  return walk.parts;
}

/** What an item is: a name in a map, or a value. */
type Use = 'name' | 'value';

const BREAK = 0xff;
/** Argument of the initial byte for a length that is not known in advance (section 3.2). */
const INDEFINITE = 31;

interface Argument {
  /** As it stands in the initial byte, 0 to 31. */
  readonly short: number;
  /** Bytes after the initial byte that hold it: 0, 1, 2, 4 or 8. */
  readonly width: number;
  readonly value: bigint;
}

function item(walk: Walk, use: Use): void {
  const major = walk.peek() >> 5;
  const argument = argumentOf(walk);
  if (major <= 1) integer(walk, use, major === 1, argument);
  else if (major <= 3) string(walk, use, major === 3, argument);
  else if (major <= 5) container(walk, major === 5, argument);
  else if (major === 6) tagged(walk, use, argument);
  else simple(walk, use, argument);
}

function argumentOf(walk: Walk): Argument {
  const short = walk.peek() & 0x1f;
  if (short >= 28 && short < INDEFINITE)
    throw new RangeError(`${short} is no argument of an initial byte (RFC 8949, section 3).`);
  const width = short < 24 || short === INDEFINITE ? 0 : 1 << (short - 24);
  const value =
    width === 0
      ? BigInt(short)
      : [...walk.ahead(1 + width).subarray(1)].reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { short, width, value };
}

function integer(walk: Walk, use: Use, isNegative: boolean, { width, value }: Argument): void {
  const number = isNegative ? -1n - value : value;
  const name = isNegative ? 'negative integer' : 'unsigned integer';
  if (width === 0) walk.take(1, use, `${number}: type and value in one byte (${name})`);
  else {
    walk.take(1, 'tag', `${name} in ${counted(width, 'byte')}`);
    walk.take(width, use, `${number}`);
  }
}

function tagged(walk: Walk, use: Use, { width, value }: Argument): void {
  const says = `tag ${value}: the meaning of the item that follows`;
  walk.take(1, 'tag', width === 0 ? says : 'tag');
  walk.take(width, 'tag', says);
  walk.inside(() => item(walk, use));
}

/** The initial byte, and the argument as a length in bytes of its own if it has any. */
function head(walk: Walk, name: string, size: string, width: number): void {
  walk.take(1, 'tag', width === 0 ? `${name}: ${size}` : name);
  walk.take(width, 'length', size);
}

function string(walk: Walk, use: Use, isText: boolean, { short, width, value }: Argument): void {
  const name = isText ? 'text' : 'bytes';
  if (short === INDEFINITE) {
    walk.take(1, 'tag', `${name} in chunks, until a break`);
    untilBreak(walk, () => item(walk, use));
    return;
  }
  const length = Number(value);
  head(walk, name, counted(length, 'byte'), width);
  const what = use === 'name' ? 'name' : 'text';
  walk.take(
    length,
    use,
    isText ? `the ${what} ${quoted(walk.ahead(length))}` : counted(length, 'byte'),
  );
}

function container(walk: Walk, isMap: boolean, { short, width, value }: Argument): void {
  const entry = (): void => {
    if (isMap) item(walk, 'name');
    item(walk, 'value');
  };
  const name = isMap ? 'map' : 'array';
  if (short === INDEFINITE) {
    walk.take(1, 'tag', `${name}, until a break`);
    untilBreak(walk, entry);
    return;
  }
  head(walk, name, isMap ? counted(value, 'entry', 'entries') : counted(value, 'element'), width);
  walk.inside(() => {
    for (let i = 0n; i < value; i++) entry();
  });
}

function untilBreak(walk: Walk, each: () => void): void {
  walk.inside(() => {
    while (walk.peek() !== BREAK) each();
  });
  walk.take(1, 'mark', 'break');
}

const SIMPLE: Readonly<Record<number, string>> = {
  20: 'false',
  21: 'true',
  22: 'null',
  23: 'undefined',
};

function simple(walk: Walk, use: Use, { short, width }: Argument): void {
  if (short === INDEFINITE) throw new RangeError('A break stands where an item should.');
  if (width === 0) walk.take(1, use, SIMPLE[short] ?? `simple value ${short}`);
  else if (width === 1) {
    walk.take(1, 'tag', 'simple value');
    walk.take(1, use, `${walk.peek()}`);
  } else {
    walk.take(1, 'tag', `float ${8 * width}`);
    const number = floatOf(walk.viewAhead(width));
    walk.take(width, use, `${Object.is(number, -0) ? '-0' : number}`);
  }
}

function floatOf(view: DataView): number {
  if (view.byteLength === 2) return float16(view.getUint16(0));
  return view.byteLength === 4 ? view.getFloat32(0) : view.getFloat64(0);
}

/** IEEE 754 binary16, of which JavaScript has had a reader only since 2025. */
function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
