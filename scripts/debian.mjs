/**
 * Programs of Debian's packages for the tests: unpacked below .generated/ without being installed, so
 * that no server is started and nothing of the system is touched. Needs no rights, but apt-get.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export const isDebian = () => existsSync('/etc/debian_version');

const isOk = ({ status }) => status === 0;

/** Brings the list of packages up to date, where one may. */
export function refreshPackages() {
  if (process.getuid?.() === 0) spawnSync('apt-get', ['-qq', 'update'], { stdio: 'ignore' });
}

/**
 * Downloads packages and unpacks them below a folder.
 *
 * @returns {boolean} whether all could be had; if not, none of them is there
 */
export function unpackPackages(target, names) {
  const folder = join(target, 'packages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const quietly = { cwd: folder, stdio: 'ignore' };
  const isWhole =
    isOk(spawnSync('apt-get', ['-qq', 'download', ...names], quietly)) &&
    readdirSync(folder).every((name) => isOk(spawnSync('dpkg', ['-x', name, target], quietly)));
  rmSync(folder, { recursive: true, force: true });
  return isWhole;
}

/** The libraries that packages need, theirs included, but for those that the system has. */
export function missingLibraries(names, isUnneeded = () => false) {
  const direct = dependencies(names, []).filter((name) => !isUnneeded(name));
  const all = direct.length === 0 ? [] : dependencies(direct, ['--recurse']);
  return [...new Set([...direct, ...all])].filter(
    (name) => !isUnneeded(name) && !isOk(spawnSync('dpkg', ['-s', name], { stdio: 'ignore' })),
  );
}

function dependencies(names, options) {
  const { stdout } = spawnSync('apt-cache', ['depends', '--important', ...options, ...names], {
    encoding: 'utf8',
  });
  // "  Depends: libpq5", and of several that would do the first; what is recursed into stands at the margin.
  return [...(stdout ?? '').matchAll(/^(?: {2}\w*Depends: )?(lib[\w.+-]+)(?::\w+)?$/gm)].map(
    ([, name]) => name,
  );
}
