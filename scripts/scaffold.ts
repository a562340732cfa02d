/** New guides and simulations from the templates: what `npm run new` does, without its command line. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCategoryFile, readFrontMatter, splitFrontMatter } from '../lib/content/front-matter';
import { TEMPLATE_FILE } from '../lib/content/placeholders';
import { LINKS_FILE } from '../lib/simulation/link-record.node.ts';

/** Why nothing was made, with what to do instead; for the person at the command line. */
export class ScaffoldError extends Error {
  override readonly name = 'ScaffoldError';
}

export interface Scaffolded {
  /** What was written, from the root of the repository. */
  readonly path: string;
  readonly next: readonly string[];
}

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export function newGuide(
  root: string,
  options: { readonly slug: string; readonly title: string; readonly today: string },
): Scaffolded {
  const { slug, title, today } = options;
  const { category, name } = addressOf(slug, 'the address of a guide');
  if (title.trim() === '') {
    throw new ScaffoldError(
      `Expected a title, got nothing. Run: npm run new -- guide ${slug} "What the reader will know"`,
    );
  }
  const file = `content/${category}/${name}.mdx`;
  if (existsSync(join(root, file))) {
    throw new ScaffoldError(
      `Expected the address of a new guide, got ${slug}, which is ${file}. Choose another name, or edit that file.`,
    );
  }
  requireCategory(root, category);
  const values: Readonly<Record<string, string>> = {
    title: JSON.stringify(title.trim()),
    tag: category.replaceAll('-', ' '),
    order: String(nextOrder(root, category)),
    today,
  };
  const template = readFileSync(join(root, TEMPLATE_FILE), 'utf8');
  write(
    root,
    file,
    template.replace(/\{\{(\w+)\}\}/g, (mark, key: string) => values[key] ?? mark),
  );
  return {
    path: file,
    next: [
      'npm run dev, then open',
      `    http://localhost:3000/${slug}/`,
      `Write the guide in ${file}; the figures are those of lib/simulations/template/queue until you name your own.`,
      'npm run generate checks it and prints every problem with file, line and remedy: at first the sentences of the template, for you to replace.',
    ],
  };
}

export function newSimulation(root: string, address: string): Scaffolded {
  const { category, name: id } = addressOf(address, 'the address of a simulation');
  const folder = `lib/simulations/${category}/${id}`;
  const taken = simulationFolder(root, id);
  if (taken !== undefined) {
    throw new ScaffoldError(
      `Expected an id that no simulation has, got "${id}", which is ${taken}. Guides name simulations by their id alone, so choose another.`,
    );
  }
  cpSync(join(root, 'lib/simulations/template/queue'), join(root, folder), {
    recursive: true,
    // What the template has given out is no link of this one.
    filter: (path) => basename(path) !== LINKS_FILE,
  });
  try {
    edit(root, `${folder}/simulation.ts`, [
      // The template's remark is about the template.
      [/^\/\*\*[\s\S]*?\*\/\n/, `/** ${titleOf(id)}. */\n`],
      [/^ {2}title: '[^'\n]*',$/m, `  title: '${titleOf(id)}',`],
      [/^ {2}version: \d+,$/m, '  version: 1,'],
    ]);
    edit(root, `${folder}/simulation.test.ts`, [
      [/tested\('template', 'queue', /, `tested('${category}', '${id}', `],
    ]);
  } catch (error) {
    rmSync(join(root, folder), { recursive: true, force: true });
    throw error;
  }
  return {
    path: folder,
    next: [
      `Change ${folder}/simulation.ts from top to bottom; models/<variant>.ts is the code that readers read.`,
      `npx vitest run ${folder}`,
      `npx vitest run lib/simulation/contract.test.ts -t ${id}`,
      '    hold it to its own tests, and to what every simulation promises.',
      'npm run dev, then open',
      `    http://localhost:3000/gallery/${id}/`,
      'npm run record-links keeps its links on record, once it is to be published.',
      `Show it in a guide: <Simulation id="${id}" scenario="rush">the conclusion</Simulation>`,
    ],
  };
}

function addressOf(
  given: string,
  what: string,
): { readonly category: string; readonly name: string } {
  const [category = '', name = '', ...rest] = given.split('/');
  if (!NAME.test(category) || !NAME.test(name) || rest.length > 0) {
    throw new ScaffoldError(
      `Expected ${what} as category/name in lower case with hyphens, got "${given}". For example: traffic-control/load-shedding`,
    );
  }
  return { category, name };
}

function requireCategory(root: string, category: string): void {
  const file = `content/${category}/category.yaml`;
  if (existsSync(join(root, file))) return;
  const categories = categoriesOf(root);
  throw new ScaffoldError(
    `Expected a category that exists (${categories.map(({ slug }) => slug).join(', ') || 'there is none yet'}), got "${category}". ` +
      `For a new one write ${file} first:\n\n` +
      'title: Its name\n' +
      'blurb: What its guides have in common, in one or two sentences.\n' +
      `order: ${Math.max(0, ...categories.map(({ order }) => order)) + 1}\n`,
  );
}

function categoriesOf(root: string): { readonly slug: string; readonly order: number }[] {
  const content = join(root, 'content');
  if (!existsSync(content)) return [];
  return readdirSync(content).flatMap((slug) => {
    const file = join(content, slug, 'category.yaml');
    if (!existsSync(file)) return [];
    const { value } = readCategoryFile(readFileSync(file, 'utf8'), file);
    return [{ slug, order: value?.order ?? 0 }];
  });
}

/** After the last guide of the category. */
function nextOrder(root: string, category: string): number {
  const folder = join(root, 'content', category);
  const orders = readdirSync(folder)
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => {
      const text = splitFrontMatter(readFileSync(join(folder, name), 'utf8')) ?? '';
      return readFrontMatter(text, { file: name, firstLine: 2 }).value?.order ?? 0;
    });
  return Math.max(0, ...orders) + 1;
}

function simulationFolder(root: string, id: string): string | undefined {
  const all = join(root, 'lib/simulations');
  return readdirSync(all, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `lib/simulations/${name}/${id}`)
    .find((folder) => existsSync(join(root, folder)));
}

/** "load-shedding" → "Load shedding". */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function edit(
  root: string,
  path: string,
  replacements: readonly (readonly [pattern: RegExp, text: string])[],
): void {
  const file = join(root, path);
  let text = readFileSync(file, 'utf8');
  for (const [pattern, replacement] of replacements) {
    if (!pattern.test(text)) {
      throw new ScaffoldError(
        `Expected the template to hold ${pattern} in ${path}, found nothing. The template has changed: bring scripts/scaffold.ts in line with it.`,
      );
    }
    text = text.replace(pattern, () => replacement);
  }
  writeFileSync(file, text);
}

function write(root: string, path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
