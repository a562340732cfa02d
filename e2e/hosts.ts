/** Hosts for tests: the built site, or another deploy of it, on a server of their own. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { finishReach } from '../scripts/finish-reach';
import { withPolicy } from '../scripts/policy';
import { createSiteServer } from '../scripts/serve.mjs';

interface Host {
  readonly url: string;
  /** Serves another folder at the same address, as after a deploy. */
  readonly deploy: (folder: string) => Promise<void>;
  /** Ends at once, open connections included. */
  readonly stop: () => Promise<void>;
}

export async function openHost(folder = 'out'): Promise<Host> {
  let server = createSiteServer({ folder });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, () => resolve((server.address() as AddressInfo).port));
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const port = await listen(0);
  return {
    url: `http://localhost:${port}`,
    deploy: async (next) => {
      await stop();
      server = createSiteServer({ folder: next });
      await listen(port);
    },
    stop,
  };
}

/** A copy of the built site that a test may change. */
export function copyOfSite(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
  cpSync('out', folder, { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** What a hashed file is called in the second build. */
export const SECOND = /-second\.[\w.]+(\?|$)/;

/**
 * Makes of a copy a second build in which every script, style and simulation has changed: under new
 * names, as new content would give them, and with none of the old ones left.
 */
export async function makeSecondBuild(folder: string): Promise<void> {
  const filesOf = (name: string): string[] =>
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const names = new Map<string, string>();
  for (const file of [
    ...filesOf('_next/static/chunks'),
    ...filesOf('sim'),
    ...filesOf('engines'),
  ]) {
    const name = basename(file);
    // Where a hash stands, all files of a simulation bear the same one: their addresses follow from it.
    const second = name.replace(/^([\w-]+\.[0-9a-f]{12}|.*(?=\.\w+$))/, '$1-second');
    names.set(name, second);
    renameSync(file, join(dirname(file), second));
  }
  const pattern = new RegExp(
    [...names.keys()].map((name) => name.replaceAll('.', '\\.')).join('|'),
    'g',
  );
  for (const file of filesOf('.').filter((name) => /\.(html|js|css)$/.test(name))) {
    const text = readFileSync(file, 'utf8').replace(pattern, (name) => names.get(name) ?? name);
    writeFileSync(file, text);
  }
  await finishReach(folder);
  for (const file of filesOf('.').filter((name) => name.endsWith('.html')))
    writeFileSync(file, withPolicy(readFileSync(file, 'utf8')));
}
