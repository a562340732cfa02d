import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type IncomingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headersOf } from '../deploy/headers.mjs';
import { createSiteServer } from './serve.mjs';

const PAGE = `<!doctype html>${'text '.repeat(1000)}`;
const LARGE = 20_000_000;

let folder: string;
let server: Server;

const write = (path: string, content: string | Uint8Array): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};
const portOf = (): number => (server.address() as AddressInfo).port;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'served-'));
  write('site/index.html', PAGE);
  write('site/404.html', 'There is no page at this address');
  write('site/guide/index.html', 'the guide');
  write('site/large.png', new Uint8Array(LARGE));
  // Not to be compressed to a few bytes, which would all be sent before anyone could break off.
  write('site/large.js', randomBytes(LARGE));
  write('site/_headers', '/*');
  write('secret.txt', 'not of the site');
  server = createSiteServer({ folder: join(folder, 'site') });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The path as it stands: nothing of it is resolved on the way. */
function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: portOf(), path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

test('a part of a file is not sent, whatever part is asked for: the answer is the file', async () => {
  for (const range of ['bytes=5-2', 'bytes=-500', 'bytes=10-20', 'bytes=99999999-', 'items=1']) {
    const { status, headers, body } = await ask('/', { range });
    expect(status, range).toBe(200);
    expect(headers['content-range'], range).toBeUndefined();
    expect(body.toString(), range).toBe(PAGE);
    const compressed = await ask('/', { range, 'accept-encoding': 'gzip' });
    expect(compressed.status, range).toBe(200);
    expect(gunzipSync(compressed.body).toString(), range).toBe(PAGE);
  }
});

test('a build that is made while it runs is served as it is', async () => {
  const { headers, body } = await ask('/guide/');
  expect(body.toString()).toBe('the guide');
  expect((await ask('/new/')).status).toBe(404);
  write('site/guide/index.html', 'the guide, which has grown');
  write('site/new/index.html', 'new');
  const changed = await ask('/guide/', { 'if-none-match': headers.etag ?? '' });
  expect(changed.status).toBe(200);
  expect(changed.body.toString()).toBe('the guide, which has grown');
  expect((await ask('/new/')).body.toString()).toBe('new');
  rmSync(join(folder, 'site'), { recursive: true });
  const gone = await ask('/guide/');
  expect(gone.status).toBe(404);
  expect(gone.body.toString()).toBe('Not found');
});

test('an answer that nothing has changed carries what the answer itself would', async () => {
  const { headers } = await ask('/');
  const again = await ask('/', { 'if-none-match': headers.etag ?? '' });
  expect(again.status).toBe(304);
  expect(again.body).toHaveLength(0);
  for (const name of ['etag', 'cache-control', 'vary', 'content-security-policy'])
    expect(again.headers[name], name).toBe(headers[name]);
});

test('what is not for readers, not in the folder or no address at all is not there', async () => {
  for (const path of [
    '/404.html',
    '/404',
    '/_headers',
    '/none/',
    '/none.js',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/guide/%2e%2e%2f..%2fsecret.txt',
    '/%',
    '/%00',
    '//guide',
    '//:x',
    '/large.png/',
  ]) {
    const { status, headers, body } = await ask(path);
    expect(status, path).toBe(404);
    expect(body.toString(), path).toBe('There is no page at this address');
    expect(headers, path).toMatchObject({
      'cache-control': headersOf('/404.html')['Cache-Control'],
      'content-type': 'text/html; charset=utf-8',
    });
    expect(headers.etag, path).toBeUndefined();
  }
});

test('a folder without its slash leads to its page', async () => {
  const { status, headers } = await ask('/guide?a=1');
  expect(status).toBe(301);
  expect(headers.location).toBe('/guide/?a=1');
});

const DESCRIPTORS = '/proc/self/fd';

test.skipIf(!existsSync(DESCRIPTORS))(
  'a download that is broken off leaves no file open',
  async () => {
    const open = (): number =>
      readdirSync(DESCRIPTORS).filter((each) => {
        try {
          return readlinkSync(join(DESCRIPTORS, each)).startsWith(folder);
        } catch {
          return false;
        }
      }).length;
    for (const path of ['/large.png', '/large.js']) {
      for (let count = 0; count < 10; count++) {
        await new Promise<void>((resolve) => {
          const socket = connect(portOf(), '127.0.0.1', () =>
            socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n`),
          );
          socket.once('data', () => {
            socket.destroy();
            resolve();
          });
        });
      }
      await expect.poll(open, { message: path }).toBe(0);
    }
    expect((await ask('/')).status).toBe(200);
  },
);
