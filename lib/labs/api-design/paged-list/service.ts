import type { Context } from 'hono';
import * as z from 'zod/mini';
import { isNotModified } from '../../../engines/http/conditions';
import { readJson, requireType, validate } from '../../../engines/http/content';
import { entityTag } from '../../../engines/http/etag';
import { jsonText } from '../../../engines/http/json-text';
import { chooseType } from '../../../engines/http/negotiation';
import { Problem } from '../../../engines/http/problem';
import type { Service, ServiceEnv } from '../../../engines/http/types';
import { readCursor, writeCursor } from './cursor';
import { type AuditEvent, EventStore, type Page } from './events';

const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;

const newEvent = z.strictObject({ what: z.string().check(z.minLength(1), z.maxLength(200)) });

/** An audit log behind HTTP: pages by cursor, and by offset for old clients. */
export function serveEvents(service: Service, rows: readonly AuditEvent[]): void {
  const store = new EventStore(rows);

  service.get('/events', (c) => {
    const limit = readLimit(c);
    const page = readPage(c, store, limit);
    const type = chooseType(c, ['application/json', 'text/csv']);
    const content = type === 'text/csv' ? asCsv(page) : asJson(page);
    const etag = entityTag(content);
    const headers: Record<string, string> = {
      'Cache-Control': 'private, no-cache',
      ETag: etag,
      Vary: 'Accept, Accept-Encoding',
    };
    if (isNotModified(c, { etag })) return c.body(null, 304, headers);
    const next = nextLink(c, page, limit);
    return c.body(content, 200, {
      ...headers,
      'Content-Type': type,
      ...(next === null ? {} : { Link: `<${next}>; rel="next"` }),
    });
  });

  service.post('/events', async (c) => {
    requireType(c, 'application/json');
    const { what } = validate(c, newEvent, await readJson(c));
    const event = store.insert(what, new Date(c.env.nowMs).toISOString());
    c.env.log.passed('store', `Event ${event.id} is now first in the list.`);
    return c.body(jsonText(event), 201, {
      'Content-Type': 'application/json',
      Location: `/events/${event.id}`,
    });
  });

  service.get('/events/:id{[0-9]+}', (c) => {
    const event = store.find(Number(c.req.param('id')));
    if (!event) throw new Problem(404, { detail: `There is no event ${c.req.param('id')}.` });
    const type = chooseType(c, ['application/json']);
    return c.body(jsonText(event), 200, { 'Content-Type': type, Vary: 'Accept, Accept-Encoding' });
  });
}

export function asJson({ rows, hasMore }: Page): string {
  return jsonText({ events: rows, has_more: hasMore });
}

function asCsv({ rows }: Page): string {
  const lines = rows.map(({ id, at, what }) => `${id},${at},"${what.replaceAll('"', '""')}"`);
  return ['id,at,what', ...lines].map((line) => `${line}\r\n`).join('');
}

function readPage(c: Context<ServiceEnv>, store: EventStore, limit: number): Page {
  const cursor = c.req.query('cursor');
  const offset = c.req.query('offset');
  if (cursor !== undefined && offset !== undefined) {
    throw invalid(c, 'cursor', 'A page begins at a cursor or at an offset, not at both.');
  }
  if (offset !== undefined) {
    const places = readWhole(offset);
    if (places === null)
      throw invalid(c, 'offset', `Expected a whole number from 0, got "${offset}".`);
    c.env.log.passed('offset', `${places} rows are read and thrown away, ${limit} are sent.`);
    return store.skip(places, limit);
  }
  if (cursor === undefined) return store.after(null, limit);
  const position = readCursor(cursor);
  if (position === null) {
    throw invalid(c, 'cursor', 'A cursor is taken from a Link of this list, unchanged.');
  }
  c.env.log.passed(
    'cursor',
    `Rows after (${position.at}, ${position.id}), however many are before.`,
  );
  return store.after(position, limit);
}

function readLimit(c: Context<ServiceEnv>): number {
  const text = c.req.query('limit');
  if (text === undefined) return LIMIT_DEFAULT;
  const limit = readWhole(text);
  if (limit === null || limit < 1 || limit > LIMIT_MAX) {
    throw invalid(c, 'limit', `Expected a whole number from 1 to ${LIMIT_MAX}, got "${text}".`);
  }
  return limit;
}

function readWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function invalid(c: Context<ServiceEnv>, parameter: string, detail: string): Problem {
  c.env.log.refused(parameter, detail);
  return new Problem(400, {
    type: '/problems/invalid-parameter',
    title: 'A parameter of the query is invalid',
    detail,
    parameter,
  });
}

/** The next page in the way in which this one was asked for; null after the last. */
function nextLink(c: Context<ServiceEnv>, { rows, hasMore }: Page, limit: number): string | null {
  const last = rows.at(-1);
  if (!hasMore || !last) return null;
  const offset = c.req.query('offset');
  const begin =
    offset === undefined ? `cursor=${writeCursor(last)}` : `offset=${Number(offset) + rows.length}`;
  return `/events?limit=${limit}&${begin}`;
}
