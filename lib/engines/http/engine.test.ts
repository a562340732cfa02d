import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readJson, requireType, validate } from './content';
import { open, VERSION } from './engine';
import { chooseType } from './negotiation';
import type { HttpInput, HttpOutput, HttpSetup } from './types';

const SETUP: HttpSetup = {
  origin: 'https://api.example',
  bodyBytesMax: 100,
  routes: (service) => {
    service.get('/things/:id', (c) => {
      const type = chooseType(c, ['application/json', 'text/plain']);
      return c.body(`thing ${c.req.param('id')} ü`, 200, { 'Content-Type': type });
    });
    service.post('/things', async (c) => {
      requireType(c, 'application/json');
      const schema = z.strictObject({ 'a/b': z.object({ n: z.int() }) });
      validate(c, schema, await readJson(c));
      return c.body(null, 204);
    });
    service.get('/seen', (c) => c.text(JSON.stringify(c.req.header())));
  },
};

async function ask(input: Partial<HttpInput>): Promise<HttpOutput> {
  const engine = await open(SETUP, { addressOf: String, progress: () => undefined });
  return engine.run({ method: 'GET', target: '/things/7', headers: '', body: '', ...input });
}

const POST = { method: 'POST', target: '/things', headers: 'Content-Type: application/json' };

describe('a request on the wire', () => {
  test('[HE1] bytes are those of HTTP/1.1: lines with CRLF, content in UTF-8', async () => {
    const { request, response } = await ask({ method: 'GET', headers: 'Accept: text/plain' });
    const wire = `${request.head.replaceAll('\n', '\r\n')}\r\n\r\n`;
    expect(request.headBytes).toBe(Buffer.byteLength(wire));
    expect(request.head).toBe('GET /things/7 HTTP/1.1\nHost: api.example\nAccept: text/plain');
    expect(response.bodyBytes).toBe(Buffer.byteLength('thing 7 ü'));
    expect(response.head).toContain('Content-Length: 10');
    const answered = `${response.head.replaceAll('\n', '\r\n')}\r\n\r\n`;
    expect(response.headBytes).toBe(Buffer.byteLength(answered));
  });

  test('[HE2] the client frames the message, whatever the reader wrote', async () => {
    const headers = 'Content-Length: 3\nTransfer-Encoding: chunked\nContent-Type: application/json';
    const { request } = await ask({ ...POST, headers, body: '{"ü":1}' });
    expect(request.head.match(/Content-Length: \d+/g)).toEqual(['Content-Length: 8']);
    expect(request.head).not.toContain('chunked');
  });

  test('[HE3] fields that a page may not send reach the service', async () => {
    const { response } = await ask({
      target: '/seen',
      headers: 'Cookie: id=1\nAccept-Encoding: gzip\nDate: today\nX-Two: a\nX-Two: b',
    });
    expect(JSON.parse(response.body)).toEqual({
      'accept-encoding': 'gzip',
      cookie: 'id=1',
      date: 'today',
      host: 'api.example',
      'x-two': 'a, b',
    });
  });

  test('[HE4] long content is cut, and it is said how much is missing', async () => {
    const body = 'x'.repeat(20_000);
    const { request, response } = await ask({ ...POST, body });
    expect(request.bodyBytes).toBe(20_000);
    expect(request.body.length + request.cutChars).toBe(20_000);
    expect(request.cutChars).toBeGreaterThan(0);
    expect(response.status).toBe(413);
  });
});

