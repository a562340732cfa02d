/** graphql-js itself is held to its specification elsewhere: here it is what the lab puts around it. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema, GraphQLInt, GraphQLObjectType, getNamedType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { lab } from '../../labs/service-communication/orders-graph/lab';
import { DATALOADER_VERSION, open } from './engine';
import { executableSchema } from './schema';
import type { GraphqlInput, GraphqlOutput, GraphqlSetup } from './types';

const SURROUNDINGS = { addressOf: (name: string) => name, progress: () => undefined };

async function ask(
  input: Partial<GraphqlInput> & { readonly query: string },
  setup: GraphqlSetup = lab.setup,
): Promise<GraphqlOutput> {
  const engine = await open(setup, SURROUNDINGS);
  return engine.run({ variables: '', batching: true, depthMax: 20, costMax: 1e9, ...input });
}

const read = ({ response }: GraphqlOutput) =>
  JSON.parse(response) as {
    readonly data?: unknown;
    readonly errors?: readonly { readonly message: string; readonly path?: unknown }[];
  };

test('the versions are those that are installed', async () => {
  const installed = JSON.parse(readFileSync('node_modules/dataloader/package.json', 'utf8')) as {
    readonly version: string;
  };
  expect(DATALOADER_VERSION).toBe(installed.version);
  const { version } = await open(lab.setup, SURROUNDINGS);
  expect(version).toMatch(/^graphql-js 16\.\d+\.\d+, DataLoader 2\./);
});

describe('errors and null', () => {
  /** The example of the specification, October 2021 and later, section 7.1.2 “Errors”. */
  const heroes = (name: 'String' | 'String!'): GraphqlSetup => ({
    sdl: `type Query { hero(id: ID!): Character }
      type Character { id: ID! name: ${name} friends: [Character] }`,
    tables: {
      characters: [
        { id: 2001, friendOf: null },
        { id: 1000, friendOf: 2001 },
        { id: 1002, friendOf: 2001 },
        { id: 1003, friendOf: 2001 },
      ],
      names: [
        { id: 2001, name: 'R2-D2' },
        { id: 1000, name: 'Luke Skywalker' },
        { id: 1002, name: 'Han Solo' },
        { id: 1003, name: 'Leia Organa' },
      ],
    },
    fields: {
      'Query.hero': { from: 'argument', table: 'characters' },
      'Character.name': { from: 'reference', table: 'names', column: 'id', value: 'name' },
      'Character.friends': { from: 'children', table: 'characters', column: 'friendOf', most: 5 },
    },
    unreadable: {
      names: { id: 1002, message: 'Name for character with ID 1002 could not be fetched.' },
    },
    latencyMs: 1,
    rowMs: 0,
    connections: 10,
  });
  const query = `{
  hero(id: 2001) {
    name
    heroFriends: friends {
      id
      name
    }
  }
}`;
  const errors = [
    {
      message: 'Name for character with ID 1002 could not be fetched.',
      locations: [{ line: 6, column: 7 }],
      path: ['hero', 'heroFriends', 1, 'name'],
    },
  ];
  const luke = { id: '1000', name: 'Luke Skywalker' };
  const leia = { id: '1003', name: 'Leia Organa' };

  test.each([true, false])(
    '[§7.1.2] a field that may be null is null (batching %s)',
    async (batching) => {
      const output = await ask({ query, batching }, heroes('String'));
      expect(read(output)).toEqual({
        errors,
        data: { hero: { name: 'R2-D2', heroFriends: [luke, { id: '1002', name: null }, leia] } },
      });
      expect(output.stage).toBe('execution');
    },
  );

  test.each([true, false])(
    '[§7.1.2] a field that may not takes its object (batching %s)',
    async (batching) => {
      const output = await ask({ query, batching }, heroes('String!'));
      expect(read(output)).toEqual({
        errors,
        data: { hero: { name: 'R2-D2', heroFriends: [luke, null, leia] } },
      });
    },
  );

  test.each([
    ['parse', '{ orders( }', ''],
    ['validation', '{ orders { price } }', ''],
    ['variables', 'query ($n: Int!) { orders(first: $n) { id } }', '{ "n": "five" }'],
    ['variables', '{ orders { id } }', '[1]'],
    ['variables', '{ orders { id } }', '{ n: 1 }'],
    ['variables', 'query A { orders { id } } query B { orders { id } }', ''],
  ] as const)(
    '[§7.1] a request that cannot be executed has errors and no data: %s, %s',
    async (stage, text, variables) => {
      const output = await ask({ query: text, variables });
      expect(output.stage).toBe(stage);
      expect(output.queries).toBe(0);
      expect(read(output)).not.toHaveProperty('data');
      expect(output.errors).toBeGreaterThan(0);
      expect(read(output).errors?.length).toBe(output.errors);
    },
  );
});

