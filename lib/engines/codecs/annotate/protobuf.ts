/** The bytes of a Protobuf message, read with the schema it was written with. */
import { type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { WireType } from '@bufbuild/protobuf/wire';
import type { Part } from '../types';
import {
  type FieldShape,
  type MessageShape,
  meaningOfVarint,
  readVarint,
  shapeOf,
  VARINT_BYTES_MAX,
  WIRE_TYPES,
  wireTypeOf,
  wireTypesOf,
} from '../wire';
import { counted, quoted, Walk } from './walk';

/** A record whose wire type is not what the schema expects. */
interface Mismatch {
  /** Full name of the message. */
  readonly message: string;
  readonly number: number;
}

interface Annotated {
  readonly parts: readonly Part[];
  readonly mismatches: readonly Mismatch[];
}

/**
 * @param desc what the bytes are taken for; need not be what they were written with.
 * @throws RangeError where the bytes are no records.
 */
export function annotateProtobuf(bytes: Uint8Array, desc: DescMessage): Annotated {
  const walk = new Walk(bytes);
  const mismatches: Mismatch[] = [];
  records({ walk, mismatches }, shapeOf(desc), bytes.length);
  return { parts: walk.parts, mismatches };
}

interface Reading {
  readonly walk: Walk;
  readonly mismatches: Mismatch[];
}

/** @param shape undefined where the schema does not know the message. */
function records(reading: Reading, shape: MessageShape | undefined, until: number): void {
  while (reading.walk.at < until) record(reading, shape);
}

/** @returns whether it was the end of a group. */
function record(reading: Reading, shape: MessageShape | undefined): boolean {
  const { walk, mismatches } = reading;
  const { value, width } = varintAhead(walk);
  const number = Number(value >> 3n);
  const wireType = Number(value & 7n);
  const name = WIRE_TYPES[wireType];
  if (name === undefined) throw new RangeError(`${wireType} is no wire type; there are 0 to 5.`);
  if (number === 0) throw new RangeError('0 is not a field number.');
  const isEnd = wireType === WireType.EndGroup;
  const declared = isEnd ? undefined : shape?.fieldOf(number);
  const field = declared && wireTypesOf(declared).includes(wireType) ? declared : undefined;
  if (shape && declared && !field) mismatches.push({ message: shape.typeName, number });
  const known = field ? `, ${field.name}` : '';
  walk.take(width, 'tag', `field ${number}${known}; wire type ${wireType}, ${name}`);
  if (!isEnd) payload(reading, field, wireType);
  return isEnd;
}

function payload(reading: Reading, field: FieldShape | undefined, wireType: WireType): void {
  const { walk } = reading;
  if (wireType === WireType.LengthDelimited) delimited(reading, field);
  else if (wireType === WireType.StartGroup)
    walk.inside(() => {
      while (!record(reading, field?.message));
    });
  else number(walk, field, wireType);
}

function number(walk: Walk, field: FieldShape | undefined, wireType: WireType): void {
  if (wireType !== WireType.Varint) {
    const width = wireType === WireType.Bit32 ? 4 : 8;
    const view = walk.viewAhead(width);
    walk.take(width, 'value', `${fixedOf(view, field?.scalar)}`);
    return;
  }
  const { value, width } = varintAhead(walk);
  const meant = Number(BigInt.asIntN(32, value));
  walk.take(
    width,
    'value',
    field?.enum
      ? `${field.enum.value[meant]?.name ?? 'no name'} = ${meant}`
      : meaningOfVarint(value, field?.scalar ?? ScalarType.UINT64),
  );
}

/** Numbers of fixed width, the lowest byte first; where the type is not known, as unsigned ones. */
function fixedOf(view: DataView, scalar: ScalarType | undefined): number | bigint {
  switch (scalar) {
    case ScalarType.DOUBLE:
      return view.getFloat64(0, true);
    case ScalarType.FLOAT:
      return view.getFloat32(0, true);
    case ScalarType.SFIXED32:
      return view.getInt32(0, true);
    case ScalarType.SFIXED64:
      return view.getBigInt64(0, true);
    default:
      return view.byteLength === 4 ? view.getUint32(0, true) : view.getBigUint64(0, true);
  }
}

function delimited(reading: Reading, field: FieldShape | undefined): void {
  const { walk } = reading;
  const { value, width } = varintAhead(walk);
  const length = Number(value);
  walk.take(width, 'length', counted(length, 'byte'));
  const content = walk.ahead(length);
  const until = walk.at + length;
  const inner = field?.message ?? field?.entry;
  if (inner) walk.inside(() => records(reading, inner, until));
  else if (field?.scalar === ScalarType.STRING)
    walk.take(length, 'value', `the text ${quoted(content)}`);
  else if (!field || field.scalar === ScalarType.BYTES)
    walk.take(length, 'value', counted(length, 'byte'));
  // Packed: numbers side by side.
  else
    walk.inside(() => {
      const wireType = wireTypeOf(field.scalar ?? ScalarType.INT32);
      while (walk.at < until) number(walk, field, wireType);
    });
}

function varintAhead(walk: Walk): { value: bigint; width: number } {
  let width = 1;
  while (walk.peek(width - 1) >= 0x80 && width < VARINT_BYTES_MAX) width++;
  return readVarint(walk.ahead(width));
}
