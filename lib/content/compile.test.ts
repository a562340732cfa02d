import { runSync } from '@mdx-js/mdx';
import { createElement, type ReactNode } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { compileGuide } from './compile';
import { guideText } from './fixtures/guides';
import { fixtureSimulations } from './fixtures/simulations';
import { highlight } from './highlight';
import { inspectGuide } from './inspect';
import { parseGuide } from './parse';

const inspect = (body: string) =>
  inspectGuide(
    parseGuide({ file: 'content/a/b.mdx', slug: 'a/b', source: guideText(body) }),
    fixtureSimulations(),
  );

/** An element that shows its own name and attributes. */
const shown =
  (name: string) =>
  ({ children, ...attributes }: { readonly children?: ReactNode } & Record<string, unknown>) =>
    createElement(name, attributes, children);

const COMPONENTS = Object.fromEntries(
  ['Figure', 'Finding', 'Param', 'Fact', 'Claim', 'Outcome', 'ModelSource', 'CodeBlock'].map(
    (name) => [name, shown(`x-${name.toLowerCase()}`)],
  ),
);

/** The HTML of a body, with elements of the vocabulary as `x-name`. */
async function render(body: string): Promise<string> {
  const { default: content } = runSync(await compileGuide(await inspect(body)), runtime);
  return renderToStaticMarkup(createElement(content, { components: COMPONENTS }));
}

test('a finding is its text, and nothing of its query is left', async () => {
  expect(await render('It is <Finding id="counter" scenario="alone" result="accepted" />.')).toBe(
    '<p>It is <x-finding text="20\u00a0requests" describe="Accepted, Fixed window, scenario “Alone”, seed 7, n = 40"></x-finding>.</p>',
  );
});

test('a figure is its still, and its caption is a paragraph on one line or on many', async () => {
  const oneLine = await render('<Simulation id="counter" scenario="race">The *end*.</Simulation>');
  const manyLines = await render(
    '<Simulation id="counter" scenario="race">\n  The *end*.\n</Simulation>',
  );
  expect(oneLine).toBe(manyLines);
  expect(oneLine).toMatch(
    /^<x-figure still="[0-9a-f]{16}"><p>The <em>end<\/em>\.<\/p><\/x-figure>$/,
  );
});

test('words that make up a whole paragraph stay one paragraph', async () => {
  expect(
    await render(
      '<Claim id="counter" claim="twice">A.</Claim>\n<Claim id="counter" claim="twice">B.</Claim>',
    ),
  ).toMatch(/^<p><x-claim [^>]*>A\.<\/x-claim> <x-claim [^>]*>B\.<\/x-claim><\/p>$/);
  expect(await render('<Claim id="counter" claim="twice">\n  A.\n</Claim>')).toMatch(
    /^<p><x-claim [^>]*>A\.<\/x-claim><\/p>$/,
  );
});

test('two paragraphs of words stay two', async () => {
  const html = await render('<Outcome of="lost">A</Outcome>\n\n<Outcome of="lost">B</Outcome>');
  expect(html.match(/<p>/g)).toHaveLength(2);
});

test('headings have the ids that links were checked against', async () => {
  expect(await render('## A & b\n\n### A & b')).toBe(
    '<h2 id="a--b">A &amp; b</h2>\n<h3 id="a--b-1">A &amp; b</h3>',
  );
});

test('links to pages end with a slash; files, anchors and other sites are left alone', async () => {
  const html = await render(
    '[a](/a/b) [b](/a/b#c) [c](/a/b/#c) [d](/icon.svg) [e](#c) [f](https://example.org/x) [g](/)\n\n## C',
  );
  expect([...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([
    '/a/b/',
    '/a/b/#c',
    '/a/b/#c',
    '/icon.svg',
    '#c',
    'https://example.org/x',
    '/',
  ]);
}, 60_000);

test('a code block is one string of HTML, without what stands above its cut', async () => {
  const html = await render(
    '```ts title="a.ts"\nimport type { A } from "a";\n// ---cut---\nconst a: number = 1;\n```',
  );
  expect(html).toMatch(
    /^<x-codeblock html="[^"]*" language="TypeScript" title="a\.ts"><\/x-codeblock>$/,
  );
  expect(html).not.toContain('import');
  expect(html).toContain('const');
});

test('the source of a model is highlighted, with its lines and its notes as marks', async () => {
  const body =
    '<ModelSource id="counter" variant="fixed-window" region="take">\n\n1. counts\n2. compares\n\n</ModelSource>';
  const html = await render(body);
  expect(html).toContain('path="models/fixed-window.ts" firstLine="6" lastLine="9"');
  expect(html).toContain('&lt;span class=&quot;note&quot;&gt;');
  expect(html).toContain('<li>counts</li>');
});

test('quotes and apostrophes are those of a printer, across elements too, and never in code', async () => {
  expect(
    await render('It\'s "`a\'b`", says <Outcome of="lost">the caller\'s "log"</Outcome>.'),
  ).toBe(
    '<p>It’s “<code>a&#x27;b</code>”, says <x-outcome of="lost">the caller’s “log”</x-outcome>.</p>',
  );
  expect(await render('```ts\nconst a: string = "b";\n```')).toContain('&amp;quot;b&amp;quot;');
});

test('comments leave nothing', async () => {
  expect(await render('A {/* not this */} b')).toBe('<p>A  b</p>');
});

test('highlighting escapes text and gives tokens one-letter classes', async () => {
  expect(await highlight('const a = "<b>&";', 'ts')).toBe(
    '<span class="k">const</span> <span class="n">a</span> = <span class="s">&quot;&lt;b&gt;&amp;&quot;</span>;',
  );
  expect(await highlight('<b> "q"', 'text')).toBe('&lt;b&gt; &quot;q&quot;');
});

test('a note is a mark, alone in its line, after code, or at the end of another comment', async () => {
  const mark = (number: number) =>
    `<span class="note"><span class="sr-only">// (${number})</span><span aria-hidden="true">${number}</span></span>`;
  const html = await highlight('  // (1)\na; // (2)\n// Why. // (3)', 'ts');
  expect(html.split('\n')).toEqual([
    `  ${mark(1)}`,
    `a; ${mark(2)}`,
    `<span class="c">// Why.</span> ${mark(3)}`,
  ]);
});
