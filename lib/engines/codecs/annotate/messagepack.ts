/** The bytes of MessagePack: its specification at https://github.com/msgpack/msgpack/blob/master/spec.md. */
import type { Part } from '../types';
import { counted, quoted, Walk } from './walk';

/** @param bytes one value, well formed. @throws RangeError where the bytes end too early. */
export function annotateMessagePack(bytes: Uint8Array): Part[] {
  const walk = new Walk(bytes);
  value(walk, 'value');
  if (!walk.isDone)
    throw new RangeError(`One value should end at byte ${walk.at}, but more follows.`);
  return walk.parts;
}

/** What a text is: a name in a map, or a value. */
type Use = 'name' | 'value';

function value(walk: Walk, use: Use): void {
  const type = walk.peek();
  if (type <= 0x7f) walk.take(1, use, `${type}: type and value in one byte (positive fixint)`);
  else if (type <= 0x8f) container(walk, 'map', 'fixmap', type & 0x0f, 0);
  else if (type <= 0x9f) container(walk, 'array', 'fixarray', type & 0x0f, 0);
  else if (type <= 0xbf) text(walk, use, 'fixstr', type & 0x1f, 0);
  else if (type >= 0xe0)
    walk.take(1, use, `${type - 256}: type and value in one byte (negative fixint)`);
  else ofType(walk, type, use);
}

function ofType(walk: Walk, type: number, use: Use): void {
  const known = TYPES[type];
  if (!known) throw new RangeError(`0x${type.toString(16)} is never used in MessagePack.`);
  const { name, kind } = known;
  if (kind === 'itself') walk.take(1, use, name);
  else if (kind === 'number') {
    walk.take(1, 'tag', name);
    walk.take(known.width, use, `${known.read(walk.viewAhead(known.width))}`);
  } else {
    const { width } = known;
    const length = width === 0 ? known.length : lengthAt(walk, width);
    if (kind === 'text') text(walk, use, name, length, width);
    else if (kind === 'bin' || kind === 'ext') binary(walk, name, length, width, kind === 'ext');
    else container(walk, kind, name, length, width);
  }
}

type Type =
  | { readonly kind: 'itself'; readonly name: string }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly width: number;
      readonly read: (view: DataView) => number | bigint;
    }
  | {
      readonly kind: 'text' | 'bin' | 'ext' | 'array' | 'map';
      readonly name: string;
      /** Bytes of the length; 0 where the type says it. */
      readonly width: number;
      readonly length: number;
    };

const sized = (
  kind: 'text' | 'bin' | 'ext' | 'array' | 'map',
  name: string,
  width: number,
): Type => ({ kind, name: `${name} ${8 * width}`, width, length: 0 });
const fixext = (length: number): Type => ({
  kind: 'ext',
  name: `fixext ${length}`,
  width: 0,
  length,
});
const numeric = (name: string, width: number, read: (view: DataView) => number | bigint): Type => ({
  kind: 'number',
  name,
  width,
  read,
});

/** The table "Formats" of the specification, but for those types that carry their value. */
const TYPES: Readonly<Record<number, Type>> = {
  192: { kind: 'itself', name: 'nil' },
  194: { kind: 'itself', name: 'false' },
  195: { kind: 'itself', name: 'true' },
  196: sized('bin', 'bin', 1),
  197: sized('bin', 'bin', 2),
  198: sized('bin', 'bin', 4),
  199: sized('ext', 'ext', 1),
  200: sized('ext', 'ext', 2),
  201: sized('ext', 'ext', 4),
  202: numeric('float 32', 4, (view) => view.getFloat32(0)),
  203: numeric('float 64', 8, (view) => view.getFloat64(0)),
  204: numeric('uint 8', 1, (view) => view.getUint8(0)),
  205: numeric('uint 16', 2, (view) => view.getUint16(0)),
  206: numeric('uint 32', 4, (view) => view.getUint32(0)),
  207: numeric('uint 64', 8, (view) => view.getBigUint64(0)),
  208: numeric('int 8', 1, (view) => view.getInt8(0)),
  209: numeric('int 16', 2, (view) => view.getInt16(0)),
  210: numeric('int 32', 4, (view) => view.getInt32(0)),
  211: numeric('int 64', 8, (view) => view.getBigInt64(0)),
  212: fixext(1),
  213: fixext(2),
  214: fixext(4),
  215: fixext(8),
  216: fixext(16),
  217: sized('text', 'str', 1),
  218: sized('text', 'str', 2),
  219: sized('text', 'str', 4),
  220: sized('array', 'array', 2),
  221: sized('array', 'array', 4),
  222: sized('map', 'map', 2),
  223: sized('map', 'map', 4),
};

/** The length that stands in the bytes after the next. */
function lengthAt(walk: Walk, width: number): number {
  return [...walk.ahead(1 + width).subarray(1)].reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The byte of the type, and the length in bytes of its own if it has any. */
function head(walk: Walk, name: string, size: string, width: number): void {
  walk.take(1, 'tag', width === 0 ? `${name}: ${size}` : name);
  walk.take(width, 'length', size);
}

function container(
  walk: Walk,
  kind: 'map' | 'array',
  name: string,
  count: number,
  width: number,
): void {
  head(
    walk,
    name,
    kind === 'map' ? counted(count, 'entry', 'entries') : counted(count, 'element'),
    width,
  );
  walk.inside(() => {
    for (let i = 0; i < count; i++) {
      if (kind === 'map') value(walk, 'name');
      value(walk, 'value');
    }
  });
}

function text(walk: Walk, use: Use, name: string, length: number, width: number): void {
  head(walk, name, counted(length, 'byte'), width);
  walk.take(length, use, `the ${use === 'name' ? 'name' : 'text'} ${quoted(walk.ahead(length))}`);
}

function binary(walk: Walk, name: string, length: number, width: number, hasType: boolean): void {
  head(walk, name, counted(length, 'byte'), width);
  if (hasType) walk.take(1, 'tag', `type ${walk.viewAhead(1).getInt8(0)} of the application`);
  walk.take(length, 'value', counted(length, 'byte'));
}
