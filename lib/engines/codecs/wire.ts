/** What Protobuf lays on the wire: https://protobuf.dev/programming-guides/encoding/. */
import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { WireType } from '@bufbuild/protobuf/wire';

/** Names of the wire types as the encoding guide has them, by number. */
export const WIRE_TYPES = ['VARINT', 'I64', 'LEN', 'SGROUP', 'EGROUP', 'I32'] as const;

/** A varint takes at most so many bytes: 64 bits, seven in each. */
export const VARINT_BYTES_MAX = 10;

/** @returns the number, unsigned, and how many bytes it takes. @throws RangeError if it does not end. */
export function readVarint(bytes: Uint8Array, from = 0): { value: bigint; width: number } {
  let value = 0n;
  for (let width = 0; width < VARINT_BYTES_MAX; width++) {
    const byte = bytes[from + width];
    if (byte === undefined) throw new RangeError('The bytes end within a varint.');
    value |= BigInt(byte & 0x7f) << BigInt(7 * width);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), width: width + 1 };
  }
  throw new RangeError(`A varint should end within ${VARINT_BYTES_MAX} bytes.`);
}

/** The wire type in which one value of the scalar is written. */
export function wireTypeOf(scalar: ScalarType): WireType {
  switch (scalar) {
    case ScalarType.STRING:
    case ScalarType.BYTES:
      return WireType.LengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    default:
      return WireType.Varint;
  }
}

/** A field as far as its bytes go. */
export interface FieldShape {
  readonly name: string;
  readonly number: number;
  readonly isList: boolean;
  /** Exactly one of these four is there. */
  readonly scalar?: ScalarType | undefined;
  readonly enum?: DescEnum | undefined;
  readonly message?: MessageShape | undefined;
  readonly entry?: MessageShape | undefined;
  /** Written as a group and not with a length (proto2). */
  readonly isGroup: boolean;
}

/** A message as far as its bytes go: what may stand in it, by number. */
export interface MessageShape {
  /** Full name; that of a map's entry is the message's that has the map. */
  readonly typeName: string;
  readonly fieldOf: (number: number) => FieldShape | undefined;
}

export function shapeOf(desc: DescMessage): MessageShape {
  return {
    typeName: desc.typeName,
    fieldOf: (number) => {
      const field = desc.fields.find((candidate) => candidate.number === number);
      return field && shapeOfField(field);
    },
  };
}

function shapeOfField(field: DescField): FieldShape {
  const { name, number, fieldKind } = field;
  const kinds = {
    scalar: field.scalar,
    enum: field.enum,
    message: field.message && shapeOf(field.message),
  };
  if (fieldKind !== 'map') {
    const isGroup = field.message !== undefined && field.delimitedEncoding;
    return { name, number, isList: fieldKind === 'list', isGroup, ...kinds };
  }
  const single = { isList: false, isGroup: false };
  const key: FieldShape = { name: 'key', number: 1, scalar: field.mapKey, ...single };
  const value: FieldShape = { name: 'value', number: 2, ...kinds, ...single };
  const entry: MessageShape = {
    typeName: field.parent.typeName,
    fieldOf: (of) => [key, value].find((candidate) => candidate.number === of),
  };
  return { name, number, isList: true, isGroup: false, entry };
}

/** The wire types that a reader of the field takes: a list of numbers may be packed or not. */
export function wireTypesOf(field: FieldShape): readonly WireType[] {
  if (field.message || field.entry)
    return [field.isGroup ? WireType.StartGroup : WireType.LengthDelimited];
  const single = wireTypeOf(field.scalar ?? ScalarType.INT32);
  return field.isList ? [single, WireType.LengthDelimited] : [single];
}

/** What a varint means in a field of the type. */
export function meaningOfVarint(value: bigint, scalar: ScalarType): string {
  switch (scalar) {
    case ScalarType.BOOL:
      return value === 0n ? 'false' : 'true';
    case ScalarType.INT32:
      return `${BigInt.asIntN(32, value)}`;
    case ScalarType.INT64:
      return `${BigInt.asIntN(64, value)}`;
    case ScalarType.UINT32:
      return `${BigInt.asUintN(32, value)}`;
    case ScalarType.SINT32:
      return `${fromZigzag(BigInt.asUintN(32, value))}, as zigzag ${BigInt.asUintN(32, value)}`;
    case ScalarType.SINT64:
      return `${fromZigzag(value)}, as zigzag ${value}`;
    default:
      return `${value}`;
  }
}

const fromZigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);
