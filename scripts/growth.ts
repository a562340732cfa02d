/**
 * Holds the site to growing no faster than its guides: builds it a second time with two synthetic
 * categories more, and compares the two outputs by bytes. Needs a build: npm run build.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readManifest } from '@/lib/content/manifest';
import { ROOT } from './steps.mjs';
import { CATEGORY_SIZE, syntheticFiles } from './synthetic/guides';
import { createWorkspace } from './synthetic/workspace';

const ADDED = 2 * CATEGORY_SIZE;

/** Bytes of output for a guide more, all that belongs to it included. */
const OUTPUT_PER_GUIDE_MAX = 600_000;

/**
 * Bytes (gzip) by which the page of a guide may grow when others are added: its last link, to the
 * guide that now comes next, and nothing else.
 */
const PAGE_GROWTH_MAX_GZ = 500;

function filesOf(folder: string): Map<string, number> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file).split(sep).join('/'), statSync(file).size]),
  );
}

const total = (files: ReadonlyMap<string, number>): number =>
  [...files.values()].reduce((sum, size) => sum + size, 0);

const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

const out = join(ROOT, 'out');
if (!existsSync(out)) {
  console.error('Expected the built site in out/, got none. Type npm run build first.');
  process.exit(1);
}

const workspace = createWorkspace({ warm: true });
const problems: string[] = [];
try {
  workspace.write(syntheticFiles(ADDED));
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: workspace.root,
    env: { ...process.env, TYPES_CHECKED: 'true' },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`The build with ${ADDED} guides more ended with ${status}.`);

  const grownOut = join(workspace.root, 'out');
  const before = filesOf(out);
  const after = filesOf(grownOut);
  const perGuide = Math.round((total(after) - total(before)) / ADDED);
  console.log(`${ADDED} guides more: ${perGuide} bytes of output for each.`);
  if (perGuide > OUTPUT_PER_GUIDE_MAX) {
    problems.push(
      `expected at most ${OUTPUT_PER_GUIDE_MAX} bytes of output a guide, got ${perGuide}.`,
    );
  }
  for (const slug of Object.keys(readManifest(ROOT).guides)) {
    const page = join(slug, 'index.html');
    const growth = gzipped(join(grownOut, page)) - gzipped(join(out, page));
    if (growth > PAGE_GROWTH_MAX_GZ) {
      problems.push(
        `${slug}: expected its page to grow by at most ${PAGE_GROWTH_MAX_GZ} bytes (gzip) with ${ADDED} other guides, got ${growth}. What lists other guides belongs on a page of its own.`,
      );
    }
  }
} finally {
  workspace.remove();
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
