/** Where the recording of a real PostgreSQL is kept. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SIMULATIONS_FOLDER } from '../../../simulation/entries.node.ts';
import type { Transcript } from './transcript';

export const TRANSCRIPT = join(SIMULATIONS_FOLDER, 'databases', 'heap-page', 'transcript.json');

export const readTranscript = (): Transcript => JSON.parse(readFileSync(TRANSCRIPT, 'utf8'));

export const writeTranscript = (transcript: Transcript): void =>
  writeFileSync(TRANSCRIPT, `${JSON.stringify(transcript, null, 1)}\n`);
