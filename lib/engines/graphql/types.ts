/** What a GraphQL lab is opened with, what it is asked and what it answers. */
import type { Lab } from '../lab';

type Cell = string | number | boolean | null;

/** A row of a table; `id` is unique in it. */
export interface TableRow {
  readonly id: number;
  readonly [column: string]: Cell;
}

/** Where the value of a field comes from if it is no column of its object's own row. */
export type FieldSource =
  /** The first rows of a table, as many as the argument `first` says. */
  | { readonly from: 'list'; readonly table: string }
  /** The row whose id is the argument `id`. */
  | { readonly from: 'argument'; readonly table: string }
  /** The row whose id is a column of the object, or one column of that row. */
  | {
      readonly from: 'reference';
      readonly table: string;
      readonly column: string;
      readonly value?: string;
    }
  /** The rows of a table in which a column is the id of the object. */
  | {
      readonly from: 'children';
      readonly table: string;
      readonly column: string;
      /** How many there are at most: what a cost is reckoned with where no `first` says. */
      readonly most: number;
    };

export interface GraphqlSetup {
  readonly sdl: string;
  readonly tables: Readonly<Record<string, readonly TableRow[]>>;
  /** By `Type.field`: every field of an object type, and others that are no column. */
  readonly fields: Readonly<Record<string, FieldSource>>;
  /** A row that cannot be read, by table, and what the data source says then. */
  readonly unreadable: Readonly<Record<string, { readonly id: number; readonly message: string }>>;
  /** How long a query takes, ms, and for each row that it returns. */
  readonly latencyMs: number;
  readonly rowMs: number;
  /** Queries under way at once; from 1. */
  readonly connections: number;
}

export interface GraphqlInput {
  readonly query: string;
  /** A JSON object, or nothing. */
  readonly variables: string;
  /** Whether resolvers ask through DataLoader. */
  readonly batching: boolean;
  /** Fields inside each other at most, from 1. */
  readonly depthMax: number;
  /** Calls of the data source at most, by the estimate before the execution; from 1. */
  readonly costMax: number;
}

/** A stretch of the execution on the clock of the lab, ms from its start. */
export interface GraphqlSpan {
  readonly kind: 'request' | 'resolver' | 'query';
  /** Table and condition of a query; the path of a resolver, or that of several: `orders[].customer`. */
  readonly label: string;
  /** How many resolvers it stands for; 1 for everything else. */
  readonly calls: number;
  /** Place in the list of spans; −1 for the request. */
  readonly parent: number;
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
}

export interface GraphqlOutput {
  /** Where it ended: nothing after that was begun. */
  readonly stage: 'parse' | 'validation' | 'variables' | 'execution';
  /** The response as JSON text. */
  readonly response: string;
  /** Characters of it that are left out. */
  readonly cut: number;
  /** Errors in the response. */
  readonly errors: number;
  /** Of the operation before its execution; null if it could not be read. */
  readonly depth: number | null;
  readonly cost: number | null;
  /** Calls of resolvers that need the data source, and of those that read a column. */
  readonly resolvers: number;
  readonly columns: number;
  readonly queries: number;
  readonly rows: number;
  /** On the clock of the lab, on which only the data source takes time. */
  readonly tookMs: number;
  /** In the order of their start. */
  readonly spans: readonly GraphqlSpan[];
  /** Spans that are not in the list. */
  readonly spansCut: number;
}

/** What the page knows of the setup. */
export interface GraphqlAbout {
  readonly sdl: string;
  readonly latencyMs: number;
  readonly connections: number;
}

export type GraphqlLab = Lab<'graphql', GraphqlSetup, GraphqlInput, GraphqlOutput>;
