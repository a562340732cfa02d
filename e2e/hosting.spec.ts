/**
 * What a host must do for the site, held against a real nginx with the configuration of deploy/ and
 * against the server behind `npm start` alike: what is tested here is what is shipped.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { compressFolder } from '../deploy/compress.mjs';
import { headersOf } from '../deploy/headers.mjs';
import { readManifest } from '../lib/content/manifest';
import { embedPath } from '../lib/tools/share/embed';
import { ensureNginx, startNginx } from '../scripts/nginx.mjs';
import { openHost } from './hosts';
import { expectLive, watch } from './support';

const GUIDE = `/${Object.keys(readManifest().guides)[0]}/`;
const EMBED = embedPath('queue', 'rush');

interface Site {
  readonly url: string;
  readonly hasBrotli: boolean;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as it goes over the wire: nothing is decompressed, cached or followed. */
function ask(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve_, reject) => {
    httpRequest(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve_({
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

const nginx = ensureNginx();

const HOSTS = {
  'our own server': async (root: string): Promise<Site> => ({
    ...(await openHost(root)),
    hasBrotli: false,
  }),
  nginx: async (root: string): Promise<Site> => {
    if ('missing' in nginx) throw new Error(nginx.missing);
    return startNginx(nginx.path, { root });
  },
};

for (const [name, open] of Object.entries(HOSTS)) {
  test.describe(`behind ${name}`, () => {
    // One host for all tests of it; they only read.
    test.describe.configure({ mode: 'default' });
    test.skip(name === 'nginx' && 'missing' in nginx, 'missing' in nginx ? nginx.missing : '');

    let site: Site;
    test.beforeAll(async () => {
      site = await open(resolve('out'));
    });
    test.afterAll(() => site.stop());

    const sample = (path: string): string => {
      const [file] = readdirSync(join('out', path)).filter((each) => each.endsWith('.js'));
      return `${path}/${file}`;
    };
    const addresses = (): string[] => [
      '/',
      GUIDE,
      `/cards${GUIDE.replace(/\/$/, '.png')}`,
      sample('/_next/static/chunks'),
      sample('/sim'),
      '/sw.js',
      '/feed.atom',
      EMBED,
    ];

    test('every response has the headers that deploy/headers.mjs says', async () => {
      for (const address of addresses()) {
        const { status, headers } = await ask(`${site.url}${address}`);
        expect(status, address).toBe(200);
        for (const [header, value] of Object.entries(headersOf(address)))
          expect(headers[header.toLowerCase()], `${header} of ${address}`).toBe(value);
        // Promised over HTTPS alone.
        expect(headers['strict-transport-security'], address).toBeUndefined();
      }
    });

    test('text says its type and that it is UTF-8', async () => {
      const types = {
        [GUIDE]: 'text/html; charset=utf-8',
        '/feed.atom': 'application/atom+xml; charset=utf-8',
        '/sitemap.xml': 'text/xml; charset=utf-8',
        '/llms.txt': 'text/plain; charset=utf-8',
        [GUIDE.replace(/\/$/, '.md')]: 'text/markdown; charset=utf-8',
        '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
      };
      for (const [address, type] of Object.entries(types))
        expect((await ask(`${site.url}${address}`)).headers['content-type'], address).toBe(type);
      for (const address of [sample('/sim'), '/sw.js'])
        expect((await ask(`${site.url}${address}`)).headers['content-type'], address).toMatch(
          /^(text|application)\/javascript; charset=utf-8$/,
        );
    });

    test('a page is asked about again and not sent again; what has a hash is not asked about', async () => {
      const { headers } = await ask(`${site.url}${GUIDE}`);
      expect(headers['cache-control']).toBe('no-cache');
      const etag = headers.etag ?? '';
      expect(etag).not.toBe('');
      const again = await ask(`${site.url}${GUIDE}`, { 'if-none-match': etag });
      expect(again.status).toBe(304);
      expect(again.body).toHaveLength(0);
      expect(again.headers['cache-control']).toBe('no-cache');
      const hashed = await ask(`${site.url}${sample('/_next/static/chunks')}`);
      expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    });

    test('pages, scripts and Markdown are compressed, pictures are not', async () => {
      const codings: [string, (bytes: Buffer) => Buffer][] = [
        ['gzip', (bytes) => gunzipSync(bytes)],
      ];
      if (site.hasBrotli) codings.push(['br', (bytes) => brotliDecompressSync(bytes)]);
      for (const [coding, decompress] of codings) {
        for (const address of [GUIDE, sample('/sim'), GUIDE.replace(/\/$/, '.md')]) {
          const plain = await ask(`${site.url}${address}`);
          expect(plain.headers['content-encoding'], address).toBeUndefined();
          const { headers, body } = await ask(`${site.url}${address}`, {
            'accept-encoding': coding,
          });
          expect(headers['content-encoding'], address).toBe(coding);
          expect(headers.vary?.toLowerCase(), address).toContain('accept-encoding');
          expect(body.length, address).toBeLessThan(plain.body.length * 0.6);
          expect(decompress(body).equals(plain.body), address).toBe(true);
        }
        const picture = await ask(`${site.url}/cards/site.png`, { 'accept-encoding': coding });
        expect(picture.headers['content-encoding']).toBeUndefined();
      }
    });

    test('an address where there is nothing answers 404 with the page of the site', async () => {
      for (const address of ['/no-such-page/', '/sim/none.js', '/embed/none/', '/_headers']) {
        const { status, headers, body } = await ask(`${site.url}${address}`);
        expect(status, address).toBe(404);
        expect(body.toString(), address).toContain('There is no page at this address');
        expect(headers['cache-control'], address).toBe('no-cache');
        expect(headers['content-security-policy'], address).toBe("frame-ancestors 'none'");
      }
    });

    test('a folder without its slash leads to the page, its query kept', async () => {
      const { status, headers } = await ask(`${site.url}${GUIDE.replace(/\/$/, '')}?a=1`);
      expect(status).toBe(301);
      expect(headers.location).toBe(`${GUIDE}?a=1`);
    });

    test('figures and search run under the policies of their workers', async ({ page }) => {
      // Our own server is asked for by the name that the tests know, nginx by its address.
      const url = site.url.replace('127.0.0.1', 'localhost');
      const problems = watch(page);
      const policies = new Map<string, string | undefined>();
      page.on('response', async (response) => {
        if (response.request().resourceType() === 'script')
          policies.set(
            new URL(response.url()).pathname,
            response.headers()['content-security-policy'],
          );
      });
      await page.goto(`${url}${GUIDE}`);
      const figure = page.locator('article.fig').first();
      await expectLive(figure);
      // The worker of a simulation can reach nothing, not even its own host.
      const simulation = page.workers().find((worker) => worker.url().includes('/sim/'));
      expect(simulation).toBeDefined();
      await expect(
        simulation?.evaluate(() => fetch('/').then(({ status }) => status)),
      ).rejects.toThrow(/Failed to fetch|Refused|violates/);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('combobox').fill('bucket');
      await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible();
      expect([...policies.keys()].length).toBeGreaterThan(0);
      // What the worker was refused just now is the only thing that went wrong.
      expect(problems.filter((text) => !/connect-src|default-src|Fetch API/.test(text))).toEqual(
        [],
      );
    });

    test('other sites may frame what lies below /embed/ and nothing else', async ({ page }) => {
      const paths = { guide: GUIDE, embedded: EMBED };
      const other = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(
          Object.entries(paths)
            .map(([id, path]) => `<iframe name="${id}" src="${site.url}${path}"></iframe>`)
            .join(''),
        );
      });
      await new Promise<void>((done) => {
        other.listen(0, '127.0.0.1', () => done());
      });
      try {
        const { port } = other.address() as AddressInfo;
        await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: 'load' });
        const titleIn = (name: string): Promise<string | undefined> | undefined =>
          page
            .frame({ name })
            ?.title()
            .catch(() => undefined);
        await expect.poll(() => titleIn('embedded')).toContain('Queue with servers that crash');
        // What is refused is replaced by a page of the browser, of another origin.
        expect(page.frame({ name: 'guide' })?.url()).not.toContain(site.url);
      } finally {
        other.closeAllConnections();
        other.close();
      }
    });
  });
}

