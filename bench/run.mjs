// Runs the benchmarks of the simulation kernel: `npm run bench`.
//
// They are bundled to plain JavaScript first, as the page's bundles are: what is measured is then the
// code that ships, and not a loader's wrapping of it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'steady-state-bench-'));
const bundle = join(directory, 'kernel.mjs');

let status = 1;
try {
  await build({
    entryPoints: [join(here, 'kernel.ts')],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'error',
  });
  const arguments_ = ['--expose-gc', bundle, ...process.argv.slice(2)];
  status = spawnSync(process.execPath, arguments_, { stdio: 'inherit' }).status ?? 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = status;
