import { fromBinary, fromJson, type JsonObject, toBinary, toJson } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotateProtobuf } from './annotate/protobuf';
import { hexOf } from './annotate/walk';
import { readSchema, SchemaError } from './schema';
import { readVarint } from './wire';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const proto3 = (body: string): string => `syntax = "proto3";\n${body}`;

/** https://protobuf.dev/programming-guides/encoding/: what is written there, byte for byte. */
const PUBLISHED: readonly (readonly [fields: string, object: JsonObject, hex: string])[] = [
  ['int32 a = 1;', { a: 150 }, '089601'],
  ['string b = 2;', { b: 'testing' }, '120774657374696e67'],
  ['Test1 c = 3; message Test1 { int32 a = 1; }', { c: { a: 150 } }, '1a03089601'],
  [
    'string d = 4; repeated int32 e = 5 [packed = false];',
    { d: 'hello', e: [1, 2, 3] },
    '220568656c6c6f280128022803',
  ],
  ['repeated int32 f = 6;', { f: [3, 270, 86942] }, '3206038e029ea705'],
  ['int32 a = 1;', { a: -2 }, '08feffffffffffffffff01'],
  ['sint32 a = 1;', { a: -500 }, '08e707'],
  ['sint32 a = 1;', { a: 2147483647 }, '08feffffff0f'],
  ['sint32 a = 1;', { a: -2147483648 }, '08ffffffff0f'],
  ['double a = 5;', { a: 25.4 }, '296666666666663940'],
  ['float a = 5;', { a: 25.4 }, '2d3333cb41'],
  ['fixed64 a = 6;', { a: '200' }, '31c800000000000000'],
  ['fixed32 a = 6;', { a: 200 }, '35c8000000'],
  ['bool a = 1;', { a: true }, '0801'],
  ['map<string, int32> g = 7;', { g: { x: 1 } }, '3a050a01781001'],
];

describe('what is published of the encoding', () => {
  test.each(PUBLISHED)('%s', (fields, object, hex) => {
    const desc = readSchema(proto3(`message Test { ${fields} }`));
    const bytes = toBinary(desc, fromJson(desc, object));
    expect(hexOf(bytes)).toBe(hex);
    const { parts, mismatches } = annotateProtobuf(bytes, desc);
    expect(parts.map((part) => part.hex).join('')).toBe(hex);
    expect(mismatches).toEqual([]);
    expect(toJson(desc, fromBinary(desc, bytes))).toEqual(
      'a' in object && object.a === 25.4 && fields.startsWith('float')
        ? { a: 25.399999618530273 }
        : object,
    );
  });

  test('150 is said, with its field and wire type', () => {
    const desc = readSchema(proto3('message Test { int32 a = 1; }'));
    expect(annotateProtobuf(bytesOf('089601'), desc).parts).toEqual([
      { role: 'tag', hex: '08', says: 'field 1, a; wire type 0, VARINT', depth: 0 },
      { role: 'value', hex: '9601', says: '150', depth: 0 },
    ]);
  });

  test.each([
    ['sint32 a = 1;', { a: -2 }, '-2, as zigzag 3'],
    ['int64 a = 1;', { a: '-9223372036854775808' }, '-9223372036854775808'],
    [
      'sint64 a = 1;',
      { a: '-9223372036854775808' },
      '-9223372036854775808, as zigzag 18446744073709551615',
    ],
    ['uint64 a = 1;', { a: '18446744073709551615' }, '18446744073709551615'],
    ['bool a = 1;', { a: true }, 'true'],
    ['sfixed32 a = 1;', { a: -1 }, '-1'],
    ['sfixed64 a = 1;', { a: '-1' }, '-1'],
    ['double a = 1;', { a: 25.4 }, '25.4'],
    ['bytes a = 1;', { a: 'AAEC' }, '3 bytes'],
    ['E a = 1; enum E { NONE = 0; PAID = 1; }', { a: 'PAID' }, 'PAID = 1'],
    ['E a = 1; enum E { NONE = 0; }', { a: 7 }, 'no name = 7'],
  ])('%s %j is said as %s', (fields, object, says) => {
    const desc = readSchema(proto3(`message Test { ${fields} }`));
    const { parts } = annotateProtobuf(toBinary(desc, fromJson(desc, object)), desc);
    expect(parts.at(-1)?.says).toBe(says);
  });

  test('a group of proto2 is one between its two tags', () => {
    const desc = readSchema('message Test { optional group Inner = 8 { optional int32 a = 1; } }');
    const { parts } = annotateProtobuf(bytesOf('4308960144'), desc);
    expect(parts.map(({ depth, says }) => `${depth} ${says}`)).toEqual([
      '0 field 8, inner; wire type 3, SGROUP',
      '1 field 1, a; wire type 0, VARINT',
      '1 150',
      '1 field 8; wire type 4, EGROUP',
    ]);
  });
});