describe('limits', () => {
  const cycle = (times: number): string =>
    `{ order(id: 1) { ${'customer { orders { '.repeat(times)} id ${'} }'.repeat(times)} } }`;

  test('depth counts fields inside each other, through fragments, and nothing of introspection', async () => {
    const depthOf = async (query: string) => (await ask({ query })).depth;
    expect(await depthOf('{ orders { id } }')).toBe(2);
    expect(
      await depthOf('{ orders { ...a } } fragment a on Order { customer { ... { name } } }'),
    ).toBe(3);
    expect(await depthOf(cycle(3))).toBe(8);
    expect(await depthOf('{ __schema { types { fields { type { ofType { name } } } } } }')).toBe(0);
  });

  test('cost counts calls of the data source, times the objects above', async () => {
    const costOf = async (query: string, variables = '') => (await ask({ query, variables })).cost;
    expect(await costOf('{ orders(first: 7) { id placedOn } }')).toBe(1);
    expect(await costOf('{ orders(first: 7) { customer { name } } }')).toBe(1 + 7);
    expect(await costOf('{ orders(first: 7) { lines { product { stock } } } }')).toBe(
      1 + 7 + 14 + 14,
    );
    expect(await costOf('{ orders { customer { name } } }')).toBe(1 + 10);
    const variable = 'query ($n: Int! = 3) { orders(first: $n) { customer { name } } }';
    expect(await costOf(variable)).toBe(1 + 3);
    expect(await costOf(variable, '{ "n": 4 }')).toBe(1 + 4);
  });

  test('a request over a limit is refused with the limit, and costs the data source nothing', async () => {
    const deep = await ask({ query: cycle(3), depthMax: 7 });
    expect(deep).toMatchObject({ stage: 'validation', errors: 1, queries: 0, resolvers: 0 });
    expect(read(deep).errors?.[0]).toMatchObject({
      message: 'The depth of this operation is 8; at most 7 is allowed.',
      extensions: { code: 'DEPTH_LIMIT', depth: 8, limit: 7 },
    });
    const wide = await ask({
      query: '{ orders(first: 100) { lines { quantity } } }',
      costMax: 100,
    });
    expect(read(wide).errors?.[0]).toMatchObject({
      extensions: { code: 'COST_LIMIT', cost: 101, limit: 100 },
    });
    expect((await ask({ query: cycle(3), depthMax: 8 })).stage).toBe('execution');
  });

  test('fragments that double each other are measured without being written out', async () => {
    const names = Array.from({ length: 60 }, (_, i) => `f${i}`);
    const fragments = names.map((name, i) => {
      const next = names[i + 1];
      return `fragment ${name} on Customer { ${next ? `...${next} ...${next}` : 'name'} orders { id } }`;
    });
    const query = `{ order(id: 1) { customer { ...f0 } } } ${fragments.join(' ')}`;
    const output = await ask({ query, costMax: 10 });
    expect(output.stage).toBe('validation');
    expect(output.cost).toBeGreaterThan(1e15);
  });

  test('a fragment in itself is refused, and measured to its first round', async () => {
    const query = '{ order(id: 1) { ...a } } fragment a on Order { customer { orders { ...a } } }';
    const output = await ask({ query });
    expect(output.stage).toBe('validation');
    expect(output.response).toContain('Cannot spread fragment');
  });

  test('what nobody should send is bounded: length, tokens, resolvers, the response', async () => {
    expect(await ask({ query: `{ orders { id } } #${'x'.repeat(30_000)}` })).toMatchObject({
      stage: 'parse',
      errors: 1,
    });
    const tokens = await ask({ query: `{ order(id: 1) { ${'id '.repeat(5000)} } }` });
    expect(tokens.response).toMatch(/4000 tokens/);
    const many = await ask({
      query:
        '{ orders(first: 100) { customer { orders { customer { orders { customer { orders { customer { name } } } } } } } } }',
    });
    expect(many.resolvers).toBeGreaterThan(5000);
    expect(many.queries).toBeLessThan(20);
    expect(many.response).toContain('ends a request that calls more than 5,000 resolvers');
    expect(many.spans.length).toBeLessThanOrEqual(200);
  });

  test('what is short stands in one line, so that a response can be read', async () => {
    const { response } = await ask({ query: '{ order(id: 2) { lines { product { stock } } } }' });
    expect(response).toBe(`{
  "errors": [
    {
      "message": "warehouse: connection reset",
      "locations": [{ "line": 1, "column": 36 }],
      "path": ["order", "lines", 0, "product", "stock"]
    }
  ],
  "data": { "order": null }
}`);
  });

  test('a response is shown to so many characters, and says how many are left out', async () => {
    const list = 'orders(first: 40) { id placedOn customer { name city } lines { quantity } }';
    const query = `{ ${list} again: ${list} oncemore: ${list} }`;
    const { response, cut } = await ask({ query });
    expect(response.length).toBe(20_000);
    expect(cut).toBeGreaterThan(1000);
  });

  test('a list is as long as allowed', async () => {
    for (const first of [0, 101])
      expect((await ask({ query: `{ orders(first: ${first}) { id } }` })).response).toContain(
        `\\"first\\" should be from 1 to 100, but ${first} was given.`,
      );
  });
});

