/**
 * A real PostgreSQL for the tests and for recording: a cluster of its own in a temporary folder, on a
 * socket of its own, and gone afterwards. Programs are those of PGBIN, or the newest installed. Where
 * there are none, the reason is said: tests that need them are counted as not run.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const INSTALLED = '/usr/lib/postgresql';

export const NO_POSTGRES =
  'There is no PostgreSQL server here. Install one (apt-get install postgresql, brew install postgresql), or set PGBIN to the folder that holds initdb and pg_ctl.';

/** The folder that holds `initdb` and `pg_ctl`; null if there is none. */
export function installedPostgres(env = process.env) {
  const isWhole = (folder) =>
    ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name)));
  if (env.PGBIN) {
    if (isWhole(env.PGBIN)) return env.PGBIN;
    throw new Error(
      `PGBIN must name a folder with initdb, pg_ctl and postgres, got "${env.PGBIN}". Correct it, or unset it to let the tests look for one.`,
    );
  }
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED) : [];
  const folders = [
    ...versions
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(INSTALLED, version, 'bin')),
    ...(env.PATH ?? '').split(delimiter),
  ];
  return folders.find((folder) => folder !== '' && isWhole(folder)) ?? null;
}

/**
 * Starts a server.
 *
 * @param {string} bin as `installedPostgres` gives it
 * @returns {{ socket: string, user: string, stop: () => void }} where to connect: a folder with its socket
 */
export function startPostgres(bin) {
  // A socket's path has room for about a hundred letters, so it cannot lie deep in the project.
  const folder = mkdtempSync('/tmp/steady-pg-');
  const data = join(folder, 'data');
  // PostgreSQL refuses to run as root: then it runs as the user that its package has made.
  const isRoot = process.getuid?.() === 0;
  const run = (name, args) => {
    const program = join(bin, name);
    const [command, all] = isRoot
      ? ['runuser', ['-u', 'postgres', '--', program, ...args]]
      : [program, args];
    const { status, stdout, stderr, error } = spawnSync(command, all, {
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    });
    if (status !== 0) {
      throw new Error(
        `${name} should end well, but said: ${(stderr || stdout || String(error)).trim()}`,
      );
    }
  };
  if (isRoot) {
    spawnSync('chown', ['postgres', folder]);
    chmodSync(folder, 0o755);
  }
  const stop = () => {
    try {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
  const settings = [
    '-c listen_addresses=',
    `-c unix_socket_directories=${folder}`,
    // Nothing may change plans or use up transactions but the scripts; nothing has to survive.
    '-c autovacuum=off',
    '-c fsync=off',
    '-c max_connections=10',
  ].join(' ');
  try {
    run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { socket: folder, user: 'postgres', stop };
}
