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
import { FRONT_MATTER, guideText } from './fixtures/guides';
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
});

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

test('a renderer that cannot be bundled is a problem with its place', async () => {
  write('renderer.ts', 'export const = 1;');
  const { problems } = await build();
  expect(problems.map(formatProblem)).toEqual([
    'renderer.ts:1:14 expected source that can be bundled, got: Expected identifier but found "=". Correct the source.',
  ]);
}, 60_000);
