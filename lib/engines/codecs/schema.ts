/**
 * A .proto file becomes descriptors, which Protobuf-ES works from without generating code: the policy
 * of the pages forbids what protobufjs would do to encode, so that only its parser is used.
 */
import {
  create,
  createFileRegistry,
  type DescField,
  type DescMessage,
  ScalarType,
} from '@bufbuild/protobuf';
import { protoCamelCase } from '@bufbuild/protobuf/reflect';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type EnumDescriptorProto,
  EnumDescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import protobuf from 'protobufjs';
import { grouped } from '../../kernel/grouped';

/** A file has no more than this; a schema of a page's size has a tenth of it. */
const SCHEMA_BYTES_MAX = 16_384;

/** The file is no schema that can be used; the message says why, with the line where the parser knows it. */
export class SchemaError extends Error {}

/** Whether a field is left out, by the full name of its message and its number. */
type LeavesOut = (message: string, number: number) => boolean;

/**
 * @param text a .proto file of syntax proto2 or proto3, without imports.
 * @returns the first message in it.
 * @throws SchemaError if it is none.
 */
export function readSchema(text: string, leavesOut: LeavesOut = () => false): DescMessage {
  if (new TextEncoder().encode(text).length > SCHEMA_BYTES_MAX)
    throw new SchemaError(
      `A schema may have ${grouped(SCHEMA_BYTES_MAX)} bytes here; this one has more.`,
    );
  try {
    const { root, package: name = '', imports = [] } = protobuf.parse(text, { keepCase: true });
    if (imports.length > 0)
      throw new SchemaError(`A schema is one file here; this one imports ${imports.join(', ')}.`);
    root.resolveAll();
    const space = name === '' ? root : root.lookup(name);
    const members = space instanceof protobuf.Namespace ? space.nestedArray : [];
    const first = members.find((member) => member instanceof protobuf.Type);
    if (!first) throw new SchemaError('A schema should declare a message; this one declares none.');
    const file = create(FileDescriptorProtoSchema, {
      name: 'schema.proto',
      package: name,
      syntax: syntaxOf(text),
      messageType: members
        .filter((member) => member instanceof protobuf.Type)
        .map((type) => messageOf(type, leavesOut)),
      enumType: members.filter((member) => member instanceof protobuf.Enum).map(enumOf),
    });
    const message = createFileRegistry(file, () => undefined).getMessage(fullName(first));
    if (!message) throw new SchemaError(`The message ${first.name} could not be built.`);
    return message;
  } catch (error) {
    if (error instanceof SchemaError) throw error;
    throw new SchemaError(error instanceof Error ? error.message : `${error}`);
  }
}

