import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TitlesFile } from '../search/documents';
import { buildContent, type SimulationIndex } from './build-content';
import { BODY_LINE, FRONT_MATTER, guideText } from './fixtures/guides';
import { readManifest } from './manifest';
import { formatProblem } from './problem';

/** A repository whose code is ours, with one simulation of ours, and whose content is the test's. */
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  // One is enough: all of them would make each test longer with every simulation.
  const simulation = 'lib/simulations/template/queue';
  cpSync(simulation, join(root, simulation), { recursive: true });
  const libraries = readdirSync('lib').filter((name) => !['simulations', 'labs'].includes(name));
  for (const path of [
    ...libraries.map((name) => `lib/${name}`),
    'node_modules',
    'package.json',
    'templates',
    'tsconfig.json',
  ]) {
    symlinkSync(join(process.cwd(), path), join(root, path));
  }
  write(
    'renderer.ts',
    `import { formatNumber } from '@/lib/simulation/format';
     import { createElement } from 'react';
     import { renderToStaticMarkup } from 'react-dom/server';
     export const renderFigure = (simulation: { description: { title: string } }, spec: { kind: string }, { race }: { race: { seed: number } | null }) =>
       renderToStaticMarkup(createElement('p', null, \`\${spec.kind}: \${simulation.description.title}, \${race === null ? '' : formatNumber(race.seed)}\`));
     export const renderParts = () => ({ marks: '<svg></svg>' });
     export const renderGuide = ({ code, sources }, stillOf) =>
       [...code.matchAll(/still: "([0-9a-f]{16})"/g)].map(([, key]) => stillOf(key)).join('') + code.match(/text: "[^"]*"/) + sources[0].key;`,
  );
  write('content/a/category.yaml', 'title: A category\nblurb: Its guides.\norder: 1\n');
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const build = () => buildContent({ root, renderer: 'renderer.ts' });

const BODY = [
  '## Rushes',
  '<Simulation id="queue" scenario="rush">The line outlasts the rush.</Simulation>',
  'The mean wait is <Finding id="queue" scenario="rush" result="wait.mean" />. <Claim id="queue" claim="same-mean">Both means are alike.</Claim>',
  '<Checks id="queue" />',
  '```ts\nexport const limit: number = 1;\n```',
].join('\n\n');

test('a sound site: everything that later steps read is written, and nothing is done twice', async () => {
  write('content/a/one.mdx', guideText(BODY));
  const first = await build();
  expect(first.problems.map(formatProblem)).toEqual([]);
  expect(first.guides).toBe(1);

  const { guides, categories } = readManifest(root);
  expect(categories).toEqual([
    { slug: 'a', title: 'A category', blurb: 'Its guides.', order: 1, guides: ['a/one'] },
  ]);
  const one = guides['a/one'];
  expect(one).toMatchObject({ title: 'Counting requests', simulations: ['queue'] });
  expect(existsSync(join(root, `.generated/figures/${one?.figure}.html`))).toBe(true);

  const queue = (json('.generated/simulations.json') as SimulationIndex).queue;
  expect(queue?.category).toBe('template');
  expect(existsSync(join(root, 'public', queue?.bundle ?? 'none'))).toBe(true);
  for (const { still } of queue?.figures ?? []) {
    expect(readFileSync(join(root, `.generated/figures/${still}.html`), 'utf8')).toBe(
      '<p>simulation: Queue with servers that crash, 1</p>',
    );
  }
  // Each view is in the gallery, also one that no scenario shows.
  expect(new Set(queue?.figures.flatMap(({ views }) => views))).toEqual(
    new Set(Object.keys(queue?.description.views ?? {})),
  );
  const titles = json('public/search/titles.json') as TitlesFile;
  expect(titles.pages[0]).toMatchObject({ u: '/a/one/', s: ['Rushes'] });
  expect(titles.texts).toHaveLength(2);
  for (const url of titles.texts) expect(existsSync(join(root, 'public', url))).toBe(true);

  const files = () =>
    readdirSync(join(root, '.generated'), { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.includes('snippets'))
      .sort();
  const before = files();
  const second = await build();
  expect(second.problems).toEqual([]);
  expect(second.drawn).toBe(0);
  expect(files()).toEqual(before);
}, 60_000);

test('the body of a guide is drawn with its stills, and anew only when something in it has changed', async () => {
  write('content/a/one.mdx', guideText(BODY));
  const { drawn } = await build();
  const body = () => readFileSync(join(root, '.generated/guides/a/one.html'), 'utf8');
  const stamp = () => readFileSync(join(root, '.generated/stamp.json'), 'utf8');
  expect(body()).toMatch(
    /^<p>simulation: Queue with servers that crash, 1<\/p><p>checks: [^<]*<\/p>text: "[^"]*"rfc$/,
  );
  expect(drawn).toBeGreaterThan(2);
  const first = { body: body(), stamp: stamp() };

  expect((await build()).drawn).toBe(0);
  expect(stamp()).toBe(first.stamp);

  const finding = 'result="wait.mean"';
  write('content/a/one.mdx', guideText(BODY.replace(finding, `${finding} set="servers=4"`)));
  expect((await build()).drawn).toBe(1);
  expect(body()).not.toBe(first.body);
  expect(stamp()).not.toBe(first.stamp);

  rmSync(join(root, 'content/a/one.mdx'));
  await build();
  expect(existsSync(join(root, '.generated/guides/a/one.html'))).toBe(false);
}, 60_000);

