/**
 * `npm run generate`: writes what the site is built from (lib/content/build-content.ts) and prints all
 * problems of the content at once. With `--watch` it goes on whenever a source changes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildContent } from '../lib/content/build-content';
import { MANIFEST_PATH } from '../lib/content/manifest';
import { formatProblem } from '../lib/content/problem';
import { writeReach } from '../lib/reach/write';
import { passOnChange } from './watch';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders whose files take part in what is generated. */
const SOURCES = ['content', 'lib', 'components'];

const SETTLE_MS = 80;

/** What a pass reports to the process that watches, and that to `npm run dev`. */
const PAGES_READY = 'ready';

async function generate(): Promise<boolean> {
  if (!existsSync(join(root, MANIFEST_PATH)))
    console.log('Running all that the guides show: minutes the first time, seconds from then on.');
  const startedAt = performance.now();
  const { problems, guides, simulations, drawn } = await buildContent({
    root,
    renderer: 'scripts/renderer.ts',
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  for (const problem of problems) console.error(formatProblem(problem));
  if (problems.length > 0) {
    console.error(`\n${count(problems.length, 'problem')} in the content.`);
    return false;
  }
  // Pages are there from here on; pictures, which no page waits for, take longest when all are new.
  process.send?.(PAGES_READY);
  const pictures = await writeReach(root);
  console.log(
    `Generated ${count(guides, 'guide')}, ${count(simulations, 'simulation')}, ${count(drawn, 'new still or guide', 'new stills and guides')}, ${count(pictures.drawn, 'new picture')} in ${seconds} s.`,
  );
  return true;
}

function count(n: number, noun: string, nouns = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : nouns}`;
}

/**
 * Each pass is a process of its own: sources that have changed are loaded anew, which a running
 * process cannot do. Passes are short, since what is costly is kept on disk by hash.
 */
function passInProcess(): Promise<unknown> {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.url)],
    { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  child.once('message', () => process.send?.(PAGES_READY));
  return once(child, 'close');
}

if (process.argv.includes('--watch')) {
  const folders = SOURCES.map((folder) => join(root, folder));
  await passOnChange({ folders, settleMs: SETTLE_MS, pass: passInProcess }).ready;
  // A pass that found problems has not reported; its pages show them.
  process.send?.(PAGES_READY);
} else if (!(await generate())) process.exitCode = 1;
