/** What the documents for maintainers say of the repository, held to the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import GithubSlugger from 'github-slugger';
import { expect, test } from 'vitest';
import { RULES } from '../deploy/headers.mjs';
import { ELEMENT_NAMES } from '../lib/content/vocabulary';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Files below a folder, from the root of the repository, with forward slashes. */
function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

const FOLDERS = ['app', 'bench', 'components', 'deploy', 'e2e', 'lib', 'scripts'];
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...filesIn('docs').filter((file) => file.endsWith('.md')),
];

/** Each line of each document with what matches in it, as "file:line". */
function* found(pattern: RegExp): Generator<{ place: string; file: string; text: string }> {
  for (const file of DOCUMENTS) {
    for (const [index, line] of read(file).split('\n').entries()) {
      for (const [, text = ''] of line.matchAll(pattern))
        yield { place: `${file}:${index + 1}`, file, text };
    }
  }
}

test('every link leads to a file, and to a heading of it', () => {
  const lost: string[] = [];
  for (const { place, file, text } of found(/\]\((?!https?:)([^)\s]+)\)/g)) {
    const [path = '', anchor] = text.split('#');
    const target = path === '' ? file : normalize(join(dirname(file), path));
    const slugger = new GithubSlugger();
    const isThere =
      existsSync(join(root, target)) &&
      (anchor === undefined ||
        [...read(target).matchAll(/^#+ (.+)$/gm)].some(
          ([, title = '']) => slugger.slug(title) === anchor,
        ));
    if (!isThere) lost.push(`${place}: ${text}`);
  }
  expect(lost).toEqual([]);
});

test('every command exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = [...found(/npm run ([\w:-]+)/g)];
  expect(commands.length).toBeGreaterThan(0);
  expect(
    commands
      .filter(({ text }) => !Object.hasOwn(scripts, text))
      .map(({ place, text }) => `${place}: npm run ${text}`),
  ).toEqual([]);
});

test('every file and folder that is named exists', () => {
  // Names with a placeholder ("<id>", "my-guide") are for the reader to fill in.
  const named = [...found(/`((?:app|bench|components|deploy|docs|e2e|lib|scripts)\/[^`\s]*)`/g)];
  expect(named.length).toBeGreaterThan(0);
  expect(
    named
      .filter(({ text }) => !/[<*]/.test(text))
      .filter(({ text }) => !['', '.ts'].some((ending) => existsSync(join(root, text + ending))))
      .map(({ place, text }) => `${place}: ${text}`),
  ).toEqual([]);
});

test('every element that a guide may use is described', () => {
  const table = read('CONTRIBUTING.md');
  expect(ELEMENT_NAMES.filter((name) => !new RegExp(`\\| .*\`<${name}[ >]`).test(table))).toEqual(
    [],
  );
});

test('what hosts may cache for ever is what they are told', () => {
  const row = /^\| files with a hash.*$/m.exec(read('docs/hosting.md'))?.[0] ?? '';
  expect([...row.matchAll(/`([^`]+)`/g)].map(([, folder]) => `/${folder}*`).sort()).toEqual(
    RULES.filter(({ headers }) => headers['Cache-Control']?.includes('immutable'))
      .map(({ path }) => path)
      .sort(),
  );
});

/** The table of folders: what each may import. */
const layers = new Map<string, string[] | 'everything'>();
for (const [, first = '', last = ''] of read('docs/architecture.md').matchAll(
  /^\| (`.*) \|.*\| (.*) \|$/gm,
)) {
  const [name = '', ...others] = [...first.matchAll(/`([^`<]+?)\/?[`<]/g)].map(
    ([, text = '']) => text,
  );
  const allowed =
    last === 'everything' ? last : [...last.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  layers.set(name, allowed);
  for (const other of others) layers.set(`${dirname(name)}/${other}`, allowed);
}

/** The row of the table to which a file belongs: the longest name that it lies below. */
const layerOf = (file: string): string | undefined =>
  [...layers.keys()]
    .filter((name) => file.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];

const FOR_ANYONE = ['lib/site', 'lib/simulation-files', 'package.json'];

test('every folder has its row in the table of folders', () => {
  const sources = FOLDERS.flatMap(filesIn).filter((file) => /\.(tsx?|mjs)$/.test(file));
  expect(sources.length).toBeGreaterThan(500);
  expect(
    sources
      .filter((file) => layerOf(file) === undefined)
      .filter((file) => dirname(file) !== 'lib' && dirname(file) !== 'components'),
  ).toEqual([]);
});

test('nothing imports what the table of folders does not let it import', () => {
  const strangers = new Set<string>();
  for (const file of FOLDERS.flatMap(filesIn)) {
    const layer = layerOf(file);
    if (layer === undefined || !/(?<!\.test)\.(tsx?|mjs)$/.test(file)) continue;
    const allowed = layers.get(layer) ?? [];
    if (allowed === 'everything') continue;
    for (const [, fixed, onDemand] of read(file).matchAll(
      /(?:^|\n)(?:import|export)\b(?:[^'"`;=]*?\bfrom)?\s*'([.@]\.?\/[^']+)'|\bimport\('([.@]\.?\/[^']+)'\)/g,
    )) {
      const named = fixed ?? onDemand ?? '';
      const target = named.startsWith('@/')
        ? named.slice(2)
        : normalize(join(dirname(file), named))
            .split(sep)
            .join('/');
      if (FOR_ANYONE.includes(target.replace(/\.ts$/, ''))) continue;
      const isAllowed =
        layerOf(target) === layer || allowed.some((name) => target.startsWith(`${name}/`));
      if (!isAllowed) strangers.add(`${file} → ${target}`);
    }
  }
  expect([...strangers]).toEqual([]);
});