describe('batching', () => {
  const schema = buildSchema(lab.setup.sdl);

  /** Selections on a type, at most so many levels deep. */
  const selection = (type: GraphQLObjectType, levels: number): fc.Arbitrary<string> => {
    const possible = Object.values(type.getFields()).filter(
      (field) => levels > 1 || !(getNamedType(field.type) instanceof GraphQLObjectType),
    );
    return fc
      .subarray(possible, { minLength: 1, maxLength: Math.min(3, possible.length) })
      .chain((fields) =>
        fc.tuple(
          ...fields.map((field) => {
            const below = getNamedType(field.type);
            const args = field.args.map(({ name, type: of }) =>
              fc
                .integer({ min: 1, max: 12 })
                .map(
                  (value) =>
                    `${name}: ${getNamedType(of) === GraphQLInt ? Math.min(5, value) : value}`,
                ),
            );
            return fc
              .tuple(
                fc.tuple(...args),
                below instanceof GraphQLObjectType
                  ? selection(below, levels - 1).map((text) => ` ${text}`)
                  : fc.constant(''),
              )
              .map(
                ([given, rest]) => `${field.name}${given.length > 0 ? `(${given})` : ''}${rest}`,
              );
          }),
        ),
      )
      .map((fields) => `{ ${fields.join(' ')} }`);
  };

  test('gives the same data with fewer queries, of which there are never more than the cost', async () => {
    const query = schema.getQueryType();
    if (!query) throw new Error('The schema has no queries.');
    await fc.assert(
      fc.asyncProperty(selection(query, 4), async (text) => {
        const batched = await ask({ query: text });
        const direct = await ask({ query: text, batching: false });
        expect(batched.stage).toBe('execution');
        fc.pre(batched.cut === 0 && direct.cut === 0 && direct.resolvers <= 5000);
        expect(read(batched).data).toEqual(read(direct).data);
        expect(batched.queries).toBeLessThanOrEqual(direct.queries);
        expect(direct.queries).toBeLessThanOrEqual(direct.cost ?? 0);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test('takes one query for each loader and level, and each key once', async () => {
    const query = '{ orders(first: 40) { lines { product { supplier { name } } } } }';
    const batched = await ask({ query });
    expect(batched.queries).toBe(4);
    expect(batched.rows).toBe(40 + 80 + 10 + 3);
    const direct = await ask({ query, batching: false });
    expect(direct.queries).toBe(1 + 40 + 80 + 80);
    expect(direct.resolvers).toBe(batched.resolvers);
  });

  test('the same question takes the same time, whatever the machine does', async () => {
    const query = '{ orders(first: 9) { customer { name } } }';
    // One list of 9 rows, then nine queries of a row through four connections.
    const direct = await ask({ query, batching: false });
    expect(direct.tookMs).toBeCloseTo(10.9 + 3 * 10.1, 9);
    expect(await ask({ query, batching: false })).toEqual(direct);
  });

  test('two requests share nothing', async () => {
    const engine = await open(lab.setup, SURROUNDINGS);
    const input = { ...lab.steps[1]?.input, query: '{ order(id: 1) { id } }' };
    const whole = { variables: '', batching: true, depthMax: 5, costMax: 5, ...input };
    const first = await engine.run(whole);
    expect(first.queries).toBe(1);
    expect(await engine.run(whole)).toEqual(first);
  });
});

describe('the waterfall', () => {
  test('resolvers that wait for one batch are one row that says how many', async () => {
    const { spans } = await ask({ query: '{ orders(first: 3) { customer { name } } }' });
    expect(spans.map(({ kind, label, calls }) => [kind, label, calls])).toEqual([
      ['request', 'POST /graphql', 1],
      ['resolver', 'orders', 1],
      ['query', 'orders LIMIT 3', 1],
      ['resolver', 'orders[].customer', 3],
      ['query', 'customers WHERE id IN (1, 2, 5)', 1],
    ]);
  });
});

describe('a setup', () => {
  const { setup } = lab;
  test('that forgets a source, or has one of no field, is refused', () => {
    const { 'Order.customer': _, ...forgotten } = setup.fields;
    expect(() => executableSchema({ ...setup, fields: forgotten })).toThrow(
      'Expected a source for the field Order.customer',
    );
    const invented = { 'Order.price': { from: 'list', table: 'orders' } } as const;
    expect(() => executableSchema({ ...setup, fields: { ...setup.fields, ...invented } })).toThrow(
      'got one of "Order.price"',
    );
  });
});
