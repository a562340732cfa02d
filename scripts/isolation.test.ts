/** The transcripts that the model of isolation levels is held to, against the server that is here. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TRANSCRIPTS } from '../lib/simulations/databases/isolation-levels/transcripts.node.ts';
import { record, type Transcripts } from './isolation';
import { installedPostgres, NO_POSTGRES, startPostgres } from './postgres.mjs';

test('a PostgreSQL says today what the transcripts say it said', async ({ skip }) => {
  const bin = installedPostgres();
  if (bin === null) return skip(NO_POSTGRES);
  const kept = JSON.parse(readFileSync(TRANSCRIPTS, 'utf8')) as Transcripts;
  const server = startPostgres(bin);
  try {
    const { levels } = await record(server);
    expect(levels).toEqual(kept.levels);
  } finally {
    server.stop();
  }
});

test('a folder without a server is refused with what to do', () => {
  expect(() => installedPostgres({ ...process.env, PGBIN: '/nowhere' })).toThrow(
    'PGBIN must name a folder with initdb, pg_ctl and postgres, got "/nowhere". Correct it, or unset it to let the tests look for one.',
  );
});
