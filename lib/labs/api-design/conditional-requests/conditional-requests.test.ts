import { expect, test } from 'vitest';
import { open } from '../../../engines/http/engine';
import { entityTag } from '../../../engines/http/etag';
import type { HttpInput } from '../../../engines/http/types';
import { lab } from './lab';

const TAG = /^ETag: (.*)$/m;
const JSON_TYPE = 'Content-Type: application/json';
const MERGE_TYPE = 'Content-Type: application/merge-patch+json';
const ORDER = '{"item":"pen","quantity":3,"status":"open"}';

async function service() {
  const engine = await open(lab.setup, { addressOf: String, progress: () => undefined });
  return async (method: string, target: string, headers: string[] = [], body = '') => {
    const input: HttpInput = { method, target, headers: headers.join('\n'), body };
    const { response } = await engine.run(input);
    return { ...response, tag: TAG.exec(response.head)?.[1] ?? '' };
  };
}

test('[CR1] a PUT is kept byte for byte, and GET has the tag that its answer had', async () => {
  const ask = await service();
  const created = await ask('PUT', '/orders/99', [JSON_TYPE, 'If-None-Match: *'], ORDER);
  expect(created).toMatchObject({ status: 201, tag: entityTag(ORDER) });
  expect(created.head).toContain('Location: /orders/99');
  expect(await ask('GET', '/orders/99')).toMatchObject({
    status: 200,
    body: ORDER,
    tag: created.tag,
  });
});

test('[CR2] If-None-Match: * creates once', async () => {
  const ask = await service();
  const create = () => ask('PUT', '/orders/99', [JSON_TYPE, 'If-None-Match: *'], ORDER);
  expect([(await create()).status, (await create()).status]).toEqual([201, 412]);
});

test.each(['%E2%82%AC', 'a%20b', '%0a'])(
  '[CR2] an order is where its target says, encoded as there: %s',
  async (id) => {
    const ask = await service();
    const created = await ask('PUT', `/orders/${id}`, [JSON_TYPE, 'If-None-Match: *'], ORDER);
    expect(created.status).toBe(201);
    expect(created.head).toMatch(new RegExp(`^Location: /orders/${id}$`, 'm'));
    const headers = [MERGE_TYPE, `If-Match: ${created.tag}`];
    const changed = await ask('PATCH', `/orders/${id}`, headers, '{"quantity":4}');
    expect(changed.status).toBe(200);
    expect(changed.head).toMatch(new RegExp(`^Content-Location: /orders/${id}$`, 'm'));
  },
);

test('[CR3] of two changes of one state the second gets 412, whatever its method', async () => {
  for (const [method, headers, body] of [
    ['PUT', [JSON_TYPE], ORDER],
    ['PATCH', [MERGE_TYPE], '{"quantity":3}'],
    ['DELETE', [], ''],
  ] as const) {
    const ask = await service();
    const { tag } = await ask('GET', '/orders/17');
    const condition = `If-Match: ${tag}`;
    const first = await ask('PATCH', '/orders/17', [MERGE_TYPE, condition], '{"status":"paid"}');
    const second = await ask(method, '/orders/17', [...headers, condition], body);
    expect([first.status, second.status]).toEqual([200, 412]);
    const again = await ask(method, '/orders/17', [...headers, `If-Match: ${first.tag}`], body);
    expect(again.status).toBeLessThan(300);
  }
});

test('[CR4] a refusal that needs no condition comes before the conditions (RFC 9110 section 13.2.1)', async () => {
  const ask = await service();
  const stale = 'If-Match: "old"';
  expect((await ask('DELETE', '/orders/18', [stale])).status).toBe(409);
  expect((await ask('DELETE', '/orders/77', [stale])).status).toBe(404);
  expect((await ask('PATCH', '/orders/17', [JSON_TYPE, stale], '{')).status).toBe(415);
  expect((await ask('PATCH', '/orders/17', [MERGE_TYPE, stale], '{')).status).toBe(412);
  expect((await ask('GET', '/orders/17', [stale, 'Accept: text/html'])).status).toBe(406);
});

test('[CR5] members that the client may not set are refused by their name', async () => {
  const ask = await service();
  const { tag } = await ask('GET', '/orders/17');
  const patch = '{"price":0,"quantity":0}';
  const { status, body } = await ask(
    'PATCH',
    '/orders/17',
    [MERGE_TYPE, `If-Match: ${tag}`],
    patch,
  );
  expect(status).toBe(422);
  expect(body).toContain('price');
  expect(body).toContain('#/quantity');
});

test('[CR6] a date is enough to ask whether something changed', async () => {
  const ask = await service();
  const { head } = await ask('GET', '/orders/17');
  const date = /^Last-Modified: (.*)$/m.exec(head)?.[1];
  expect((await ask('GET', '/orders/17', [`If-Modified-Since: ${date}`])).status).toBe(304);
  expect((await ask('HEAD', '/orders/17', [`If-Modified-Since: ${date}`])).status).toBe(304);
});
