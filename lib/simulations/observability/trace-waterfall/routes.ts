/** What a request makes the services do: a tree of operations, each with work of its own. */
import type { Service } from './parameters';

export interface Operation {
  readonly service: Service;
  /** The name of its spans. */
  readonly name: string;
  /** Usual time of its own work, ms: half of it before its calls and half after them. */
  readonly workMs: number;
  /** Whether its calls may be made at once; otherwise they are always made in this order. */
  readonly independent: boolean;
  readonly calls: readonly Operation[];
  /** Number within its route, so that its draws are the same in whatever order things happen. */
  readonly place: number;
}

type Draft = Pick<Operation, 'service' | 'name' | 'workMs'> & {
  readonly independent?: boolean;
  readonly calls?: readonly Draft[];
};

function route(root: Draft): Operation {
  let places = 0;
  const number = ({ independent = false, calls = [], ...rest }: Draft): Operation => {
    const place = places++;
    return { ...rest, independent, place, calls: calls.map(number) };
  };
  return number(root);
}

export const CHECKOUT = route({
  service: 'gateway',
  name: 'POST /checkout',
  workMs: 8,
  calls: [
    { service: 'auth', name: 'verify token', workMs: 10 },
    {
      service: 'orders',
      name: 'place order',
      workMs: 20,
      independent: true,
      calls: [
        { service: 'stock', name: 'reserve', workMs: 30 },
        { service: 'prices', name: 'quote', workMs: 20 },
        {
          service: 'payments',
          name: 'charge',
          workMs: 16,
          calls: [{ service: 'bank', name: 'authorise', workMs: 60 }],
        },
      ],
    },
  ],
});

export const EXPORT = route({
  service: 'gateway',
  name: 'GET /export',
  workMs: 8,
  calls: [
    { service: 'auth', name: 'verify token', workMs: 10 },
    { service: 'archive', name: 'read a year', workMs: 150 },
  ],
});

/** How many spans the operation and all it calls make. */
export const spansOf = ({ calls }: Operation): number =>
  calls.reduce((sum, call) => sum + spansOf(call), 1);