/** Comments go first, in which the word might stand. */
function syntaxOf(text: string): 'proto2' | 'proto3' {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  if (/\bedition\s*=/.test(code))
    throw new SchemaError(
      'A schema is of syntax "proto3" or "proto2" here; editions are not known.',
    );
  return /\bsyntax\s*=\s*["']proto3["']/.test(code) ? 'proto3' : 'proto2';
}

/** Without the leading dot. */
const fullName = (type: protobuf.ReflectionObject): string => type.fullName.replace(/^\./, '');

function messageOf(type: protobuf.Type, leavesOut: LeavesOut): DescriptorProto {
  // The parser sees this only where the reservation stands before the field.
  for (const { id, name } of type.fieldsArray) {
    if (!isFieldNumber(id))
      throw new SchemaError(
        `The field ${name} = ${id} of the message ${type.name} should have a number from 1 to 536,870,911, and none from 19,000 to 19,999, which Protobuf keeps for itself.`,
      );
    if (type.isReservedId(id) || type.isReservedName(name))
      throw new SchemaError(`The field ${name} = ${id} is reserved in the message ${type.name}.`);
  }
  const fields = type.fieldsArray.filter(({ id }) => !leavesOut(fullName(type), id));
  // What is left of a choice; the one behind `optional` of proto3 has one member, and comes last.
  const choices = type.oneofsArray
    .filter((oneof) => oneof.fieldsArray.some((field) => fields.includes(field)))
    .sort((a, b) => Number(isSynthetic(a)) - Number(isSynthetic(b)));
  const entries = fields.filter((field) => field instanceof protobuf.MapField);
  return create(DescriptorProtoSchema, {
    name: type.name,
    field: fields.map((field) => fieldOf(field, choices)),
    oneofDecl: choices.map(({ name }) => ({ name })),
    nestedType: [
      ...type.nestedArray
        .filter((member) => member instanceof protobuf.Type)
        .map((nested) => messageOf(nested, leavesOut)),
      ...entries.map(entryOf),
    ],
    enumType: type.nestedArray.filter((member) => member instanceof protobuf.Enum).map(enumOf),
  });
}

/** https://protobuf.dev/programming-guides/proto3/#assigning. */
const isFieldNumber = (id: number): boolean =>
  id >= 1 && id < 2 ** 29 && !(id >= 19_000 && id < 20_000);

const isSynthetic = ({ fieldsArray }: protobuf.OneOf): boolean =>
  fieldsArray.length === 1 && fieldsArray[0]?.options?.proto3_optional === true;

const entryName = (field: protobuf.FieldBase): string =>
  `${(protoCamelCase(field.name)[0] ?? '').toUpperCase()}${protoCamelCase(field.name).slice(1)}Entry`;

/** The message that a map field repeats: https://protobuf.dev/programming-guides/encoding/#maps. */
function entryOf(field: protobuf.MapField): DescriptorProto {
  return create(DescriptorProtoSchema, {
    name: entryName(field),
    options: { mapEntry: true },
    field: [
      {
        name: 'key',
        jsonName: 'key',
        number: 1,
        label: Label.OPTIONAL,
        type: scalarOf(field.keyType),
      },
      { name: 'value', jsonName: 'value', number: 2, label: Label.OPTIONAL, ...typeOf(field) },
    ],
  });
}

function fieldOf(field: protobuf.Field, choices: readonly protobuf.OneOf[]): FieldDescriptorProto {
  const { parent, options } = field;
  const isMap = field instanceof protobuf.MapField;
  const isPacked: unknown = options?.packed;
  const fallback: unknown = options?.default;
  const jsonName: unknown = options?.json_name;
  return create(FieldDescriptorProtoSchema, {
    name: field.name,
    jsonName: typeof jsonName === 'string' ? jsonName : protoCamelCase(field.name),
    number: field.id,
    label:
      isMap || field.repeated ? Label.REPEATED : field.required ? Label.REQUIRED : Label.OPTIONAL,
    ...(isMap && parent
      ? { type: Type.MESSAGE, typeName: `${parent.fullName}.${entryName(field)}` }
      : typeOf(field)),
    ...(field.partOf && { oneofIndex: choices.indexOf(field.partOf) }),
    proto3Optional: options?.proto3_optional === true,
    ...(fallback !== undefined && { defaultValue: `${fallback}` }),
    ...(typeof isPacked === 'boolean' && { options: { packed: isPacked } }),
  });
}

function typeOf(field: protobuf.FieldBase): { type: Type; typeName?: string } {
  const { resolvedType, type } = field;
  if (!resolvedType) return { type: scalarOf(type) };
  const typeName = resolvedType.fullName;
  if (resolvedType instanceof protobuf.Enum) return { type: Type.ENUM, typeName };
  return { type: 'delimited' in field && field.delimited ? Type.GROUP : Type.MESSAGE, typeName };
}

const SCALARS: Readonly<Record<string, Type>> = {
  double: Type.DOUBLE,
  float: Type.FLOAT,
  int64: Type.INT64,
  uint64: Type.UINT64,
  int32: Type.INT32,
  fixed64: Type.FIXED64,
  fixed32: Type.FIXED32,
  bool: Type.BOOL,
  string: Type.STRING,
  bytes: Type.BYTES,
  uint32: Type.UINT32,
  sfixed32: Type.SFIXED32,
  sfixed64: Type.SFIXED64,
  sint32: Type.SINT32,
  sint64: Type.SINT64,
};

function scalarOf(name: string): Type {
  const type = SCALARS[name];
  if (type === undefined) throw new SchemaError(`"${name}" is not a field type.`);
  return type;
}

function enumOf(type: protobuf.Enum): EnumDescriptorProto {
  return create(EnumDescriptorProtoSchema, {
    name: type.name,
    value: Object.entries(type.values).map(([name, number]) => ({ name, number })),
    options: { allowAlias: type.options?.allow_alias === true },
  });
}

/** A field as its file declares it, without the number: "repeated int32 readings". */
export function declarationOf(field: DescField): string {
  const { fieldKind, name } = field;
  switch (fieldKind) {
    case 'scalar':
      return `${nameOfScalar(field.scalar)} ${name}`;
    case 'enum':
      return `${field.enum.name} ${name}`;
    case 'message':
      return `${field.message.name} ${name}`;
    case 'list':
      return `repeated ${nameOfElement(field)} ${name}`;
    case 'map':
      return `map<${nameOfScalar(field.mapKey)}, ${nameOfElement(field)}> ${name}`;
    default:
      return fieldKind satisfies never;
  }
}

function nameOfElement(field: DescField & { fieldKind: 'list' | 'map' }): string {
  return field.message?.name ?? field.enum?.name ?? nameOfScalar(field.scalar ?? ScalarType.BYTES);
}

const nameOfScalar = (type: ScalarType): string => ScalarType[type].toLowerCase();
