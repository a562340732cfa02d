/** The recorded pages are what the PostgreSQL that is installed here does, where there is one. */
import { expect, test } from 'vitest';
import { readTranscript } from '../lib/simulations/databases/heap-page/transcript.node.ts';
import { recordTranscript } from './heap-transcript';
import { installedPostgres, NO_POSTGRES } from './postgres.mjs';

const bin = installedPostgres();

test.skipIf(bin === null)(
  `the pages on record are those of a real PostgreSQL${bin === null ? ` (not run: ${NO_POSTGRES})` : ''}`,
  async () => {
    expect((await recordTranscript(bin ?? '')).scripts).toEqual(readTranscript().scripts);
  },
  120_000,
);
