/** Starts the project's programs without a shell, so that every system runs them alike. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** The script behind a package's command. */
export function bin(pack, name = pack) {
  const manifest = require.resolve(`${pack}/package.json`);
  const { bin: scripts } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof scripts === 'string' ? scripts : scripts[name]);
}

/** Runs a script of ours written in TypeScript. */
export const typescript = (script, ...args) => [
  '--import',
  import.meta.resolve('tsx'),
  join(ROOT, script),
  ...args,
];

const options = (env) => ({
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
});

/** Runs Node with these arguments to its end; whether it succeeded. */
export function run(args, env = {}) {
  return spawnSync(process.execPath, args, options(env)).status === 0;
}

/** Starts Node with these arguments and goes on. */
export function start(args, env = {}) {
  return spawn(process.execPath, args, options(env));
}
