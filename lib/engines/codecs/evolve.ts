/**
 * What each version of a schema makes of what each version writes, field by field. Held to what
 * https://protobuf.dev/programming-guides/proto3/#updating publishes.
 */
import {
  type DescField,
  type DescMessage,
  equals,
  fromBinary,
  fromJson,
  type Message,
  toBinary,
  toJson,
} from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { annotateProtobuf } from './annotate/protobuf';
import { hexOf } from './annotate/walk';
import { messageOf, readObject, shownOf } from './compare';
import { declarationOf, readSchema } from './schema';
import {
  type CodecsOutput,
  FATES,
  type Fate,
  type FieldReading,
  type Reading,
  type SchemaVersion,
} from './types';

const VERSIONS_MAX = 6;
/** As many parts of the bytes of a version are shown. */
const PARTS_MAX = 60;
const TEXT_MAX = 400;

interface Version extends SchemaVersion {
  readonly desc: DescMessage;
  readonly message: Message;
  readonly bytes: Uint8Array;
}

export function evolve(given: readonly SchemaVersion[]): CodecsOutput {
  if (given.length === 0 || given.length > VERSIONS_MAX)
    return {
      task: 'refused',
      what: 'The list of versions',
      message: `It should have 1 to ${VERSIONS_MAX}; it has ${given.length}.`,
    };
  const names = given.map(({ name }) => name);
  const twice = names.find((name, at) => name.trim() === '' || names.indexOf(name) !== at);
  if (twice !== undefined)
    return {
      task: 'refused',
      what: 'The list of versions',
      message:
        twice.trim() === ''
          ? 'Each should have a name; one has none.'
          : `Each should have a name of its own; two are called "${twice}".`,
    };
  const versions: Version[] = [];
  for (const version of given) {
    const read = readVersion(version);
    if ('what' in read) return { task: 'refused', ...read };
    versions.push(read);
  }
  return {
    task: 'evolved',
    versions: versions.map(({ name, bytes, desc }) => ({
      name,
      bytes: bytes.length,
      ...shownOf(annotateProtobuf(bytes, desc).parts, PARTS_MAX),
    })),
    readings: versions.flatMap((from, writer) =>
      versions.map((by, reader) => ({ writer, reader, ...read(from, by) })),
    ),
  };
}

function readVersion(version: SchemaVersion): Version | { what: string; message: string } {
  const { name, proto, json } = version;
  const object = readObject(json);
  if ('message' in object) return { what: `The object of ${name}`, message: object.message };
  try {
    const desc = readSchema(proto);
    try {
      const message = fromJson(desc, object.object);
      return { ...version, desc, message, bytes: toBinary(desc, message) };
    } catch (error) {
      return { what: `The object of ${name}`, message: messageOf(error) };
    }
  } catch (error) {
    return { what: `The schema of ${name}`, message: messageOf(error) };
  }
}

function read(writer: Version, reader: Version): Omit<Reading, 'writer' | 'reader'> {
  const jsonRefused = refusalOfJson(writer, reader);
  try {
    const desc = withoutMismatches(writer.bytes, reader);
    const message = fromBinary(desc, writer.bytes);
    const fields = fieldsOf(writer, reader, reflect(desc, message));
    return {
      reads: cut(JSON.stringify(asSeenBy(reader, desc, message))),
      refused: null,
      verdict: worst(fields.map(({ fate }) => fate)),
      fields,
      survivesPassing: isSame(writer, toBinary(desc, message)),
      jsonRefused,
    };
  } catch (error) {
    return {
      reads: null,
      refused: messageOf(error),
      verdict: 'refused',
      fields: [],
      survivesPassing: false,
      jsonRefused,
    };
  }
}

