/** graphql-js and DataLoader over tables whose answers take time on a clock of the lab's own. */
import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
  version,
} from 'graphql';
import { grouped } from '../../kernel/grouped';
import type { OpenEngine } from '../lab';
import { Clock } from './clock';
import { limits, type Measured } from './limits';
import { executableSchema, Request } from './schema';
import { Source } from './source';
import { Trace, thousandths } from './trace';
import type { GraphqlAbout, GraphqlInput, GraphqlOutput, GraphqlSetup } from './types';

/** It does not say so itself; a test holds this to what is installed. */
export const DATALOADER_VERSION = '2.2.3';

const QUERY_LETTERS_MAX = 20_000;
const TOKENS_MAX = 4000;
const RESPONSE_LETTERS_MAX = 20_000;

export const open: OpenEngine<GraphqlSetup, GraphqlInput, GraphqlOutput, GraphqlAbout> = async (
  setup,
) => {
  const schema = executableSchema(setup);
  const { sdl, latencyMs, connections } = setup;
  return {
    version: `graphql-js ${version}, DataLoader ${DATALOADER_VERSION}`,
    about: { sdl, latencyMs, connections },
    run: (input) => answer(setup, schema, input),
  };
};

/** Nothing was executed. */
const UNBEGUN = {
  depth: null,
  cost: null,
  resolvers: 0,
  columns: 0,
  queries: 0,
  rows: 0,
  tookMs: 0,
  spans: [],
  spansCut: 0,
} as const;

async function answer(
  setup: GraphqlSetup,
  schema: GraphQLSchema,
  input: GraphqlInput,
): Promise<GraphqlOutput> {
  let document: DocumentNode;
  try {
    document = read(input.query);
  } catch (error) {
    return { ...UNBEGUN, stage: 'parse', ...refusal([errorOf(error)]) };
  }
  let variables: Record<string, unknown>;
  try {
    variables = readVariables(input.variables);
  } catch (error) {
    return { ...UNBEGUN, stage: 'variables', ...refusal([errorOf(error)]) };
  }

  // Of several operations in a document, the largest counts.
  let measured: Measured | null = null;
  const rule = limits(setup, { ...input, variables }, ({ depth, cost }) => {
    measured = {
      depth: Math.max(depth, measured?.depth ?? 0),
      cost: Math.max(cost, measured?.cost ?? 0),
    };
  });
  const errors = validate(schema, document, [...specifiedRules, rule]);
  const { depth, cost } = (measured as Measured | null) ?? UNBEGUN;
  if (errors.length > 0)
    return { ...UNBEGUN, depth, cost, stage: 'validation', ...refusal(errors) };

  const clock = new Clock();
  const trace = new Trace(() => clock.now);
  const source = new Source(setup, clock, trace);
  const request = new Request({ source, trace, clock, batching: input.batching });
  const whole = trace.begin('request', 'POST /graphql', -1);
  const result = await clock.run(async () =>
    execute({ schema, document, variableValues: variables, contextValue: request }),
  );
  trace.end(whole, result.errors !== undefined);
  return {
    // Without `data` the execution has not begun: variables that are none, or no operation to choose.
    stage: result.data === undefined ? 'variables' : 'execution',
    ...written(result),
    depth,
    cost,
    resolvers: request.resolvers,
    columns: request.columns,
    queries: source.queries,
    rows: source.rows,
    tookMs: thousandths(clock.now),
    ...trace.finish(),
  };
}

function read(query: string): DocumentNode {
  if (query.length > QUERY_LETTERS_MAX) {
    throw new GraphQLError(
      `A query may have ${grouped(QUERY_LETTERS_MAX)} characters here; this one has ${grouped(query.length)}.`,
    );
  }
  return parse(query, { maxTokens: TOKENS_MAX });
}

function readVariables(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  if (text.length > QUERY_LETTERS_MAX) {
    throw new GraphQLError(
      `Variables may have ${grouped(QUERY_LETTERS_MAX)} characters here; these have ${grouped(text.length)}.`,
    );
  }
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new GraphQLError('Variables should be a JSON object, such as { "first": 5 }.');
  }
  return value as Record<string, unknown>;
}

const errorOf = (error: unknown): GraphQLError =>
  error instanceof GraphQLError
    ? error
    : new GraphQLError(
        `Variables should be JSON: ${error instanceof Error ? error.message : error}`,
      );

const refusal = (errors: readonly GraphQLError[]): Pick<GraphqlOutput, Written> =>
  written({ errors });

type Written = 'response' | 'cut' | 'errors';

function written(result: {
  readonly errors?: readonly GraphQLError[] | undefined;
  readonly data?: unknown;
}): Pick<GraphqlOutput, Written> {
  const whole = json(JSON.parse(JSON.stringify(result)));
  return {
    response: whole.slice(0, RESPONSE_LETTERS_MAX),
    cut: Math.max(0, whole.length - RESPONSE_LETTERS_MAX),
    errors: result.errors?.length ?? 0,
  };
}

const LINE_LETTERS = 64;

/** JSON in lines; what is short stands in one. */
function json(value: unknown, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [from, to] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => json(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${json(item, inner)}`);
  const line = lines.join(', ');
  if (lines.length === 0) return `${from}${to}`;
  if (indent !== '' && line.length <= LINE_LETTERS && !line.includes('\n'))
    return Array.isArray(value) ? `[${line}]` : `{ ${line} }`;
  return `${from}\n${lines.map((each) => `${inner}${each}`).join(',\n')}\n${indent}${to}`;
}
