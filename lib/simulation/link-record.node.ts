/** The links that a simulation keeps on record, as a file in its folder; in Node alone. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationFolder } from './entries.node.ts';
import type { LinkRecords } from './link-record';

/** Name of the file in the folder of its simulation. */
export const LINKS_FILE = 'links.json';

/** What is on record; nothing for a simulation that is new. */
export function readLinkRecords({ path }: Pick<SimulationFolder, 'path'>): LinkRecords {
  const file = join(path, LINKS_FILE);
  // Written by `writeLinkRecords` and held to its links by old-links.test.ts.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LinkRecords) : {};
}

export function writeLinkRecords(
  { path }: Pick<SimulationFolder, 'path'>,
  records: LinkRecords,
): void {
  writeFileSync(join(path, LINKS_FILE), `${JSON.stringify(records, null, 2)}\n`);
}
