/** The codecs behind one small interface, as services would call them. */
import {
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { decode as decodeMessagePack, encode as encodeMessagePack } from '@msgpack/msgpack';
import { decode as decodeCbor, encode as encodeCbor } from 'cborg';
import { annotateCbor } from './annotate/cbor';
import { annotateJson } from './annotate/json';
import { annotateMessagePack } from './annotate/messagepack';
import { annotateProtobuf } from './annotate/protobuf';
import type { CodecId, Part } from './types';

interface Codec {
  readonly name: string;
  readonly library: string;
  /**
   * @param readSchema reads the reader's schema; only what has one calls it.
   * @throws what the library throws if it cannot hold the object.
   */
  readonly take: (object: JsonValue, readSchema: () => DescMessage) => Taken;
}

/** One object, ready to go to and fro. */
export interface Taken {
  /** From what a program holds to bytes. */
  readonly encode: () => Uint8Array;
  /** From bytes to what a program holds. */
  readonly decode: (bytes: Uint8Array) => unknown;
  /** What comes back, as values of JSON. */
  readonly toJson: (bytes: Uint8Array) => JsonValue;
  readonly annotate: (bytes: Uint8Array) => readonly Part[];
}

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

/** Entries stay in the order in which they stand in the object, as those of the others do. */
const CBOR_OPTIONS = { mapSorter: undefined };

export const CODECS: Readonly<Record<CodecId, Codec>> = {
  json: {
    name: 'JSON',
    library: 'JSON and TextEncoder of the JavaScript engine',
    take: (object) => {
      const decode = (bytes: Uint8Array): JsonValue => JSON.parse(fromUtf8.decode(bytes));
      return {
        encode: () => utf8.encode(JSON.stringify(object)),
        decode,
        toJson: decode,
        annotate: annotateJson,
      };
    },
  },
  protobuf: {
    name: 'Protobuf',
    library: 'Protobuf-ES 2.17.0, with the parser of protobufjs 8.8.1',
    take: (object, readSchema) => {
      const desc = readSchema();
      const message = fromJson(desc, object);
      return {
        encode: () => toBinary(desc, message),
        decode: (bytes) => fromBinary(desc, bytes),
        toJson: (bytes) => toJson(desc, fromBinary(desc, bytes), { useProtoFieldName: true }),
        annotate: (bytes) => annotateProtobuf(bytes, desc).parts,
      };
    },
  },
  messagepack: {
    name: 'MessagePack',
    library: '@msgpack/msgpack 3.1.3',
    take: (object) => ({
      encode: () => encodeMessagePack(object),
      decode: (bytes) => decodeMessagePack(bytes),
      toJson: (bytes) => asJson(decodeMessagePack(bytes)),
      annotate: annotateMessagePack,
    }),
  },
  cbor: {
    name: 'CBOR',
    library: 'cborg 6.1.5',
    take: (object) => ({
      encode: () => encodeCbor(object, CBOR_OPTIONS),
      decode: (bytes) => decodeCbor(bytes),
      toJson: (bytes) => asJson(decodeCbor(bytes)),
      annotate: annotateCbor,
    }),
  },
};

/** Integers beyond 2^53 come back as BigInt, which JSON cannot hold; infinity, which it cannot either, stays. */
function asJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return `${value}`;
  if (Array.isArray(value)) return value.map(asJson);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member)]));
}
