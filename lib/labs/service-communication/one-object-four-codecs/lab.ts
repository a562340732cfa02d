import type {
  CodecId,
  CodecsLab,
  CodecsOutput,
  EncodedOutcome,
  Part,
} from '@/lib/engines/codecs/types';

/** What a codec made of the object; undefined if it refused it. */
function by(output: CodecsOutput, id: CodecId): EncodedOutcome | undefined {
  const outcome =
    output.task === 'compared' ? output.codecs.find((codec) => codec.id === id) : undefined;
  return outcome?.refused === null ? outcome : undefined;
}

const bytes = (output: CodecsOutput, id: CodecId): number => by(output, id)?.bytes ?? Number.NaN;
const gzipped = (output: CodecsOutput, id: CodecId): number =>
  by(output, id)?.gzipBytes ?? Number.NaN;
const hexOf = (output: CodecsOutput, id: CodecId): string =>
  by(output, id)
    ?.parts.map(({ hex }) => hex)
    .join('') ?? '';

const says = (output: CodecsOutput, id: CodecId, words: string): boolean =>
  by(output, id)?.parts.some((part) => part.says === words) ?? false;

/** Bytes of the value that follows the tag of a field. */
function valueAfter(output: CodecsOutput, field: string): Part | undefined {
  const parts = by(output, 'protobuf')?.parts ?? [];
  return parts[parts.findIndex(({ says }) => says.includes(`, ${field};`)) + 1];
}

const ORDER = `{
  "id": "1234567890123456789",
  "customer": "Ada Lovelace",
  "items": [
    { "sku": "NB-13", "quantity": 2,
      "price_cents": 89900 },
    { "sku": "USB-C", "quantity": 5,
      "price_cents": 1290 }
  ],
  "status": "PAID",
  "gift": true
}`;

const ORDER_SCHEMA = `syntax = "proto3";

message Order {
  uint64 id = 1;
  string customer = 2;
  repeated Item items = 3;
  Status status = 4;
  bool gift = 5;
}

message Item {
  string sku = 1;
  uint32 quantity = 2;
  uint32 price_cents = 3;
}

enum Status {
  NEW = 0;
  PAID = 1;
}`;

/** A thermometer, a reading every ten seconds. */
const READINGS = JSON.stringify({
  readings: Array.from({ length: 16 }, (_, i) => ({
    sensor: 7,
    at: 1_732_190_400 + 10 * i,
    celsius: 18.5 + (i % 4) / 4,
  })),
}).replaceAll('{"sensor', '\n{"sensor');

