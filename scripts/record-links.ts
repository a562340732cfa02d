/** `npm run record-links`: keeps links of the present version of each simulation on record. */
import { describe } from '../lib/simulation/describe';
import { loadEntry, simulationFolders } from '../lib/simulation/entries.node.ts';
import { withPresent } from '../lib/simulation/link-record';
import { readLinkRecords, writeLinkRecords } from '../lib/simulation/link-record.node.ts';

for (const folder of simulationFolders()) {
  const description = describe(await loadEntry(folder));
  try {
    writeLinkRecords(folder, withPresent(readLinkRecords(folder), description));
  } catch (error) {
    console.error(`${folder.path}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
