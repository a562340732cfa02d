import { entityTag } from '../../../engines/http/etag';
import { jsonText } from '../../../engines/http/json-text';
import type { HttpInput, HttpLab, HttpOutput } from '../../../engines/http/types';
import { type Order, serveOrders } from './service';

const ORDER: Order = { item: 'desk lamp', quantity: 1, status: 'open' };
const FIRST_TAG = entityTag(jsonText(ORDER));

/** What two people make of the same order at the same time. */
const ANNAS: Order = { ...ORDER, quantity: 2 };
const BENS: Order = { ...ORDER, status: 'paid' };

export const lab: HttpLab = {
  kind: 'http',
  title: 'Conditional requests',
  question: 'How does a server keep two people from overwriting each other?',
  setup: {
    origin: 'https://api.example',
    bodyBytesMax: 500,
    routes: (service) =>
      serveOrders(
        service,
        { 17: ORDER, 18: { item: 'chair', quantity: 4, status: 'shipped' } },
        Date.UTC(2026, 10, 20, 16, 45),
      ),
  },
  steps: [
    {
      id: 'read',
      title: 'Anna and Ben both read the order',
      says: 'The ETag names this state of the representation. Both keep it.',
      input: { method: 'GET', target: '/orders/17', headers: 'Accept: application/json', body: '' },
      expects: [
        {
          what: 'the tag is the one that later steps send',
          holds: ({ response }) =>
            response.status === 200 && response.head.includes(`ETag: ${FIRST_TAG}`),
        },
      ],
    },
    {
      id: 'unconditional',
      title: 'Anna changes it without a condition',
      says: 'The server refuses with 428: it cannot know whether she has seen the present state.',
      input: put(ANNAS, []),
      expects: [status(428)],
    },
    {
      id: 'first-write',
      title: 'Anna says which state she changes',
      says: 'If-Match holds, the order is replaced, and the answer brings the tag of the new state.',
      input: put(ANNAS, [`If-Match: ${FIRST_TAG}`]),
      expects: [
        status(204),
        {
          what: 'the new tag is that of her content',
          holds: ({ response }) => response.head.includes(`ETag: ${entityTag(contentOf(ANNAS))}`),
        },
      ],
    },
    {
      id: 'lost-update',
      title: 'Ben writes what he made of the old state',
      says: 'Without the condition his write would have put the quantity back to 1, and nobody would have noticed. With it he gets 412 and reads again.',
      input: put(BENS, [`If-Match: ${FIRST_TAG}`]),
      expects: [status(412)],
    },
    {
      id: 'wrong-type',
      title: 'Ben sends only what changes',
      says: 'PATCH asks for a format that says how to change something. Plain JSON does not: 415, with the format that is taken in Accept-Patch.',
      input: {
        method: 'PATCH',
        target: '/orders/17',
        headers: `Content-Type: application/json\nIf-Match: ${entityTag(contentOf(ANNAS))}`,
        body: '{ "status": "paid" }',
      },
      expects: [
        status(415),
        {
          what: 'Accept-Patch names the format',
          holds: ({ response }) =>
            response.head.includes('Accept-Patch: application/merge-patch+json'),
        },
      ],
    },
    {
      id: 'merge-patch',
      title: 'As a merge patch',
      says: 'With the present tag and the right type, both changes stand: two desk lamps, paid.',
      input: {
        method: 'PATCH',
        target: '/orders/17',
        headers: `Content-Type: application/merge-patch+json\nIf-Match: ${entityTag(contentOf(ANNAS))}`,
        body: '{ "status": "paid" }',
      },
      expects: [
        status(200),
        {
          what: 'quantity 2 and paid',
          holds: ({ response }) => response.body === jsonText({ ...ANNAS, status: 'paid' }),
        },
      ],
    },
  ],
  differences: [
    'Requests go to a router in this page and not over a network: nothing is lost, delayed or repeated on the way.',
    'The clock of the service begins at noon and advances by a second with each request, so that all see the same.',
    'Tags are made of the content. A version number of the row does as well, and does not repeat a tag when a state comes back.',
    'Names of response fields come in alphabetical order, since Fetch keeps them so.',
  ],
};

function put(order: Order, conditions: readonly string[]): HttpInput {
  return {
    method: 'PUT',
    target: '/orders/17',
    headers: ['Content-Type: application/json', ...conditions].join('\n'),
    body: contentOf(order),
  };
}

/** In the clients' own letters, which the server keeps. */
function contentOf(order: Order): string {
  return JSON.stringify(order);
}

function status(expected: number) {
  return {
    what: `the status is ${expected}`,
    holds: ({ response }: HttpOutput) => response.status === expected,
  };
}
