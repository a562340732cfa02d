import { decode as decodeMessagePack, encode as encodeMessagePack } from '@msgpack/msgpack';
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Part } from '../types';
import { annotateCbor } from './cbor';
import { MESSAGEPACK_FORMATS, RFC_8949_A } from './fixtures';
import { annotateJson } from './json';
import { annotateMessagePack } from './messagepack';
import { hexOf } from './walk';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const joined = (parts: readonly Part[]): string => parts.map(({ hex }) => hex).join('');
const lastSaid = (parts: readonly Part[]): string => parts.at(-1)?.says ?? '';

describe('CBOR', () => {
  test.each(RFC_8949_A)('%s is put together from its parts', (hex) => {
    expect(joined(annotateCbor(bytesOf(hex)))).toBe(hex);
  });

  const scalars = RFC_8949_A.filter(
    ([, value]) => /^-?[\dIN]/.test(value) && !/[(]/.test(value) && !value.includes(':'),
  );
  test('numbers are many in the vectors', () => expect(scalars.length).toBeGreaterThan(35));
  // Numbers beyond 64 bits are bytes with a tag (section 3.4.3).
  test.each(scalars.filter(([hex]) => !/^c[23]/.test(hex)))('%s is %s', (hex, value) => {
    expect(lastSaid(annotateCbor(bytesOf(hex))).split(':')[0]).toBe(value);
  });

  test.each([
    ['f4', 'false'],
    ['f5', 'true'],
    ['f6', 'null'],
    ['f7', 'undefined'],
    ['f0', 'simple value 16'],
    ['62c3bc', 'the text "ü"'],
    ['4401020304', '4 bytes'],
    ['c11a514b67b0', '1363896240'],
  ])('%s says %s', (hex, says) => {
    expect(lastSaid(annotateCbor(bytesOf(hex)))).toBe(says);
  });

  test.each([
    ['1c', 'no argument'],
    ['ff', 'break'],
    ['62c3', 'should follow'],
    ['0000', 'more follows'],
    ['81'.repeat(150).concat('00'), 'nested'],
  ])('%s is refused', (hex, why) => {
    expect(() => annotateCbor(bytesOf(hex))).toThrow(why);
  });
});

describe('MessagePack', () => {
  test.each(MESSAGEPACK_FORMATS)('%s says %s, and is put together from its parts', (hex, value) => {
    const parts = annotateMessagePack(bytesOf(hex));
    expect(joined(parts)).toBe(hex);
    expect(`${lastSaid(parts)}:`).toMatch(value === 'text' ? /^fixstr:/ : startOf(value));
  });

  test('every first byte but 0xc1 is known', () => {
    for (let type = 0; type <= 0xff; type++) {
      const bytes = new Uint8Array(40_000).fill(0);
      bytes[0] = type;
      const complaint = complaintOf(() => annotateMessagePack(bytes));
      if (type === 0xc1) expect(complaint).toContain('never used');
      else expect(complaint).toContain('more follows');
    }
  });

  test.each([
    ['a2c3', 'should follow'],
    ['0000', 'more follows'],
    ['91'.repeat(150).concat('00'), 'nested'],
  ])('%s is refused', (hex, why) => {
    expect(() => annotateMessagePack(bytesOf(hex))).toThrow(why);
  });
});

function startOf(value: string): RegExp {
  return new RegExp(`^${value.replace(/[.]/g, '\\.')}:`);
}

function complaintOf(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}

describe('any object', () => {
  const objects = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)));
  const codecs = [
    {
      name: 'JSON',
      encode: (value: unknown) => new TextEncoder().encode(JSON.stringify(value)),
      annotate: annotateJson,
    },
    {
      name: 'MessagePack',
      encode: (value: unknown) => encodeMessagePack(value),
      annotate: annotateMessagePack,
    },
    { name: 'CBOR', encode: (value: unknown) => encodeCbor(value), annotate: annotateCbor },
  ];

  test.each(codecs)(
    '$name: the parts are the bytes, and the names are those of the object',
    ({ encode, annotate }) => {
      fc.assert(
        fc.property(objects, (object) => {
          const bytes = encode(object);
          const parts = annotate(bytes);
          expect(joined(parts)).toBe(hexOf(bytes));
          // A name without bytes is only its head.
          expect(parts.filter(({ role }) => role === 'name').length).toBeLessThanOrEqual(
            namesIn(object),
          );
          const visible = namesIn(object, (name) => name !== '');
          expect(parts.filter(({ role }) => role === 'name').length).toBeGreaterThanOrEqual(
            visible,
          );
        }),
      );
    },
  );

  test('what MessagePack and CBOR say of a number is the number that they decode', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true })), (number) => {
        for (const [bytes, annotate, decode] of [
          [encodeMessagePack(number), annotateMessagePack, decodeMessagePack],
          [encodeCbor(number), annotateCbor, decodeCbor],
        ] as const)
          expect(Number(lastSaid(annotate(bytes)).split(':')[0])).toBe(Number(decode(bytes)) + 0);
      }),
    );
  });
});

function namesIn(value: unknown, counts: (name: string) => boolean = () => true): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).filter(counts).length;
  return Object.values(value).reduce<number>((sum, member) => sum + namesIn(member, counts), own);
}

describe('JSON', () => {
  test('names, values and marks', () => {
    const parts = annotateJson(new TextEncoder().encode('{"a\\"b":[1.5,"x:y",null]}'));
    expect(parts.map(({ role, hex }) => `${role} ${Buffer.from(hex, 'hex')}`)).toEqual([
      'mark {',
      'name "a\\"b"',
      'mark :[',
      'value 1.5',
      'mark ,',
      'value "x:y"',
      'mark ,',
      'value null',
      'mark ]}',
    ]);
  });
});
