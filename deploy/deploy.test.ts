import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { covers, headersOf, RULES } from './headers.mjs';
import { nginxConfig } from './nginx.mjs';
import { headersFile } from './static-host.mjs';

const read = (name: string): string =>
  readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

test('nginx.conf is what its source makes of it', () => {
  expect(read('./nginx.conf'), 'Write it anew: node deploy/nginx.mjs > deploy/nginx.conf').toBe(
    nginxConfig(),
  );
});

test('Brotli compresses the same types as gzip', () => {
  const types = (text: string, directive: string): string[] =>
    (new RegExp(`${directive} ([^;]+);`).exec(text)?.[1] ?? '').split(/\s+/).sort();
  expect(types(read('./nginx-brotli.conf'), 'brotli_types')).toEqual(
    types(nginxConfig(), 'gzip_types'),
  );
});

test('a later rule replaces an earlier one, header by header', () => {
  expect(headersOf('/sim/x.js')).toEqual({
    ...headersOf('/'),
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Content-Security-Policy': "default-src 'none'",
  });
});

test('framing is allowed below /embed/ alone', () => {
  for (const address of ['/', '/embedded/', '/a/embed/', '/404.html'])
    expect(headersOf(address)['Content-Security-Policy'], address).toBe("frame-ancestors 'none'");
  expect(headersOf('/embed/x/')['Content-Security-Policy']).toBe('frame-ancestors *');
});

test('the sandbox is an origin of its own that connects to nothing, with and without its own policy', () => {
  const policy = headersOf('/sandbox/x.html')['Content-Security-Policy'] ?? '';
  const directives = policy.split('; ');
  expect(directives).toEqual(
    expect.arrayContaining([
      'sandbox allow-scripts',
      "default-src 'none'",
      "frame-ancestors 'self'",
    ]),
  );
  expect(directives.filter((each) => /connect|allow-same-origin|eval|https?:/.test(each))).toEqual(
    [],
  );
});

/** An export in small: folders, and what lies in them. */
const SITE: Readonly<Record<string, readonly string[]>> = {
  '/': [
    '404.html',
    '_next/',
    'about/',
    'builds/',
    'cards/',
    'embed/',
    'engines/',
    'index.html',
    'sandbox/',
    'search/',
    'sim/',
    'styles/',
    'sw.js',
    'traffic/',
  ],
  '/_next/': ['static/'],
  '/engines/': ['codecs/', 'http/', 'sql/'],
  '/search/': ['index.html', 'texts/', 'titles.json'],
};
const entriesIn = (folder: string): readonly string[] => SITE[folder] ?? [];

test.each(['', '/handbook'])(
  'a static host at %j adds up its rules to the headers of each address',
  (basePath) => {
    const blocks = headersFile(entriesIn, basePath)
      .split(/^(?=\/)/m)
      .slice(1)
      .map((block) => {
        const [path = '', ...lines] = block.trimEnd().split('\n');
        return {
          path,
          headers: lines.map((line) =>
            line
              .trim()
              .split(/: (.*)/)
              .slice(0, 2),
          ),
        };
      });
    for (const address of [
      '/',
      '/index.html',
      '/about/',
      '/traffic/a/',
      '/404.html',
      '/_next/static/a.js',
      '/styles/a.css',
      '/sim/a.js',
      '/engines/codecs/a.js',
      '/engines/http/a.json',
      '/engines/sql/a.js',
      '/engines/sql/assets/a.wasm',
      '/sandbox/a.html',
      '/search/',
      '/search/index.html',
      '/search/titles.json',
      '/search/texts/a.json',
      '/builds/a.json',
      '/sw.js',
      '/cards/a.png',
      '/embed/a/',
    ]) {
      // As such a host does it: all rules that match, equal headers joined by a comma.
      const joined: Record<string, string> = {};
      for (const { headers } of blocks.filter((each) => covers(each.path, `${basePath}${address}`)))
        for (const [name = '', value = ''] of headers)
          joined[name] = name in joined ? `${joined[name]}, ${value}` : value;
      const expected = headersOf(address);
      // What these hosts do by themselves.
      if (expected['Cache-Control'] === 'no-cache') delete expected['Cache-Control'];
      expect(joined, address).toEqual({
        ...expected,
        'Strict-Transport-Security': 'max-age=31536000',
      });
    }
  },
);

test('more rules than a static host reads are refused with what to do', () => {
  const entries = Array.from({ length: 100 }, (_, index) => `c${index}/`);
  expect(() => headersFile((folder) => (folder === '/' ? entries : []))).toThrow(
    /at most 100 rules.*Bring pages together/,
  );
});

test('every rule has a path that all hosts can express', () => {
  for (const { path } of RULES) expect(path).toMatch(/^\/([\w.-]+\/)*([\w.-]+|\*)?$/);
});
