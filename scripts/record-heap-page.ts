/** `npm run record-heap-page`: records what a real PostgreSQL does with the pages of a table. */
import {
  TRANSCRIPT,
  writeTranscript,
} from '../lib/simulations/databases/heap-page/transcript.node.ts';
import { recordTranscript } from './heap-transcript';
import { installedPostgres, NO_POSTGRES } from './postgres.mjs';

const bin = installedPostgres();
if (!bin) throw new Error(NO_POSTGRES);
const transcript = await recordTranscript(bin);
writeTranscript(transcript);
const steps = Object.values(transcript.scripts).flat().length;
console.log(`${TRANSCRIPT}: ${steps} statements on ${transcript.server}`);
