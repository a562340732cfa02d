/**
 * `npm run record-isolation`: plays the scripts of the simulation `isolation-levels` on the PostgreSQL
 * that is installed here, and keeps what it said beside the simulation.
 */
import { writeFileSync } from 'node:fs';
import { TRANSCRIPTS } from '../lib/simulations/databases/isolation-levels/transcripts.node.ts';
import { record } from './isolation';
import { installedPostgres, NO_POSTGRES, startPostgres } from './postgres.mjs';

const bin = installedPostgres();
if (!bin) throw new Error(NO_POSTGRES);
const server = startPostgres(bin);
try {
  const transcripts = await record(server);
  writeFileSync(TRANSCRIPTS, `${JSON.stringify(transcripts, null, 1)}\n`);
  const count = Object.values(transcripts.levels).flatMap(Object.keys).length;
  console.log(`${count} transcripts of PostgreSQL ${transcripts.server} are kept.`);
} finally {
  server.stop();
}
