import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { OUTCOME_IDS } from '@/lib/kernel/outcomes';
import { CodeBlock } from './code-block';
import { H2, H3 } from './heading';
import { ModelSource } from './model-source';
import { Sources } from './sources';
import { Table } from './table';
import { Fact, Finding, Outcome, Param } from './words';

test('a finding says on request where it comes from', () => {
  const html = renderToStaticMarkup(<Finding text="20 requests" describe="Accepted, seed 7" />);
  expect(html).toBe('<span title="Accepted, seed 7" class="finding">20 requests</span>');
  expect(renderToStaticMarkup(<Param text="1 s" describe="Window" />)).toContain('title="Window"');
});

test('a fact leads to its source, by its number', () => {
  const html = renderToStaticMarkup(
    <Fact number="2" anchor="source-rfc">
      429
    </Fact>,
  );
  expect(html).toMatch(/^429<sup class="cite"/);
  expect(html).toContain('>[2]</a>');
  expect(html).toContain('href="#source-rfc"');
  expect(html).toContain('aria-label="Source 2"');
});

test('the list of sources holds the anchors that facts lead to', () => {
  const source = {
    key: 'rfc',
    title: 'Additional HTTP Status Codes',
    by: 'IETF',
    edition: '2012',
    url: 'https://www.rfc-editor.org/rfc/rfc6585',
    supports: 'The status of a refused request.',
  };
  const html = renderToStaticMarkup(<Sources sources={[source]} />);
  expect(html).toContain('<h2 id="sources">');
  expect(html).toContain('<li id="source-rfc">');
  expect(html).toContain('The status of a refused request.');
  expect(renderToStaticMarkup(<Sources sources={[]} />)).toBe('');
});

test.each(OUTCOME_IDS)('the word of the outcome "%s" has its colour and its mark', (outcome) => {
  const html = renderToStaticMarkup(<Outcome of={outcome}>word</Outcome>);
  expect(html).toContain(`c-${outcome}`);
  expect(html).toContain('<svg');
  expect(html).toContain('aria-hidden="true"');
  expect(html.replace(/<[^>]*>|[\u2060\u202f]/g, '')).toBe('word');
});

test('a heading is a link to itself, and nothing is added to its name', () => {
  const html = renderToStaticMarkup(<H2 id="choosing">Choosing</H2>);
  expect(html).toMatch(/^<h2 id="choosing"><a href="#choosing"[^>]*>Choosing<\/a><\/h2>$/);
  expect(renderToStaticMarkup(<H3>Choosing</H3>)).toBe('<h3>Choosing</h3>');
});

test('code and tables scroll by themselves, by keyboard too', () => {
  const code = renderToStaticMarkup(
    <CodeBlock html={'a &lt; b'} language="TypeScript" title="a.ts" />,
  );
  expect(code).toMatch(/<pre[^>]* tabindex="0"[^>]* aria-label="a.ts, TypeScript"/);
  expect(code).toContain('<code>a &lt; b</code>');
  // Without JavaScript the button could do nothing.
  expect(code).toMatch(/<button type="button" hidden=""[^>]*data-copy-code/);
  expect(renderToStaticMarkup(<Table>{null}</Table>)).toMatch(
    /^<div role="group" class="table-scroll" aria-label="Table" tabindex="0"/,
  );
});

test('the source of a model names its file and its lines', () => {
  const html = renderToStaticMarkup(
    <ModelSource html="x" path="lib/simulations/a/b/models/gcra.ts" firstLine="3" lastLine="9">
      <ol>
        <li>first</li>
      </ol>
    </ModelSource>,
  );
  expect(html).toContain('gcra.ts');
  expect(html).toContain('lines 3–9');
  expect(html).toContain('<div class="code-notes"><ol><li>first</li></ol></div>');
});

test('every class of a token has its colour', () => {
  const css = readFileSync(join(import.meta.dirname, 'code.css'), 'utf8');
  const highlighter = readFileSync(join(process.cwd(), 'lib/content/highlight.ts'), 'utf8');
  const classes = [...highlighter.matchAll(/^ {2}'token-[a-z-]+': '([a-z])',$/gm)].map(
    ([, name]) => name,
  );
  expect(classes.length).toBeGreaterThan(8);
  for (const name of classes) expect(css).toContain(`.code .${name} {`);
});