describe('what is refused is refused with problem details', () => {
  const CASES: readonly (readonly [string, number, Partial<HttpInput>])[] = [
    ['a method with a space', 400, { method: 'GET IT' }],
    ['a method in small letters', 501, { method: 'get' }],
    ['a method that nobody knows', 501, { method: 'BREW' }],
    ['a method that the resource does not have', 405, { method: 'DELETE' }],
    ['a method that a page may not send', 405, { method: 'TRACE' }],
    ['a target without a slash', 400, { target: 'things' }],
    ['a target with a space', 400, { target: '/things/a b' }],
    ['the asterisk for something else than OPTIONS', 400, { target: '*' }],
    ['a target beyond its bound', 414, { target: `/${'x'.repeat(3000)}` }],
    ['a line without a colon', 400, { headers: 'Accept' }],
    ['a space before the colon', 400, { headers: 'Accept : a/b' }],
    ['a character that no field can carry', 400, { headers: 'X: €' }],
    ['two hosts', 400, { headers: 'Host: a\nHost: b' }],
    ['fields beyond their bound', 431, { headers: `X: ${'x'.repeat(9000)}` }],
    ['a path without a resource', 404, { target: '/nothing' }],
    ['content beyond its bound', 413, { ...POST, body: 'x'.repeat(101) }],
    ['content of another type', 415, { ...POST, headers: 'Content-Type: text/plain', body: '{}' }],
    ['content without a type', 415, { ...POST, headers: '', body: '{}' }],
    ['content that is not JSON', 400, { ...POST, body: '{' }],
    ['content that does not fit', 422, { ...POST, body: '{ "a/b": { "n": 1.5 }, "x": 1 }' }],
    ['an Accept that rules all out', 406, { headers: 'Accept: image/*' }],
    ['an Accept-Encoding that rules out none', 406, { headers: 'Accept-Encoding: gzip, *;q=0' }],
  ];
  test.each(CASES)('[HE5] %s: %i', async (_, status, input) => {
    const { response, decisions } = await ask(input);
    const details = JSON.parse(response.body);
    expect(response.status).toBe(status);
    expect(response.head).toContain('Content-Type: application/problem+json');
    expect(response.head).toContain(
      `Content-Length: ${new TextEncoder().encode(response.body).length}`,
    );
    expect(response.head).toMatch(/^Date: /m);
    expect(details.status).toBe(status);
    expect(details.title).toEqual(expect.any(String));
    expect(details.detail).toEqual(expect.any(String));
    expect(decisions.some(({ verdict }) => verdict === 'refused')).toBe(true);
  });

  test('[HE6] 405 says what is allowed', async () => {
    const { response } = await ask({ method: 'PUT' });
    expect(response.head).toContain('\nAllow: GET, HEAD, OPTIONS\n');
  });

  test('[HE7] each field that does not fit is pointed to (RFC 6901)', async () => {
    const { response } = await ask({ ...POST, body: '{ "a/b": { "n": 1.5 } }' });
    expect(JSON.parse(response.body).errors).toEqual([
      { pointer: '#/a~1b/n', detail: expect.any(String) },
    ]);
  });

  test('[HE8] content at its bound is taken, and conditions on space around a field are kept', async () => {
    const body = '{ "a/b": { "n": 1 } }'.padEnd(100);
    const { response } = await ask({
      ...POST,
      headers: 'content-type:application/json ;v=1',
      body,
    });
    expect(response.status).toBe(204);
    expect(response.head).not.toContain('Content-Length');
  });
});

describe('methods that every resource has', () => {
  test('[HE9] HEAD has the fields of GET and no content', async () => {
    const get = await ask({});
    const head = await ask({ method: 'HEAD' });
    expect(head.response.head).toBe(get.response.head);
    expect(head.response.bodyBytes).toBe(0);
  });

  test.each([
    ['/things/7', 'GET, HEAD, OPTIONS'],
    ['/things', 'POST, OPTIONS'],
    ['*', 'GET, HEAD, POST, OPTIONS'],
  ])('[HE10] OPTIONS %s allows %s', async (target, allowed) => {
    const { response } = await ask({ method: 'OPTIONS', target });
    expect(response.status).toBe(204);
    expect(`${response.head}\n`).toContain(`\nAllow: ${allowed}\n`);
  });

  test('[HE11] a GET with content is let through, and a parameter is decoded', async () => {
    const { response, route } = await ask({ target: '/things/a%20b?x=1', body: 'why not' });
    expect(response.status).toBe(200);
    expect(route).toEqual({ pattern: '/things/:id', parameters: [['id', 'a b']] });
  });
});

test('[HE12] an engine knows its routes, and the versions that it runs', async () => {
  const engine = await open(SETUP, { addressOf: String, progress: () => undefined });
  expect(engine.about.routes).toEqual([
    { pattern: '/things/:id', methods: ['GET'] },
    { pattern: '/things', methods: ['POST'] },
    { pattern: '/seen', methods: ['GET'] },
  ]);
  const installed = (name: string): string =>
    JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  expect(VERSION).toBe(`Hono ${installed('hono')}, negotiator ${installed('negotiator')}`);
});

test('[HE13] whatever is written gets an answer of HTTP, on the same engine, one after the other', async () => {
  const engine = await open(SETUP, { addressOf: String, progress: () => undefined });
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'/%?&=:.\\ a1{}"é'), maxLength: 20 }),
  );
  const input = fc.record({
    method: fc.oneof(fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'CONNECT', 'TRACE'), text),
    target: fc.oneof(
      text,
      text.map((rest) => `/things/${rest}`),
      text.map((rest) => `/things/7?x=${rest}`),
    ),
    headers: fc.oneof(
      text,
      text.map((value) => `Accept: ${value}`),
      text.map((value) => `Content-Type: application/json\nIf-None-Match: ${value}`),
    ),
    body: text,
  });
  await fc.assert(
    fc.asyncProperty(input, async (each) => {
      const { request, response } = await engine.run(each);
      expect(response.status).toBeGreaterThanOrEqual(200);
      expect(response.status).toBeLessThanOrEqual(501);
      expect(response.head).toMatch(/^HTTP\/1\.1 \d{3} \w/);
      expect(request.body.length + request.cutChars).toBe(each.body.length);
    }),
    { numRuns: 200 },
  );
});