function refusalOfJson(writer: Version, reader: Version): string | null {
  try {
    fromJson(reader.desc, toJson(writer.desc, writer.message));
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * The schema of the reader without the fields that the bytes have in another wire type. The parsers of
 * C++, Java and Go tell fields by number and wire type and set such a field aside as unknown;
 * Protobuf-ES goes by the number, and would read a length where there is a number. Without the field it
 * does as they do.
 */
function withoutMismatches(bytes: Uint8Array, { desc, proto }: Version): DescMessage {
  const { mismatches } = annotateProtobuf(bytes, desc);
  return mismatches.length === 0
    ? desc
    : readSchema(proto, (message, number) =>
        mismatches.some((one) => one.message === message && one.number === number),
      );
}

/** With the defaults of all that is not there. */
function asSeenBy({ desc }: Version, reduced: DescMessage, message: Message): unknown {
  const known = toBinary(reduced, message, { writeUnknownFields: false });
  return toJson(desc, fromBinary(desc, known), {
    useProtoFieldName: true,
    alwaysEmitImplicit: true,
  });
}

function isSame({ desc, message }: Version, bytes: Uint8Array): boolean {
  try {
    return equals(desc, message, fromBinary(desc, bytes));
  } catch {
    return false;
  }
}

const cut = (text: string): string =>
  text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;

function fieldsOf(writer: Version, reader: Version, read: ReflectMessage): FieldReading[] {
  const written = messageValue(reflect(writer.desc, writer.message));
  const seen = messageValue(read);
  const numbers = new Set(
    [...writer.desc.fields, ...reader.desc.fields].map(({ number }) => number),
  );
  return [...numbers]
    .sort((a, b) => a - b)
    .flatMap((number): FieldReading[] => {
      const from = writer.desc.fields.find((field) => field.number === number);
      const by = reader.desc.fields.find((field) => field.number === number);
      const before = written.fields.get(number);
      const after = seen.fields.get(number);
      if (!before && !by) return [];
      return [
        {
          number,
          written: from ? declarationOf(from) : null,
          read: by ? declarationOf(by) : null,
          writtenValue: before ? cut(before.text) : null,
          readValue: after ? cut(after.text) : null,
          fate: fateOfField(from, by, before?.value, after?.value),
        },
      ];
    });
}

function fateOfField(
  from: DescField | undefined,
  by: DescField | undefined,
  before: Value | undefined,
  after: Value | undefined,
): Fate {
  if (!before) return from ? (from.name === by?.name ? 'same' : 'renamed') : 'default';
  if (!by) return 'unknown';
  if (!after) return 'mismatch';
  return worst([fateOf(before, after), from?.name === by.name ? 'same' : 'renamed']);
}

const worst = (fates: readonly Fate[]): Fate =>
  fates.reduce((a, b) => (FATES.indexOf(b) > FATES.indexOf(a) ? b : a), 'same' as Fate);

/**
 * A value as its bytes have it, so that values of types that the rules call compatible are the same:
 * bool is 0 or 1, an enum its number, a text its bytes, a map a list of entries.
 */
type Value =
  | { readonly kind: 'scalar'; readonly value: string }
  | { readonly kind: 'list'; readonly values: readonly Value[] }
  | MessageValue;

interface MessageValue {
  readonly kind: 'message';
  /** As bytes, for a reader that takes it for bytes; an entry of a map has none of its own. */
  readonly hex: string | undefined;
  readonly fields: ReadonlyMap<number, { name: string; value: Value; text: string }>;
}

function fateOf(before: Value, after: Value): Fate {
  if (before.kind === 'scalar' && after.kind === 'scalar')
    return before.value === after.value ? 'same' : 'changed';
  if (before.kind === 'list' && after.kind === 'list')
    return before.values.length === after.values.length
      ? worst(before.values.map((value, i) => fateOf(value, after.values[i] ?? value)))
      : 'changed';
  if (before.kind === 'message' && after.kind === 'message') return fateOfMessage(before, after);
  // A message may be read as bytes, and bytes as a message.
  return bytesOf(before) === bytesOf(after) && bytesOf(before) !== undefined ? 'same' : 'changed';
}

function fateOfMessage(before: MessageValue, after: MessageValue): Fate {
  return worst(
    [...before.fields].map(([number, { name, value }]) => {
      const read = after.fields.get(number);
      if (!read) return 'unknown';
      return worst([fateOf(value, read.value), name === read.name ? 'same' : 'renamed']);
    }),
  );
}

function bytesOf(value: Value): string | undefined {
  return value.kind === 'scalar' ? value.value : value.kind === 'message' ? value.hex : undefined;
}

function messageValue(message: ReflectMessage): MessageValue {
  const set = message.fields.filter((field) => message.isSet(field));
  const json = toJson(message.desc, message.message, { useProtoFieldName: true });
  const texts: Readonly<Record<string, unknown>> = Object(json);
  return {
    kind: 'message',
    hex: hexOf(toBinary(message.desc, message.message)),
    fields: new Map(
      set.map((field) => [
        field.number,
        {
          name: field.name,
          value: valueOfField(message, field),
          text: JSON.stringify(texts[field.name]),
        },
      ]),
    ),
  };
}

function valueOfField(message: ReflectMessage, field: DescField): Value {
  if (field.fieldKind === 'list')
    return { kind: 'list', values: [...message.get(field)].map((one) => single(one)) };
  if (field.fieldKind === 'map')
    return {
      kind: 'list',
      values: [...message.get(field)].map(([key, value]) => entry(single(key), single(value))),
    };
  return single(message.get(field));
}

function entry(key: Value, value: Value): Value {
  return {
    kind: 'message',
    hex: undefined,
    fields: new Map([
      [1, { name: 'key', value: key, text: '' }],
      [2, { name: 'value', value, text: '' }],
    ]),
  };
}

function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === 'object' && value !== null && 'desc' in value;
}

function single(value: unknown): Value {
  if (isReflected(value)) return messageValue(value);
  return { kind: 'scalar', value: canonical(value) };
}

function canonical(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'string') return hexOf(new TextEncoder().encode(value));
  if (value instanceof Uint8Array) return hexOf(value);
  return `${value}`;
}
