/**
 * The parts of the framework that browsers get something else for are named as its own modules name
 * them. If an update changes a name, the part comes back, and only bytes would tell.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import config from '../next.config.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FRAMEWORK = join(ROOT, 'node_modules/next/dist');
const replaced = Object.entries(config.turbopack?.resolveAlias ?? {}) as [
  string,
  { readonly browser: string },
][];

const required = new Set(
  ['client', 'build/polyfills'].flatMap((folder) =>
    readdirSync(join(FRAMEWORK, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.js'))
      .flatMap((name) =>
        [
          ...readFileSync(join(FRAMEWORK, folder, name), 'utf8').matchAll(
            /\brequire\(["']([^"']+)["']\)/g,
          ),
        ].map(([, request]) => request),
      ),
  ),
);

test('every part that is replaced is one that the framework asks for, and there is something in its place', () => {
  expect(replaced.length).toBeGreaterThan(0);
  const { resolve } = createRequire(join(ROOT, 'package.json'));
  for (const [part, { browser }] of replaced) {
    expect(required, part).toContain(part);
    expect(existsSync(resolve(browser)), browser).toBe(true);
  }
});