describe('bytes that are no message', () => {
  const desc = readSchema(proto3('message Test { int32 a = 1; Test t = 2; }'));
  test.each([
    ['08', 'bytes should follow|end within'],
    ['0f00', '7 is no wire type'],
    ['0000', '0 is not a field number'],
    ['1205', 'should follow'],
    ['08ffffffffffffffffffff01', 'within 10 bytes'],
  ])('%s: %s', (hex, why) => {
    expect(() => annotateProtobuf(bytesOf(hex), desc)).toThrow(new RegExp(why));
  });

  test('a wire type that the schema does not expect is reported, and walked past', () => {
    const { parts, mismatches } = annotateProtobuf(bytesOf('0a0378797a'), desc);
    expect(mismatches).toEqual([{ message: 'Test', number: 1 }]);
    expect(parts.at(-1)).toMatchObject({ hex: '78797a', says: '3 bytes' });
  });
});

test('a varint says the number and its width', () => {
  expect(readVarint(bytesOf('ac02'))).toEqual({ value: 300n, width: 2 });
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      const desc = readSchema(proto3('message Test { uint64 a = 1; }'));
      const bytes = toBinary(desc, fromJson(desc, { a: `${value}` })).subarray(1);
      if (value !== 0n) expect(readVarint(bytes)).toEqual({ value, width: bytes.length });
    }),
    { numRuns: 50 },
  );
});

describe('schemas', () => {
  test('packages, nesting, choices, maps, presence and enums are as they are declared', () => {
    const desc = readSchema(`
      // syntax = "proto2" is what this is not.
      syntax = "proto3";
      package shop.orders;
      message Order {
        oneof payment { string card = 1; Voucher voucher = 2; }
        optional int32 discount = 3;
        map<string, Line> lines = 4;
        Status status = 5;
        message Voucher { bytes code = 1; }
        int64 placed_at = 6;
      }
      message Line { uint32 quantity = 1; }
      enum Status { NEW = 0; PAID = 1; }
    `);
    expect(desc.typeName).toBe('shop.orders.Order');
    const object = {
      voucher: { code: 'AAE=' },
      discount: 0,
      lines: { a: { quantity: 2 } },
      status: 'PAID',
      placed_at: '5',
    };
    const bytes = toBinary(desc, fromJson(desc, object));
    expect(toJson(desc, fromBinary(desc, bytes), { useProtoFieldName: true })).toEqual(object);
    expect(toJson(desc, fromJson(desc, object))).toHaveProperty('placedAt');
  });

  test('proto2 has defaults and what is required', () => {
    const desc = readSchema(
      'message M { required int32 a = 1; optional string b = 2 [default = "x"]; }',
    );
    expect(() => toBinary(desc, fromJson(desc, {}))).toThrow('required');
    expect(hexOf(toBinary(desc, fromJson(desc, { a: 0 })))).toBe('0800');
  });

  test('a field can be left out, with the choice that it was alone in', () => {
    const text = proto3(
      'message M { oneof c { int32 a = 1; } optional int32 b = 2; int32 d = 3; }',
    );
    const desc = readSchema(text, (message, number) => message === 'M' && number === 1);
    expect(desc.fields.map(({ name }) => name)).toEqual(['b', 'd']);
    expect(desc.oneofs).toEqual([]);
  });

  test.each([
    [proto3('message M { int32 a = 1; int32 b = 1; }'), 'duplicate id 1'],
    [proto3('message M { reserved 4; int32 a = 4; }'), 'id 4 is reserved'],
    [proto3('message M { int32 a = ; }'), 'line 2'],
    [proto3('message M { Foo a = 1; }'), "no such Type or Enum 'Foo'"],
    [proto3('enum E { A = 0; }'), 'declares none'],
    ['', 'declares none'],
    ['edition = "2023"; message M { int32 a = 1; }', 'editions are not known'],
    [proto3('import "a.proto"; message M { int32 a = 1; }'), 'imports a.proto'],
  ])('is refused: %s', (text, why) => {
    expect(() => readSchema(text)).toThrow(SchemaError);
    expect(() => readSchema(text)).toThrow(why);
  });

  test('is refused if it is longer than anybody reads', () => {
    const text = proto3(`message M { } // ${'x'.repeat(17_000)}`);
    expect(() => readSchema(text)).toThrow('16,384 bytes');
  });
});
