/**
 * Reads off the sources of a simulation's models what each of them gives: the types that it names, as
 * data (lib/tools/code/shape.ts). What has no meaning when a program runs (`readonly`) is dropped; a
 * type that would have to be computed is "any".
 */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/javascript';
import { modelExport } from '../simulation/models';
import type { Interface, Member, Shape } from '../tools/code/shape';

const TYPESCRIPT = parser.configure({ dialect: 'ts' });
const ANY: Shape = { kind: 'any' };

/**
 * What the model of a variant is, by the annotation of its export.
 *
 * @param files name of each file in `models/`, without its ending, to its text
 * @param variant whose file bears its name
 */
export function interfaceOf(files: Readonly<Record<string, string>>, variant: string): Interface {
  const read = new Map<string, FileTypes>();
  const typesOf = (file: string): FileTypes => {
    const known = read.get(file);
    if (known) return known;
    const made = readFile(files[file] ?? '');
    read.set(file, made);
    return made;
  };

  const types: Record<string, Shape> = {};
  const nameOf = new Map<string, string>();

  /** Finds the declaration of a name, in the file or in the sibling that it is imported from. */
  const find = (file: string, name: string): { file: string; node: SyntaxNode } | undefined => {
    const { declared, imported } = typesOf(file);
    const node = declared.get(name);
    if (node) return { file, node };
    const origin = imported.get(name);
    return origin && Object.hasOwn(files, origin.file) ? find(origin.file, origin.name) : undefined;
  };

  const named = (file: string, name: string): Shape => {
    const found = find(file, name);
    if (!found) return ANY;
    const key = `${found.file}/${name}`;
    const known = nameOf.get(key);
    if (known !== undefined) return { kind: 'named', name: known };
    const fresh = Object.hasOwn(types, name) ? key : name;
    nameOf.set(key, fresh);
    // Before it is read: it may name itself.
    types[fresh] = ANY;
    types[fresh] = declaration(found.file, found.node);
    return { kind: 'named', name: fresh };
  };

  const declaration = (file: string, node: SyntaxNode): Shape => {
    if (node.name === 'TypeAliasDeclaration') return shapeOf(file, lastType(node));
    const own = membersOf(file, node.getChild('ObjectType'));
    const inherited = node
      .getChildren('TypeName')
      .map((parent) => named(file, text(file, parent)))
      .map((shape) => (shape.kind === 'named' ? (types[shape.name] ?? ANY) : shape));
    const members = inherited.flatMap((shape) =>
      shape.kind === 'object' ? Object.entries(shape.members) : [],
    );
    return { kind: 'object', members: { ...Object.fromEntries(members), ...own } };
  };

  const text = (file: string, node: SyntaxNode): string =>
    (files[file] ?? '').slice(node.from, node.to);

  const membersOf = (file: string, node: SyntaxNode | null): Record<string, Member> => {
    const members: Record<string, Member> = {};
    for (let child = node?.firstChild ?? null; child; child = child.nextSibling) {
      const name = child.getChild('PropertyDefinition');
      if (!name) continue;
      const optional = child.getChild('Optional') !== null;
      const shape = annotated(file, child);
      if (child.name === 'PropertyType' || child.getChild('get')) {
        members[text(file, name)] = { shape, optional };
      } else if (child.name === 'MethodType') {
        members[text(file, name)] = { shape: { kind: 'function', returns: shape }, optional };
      }
    }
    return members;
  };

  /** The type behind the colon of a property, function or constant; its own, not that of a parameter. */
  const annotated = (file: string, node: SyntaxNode): Shape => {
    const annotation = node.getChild('TypeAnnotation');
    return annotation ? shapeOf(file, lastType(annotation)) : ANY;
  };

  const shapeOf = (file: string, node: SyntaxNode | null): Shape => {
    switch (node?.name) {
      case 'TypeName':
        return plain(file, text(file, node));
      case 'NullType':
        return { kind: 'null' };
      case 'LiteralType': {
        const literal = /^(['"])(.*)\1$/s.exec(text(file, node));
        const value: unknown = literal ? literal[2] : JSON.parse(text(file, node));
        return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? { kind: 'literal', value }
          : ANY;
      }
      case 'ArrayType':
        return { kind: 'list', of: shapeOf(file, node.firstChild) };
      case 'TupleType':
        return { kind: 'list', of: ANY };
      case 'ReadonlyType':
      case 'ParenthesizedType':
        return shapeOf(file, typesIn(node)[0] ?? null);
      case 'UnionType':
        return { kind: 'union', of: typesIn(node).map((option) => shapeOf(file, option)) };
      case 'ObjectType':
        return { kind: 'object', members: membersOf(file, node) };
      case 'FunctionSignature':
        return { kind: 'function', returns: shapeOf(file, lastType(node)) };
      case 'ParameterizedType':
        return generic(file, node);
      default:
        return ANY;
    }
  };

  const plain = (file: string, name: string): Shape => {
    switch (name) {
      case 'number':
      case 'string':
      case 'boolean':
      case 'undefined':
        return { kind: name };
      default:
        return named(file, name);
    }
  };

  const generic = (file: string, node: SyntaxNode): Shape => {
    const name = node.firstChild ? text(file, node.firstChild) : '';
    const list = node.getChild('TypeArgList');
    const [first = null] = list ? typesIn(list) : [];
    switch (name) {
      case 'Readonly':
        return shapeOf(file, first);
      case 'Array':
      case 'ReadonlyArray':
        return { kind: 'list', of: shapeOf(file, first) };
      case 'Record': {
        const [keys, values] = list ? typesIn(list) : [];
        const names = keys && literals(shapeOf(file, keys));
        if (!names || !values) return ANY;
        const member: Member = { shape: shapeOf(file, values), optional: false };
        return { kind: 'object', members: Object.fromEntries(names.map((key) => [key, member])) };
      }
      default:
        return ANY;
    }
  };

  /** The texts that a type consists of; undefined if there are others. */
  const literals = (shape: Shape): string[] | undefined => {
    switch (shape.kind) {
      case 'literal':
        return [String(shape.value)];
      case 'named':
        return literals(types[shape.name] ?? ANY);
      case 'union': {
        const options = shape.of.map(literals);
        return options.includes(undefined) ? undefined : options.flatMap((each) => each ?? []);
      }
      default:
        return undefined;
    }
  };

  const exported = typesOf(variant).exported.get(modelExport(variant));
  const model = ((): Shape => {
    switch (exported?.name) {
      case 'FunctionDeclaration':
        return { kind: 'function', returns: annotated(variant, exported) };
      case 'VariableDeclaration': {
        if (exported.getChild('TypeAnnotation')) return annotated(variant, exported);
        const arrow = exported.getChild('ArrowFunction');
        return arrow ? { kind: 'function', returns: annotated(variant, arrow) } : ANY;
      }
      default:
        return ANY;
    }
  })();
  return { model, types };
}

/** What a file says about types, and what it exports. */
interface FileTypes {
  readonly declared: ReadonlyMap<string, SyntaxNode>;
  /** Local name → the sibling and the name that it has there. */
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
  readonly exported: ReadonlyMap<string, SyntaxNode>;
}

function readFile(source: string): FileTypes {
  const declared = new Map<string, SyntaxNode>();
  const imported = new Map<string, { file: string; name: string }>();
  const exported = new Map<string, SyntaxNode>();
  const textOf = (node: SyntaxNode): string => source.slice(node.from, node.to);
  const take = (node: SyntaxNode, isExported: boolean): void => {
    const type = node.getChild('TypeDefinition');
    if (type) declared.set(textOf(type), node);
    const name = node.getChild('VariableDefinition');
    if (name && isExported) exported.set(textOf(name), node);
  };
  const top = TYPESCRIPT.parse(source).topNode;
  for (let node = top.firstChild; node; node = node.nextSibling) {
    if (node.name === 'ExportDeclaration') {
      for (let child = node.firstChild; child; child = child.nextSibling) take(child, true);
    } else if (node.name === 'ImportDeclaration') {
      const [, file = ''] = /from\s+['"]\.\/([\w-]+)['"]/.exec(textOf(node)) ?? [];
      const [, names = ''] = /\{([^}]*)\}/.exec(textOf(node)) ?? [];
      for (const part of names.split(',')) {
        const [, name, local] = /^\s*(?:type\s+)?(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
        if (name) imported.set(local ?? name, { file, name });
      }
    } else take(node, false);
  }
  return { declared, imported, exported };
}

const TYPES = new Set([
  'TypeName',
  'NullType',
  'VoidType',
  'LiteralType',
  'TemplateType',
  'ArrayType',
  'TupleType',
  'ReadonlyType',
  'ParenthesizedType',
  'UnionType',
  'IntersectionType',
  'ObjectType',
  'FunctionSignature',
  'NewSignature',
  'ParameterizedType',
  'IndexedType',
  'TypeofType',
  'KeyofType',
  'ConditionalType',
  'ThisType',
  'UniqueType',
  'InferredType',
]);

/** The types that stand directly in a node, in order. */
function typesIn(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (TYPES.has(child.name)) found.push(child);
  return found;
}

const lastType = (node: SyntaxNode): SyntaxNode | null => typesIn(node).at(-1) ?? null;
