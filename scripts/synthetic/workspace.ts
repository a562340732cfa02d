/** A copy of the project in a folder of its own, to build it with other content than it has. */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../steps.mjs';
import type { SyntheticFile } from './guides';

interface Workspace {
  readonly root: string;
  /** Writes content into it; files of the same path are replaced. */
  readonly write: (files: readonly SyntheticFile[]) => void;
  readonly remove: () => void;
}

/** What `npm run generate` and the bundler write, from which both go on where nothing has changed. */
const GENERATED = ['.generated', 'public', join('.next', 'cache')];

/** What belongs to the tests, which may be running: it comes and goes, and no build reads it. */
const OF_TESTS = new Set(
  ['test', 'snippets', 'nginx', 'postgres'].map((name) => join(ROOT, '.generated', name)),
);

/**
 * Sources as they stand in the working tree, and the installed packages as hard links: the bundler
 * follows no link that leads out of its root. What git ignores is left out, so the build is cold.
 *
 * @param warm whether what a build keeps for the next comes along, so that runs, stills and scripts are
 * not made again
 */
export function createWorkspace({ warm = false }: { readonly warm?: boolean } = {}): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'steady-state-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of listed.split('\0')) {
    if (path === '' || !existsSync(join(ROOT, path))) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    copyFileSync(join(ROOT, path), join(root, path));
  }
  linkTree(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const folder of warm ? GENERATED : [])
    if (existsSync(join(ROOT, folder)))
      cpSync(join(ROOT, folder), join(root, folder), {
        recursive: true,
        filter: (source) => !OF_TESTS.has(source),
      });
  return {
    root,
    write: (files) => {
      for (const { path, text } of files) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function linkTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    // Caches of tools, which two trees must not share.
    if (entry.name === '.cache' || entry.name.startsWith('.vite')) continue;
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory()) linkTree(source, target);
    else if (lstatSync(source).isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

/** The folder for temporary files may be on another disk. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(source, target);
  }
}
