import type {
  GraphqlInput,
  GraphqlLab,
  GraphqlOutput,
  TableRow,
} from '../../../engines/graphql/types';
import type { Step } from '../../../engines/lab';

const sdl = `type Query {
  "Orders, the oldest first."
  orders(first: Int! = 10): [Order!]!
  order(id: ID!): Order
  product(id: ID!): Product
}

type Order {
  id: ID!
  placedOn: String!
  customer: Customer!
  lines: [Line!]!
}

type Customer {
  id: ID!
  name: String!
  city: String!
  orders: [Order!]!
}

type Line {
  quantity: Int!
  product: Product!
}

type Product {
  id: ID!
  name: String!
  supplier: Supplier
  "Pieces in the warehouse. Never null."
  stock: Int!
  "Days until it arrives; null if nobody knows."
  deliveryDays: Int
}

type Supplier {
  id: ID!
  name: String!
  products: [Product!]!
}`;

const CUSTOMERS = [
  ['Ada', 'London'],
  ['Grace', 'New York'],
  ['Edsger', 'Rotterdam'],
  ['Barbara', 'Los Angeles'],
  ['Tony', 'Colombo'],
  ['Leslie', 'New York'],
] as const;
const PRODUCTS = [
  'Kettle',
  'Lamp',
  'Chair',
  'Desk',
  'Rug',
  'Clock',
  'Mug',
  'Shelf',
  'Plant',
  'Fan',
] as const;
const SUPPLIERS = ['Northwind', 'Contoso', 'Fabrikam'] as const;
const ORDERS = 40;
const LINES_EACH = 2;

const customers: readonly TableRow[] = CUSTOMERS.map(([name, city], i) => ({
  id: i + 1,
  name,
  city,
}));
const suppliers: readonly TableRow[] = SUPPLIERS.map((name, i) => ({ id: i + 1, name }));
const products: readonly TableRow[] = PRODUCTS.map((name, i) => ({
  id: i + 1,
  name,
  supplierId: 1 + (Math.floor(i / 2) % SUPPLIERS.length),
}));
const warehouse: readonly TableRow[] = products.map(({ id }) => ({
  id,
  pieces: (id * 37) % 50,
  days: 1 + (id % 4),
}));
const orders: readonly TableRow[] = Array.from({ length: ORDERS }, (_, i) => ({
  id: i + 1,
  placedOn: `2026-11-${String(1 + Math.floor(i / 2)).padStart(2, '0')}`,
  customerId: 1 + ((i * i) % CUSTOMERS.length),
}));
const lines: readonly TableRow[] = orders.flatMap(({ id }, i) =>
  Array.from({ length: LINES_EACH }, (_, j) => ({
    id: i * LINES_EACH + j + 1,
    orderId: id,
    productId: 1 + ((i * 3 + j * 3) % PRODUCTS.length),
    quantity: 1 + ((i + j) % 3),
  })),
);

const LIMITS = { depthMax: 8, costMax: 500 } as const;

const withCustomers = `query Orders($first: Int! = 5) {
  orders(first: $first) {
    id
    customer {
      name
    }
  }
}`;

type OrdersStep = Step<GraphqlInput, GraphqlOutput>;

const step = (
  of: Omit<OrdersStep, 'input'> & { readonly input: Partial<GraphqlInput> & { query: string } },
): OrdersStep => ({ ...of, input: { variables: '', batching: true, ...LIMITS, ...of.input } });

const queriesAre = (count: number): OrdersStep['expects'][number] => ({
  what: `the database is asked ${count} times`,
  holds: ({ queries }) => queries === count,
});

/** Data of the response; undefined if there is none. */
const dataOf = ({ response }: GraphqlOutput): unknown =>
  (JSON.parse(response) as { readonly data?: unknown }).data;