test('while a guide has problems, they stand in its place', async () => {
  write('content/a/one.mdx', guideText(BODY.replace('result="wait.mean"', 'result="wait.<men>"')));
  await build();
  const text = readFileSync(join(root, '.generated/guides/a/one.html'), 'utf8');
  expect(text).toMatch(
    /^<pre role="alert">content\/a\/one\.mdx:\d+:\d+ &lt;Finding>: expected a result of/,
  );
}, 60_000);

test('what is left of the template is a problem, and the guide is drawn all the same', async () => {
  const summary = FRONT_MATTER.replace(
    'See it fail',
    'Say what the reader can do after the second section',
  );
  write('content/a/one.mdx', guideText(BODY, summary));
  expect((await build()).problems.map(formatProblem)).toEqual([
    'content/a/one.mdx:6:5 front matter "summary.1": expected what this guide says, got the template’s "Say what the reader can do after the second section". Write it for this guide.',
  ]);
  expect(readFileSync(join(root, '.generated/guides/a/one.html'), 'utf8')).toMatch(
    /^<p>simulation/,
  );
}, 60_000);

test('all problems of all files are reported at once, in order', async () => {
  write('content/a/one.mdx', guideText(`${BODY}\n\nSee [two](/a/tow/).\n\n\`\`\`json\n{\n\`\`\``));
  write(
    'content/a/two.mdx',
    guideText('It takes 5 ms.').replace('title: Counting requests', 'title: Another'),
  );
  write('content/z/category.yaml', 'title: A category\nblurb: Others.\norder: first\n');
  const { problems } = await build();
  expect(problems.map(({ file, message }) => `${file} ${message.slice(0, 40)}`)).toEqual([
    'content/a/one.mdx expected a link to a page of the site, g',
    'content/a/one.mdx expected valid JSON, got: Expected strin',
    'content/a/two.mdx expected a description that no other pag',
    'content/a/two.mdx expected a number about a run, a paramet',
    'content/z/category.yaml category file "order": expected a whole ',
  ]);
}, 60_000);

test('what is no longer used is removed', async () => {
  write('content/a/one.mdx', guideText(BODY));
  write('.generated/figures/old.html', 'old');
  write('public/sim/old.js', 'old');
  write('.generated/cache/runs/old.json', '{}');
  write('public/search/texts/old.json', '[]');
  await build();
  expect(existsSync(join(root, 'public/search/texts/old.json'))).toBe(false);
  expect(existsSync(join(root, '.generated/figures/old.html'))).toBe(false);
  expect(existsSync(join(root, 'public/sim/old.js'))).toBe(false);
  expect(existsSync(join(root, '.generated/cache/runs/old.json'))).toBe(false);
}, 60_000);

test('other components, other stills', async () => {
  write('content/a/one.mdx', guideText(BODY));
  const { drawn } = await build();
  expect(drawn).toBeGreaterThan(0);
  write(
    'renderer.ts',
    `export const renderFigure = () => '<p>new</p>'; export const renderGuide = () => ''; export const renderParts = () => ({});`,
  );
  expect((await build()).drawn).toBe(drawn);
}, 60_000);

