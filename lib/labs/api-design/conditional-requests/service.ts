import type { Context } from 'hono';
import * as z from 'zod/mini';
import { isNotModified } from '../../../engines/http/conditions';
import { readJson, requireType, validate } from '../../../engines/http/content';
import { entityTag } from '../../../engines/http/etag';
import { httpDate } from '../../../engines/http/http-date';
import { jsonText } from '../../../engines/http/json-text';
import { mergePatch } from '../../../engines/http/merge-patch';
import { chooseType } from '../../../engines/http/negotiation';
import { Problem } from '../../../engines/http/problem';
import type { Service, ServiceEnv } from '../../../engines/http/types';

const order = z.strictObject({
  item: z.string().check(z.minLength(1), z.maxLength(100)),
  quantity: z.int().check(z.minimum(1), z.maximum(1000)),
  status: z.enum(['open', 'paid', 'shipped']),
});
export type Order = z.infer<typeof order>;

interface Stored {
  /** Bytes as they are sent: what a PUT brought, or what a PATCH made. */
  readonly content: string;
  readonly order: Order;
  readonly changedMs: number;
}

/**
 * Orders that are changed only by those who say which state they change. Each handler checks in the
 * order of RFC 9110 section 13.2.1: what would refuse the request anyway, then its conditions, then
 * its content.
 */
export function serveOrders(
  service: Service,
  initial: Readonly<Record<string, Order>>,
  changedMs: number,
): void {
  const orders = new Map<string, Stored>(
    Object.entries(initial).map(([id, value]) => [
      id,
      { content: jsonText(value), order: value, changedMs },
    ]),
  );

  service.get('/orders/:id', (c) => {
    const stored = existing(c.req.param('id'));
    const type = chooseType(c, ['application/json']);
    const headers = { ...validatorFields(stored), Vary: 'Accept, Accept-Encoding' };
    if (isNotModified(c, validators(stored))) return c.body(null, 304, headers);
    return c.body(stored.content, 200, { ...headers, 'Content-Type': type });
  });

  service.put('/orders/:id', async (c) => {
    const id = c.req.param('id');
    const present = orders.get(id);
    requireType(c, 'application/json');
    if (present) refuseIfShipped(c, present);
    isNotModified(c, present ? validators(present) : null, { required: true });
    const value = validate(c, order, await readJson(c));
    const stored = { content: await c.req.text(), order: value, changedMs: c.env.nowMs };
    orders.set(id, stored);
    c.env.log.passed('store', 'Kept byte for byte, so the answer to a PUT may carry the new ETag.');
    const created = present === undefined;
    return c.body(null, created ? 201 : 204, {
      ...validatorFields(stored),
      ...(created ? { Location: pathOf(c) } : {}),
    });
  });

  service.patch('/orders/:id', async (c) => {
    const id = c.req.param('id');
    const present = existing(id);
    requireType(c, 'application/merge-patch+json');
    refuseIfShipped(c, present);
    isNotModified(c, validators(present), { required: true });
    const value = validate(c, order, mergePatch(present.order, await readJson(c)));
    const stored = { content: jsonText(value), order: value, changedMs: c.env.nowMs };
    orders.set(id, stored);
    c.env.log.passed('store', 'Merged and kept.');
    return c.body(stored.content, 200, {
      ...validatorFields(stored),
      'Content-Type': 'application/json',
      'Content-Location': pathOf(c),
    });
  });

  service.delete('/orders/:id', (c) => {
    const id = c.req.param('id');
    const present = existing(id);
    refuseIfShipped(c, present);
    isNotModified(c, validators(present), { required: true });
    orders.delete(id);
    c.env.log.passed('store', 'Deleted.');
    return c.body(null, 204);
  });

  function existing(id: string): Stored {
    const stored = orders.get(id);
    if (!stored) throw new Problem(404, { detail: `There is no order ${id}.` });
    return stored;
  }
}

/** As it stood in the target: Hono's path is decoded, and may hold what no field can carry. */
function pathOf(c: Context<ServiceEnv>): string {
  return new URL(c.req.url).pathname;
}

function validators({ content, changedMs }: Stored) {
  return { etag: entityTag(content), lastModifiedMs: changedMs };
}

function validatorFields(stored: Stored): Record<string, string> {
  const { etag, lastModifiedMs } = validators(stored);
  return { ETag: etag, 'Last-Modified': httpDate(lastModifiedMs) };
}

/** The request is sound, and the state of the resource does not allow it. */
function refuseIfShipped(c: Context<ServiceEnv>, { order: { status } }: Stored): void {
  if (status !== 'shipped') return;
  c.env.log.refused('order', 'It has been shipped.');
  throw new Problem(409, {
    detail: 'The order has been shipped and cannot be changed or deleted any more.',
    status_of_order: status,
  });
}
