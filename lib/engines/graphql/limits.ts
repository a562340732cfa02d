/**
 * Limits on what may be asked, as rules of validation: they look at the document alone, so that a
 * query that is too much costs nothing but being read.
 */
import {
  type ASTVisitor,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { FIRST_MAX } from './schema';
import type { GraphqlSetup } from './types';

export interface Measured {
  /** Fields inside each other at most. */
  readonly depth: number;
  /** Calls of the data source at most, where nothing is batched. */
  readonly cost: number;
}

interface Limits {
  readonly depthMax: number;
  readonly costMax: number;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The two limits. `onMeasured` is told of each operation that could be measured.
 *
 * Fields of introspection (`__schema`, `__typename`) are counted as nothing, as tools need them.
 */
export const limits =
  (
    setup: Pick<GraphqlSetup, 'fields'>,
    { depthMax, costMax, variables }: Limits,
    onMeasured: (measured: Measured) => void,
  ): ValidationRule =>
  (context): ASTVisitor => ({
    OperationDefinition: (operation) => {
      const root = context.getSchema().getRootType(operation.operation);
      if (!root) return;
      const measured = measure(setup, context, {
        selection: operation.selectionSet,
        type: root,
        variables: withDefaults(operation, variables),
        open: new Set(),
        known: new Map(),
      });
      onMeasured(measured);
      const refuse = (what: string, limit: number, value: number): void =>
        context.reportError(
          new GraphQLError(
            `The ${what} of this operation is ${value}; at most ${limit} is allowed.`,
            {
              nodes: operation,
              extensions: { code: `${what.toUpperCase()}_LIMIT`, [what]: value, limit },
            },
          ),
        );
      if (measured.depth > depthMax) refuse('depth', depthMax, measured.depth);
      if (measured.cost > costMax) refuse('cost', costMax, measured.cost);
    },
  });

/** Variables as given, with the defaults of the operation where none is. */
function withDefaults(
  { variableDefinitions }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = { ...given };
  for (const { variable, defaultValue } of variableDefinitions ?? [])
    if (values[variable.name.value] === undefined && defaultValue?.kind === Kind.INT)
      values[variable.name.value] = Number(defaultValue.value);
  return values;
}

interface Part {
  readonly selection: SelectionSetNode;
  readonly type: GraphQLObjectType;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Fragments that this part is inside of: one in itself is told by another rule, and ends here. */
  readonly open: ReadonlySet<string>;
  /** Of fragments by name: each is measured once, however often it is spread. */
  readonly known: Map<string, Measured>;
}

/** Depth and cost of a selection on one object. */
function measure(
  setup: Pick<GraphqlSetup, 'fields'>,
  context: ValidationContext,
  part: Part,
): Measured {
  let depth = 0;
  let cost = 0;
  const add = (measured: Measured): void => {
    depth = Math.max(depth, measured.depth);
    cost = Math.min(Number.MAX_SAFE_INTEGER, cost + measured.cost);
  };
  for (const node of part.selection.selections) {
    if (node.kind === Kind.FIELD) add(measureField(setup, context, part, node));
    else if (node.kind === Kind.INLINE_FRAGMENT)
      add(measure(setup, context, { ...part, selection: node.selectionSet }));
    else add(measureFragment(setup, context, part, node.name.value));
  }
  return { depth, cost };
}

function measureFragment(
  setup: Pick<GraphqlSetup, 'fields'>,
  context: ValidationContext,
  part: Part,
  name: string,
): Measured {
  const known = part.known.get(name);
  if (known) return known;
  const fragment = context.getFragment(name);
  if (!fragment || part.open.has(name)) return { depth: 0, cost: 0 };
  const measured = measure(setup, context, {
    ...part,
    selection: fragment.selectionSet,
    open: new Set([...part.open, name]),
  });
  part.known.set(name, measured);
  return measured;
}

function measureField(
  setup: Pick<GraphqlSetup, 'fields'>,
  context: ValidationContext,
  part: Part,
  node: FieldNode,
): Measured {
  const name = node.name.value;
  const field = part.type.getFields()[name];
  if (!field || name.startsWith('__')) return { depth: 0, cost: 0 };
  const source = setup.fields[`${part.type.name}.${name}`];
  const own = source ? 1 : 0;
  const type = getNamedType(field.type);
  if (!node.selectionSet || !isCompositeType(type) || !isObjectType(type))
    return { depth: 1, cost: own };
  let objects = 1;
  if (source?.from === 'children') objects = source.most;
  if (source?.from === 'list') {
    let first: unknown;
    try {
      first = getArgumentValues(field, node, part.variables).first;
    } catch {
      // An argument that is none is told by another rule.
    }
    // What no variable says yet may be as much as is allowed.
    objects = typeof first === 'number' ? Math.min(FIRST_MAX, Math.max(0, first)) : FIRST_MAX;
  }
  const below = measure(setup, context, { ...part, selection: node.selectionSet, type });
  // Beyond what a number can count, it is more than any limit.
  return {
    depth: 1 + below.depth,
    cost: Math.min(Number.MAX_SAFE_INTEGER, own + objects * below.cost),
  };
}
