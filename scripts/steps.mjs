/** Starts the project's programs without a shell, so that every system runs them alike. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { portTaken } from './environment.mjs';

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

/**
 * Runs Node with these arguments while others run; whether it succeeded, and when it ended.
 *
 * @param {number | 'inherit'} output descriptor of the open file that takes what it says
 */
export async function runBeside(args, env, output) {
  const child = spawn(process.execPath, args, {
    ...options(env),
    stdio: ['ignore', output, output],
  });
  const [code] = await once(child, 'exit');
  return { ok: code === 0, endedAt: Date.now() };
}

/** Starts Node with these arguments and goes on. What it sends comes as messages if it `mayReport`. */
export function start(args, { mayReport = false } = {}) {
  const stdio = mayReport ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
  return spawn(process.execPath, args, { ...options({}), stdio });
}

/**
 * Ends the process with a remedy if a port is taken: said at once, not after the steps that come
 * before the port is needed.
 */
export function requirePort(port, command) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      console.error(portTaken(port, command));
      process.exit(1);
    });
    probe.listen(port, () => probe.close(resolve));
  });
}
