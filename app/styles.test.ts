import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A rule for the whole page that asks for something anywhere below, and not among its children. */
const ASKS_THE_PAGE = /(?:^|[\s,}])(?:html|body|:root)\b[^{};]*:has\((?!\s*>)[^{};]*(?=\{)/g;

const askedIn = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(ASKS_THE_PAGE)].map(([rule]) => rule.trim());

test('no rule walks the whole page at each change of it', () => {
  expect(askedIn('html:has(:fullscreen) { }')).toEqual(['html:has(:fullscreen)']);
  expect(askedIn('a { } :root:has(> body > .embed) { }')).toEqual([]);
  const files = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.css'))
      .map((file) => join(folder, file)),
  );
  expect(files.length).toBeGreaterThan(20);
  const asked = files.flatMap((file) =>
    askedIn(readFileSync(file, 'utf8')).map((rule) => `${file}: ${rule}`),
  );
  expect(asked).toEqual([]);
});
