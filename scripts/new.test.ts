import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entrySimulations } from '../lib/content/fixtures/entry-simulations';
import { inspectGuide } from '../lib/content/inspect';
import { parseGuide } from '../lib/content/parse';
import { placeholderProblems, placeholdersOf, TEMPLATE_FILE } from '../lib/content/placeholders';
import { formatProblem } from '../lib/content/problem';
import { snippetsOf } from '../lib/content/snippets';
import { loadEntry, simulationFolders } from '../lib/simulation/entries.node';
import { newGuide, newSimulation, ScaffoldError } from './scaffold';

const repository = process.cwd();
const today = '2026-11-21';
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'scaffold-'));
  cpSync(join(repository, 'templates'), join(root, 'templates'), { recursive: true });
  cpSync(join(repository, 'lib/simulations/template'), join(root, 'lib/simulations/template'), {
    recursive: true,
  });
  mkdirSync(join(root, 'content/traffic-control'), { recursive: true });
  writeFileSync(
    join(root, 'content/traffic-control/category.yaml'),
    'title: Traffic control\nblurb: Taking on work.\norder: 4\n',
  );
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const refusal = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof ScaffoldError) return error.message;
    throw error;
  }
  throw new Error('Expected a refusal, got none.');
};

test('a new guide has no problem before a word of it is changed, but is not yet one to publish', async () => {
  const slug = 'traffic-control/load-shedding';
  const { path } = newGuide(root, { slug, title: 'Shed "load": early', today });
  expect(path).toBe('content/traffic-control/load-shedding.mdx');

  const queue = simulationFolders().filter(({ id }) => id === 'queue');
  const entries = await Promise.all(queue.map(loadEntry));
  const guide = parseGuide({ file: path, slug, source: read(path) });
  const inspected = await inspectGuide(guide, entrySimulations(repository, entries));
  expect(inspected.problems.map(formatProblem)).toEqual([]);
  expect(snippetsOf(path, inspected.code).problems).toEqual([]);
  expect(guide.frontMatter).toMatchObject({
    title: 'Shed "load": early',
    order: 1,
    published: today,
    updated: today,
  });
  expect(read(path)).not.toContain('{{');
  const left = placeholderProblems(guide, placeholdersOf(read(TEMPLATE_FILE)));
  const fields = left.flatMap(({ message }) => /^front matter "(.*?)"/.exec(message)?.[1] ?? []);
  expect(fields).toEqual(['description', 'summary.0', 'summary.1', 'summary.2']);
  expect(left.length).toBeGreaterThan(fields.length);
  // The template shows every figure that a guide may have.
  expect(new Set(inspected.figures.map(({ spec }) => spec.kind))).toEqual(
    new Set(['simulation', 'comparison', 'sweep', 'tasks', 'prediction', 'checks', 'omissions']),
  );
});

test('a second guide comes after the first', () => {
  newGuide(root, { slug: 'traffic-control/one', title: 'One', today });
  newGuide(root, { slug: 'traffic-control/two', title: 'Two', today });
  expect(read('content/traffic-control/two.mdx')).toContain('\norder: 2\n');
});

test('a guide is not written over, nor without a title, nor at an odd address', () => {
  newGuide(root, { slug: 'traffic-control/one', title: 'One', today });
  expect(
    refusal(() => newGuide(root, { slug: 'traffic-control/one', title: 'One', today })),
  ).toContain('which is content/traffic-control/one.mdx. Choose another name, or edit that file.');
  expect(
    refusal(() => newGuide(root, { slug: 'traffic-control/two', title: ' ', today })),
  ).toContain('Expected a title, got nothing. Run: npm run new -- guide traffic-control/two');
  for (const slug of ['one', 'Traffic/One', '../one', 'a/b/c', '']) {
    expect(refusal(() => newGuide(root, { slug, title: 'One', today }))).toContain(
      `Expected the address of a guide as category/name in lower case with hyphens, got "${slug}"`,
    );
  }
});

test('an unknown category is explained, with the file to write', () => {
  const message = refusal(() => newGuide(root, { slug: 'storage/lsm', title: 'LSM', today }));
  expect(message).toContain('Expected a category that exists (traffic-control), got "storage"');
  expect(message).toContain('write content/storage/category.yaml first');
  expect(message).toContain('order: 5');
});

test('a new simulation is the template under its own name', () => {
  const { path, next } = newSimulation(root, 'traffic-control/load-shedding');
  expect(path).toBe('lib/simulations/traffic-control/load-shedding');
  expect(read(`${path}/simulation.ts`)).toMatch(/^\/\*\* Load shedding\. \*\/\nimport /);
  expect(read(`${path}/simulation.ts`)).toContain("  title: 'Load shedding',");
  expect(read(`${path}/simulation.ts`)).toContain('\n  version: 1,\n');
  expect(existsSync(join(root, 'lib/simulations/template/queue/links.json'))).toBe(true);
  expect(existsSync(join(root, path, 'links.json'))).toBe(false);
  expect(read(`${path}/simulation.test.ts`)).toContain(
    "tested('traffic-control', 'load-shedding', simulation)",
  );
  expect(next.join('\n')).toContain('npx vitest run lib/simulations/traffic-control/load-shedding');
});

test('an id that is taken is refused, whatever its category', () => {
  expect(refusal(() => newSimulation(root, 'traffic-control/queue'))).toContain(
    'got "queue", which is lib/simulations/template/queue',
  );
});