test('while stills are drawn anew, those before are there to be read', async () => {
  write('content/a/one.mdx', guideText(BODY));
  await build();
  const figures = join(root, '.generated/figures');
  const stills = readdirSync(figures);
  write(
    'renderer.ts',
    `import { existsSync, readdirSync } from 'node:fs';
     export const renderFigure = () => String(readdirSync(${JSON.stringify(figures)}).length);
     export const renderGuide = () => '';
     export const renderParts = () => ({ marks: String(existsSync(${JSON.stringify(join(root, '.generated/parts/marks.html'))})) });`,
  );
  await build();
  expect(readdirSync(figures)).toEqual(stills);
  for (const still of stills)
    expect(readFileSync(join(figures, still), 'utf8')).toBe(String(stills.length));
  expect(readFileSync(join(root, '.generated/parts/marks.html'), 'utf8')).toBe('true');
}, 60_000);

test('what the last index has named is kept for one pass more: a page may have read it', async () => {
  write('content/a/one.mdx', guideText(BODY));
  const stillOfGuide = (): string =>
    join(root, `.generated/figures/${readManifest(root).guides['a/one']?.figure}.html`);
  await build();
  const first = stillOfGuide();
  editSimulation();
  await build();
  expect(stillOfGuide()).not.toBe(first);
  expect(existsSync(first)).toBe(true);
  await build();
  expect(existsSync(stillOfGuide())).toBe(true);
  expect(existsSync(first)).toBe(false);
}, 60_000);

/** Gives the simulation another title, which guides do not show, but their figures do. */
function editSimulation(): void {
  const path = 'lib/simulations/template/queue/simulation.ts';
  const source = readFileSync(join(root, path), 'utf8');
  const title = 'Queue with servers that crash';
  expect(source).toContain(title);
  write(path, source.replace(title, 'Queue'));
}

test('a guide is read again only if its text or what it names has changed', async () => {
  const other = FRONT_MATTER.replace('title: Counting requests', 'title: Another').replace(
    'A counter that',
    'Another that',
  );
  write('content/a/one.mdx', guideText(BODY));
  write('content/a/two.mdx', guideText('## Words\n\nNothing but words.', other));
  expect(await build()).toMatchObject({ problems: [], read: 2 });
  expect(await build()).toMatchObject({ problems: [], read: 0 });

  write('content/a/two.mdx', guideText('## Words\n\nOther words.', other));
  expect(await build()).toMatchObject({ problems: [], read: 1 });
  expect(readFileSync(join(root, 'public/a/two.md'), 'utf8')).toContain('Other words.');

  editSimulation();
  expect(await build()).toMatchObject({ problems: [], read: 1 });

  rmSync(join(root, 'content/a/two.mdx'));
  expect(await build()).toMatchObject({ problems: [], read: 0 });
  expect(readdirSync(join(root, '.generated/cache/guides/a'))).toEqual(['one.json']);
}, 60_000);

test('what is made of a kept guide is what is made of one that was read', async () => {
  write('content/a/one.mdx', guideText(BODY));
  const made = ['.generated/content.json', '.generated/guides', 'public/a', 'public/search'];
  const all = () =>
    made
      .flatMap((path) =>
        path.endsWith('.json')
          ? [path]
          : readdirSync(join(root, path), { recursive: true, withFileTypes: true })
              .filter((entry) => entry.isFile())
              .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
      )
      .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  await build();
  const read = all();
  for (const path of made) rmSync(join(root, path), { recursive: true });
  expect(await build()).toMatchObject({ problems: [], read: 0 });
  expect(all()).toEqual(read);
}, 60_000);

test('the problems of a kept guide have their places', async () => {
  write('content/a/one.mdx', guideText(BODY));
  write('content/a/two.mdx', guideText('It takes 5 ms.'));
  const first = await build();
  expect(first.problems.map(({ line, column }) => [line, column])).toEqual([
    [2, 1],
    [3, 1],
    [BODY_LINE, 10],
  ]);
  expect(await build()).toMatchObject({ problems: first.problems, read: 0 });
}, 60_000);

test('a renderer that cannot be bundled is a problem with its place', async () => {
  write('renderer.ts', 'export const = 1;');
  const { problems } = await build();
  expect(problems.map(formatProblem)).toEqual([
    'renderer.ts:1:14 expected source that can be bundled, got: Expected identifier but found "=". Correct the source.',
  ]);
}, 60_000);
