/**
 * A real PostgreSQL for the tests and for recording: a cluster of its own in a temporary folder, on a
 * socket of its own, and gone afterwards. Programs are those of PGBIN, the newest installed, or on
 * Debian those of a package that `npm test` unpacks into .generated/ without installing it. Where there
 * are none, the reason is said: tests that need them are counted as not run.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isDebian, missingLibraries, refreshPackages, unpackPackages } from './debian.mjs';
import { ROOT } from './steps.mjs';

const INSTALLED = '/usr/lib/postgresql';
const UNPACKED = join(ROOT, '.generated', 'postgres');
/** The transcripts on record are of PostgreSQL 15: no other is fetched to be compared with them. */
const PACKAGE = 'postgresql-15';
const UNPACKED_BIN = join(UNPACKED, 'usr/lib/postgresql/15/bin');

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
    UNPACKED_BIN,
  ];
  return folders.find((folder) => folder !== '' && isWhole(folder)) ?? null;
}

/**
 * The installed server, or one that is fetched where that can be done and runs.
 *
 * @returns {{ bin: string } | { missing: string }}
 */
export function ensurePostgres(env = process.env) {
  const bin = installedPostgres(env);
  if (bin !== null) return { bin };
  return isDebian() ? unpackPostgres() : { missing: NO_POSTGRES };
}

/** Downloads and unpacks the server and the libraries that it lacks here, and starts it once. */
function unpackPostgres() {
  // It compiles queries by LLVM if it finds it, which is five times as large as itself.
  const libraries = () =>
    missingLibraries([PACKAGE], (name) => name.startsWith('libllvm') || name.endsWith('-perl'));
  const unpack = () => unpackPackages(UNPACKED, [PACKAGE, ...libraries()]);
  if (!unpack()) {
    refreshPackages();
    if (!unpack()) return given('apt-get could not download it');
  }
  try {
    startPostgres(UNPACKED_BIN).stop();
    return { bin: UNPACKED_BIN };
  } catch (error) {
    return given(`that of the package does not run: ${error.message}`);
  }
}

function given(reason) {
  rmSync(UNPACKED, { recursive: true, force: true });
  return { missing: `${NO_POSTGRES} (It was tried to unpack ${PACKAGE}; ${reason}.)` };
}

/** Where the libraries of an unpacked server lie. */
function libraryFolders() {
  return ['usr/lib', 'lib']
    .map((folder) => join(UNPACKED, folder))
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => join(folder, name)),
    );
}

/** As whom PostgreSQL runs, which refuses to run as root: the user that its package makes, or nobody. */
function otherThanRoot() {
  if (process.getuid?.() !== 0) return {};
  const idOf = (option) => {
    const { status, stdout } = spawnSync('id', [option, 'postgres'], { encoding: 'utf8' });
    return status === 0 ? Number(stdout) : NOBODY;
  };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

const NOBODY = 65534;

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
  const user = otherThanRoot();
  const libraries =
    bin === UNPACKED_BIN ? { LD_LIBRARY_PATH: libraryFolders().join(delimiter) } : {};
  const run = (name, args) => {
    const { status, stdout, stderr, error } = spawnSync(join(bin, name), args, {
      ...user,
      encoding: 'utf8',
      cwd: folder,
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC', ...libraries },
    });
    if (status !== 0) {
      throw new Error(
        `${name} should end well, but said: ${(stderr || stdout || String(error)).trim()}`,
      );
    }
  };
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const stop = () => {
    try {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const settings = [
    '-c listen_addresses=',
    `-c unix_socket_directories=${folder}`,
    // Nothing may change plans or use up transactions but the scripts; nothing has to survive.
    '-c autovacuum=off',
    '-c fsync=off',
    '-c max_connections=10',
  ].join(' ');
  try {
    run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']);
    run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return { socket: folder, user: 'postgres', stop };
}
