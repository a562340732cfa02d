import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { measurePage, overBudget } from './budgets';
import { basePathOf, portOf, siteUrlOf } from './environment.mjs';
import {
  legacyScripts,
  withCompileHint,
  withLateScripts,
  withoutLegacyScripts,
} from './late-scripts';
import { withPolicy } from './policy';
import { saidOnce } from './said-once';
import { ROOT } from './steps.mjs';
import { isUnread } from './unread';

describe('the policy of a page', () => {
  const page =
    '<html><head><title>t</title></head><body><script>go()</script><script src="/a.js"></script></body></html>';
  const hash = createHash('sha256').update('go()').digest('base64');

  test('admits its inline scripts by hash and stands before everything else in the head', () => {
    const html = withPolicy(page);
    expect(html).toMatch(
      /^<html><head><meta charset="utf-8"\/><meta http-equiv="Content-Security-Policy"/,
    );
    expect(html).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(html).not.toMatch(/script-src[^;]*unsafe/);
  });

  test('is the same when a page is finished twice', () => {
    expect(withPolicy(withPolicy(page))).toBe(withPolicy(page));
  });

  test('a page without a head is refused', () => {
    expect(() => withPolicy('<p>no head</p>')).toThrow(/must have a <head>/);
  });
});

describe('scripts that wait for the first paint', () => {
  const page =
    '<head><link rel="preload" as="script" href="/b.js"/><script src="/a.js" async=""></script></head><body><script src="/b.js" async=""></script><main><script>own()</script></main><script id="_R_">go()</script><script>(self.__next_f=[])</script></body>';

  test('are named once each, in their order, at the end of the page', () => {
    const html = withLateScripts(page);
    expect(html).toMatch(
      /^<head><\/head><body><main><script>own\(\)<\/script><\/main><script data-late="\/a\.js \/b\.js">go\(\);\(self\.__next_f=\[\]\);.*<\/script><\/body>$/,
    );
    expect(withLateScripts(html)).toBe(html);
  });

  test('count as scripts of the page', () => {
    const script = Buffer.from('x'.repeat(5000));
    const size = measurePage(withLateScripts(page), () => script);
    expect(size.scriptsGz).toBe(2 * gzipSync(script, { level: 9 }).length);
    expect(size.requests).toBe(3);
  });

  test('are marked once to be compiled as a whole, if that takes long', () => {
    const script = `go(${'1'.repeat(30_000)})`;
    const marked = withCompileHint(script);
    expect(marked).toBe(`//# allFunctionsCalledOnLoad\n${script}`);
    expect(withCompileHint(marked)).toBe(marked);
    expect(withCompileHint('go()')).toBe('go()');
  });

  test('a page without scripts stays as it is', () => {
    expect(withLateScripts('<p>text</p>')).toBe('<p>text</p>');
  });
});

test('scripts for browsers without modules are found, and left out of the page', () => {
  const html =
    '<head><script src="/a.js" async=""></script><script src="/old.js" noModule=""></script></head>';
  expect(legacyScripts(html)).toEqual(['/old.js']);
  expect(withoutLegacyScripts(html)).toBe('<head><script src="/a.js" async=""></script></head>');
});

describe('what the framework says twice', () => {
  const pushed = (...rows: string[]): string =>
    `<script>self.__next_f.push([1,${JSON.stringify(`${rows.join('\n')}\n`)}])</script>`;
  const rowsOf = (html: string): string[] => {
    const [, text = ''] = /push\(\[1,(".*")\]\)/s.exec(html) ?? [];
    return (JSON.parse(text) as string).split('\n');
  };
  const title = '["$","title","0",{"children":"A \\u003c B"}]';
  const viewport = '["$","meta","1",{"name":"viewport"}]';
  const head = `[${title},${viewport},["$","meta","2",{"property":"og:title","content":"A"}],["$","link","3",{"rel":"canonical"}],["$","$L2","4",{}]]`;
  const headForReaders = `[${title.replace('\\u003c', '<')},${viewport},["$","$L2","4",{}]]`;

  test('of the head only what a reader sees stays in the data, and nothing that has run or is loaded', () => {
    const script =
      '["$","script",null,{"dangerouslySetInnerHTML":{"__html":"go()"},"nonce":"$undefined"}]';
    const html = saidOnce(
      pushed(
        '1:I[7,[],"X"]',
        ':HL["/a.css","style"]',
        `2:{"a":[${script},"$undefined"],"b":"a\\nb </"}`,
        `3:${head}`,
        '4:[["$","p","0",{"children":"text"}]]',
      ),
    );
    expect(rowsOf(html)).toEqual([
      '1:I[7,[],"X"]',
      '2:{"a":[["$","script",null,{"dangerouslySetInnerHTML":{"__html":""}}],"$undefined"],"b":"a\\nb </"}',
      `3:${headForReaders}`,
      '4:[["$","p","0",{"children":"text"}]]',
      '',
    ]);
    // Nothing in it can end the element that it stands in.
    expect(html.match(/</g)).toHaveLength(2);
    expect(saidOnce(html)).toBe(html);
  });

  test('a row that another takes a part of stays, and one that is not whole', () => {
    const rows = [`3:${head}`, '4:["$3:0"]', '6:T9,text', 'a:[1, 2]', '5:[["$","meta","0",{"na'];
    expect(rowsOf(saidOnce(pushed(...rows)))).toEqual([...rows, '']);
  });

  test('a card says what Open Graph does not', () => {
    const size = '<meta name="twitter:card" content="summary_large_image"/>';
    expect(saidOnce(`${size}<meta name="twitter:title" content="A"/>`)).toBe(size);
  });
});

