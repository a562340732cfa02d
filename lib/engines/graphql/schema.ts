/** The executable schema of a lab: its SDL, with a resolver for each field that is no column. */
import DataLoader from 'dataloader';
import {
  buildSchema,
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { grouped } from '../../kernel/grouped';
import type { Clock } from './clock';
import type { Found, Selection, Source } from './source';
import { Trace } from './trace';
import type { FieldSource, GraphqlSetup, TableRow } from './types';

/** The most that `first` may ask for. */
export const FIRST_MAX = 100;
/** A request that calls more is ended, as a server would by a deadline. */
const RESOLVERS_MAX = 5000;

/** What the resolvers of one request share. */
export class Request {
  resolvers = 0;
  columns = 0;
  private readonly loaders = new Map<string, DataLoader<number, readonly TableRow[]>>();

  constructor(
    private readonly options: {
      readonly source: Source;
      readonly trace: Trace;
      readonly clock: Clock;
      readonly batching: boolean;
    },
  ) {}

  /** Resolves one field that needs the data source. */
  async resolve(
    from: FieldSource,
    parent: TableRow | undefined,
    args: Readonly<Record<string, unknown>>,
    info: GraphQLResolveInfo,
  ): Promise<unknown> {
    this.resolvers++;
    if (this.resolvers > RESOLVERS_MAX) {
      throw new Error(
        `The lab ends a request that calls more than ${grouped(RESOLVERS_MAX)} resolvers.`,
      );
    }
    const { source, trace } = this.options;
    const span = trace.begin('resolver', pathOf(info), Trace.REQUEST);
    let failed = true;
    try {
      let value: unknown;
      switch (from.from) {
        case 'list':
          value = await source.first(from.table, firstOf(args), span);
          break;
        case 'argument':
          [value] = await this.load({ table: from.table, column: 'id' }, Number(args.id), span);
          break;
        case 'reference': {
          const key = parent?.[from.column];
          const [row] =
            key === null || key === undefined
              ? []
              : await this.load({ table: from.table, column: 'id' }, Number(key), span);
          value = from.value === undefined ? row : row?.[from.value];
          break;
        }
        case 'children':
          value = await this.load(from, Number(parent?.id), span);
          break;
        default:
          return from satisfies never;
      }
      failed = false;
      return value;
    } finally {
      trace.end(span, failed);
    }
  }

  /** Rows of one key: asked for alone, or through the loader of the table. */
  private async load(
    { table, column }: Omit<Selection, 'keys'>,
    key: number,
    span: number,
  ): Promise<readonly TableRow[]> {
    const { source, clock, batching } = this.options;
    if (!batching) {
      const [found = []] = await source.select({ table, column, keys: [key] }, span);
      if (found instanceof Error) throw found;
      return found;
    }
    const name = `${table}.${column}`;
    const loader =
      this.loaders.get(name) ??
      new DataLoader<number, readonly TableRow[]>(
        (keys): Promise<Found[]> => source.select({ table, column, keys }),
        // Where DataLoader would wait for the turn of a real event loop it waits for that of the
        // clock, in Node and in a page alike: after all promise jobs.
        { batchScheduleFn: clock.afterTurn },
      );
    this.loaders.set(name, loader);
    return loader.load(key);
  }
}

function firstOf({ first }: Readonly<Record<string, unknown>>): number {
  if (typeof first === 'number' && first >= 1 && first <= FIRST_MAX) return first;
  throw new Error(`"first" should be from 1 to ${FIRST_MAX}, but ${String(first)} was given.`);
}

/** "orders.3.customer". */
function pathOf({ path }: GraphQLResolveInfo): string {
  const keys: (string | number)[] = [];
  for (let at: typeof path | undefined = path; at; at = at.prev) keys.unshift(at.key);
  return keys.join('.');
}

/**
 * @throws Error if SDL and sources do not fit: a source of no field, or a field of an object type
 * without a source
 */
export function executableSchema({ sdl, fields }: GraphqlSetup): GraphQLSchema {
  const schema = buildSchema(sdl);
  const left = new Set(Object.keys(fields));
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      const from = fields[name];
      left.delete(name);
      if (!from && isObjectType(getNamedType(field.type))) {
        throw new Error(
          `Expected a source for the field ${name}, whose type is an object; got none.`,
        );
      }
      field.resolve = from ? resolverOf(from) : column;
    }
  }
  const [unknown] = left;
  if (unknown !== undefined) {
    throw new Error(`Expected sources of fields in the schema, got one of "${unknown}".`);
  }
  return schema;
}

const resolverOf =
  (from: FieldSource): GraphQLFieldResolver<TableRow | undefined, Request> =>
  (parent, args, request, info) =>
    request.resolve(from, parent, args, info);

const column: GraphQLFieldResolver<TableRow, Request> = (parent, args, request, info) => {
  request.columns++;
  return defaultFieldResolver(parent, args, request, info);
};