export const lab: CodecsLab = {
  kind: 'codecs',
  title: 'One object, four codecs',
  question: 'Where do the bytes go when an object is sent as JSON, Protobuf, MessagePack or CBOR?',
  setup: { codecs: ['json', 'protobuf', 'messagepack', 'cbor'] },
  steps: [
    {
      id: 'order',
      title: 'An order',
      says: 'More than half of the JSON is names, quotes and marks. MessagePack and CBOR drop the marks and keep the names; Protobuf writes field numbers and leaves the names to the schema.',
      input: { task: 'compare', json: ORDER, proto: ORDER_SCHEMA, isTimed: false },
      expects: [
        {
          what: 'more than half of the bytes of JSON are names and marks',
          holds: (output) => {
            const { name = 0, mark = 0 } = by(output, 'json')?.bytesBy ?? {};
            return 2 * (name + mark) > bytes(output, 'json');
          },
        },
        {
          what: 'Protobuf takes less than half of the bytes of JSON, and writes no name',
          holds: (output) =>
            2 * bytes(output, 'protobuf') < bytes(output, 'json') &&
            by(output, 'protobuf')?.bytesBy.name === 0,
        },
        {
          what: 'MessagePack and CBOR have names and no marks',
          holds: (output) =>
            (['messagepack', 'cbor'] as const).every((id) => {
              const { name = 0, mark = 0 } = by(output, id)?.bytesBy ?? {};
              return name > 0 && mark === 0;
            }),
        },
        {
          what: 'all that went in comes back',
          holds: (output) =>
            lab.setup.codecs.every((id) => by(output, id)?.differences.length === 0),
        },
      ],
    },
    {
      id: 'varint',
      title: '150 in three bytes',
      says: 'In Protobuf the first byte is the tag, the field number times eight plus the wire type; the number follows as a varint, seven bits to a byte, the lowest first, each byte but the last with its highest bit set.',
      input: {
        task: 'compare',
        json: '{ "a": 150 }',
        proto: 'syntax = "proto3";\n\nmessage Test1 {\n  int32 a = 1;\n}',
        isTimed: false,
      },
      expects: [
        {
          what: 'Protobuf has 08 96 01',
          holds: (output) => hexOf(output, 'protobuf') === '089601',
        },
      ],
    },
    {
      id: 'signs',
      title: 'Minus one, as four types',
      says: 'An int32 below zero takes ten bytes, since a varint holds it as a 64-bit number; sint32 folds the sign into the lowest bit and takes one. Compare the zero: in proto3 it is not written and is missing from the JSON that comes back, though a reader of the message finds 0.',
      input: {
        task: 'compare',
        json: '{ "plain": -1, "zigzag": -1, "fixed": -1, "wide": "-1", "zero": 0 }',
        proto: `syntax = "proto3";

message Signs {
  int32 plain = 1;
  sint32 zigzag = 2;
  sfixed32 fixed = 3;
  sint64 wide = 4;
  int32 zero = 5;
}`,
        isTimed: false,
      },
      expects: [
        {
          what: 'the value of int32 takes ten bytes, that of sint32 one, that of sfixed32 four',
          holds: (output) =>
            valueAfter(output, 'plain')?.hex.length === 20 &&
            valueAfter(output, 'zigzag')?.hex === '01' &&
            valueAfter(output, 'fixed')?.hex === 'ffffffff',
        },
        {
          what: 'the zero is not written',
          holds: (output) =>
            by(output, 'protobuf')?.differences.join('') === 'zero: 0 does not come back',
        },
      ],
    },
    {
      id: 'readings',
      title: 'Sixteen readings, and gzip',
      says: 'Names that repeat are what gzip is good at. Before it, the JSON is more than three times as long as the Protobuf; after it, less than twice. CBOR is shorter than MessagePack here, since its library writes 18.75 as a float of two bytes, which suffice, and the other one takes eight unless told otherwise.',
      input: {
        task: 'compare',
        json: READINGS,
        proto: `syntax = "proto3";

message Readings {
  repeated Reading readings = 1;
}

message Reading {
  uint32 sensor = 1;
  fixed32 at = 2;
  float celsius = 3;
}`,
        isTimed: false,
      },
      expects: [
        {
          what: 'before gzip, JSON has more than three times the bytes of Protobuf',
          holds: (output) => bytes(output, 'json') > 3 * bytes(output, 'protobuf'),
        },
        {
          what: 'after gzip, JSON has less than twice the bytes of Protobuf',
          holds: (output) => gzipped(output, 'json') < 2 * gzipped(output, 'protobuf'),
        },
        {
          what: 'CBOR writes a temperature as a float of 16 bits, MessagePack as one of 64',
          holds: (output) =>
            says(output, 'cbor', 'float 16') && says(output, 'messagepack', 'float 64'),
        },
      ],
    },
  ],
  differences: [
    'An object is given as JSON, which knows no bytes or dates, and whose integers JavaScript reads exactly only to 2^53: MessagePack and CBOR could write bytes as bytes and dates with a tag, where JSON has base64 and text; here they get the text.',
    'Protobuf takes the object by its JSON mapping, in which 64-bit integers stand as text.',
    'The speed, if you have it measured, is that of JavaScript libraries which generate no code, in this browser and on this machine; JSON is part of the browser, written in C++. In Go, Java or C++ the order may be different.',
    'gzip is at the level that the browser has chosen; a server may be set to another, or to Brotli or Zstandard.',
  ],
};