describe('files that nothing reads', () => {
  test.each([
    '/__next._full.txt',
    '/traffic-control/__next._tree.txt',
    '/_next/static/3Se6598nYW3cWmOm4wwa9/_buildManifest.js',
    '/_next/static/chunks/2z3sh82dl8glu.js.map',
    '/_next/static/media/worker.0a1b.ts',
  ])('%s goes', (path) => expect(isUnread(path)).toBe(true));

  test.each([
    '/robots.txt',
    '/llms.txt',
    '/index.html',
    '/_next/static/chunks/0xri6ermyz8ok.js',
    '/_next/static/media/inter.woff2',
    '/sim/queue.0f0acef0a0c9.js',
  ])('%s stays', (path) => expect(isUnread(path)).toBe(false));
});

describe('budgets', () => {
  const script = Buffer.from('x'.repeat(5000));
  const read = (url: string): Uint8Array | undefined => (url === '/a.js' ? script : undefined);

  test('count each file once, whether preloaded or run', () => {
    const size = measurePage(
      '<link rel="preload" href="/a.js" as="script"><script src="/a.js" async></script><script src="/old.js" noModule></script>',
      read,
    );
    expect(size.scriptsGz).toBe(gzipSync(script, { level: 9 }).length);
    expect(size.requests).toBe(2);
    expect(size.missing).toEqual([]);
  });

  test('name what is over, foreign or missing, with both numbers', () => {
    const size = measurePage(
      '<link rel="stylesheet" href="https://fonts.example/x.css"><script src="/a.js"></script><script src="/gone.js"></script>',
      read,
    );
    const none = { scriptsGz: 0, stylesGz: 0, htmlGz: 1000, fontsPreloaded: 0, requests: 9 };
    expect(overBudget(size, none)).toEqual([
      `expected at most 0 bytes of JavaScript (gzip), got ${size.scriptsGz}.`,
      'expected no request to another host, got https://fonts.example/x.css.',
      'expected every file to exist, got /gone.js, which does not.',
    ]);
  });
});

describe('configuration', () => {
  test.each([
    ['', ''],
    ['/handbook/', '/handbook'],
    ['/a/b', '/a/b'],
  ])('base path %j is %j', (given, expected) => {
    expect(basePathOf({ BASE_PATH: given })).toBe(expected);
  });
  test.each(['handbook', '/a b', 'https://x'])('base path %j is refused', (given) => {
    expect(() => basePathOf({ BASE_PATH: given })).toThrow(/BASE_PATH must be/);
  });
  test('a site URL with a path, and one that is none, are refused', () => {
    expect(siteUrlOf({ SITE_URL: 'https://example.org/' })).toBe('https://example.org');
    expect(() => siteUrlOf({ SITE_URL: 'https://example.org/x' })).toThrow(/BASE_PATH/);
    expect(() => siteUrlOf({ SITE_URL: 'example.org' })).toThrow(/SITE_URL must be/);
  });
  test.each([
    ['serve.mjs', { PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535, got "abc".\n'],
    ['start.mjs', { PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535, got "abc".\n'],
    ['dev.mjs', { PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535, got "abc".\n'],
    [
      'build.mjs',
      { BASE_PATH: 'a b' },
      'BASE_PATH must be empty or a path such as /handbook, got "a b".\n',
    ],
  ])('%s ends with the sentence alone for %j', (script, variables, sentence) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'scripts', script)],
      {
        env: { ...process.env, ...variables },
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: sentence });
  });
  test('a port that is none is refused', () => {
    expect(portOf({})).toBe(3000);
    expect(() => portOf({ PORT: 'web' })).toThrow(/PORT must be.*"web"/);
    expect(() => portOf({ PORT: '70000' })).toThrow(/65535/);
  });
});