test.describe('nginx', () => {
  test.skip('missing' in nginx, 'missing' in nginx ? nginx.missing : '');

  test('serves files that were compressed beforehand, and below a base path', async () => {
    if ('missing' in nginx) return;
    const root = mkdtempSync(join(tmpdir(), 'site-'));
    const below = join(root, 'handbook');
    mkdirSync(below);
    for (const name of ['index.html', '404.html', 'sim', 'llms.txt'])
      cpSync(join('out', name), join(below, name), { recursive: true });
    const totals = compressFolder(below);
    expect(totals.brotli).toBeLessThan(totals.gzip);
    expect(totals.gzip).toBeLessThan(totals.before);
    const site = await startNginx(nginx.path, { root, basePath: '/handbook' });
    try {
      const { body, headers } = await ask(`${site.url}/handbook/`, { 'accept-encoding': 'gzip' });
      expect(body.equals(readFileSync(join(below, 'index.html.gz')))).toBe(true);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      const [script] = readdirSync(join(below, 'sim')).filter((each) => each.endsWith('.js'));
      expect(
        (await ask(`${site.url}/handbook/sim/${script}`)).headers['content-security-policy'],
      ).toBe(headersOf('/sim/x.js')['Content-Security-Policy']);
      for (const address of ['/handbook/none/', '/elsewhere/']) {
        const answer = await ask(`${site.url}${address}`);
        expect(answer.status).toBe(404);
        expect(answer.body.toString()).toContain('There is no page at this address');
      }
    } finally {
      await site.stop();
      rmSync(root, { recursive: true, force: true });
    }
  });
});
