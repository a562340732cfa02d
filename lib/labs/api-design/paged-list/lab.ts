import { entityTag } from '../../../engines/http/etag';
import type { HttpInput, HttpLab, HttpOutput } from '../../../engines/http/types';
import { writeCursor } from './cursor';
import { type AuditEvent, EventStore } from './events';
import { asJson, serveEvents } from './service';

const AT_ONCE = '2026-11-21T09:14:31.250Z';

/** Newest first. The third and the fourth happened at once: a page of three ends between them. */
const EVENTS: readonly AuditEvent[] = [
  { id: 48, at: '2026-11-21T11:02:07.810Z', what: 'key rotated' },
  { id: 47, at: '2026-11-21T10:40:55.003Z', what: 'login failed' },
  { id: 46, at: AT_ONCE, what: 'role granted' },
  { id: 45, at: AT_ONCE, what: 'user invited' },
  { id: 44, at: '2026-11-21T08:30:00.000Z', what: 'report exported' },
  { id: 43, at: '2026-11-20T17:21:12.640Z', what: 'login' },
  { id: 42, at: '2026-11-20T16:00:00.000Z', what: 'password changed' },
  { id: 41, at: '2026-11-20T09:05:44.118Z', what: 'login' },
];

const LIMIT = 3;
const CURSOR = writeCursor({ at: AT_ONCE, id: 46 });
const SECOND_PAGE = `/events?limit=${LIMIT}&cursor=${CURSOR}`;
const SECOND_PAGE_TAG = entityTag(asJson(new EventStore(EVENTS).skip(LIMIT, LIMIT)));
/** The cursor in small letters, as a client that lower-cases its parameters sends it. */
const SPOILT = CURSOR.toLowerCase();

export const lab: HttpLab = {
  kind: 'http',
  title: 'A paged list on the wire',
  question: 'What does a client see of a list that grows while it reads?',
  setup: {
    origin: 'https://api.example',
    bodyBytesMax: 1000,
    routes: (service) => serveEvents(service, EVENTS),
  },
  steps: [
    {
      id: 'first-page',
      title: 'Ask for the first page',
      says: 'The address of the next page comes in Link, with a cursor in it that the client need not understand. Events 46 and 45 have the same time, and the page ends between them.',
      input: get(`/events?limit=${LIMIT}`, 'Accept: application/json, text/csv;q=0.5'),
      expects: [
        { what: 'the page holds 48, 47 and 46', holds: (o) => idsOf(o).join() === '48,47,46' },
        {
          what: 'Link leads to the second page',
          holds: ({ response }) => response.head.includes(`Link: <${SECOND_PAGE}>; rel="next"`),
        },
      ],
    },
    {
      id: 'second-page',
      title: 'Follow the link',
      says: 'The cursor names the last row that was sent, time and id, so 45 comes next although its time is equal.',
      input: get(SECOND_PAGE, 'Accept: application/json'),
      expects: [
        { what: 'the page holds 45, 44 and 43', holds: (o) => idsOf(o).join() === '45,44,43' },
        {
          what: 'its tag is the one that a later step sends',
          holds: ({ response }) => response.head.includes(`ETag: ${SECOND_PAGE_TAG}`),
        },
      ],
    },
    {
      id: 'insert',
      title: 'Meanwhile something happens',
      says: 'A new event comes first in the list, and every other row moves down by one place.',
      input: {
        method: 'POST',
        target: '/events',
        headers: 'Content-Type: application/json',
        body: '{ "what": "token revoked" }',
      },
      expects: [
        {
          what: 'event 49 is created',
          holds: ({ response }) =>
            response.status === 201 && response.head.includes('Location: /events/49'),
        },
      ],
    },
    {
      id: 'cursor-again',
      title: 'The second page again, by its cursor',
      says: 'The same rows as before: the tag still matches, and not a byte of content is sent. A page behind a cursor can be cached.',
      input: get(SECOND_PAGE, `Accept: application/json\nIf-None-Match: ${SECOND_PAGE_TAG}`),
      expects: [
        {
          what: '304 without content',
          holds: ({ response }) => response.status === 304 && response.bodyBytes === 0,
        },
      ],
    },
    {
      id: 'offset',
      title: 'The second page by its offset',
      says: 'Event 46 comes a second time: the offset counts places, and the places have moved.',
      input: get(`/events?limit=${LIMIT}&offset=${LIMIT}`, 'Accept: application/json'),
      expects: [{ what: 'the page holds 46 again', holds: (o) => idsOf(o).join() === '46,45,44' }],
    },
    {
      id: 'bad-cursor',
      title: 'A cursor that was changed',
      says: 'A cursor is input like any other. One that is malformed is refused with problem details, and does not begin some other page.',
      input: get(`/events?limit=${LIMIT}&cursor=${SPOILT}`, 'Accept: application/json'),
      expects: [
        {
          what: '400 with problem details',
          holds: ({ response }) =>
            response.status === 400 && response.head.includes('application/problem+json'),
        },
      ],
    },
  ],
  differences: [
    'Requests go to a router in this page and not over a network: nothing is lost, delayed or cached on the way.',
    'The clock of the service begins at noon and advances by a second with each request, so that all see the same.',
    'The cursor is checked and not signed: a client that knows what is in it could write its own. That gains it nothing here, where every client may read every row.',
    'Names of response fields come in alphabetical order, since Fetch keeps them so.',
  ],
};

function get(target: string, headers: string): HttpInput {
  return { method: 'GET', target, headers, body: '' };
}

function idsOf({ response }: HttpOutput): number[] {
  return [...response.body.matchAll(/"id": (\d+)/g)].map(([, id]) => Number(id));
}
