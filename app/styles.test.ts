import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A rule for the whole page that asks for something anywhere below, and not among its children. */
const ASKS_THE_PAGE = /(?:^|[\s,}])(?:html|body|:root)\b[^{};]*:has\((?!\s*>)[^{};]*(?=\{)/g;

const askedIn = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(ASKS_THE_PAGE)].map(([rule]) => rule.trim());

const FILES = ['app', 'components'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => join(folder, file)),
);

test('no rule walks the whole page at each change of it', () => {
  expect(askedIn('html:has(:fullscreen) { }')).toEqual(['html:has(:fullscreen)']);
  expect(askedIn('a { } :root:has(> body > .embed) { }')).toEqual([]);
  expect(FILES.length).toBeGreaterThan(20);
  const asked = FILES.flatMap((file) =>
    askedIn(readFileSync(file, 'utf8')).map((rule) => `${file}: ${rule}`),
  );
  expect(asked).toEqual([]);
});

test('scrollbars have no ground of their own, said once for all that scroll', () => {
  // The property is inherited: said of the page, it holds in code blocks, tables and contents.
  const said = FILES.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ *scrollbar-color: (.*);$/gm)].map(
      ([, colours]) => `${file}: ${colours}`,
    ),
  );
  expect(said).toEqual([`${join('app', 'base.css')}: var(--rule-strong) transparent`]);
});