export const lab: GraphqlLab = {
  kind: 'graphql',
  title: 'A graph of orders',
  question: 'How many queries does one request make, and who decides?',
  setup: {
    sdl,
    tables: { orders, customers, lines, products, suppliers, warehouse },
    fields: {
      'Query.orders': { from: 'list', table: 'orders' },
      'Query.order': { from: 'argument', table: 'orders' },
      'Query.product': { from: 'argument', table: 'products' },
      'Order.customer': { from: 'reference', table: 'customers', column: 'customerId' },
      'Order.lines': { from: 'children', table: 'lines', column: 'orderId', most: LINES_EACH },
      'Customer.orders': { from: 'children', table: 'orders', column: 'customerId', most: 20 },
      'Line.product': { from: 'reference', table: 'products', column: 'productId' },
      'Product.supplier': { from: 'reference', table: 'suppliers', column: 'supplierId' },
      'Product.stock': { from: 'reference', table: 'warehouse', column: 'id', value: 'pieces' },
      'Product.deliveryDays': {
        from: 'reference',
        table: 'warehouse',
        column: 'id',
        value: 'days',
      },
      'Supplier.products': { from: 'children', table: 'products', column: 'supplierId', most: 4 },
    },
    unreadable: { warehouse: { id: 4, message: 'warehouse: connection reset' } },
    latencyMs: 10,
    rowMs: 0.1,
    connections: 4,
  },
  steps: [
    step({
      id: 'one-by-one',
      title: 'Five orders, and the customer of each',
      says: 'One query brings the orders. Then the resolver of the customer runs once for each of them, and each run is a query of its own, whether that customer has been read before or not.',
      input: { query: withCustomers, batching: false },
      expects: [
        queriesAre(6),
        { what: 'a resolver runs for each order', holds: ({ resolvers }) => resolvers === 6 },
      ],
    }),
    step({
      id: 'dataloader',
      title: 'The same through DataLoader',
      says: 'The resolvers run as often as before. What they ask for in one turn of the event loop is one query, and each customer is asked for once.',
      input: { query: withCustomers },
      expects: [
        queriesAre(2),
        { what: 'as many resolvers run as before', holds: ({ resolvers }) => resolvers === 6 },
        { what: 'it takes less than 25 ms', holds: ({ tookMs }) => tookMs < 25 },
      ],
    }),
    step({
      id: 'levels',
      title: 'Four levels',
      says: 'A query for each level, however many objects it has: orders, their lines, the products of those, their suppliers. Levels wait for each other; make the list longer, and only rows are added.',
      input: {
        query: `{
  orders(first: 4) {
    lines {
      product {
        name
        supplier { name }
      }
    }
  }
}`,
      },
      expects: [queriesAre(4)],
    }),
    step({
      id: 'null',
      title: 'One value that cannot be read',
      says: 'The warehouse fails for the desk. Its deliveryDays may be null, and only that is lost. Its stock may not: the null climbs past the product, the line and the list to the first place that may be null, the order.',
      input: {
        query: `{
  mayBeNull: order(id: 2) {
    lines { product { name deliveryDays } }
  }
  mayNot: order(id: 2) {
    lines { product { name stock } }
  }
}`,
      },
      expects: [
        { what: 'there are two errors', holds: ({ errors }) => errors === 2 },
        {
          what: 'one order is whole but for a value, the other is null',
          holds: (output) => {
            const data = dataOf(output) as Record<string, unknown> | undefined;
            return data?.mayNot === null && JSON.stringify(data.mayBeNull).includes('Desk');
          },
        },
      ],
    }),
    step({
      id: 'depth',
      title: 'Round in circles',
      says: 'A customer has orders, an order has a customer: a schema with a cycle has no bottom of its own. The limit refuses the query before anything is asked. Raise it to see what it saves.',
      input: {
        query: `{
  order(id: 1) {
    customer { orders { customer { orders {
      customer { orders { customer { name } } }
    } } } }
  }
}`,
        costMax: 10_000,
      },
      expects: [
        queriesAre(0),
        {
          what: 'the query is refused for its depth alone',
          holds: ({ stage, response, errors }) =>
            stage === 'validation' && errors === 1 && response.includes('DEPTH_LIMIT'),
        },
      ],
    }),
    step({
      id: 'cost',
      title: 'Shallow, but wide',
      says: 'Five fields deep, and yet it asks the database seven hundred times where nothing is batched. The estimate is made before anything runs: a field that needs the database counts as one, times the objects that it is asked of. The response says what is allowed; ask for less, or raise it.',
      input: {
        query: `query ($page: Int!) {
  orders(first: $page) {
    lines { product { supplier { name } stock } }
  }
}`,
        variables: '{ "page": 100 }',
      },
      expects: [
        queriesAre(0),
        {
          what: 'the query is refused for its cost alone',
          holds: ({ stage, response, errors }) =>
            stage === 'validation' && errors === 1 && response.includes('COST_LIMIT'),
        },
      ],
    }),
  ],
  differences: [
    'The data source is tables in memory, whose answers take a fixed time on the lab’s clock; everything else is graphql-js and DataLoader as a server runs them.',
    'DataLoader is told by that clock when a turn of the event loop ends, through its option batchScheduleFn; left alone it would ask Node.',
    'There is no HTTP around it, no authentication, and nothing but queries.',
  ],
};
