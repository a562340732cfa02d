/**
 * A real nginx for the tests: the one that NGINX_PATH names, the system's, or on Debian a package that
 * is unpacked into .generated/ without being installed, so that no server is started and nothing of
 * the system is touched. Where none can be had, the reason is said: tests that need it are then
 * counted as not run, never passed over.
 */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { nginxConfig } from '../deploy/nginx.mjs';
import { isDebian, refreshPackages, unpackPackages } from './debian.mjs';
import { ROOT } from './steps.mjs';

const UNPACKED = join(ROOT, '.generated', 'nginx');

const REMEDY =
  'Install it (apt-get install nginx, brew install nginx), or set NGINX_PATH to the one that you have.';

/** @returns {{ path: string } | { missing: string }} */
export function ensureNginx(env = process.env) {
  // What `npm test` has found out before.
  if (env.NGINX_MISSING) return { missing: env.NGINX_MISSING };
  const named = env.NGINX_PATH;
  if (named) {
    if (existsSync(named)) return { path: named };
    throw new Error(
      `NGINX_PATH must name an nginx, got "${named}", where there is no file. ` +
        'Correct it, or unset it to let the tests look for one.',
    );
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const present = [...folders.map((folder) => join(folder, 'nginx')), unpackedPath()].find(
    (path) => existsSync(path) && isRunnable(path),
  );
  if (present) return { path: present };
  if (!isDebian()) return { missing: `There is no nginx here. ${REMEDY}` };
  return unpackPackage();
}

function unpackedPath() {
  return join(UNPACKED, 'usr/sbin/nginx');
}

function isRunnable(path) {
  return spawnSync(path, ['-v'], { stdio: 'ignore' }).status === 0;
}

/** Downloads and unpacks nginx and its Brotli modules. */
function unpackPackage() {
  const packages = ['nginx', 'nginx-common'];
  if (!unpackPackages(UNPACKED, packages)) {
    refreshPackages();
    if (!unpackPackages(UNPACKED, packages))
      return { missing: `There is no nginx here, and apt-get could not download it. ${REMEDY}` };
  }
  // Compression by Brotli is optional, and so are its modules.
  unpackPackages(UNPACKED, ['libnginx-mod-http-brotli-filter', 'libnginx-mod-http-brotli-static']);
  return isRunnable(unpackedPath())
    ? { path: unpackedPath() }
    : { missing: `The nginx of the package does not run here: a library is missing. ${REMEDY}` };
}

/** The folder of Brotli's modules beside this nginx, or undefined. */
function brotliModules(path) {
  const folder = join(path, '../../lib/nginx/modules');
  const names = ['ngx_http_brotli_filter_module.so', 'ngx_http_brotli_static_module.so'];
  const files = names.map((name) => join(folder, name));
  return files.every(existsSync) ? files : undefined;
}

/**
 * Starts nginx with the configuration of deploy/ for a folder that holds the site.
 *
 * @param {string} path the program
 * @param {{ root: string, basePath?: string }} options
 * @returns {Promise<{ url: string, hasBrotli: boolean, stop: () => Promise<void> }>}
 * @throws Error with what nginx says if it does not start
 */
export async function startNginx(path, { root, basePath = '' }) {
  const prefix = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const modules = brotliModules(path);
  // The system's, beside the unpacked package, or beside Homebrew's.
  const types = ['/etc', join(path, '../../../etc'), join(path, '../../etc')]
    .map((folder) => join(folder, 'nginx/mime.types'))
    .find(existsSync);
  mkdirSync(join(prefix, 'conf.d'));
  writeFileSync(
    join(prefix, 'conf.d/site.conf'),
    nginxConfig({ root, basePath, listen: `127.0.0.1:${port}` }),
  );
  if (modules) {
    mkdirSync(join(prefix, 'steady-state.d'));
    copyFileSync(
      join(ROOT, 'deploy/nginx-brotli.conf'),
      join(prefix, 'steady-state.d/nginx-brotli.conf'),
    );
  }
  writeFileSync(
    join(prefix, 'nginx.conf'),
    `daemon off;
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
pid ${prefix}/nginx.pid;
error_log stderr warn;
${(modules ?? []).map((file) => `load_module ${file};`).join('\n')}
events {}
http {
  ${types ? `include ${types};` : ''}
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${prefix}/${name};`).join('\n  ')}
  include conf.d/*.conf;
}
`,
  );
  const child = spawn(path, ['-p', `${prefix}/`, '-c', `${prefix}/nginx.conf`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  const url = `http://127.0.0.1:${port}`;
  while (child.exitCode === null && !(await answers(url)));
  if (child.exitCode !== null) {
    rmSync(prefix, { recursive: true, force: true });
    throw new Error(`Expected nginx to start with the configuration of deploy/, got:\n${said}`);
  }
  return {
    url,
    hasBrotli: modules !== undefined,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(prefix, { recursive: true, force: true });
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Whether anything listens there; after a moment, so that it can be asked again at once. */
async function answers(url) {
  try {
    await fetch(url, { redirect: 'manual' });
    return true;
  } catch {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    return false;
  }
}
