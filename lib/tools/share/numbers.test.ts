import { expect, test } from 'vitest';
import { Recorder } from '@/lib/kernel/recorder';
import { indexRecording } from '@/lib/simulation/recording-index';
import { runDocument } from './document';
import { ranFigure, settled } from './fixture';
import { sharedTables } from './tables';

const SOURCE = { site: 'Steady State', address: 'https://example.org/#calm' };

test('the measures as CSV: a line for each run and result, all digits, refusals with their reason', async () => {
  const figure = await ranFigure('race');
  const [measures] = sharedTables(await settled(figure), [], null);
  expect(measures?.csv().split('\r\n')).toEqual([
    'Run,Measure,Value,Unit,Half-width of the 95 % interval,n,Refused because',
    'Plain,Admitted,41.66,%,1.2,1204,',
    'Plain,"Latency, p99",,ms,,40,"p99 needs 1,000 values, there are 40"',
    'Fancy,Admitted,41.66,%,1.2,1204,',
    'Fancy,"Latency, p99",,ms,,40,"p99 needs 1,000 values, there are 40"',
    '',
  ]);
});

test('a table of a view, and those by key, have names of their own', async () => {
  const shown = await settled(await ranFigure());
  const [run] = shown.race.runs;
  if (!run) throw new Error('Expected a run.');
  const counted = {
    id: 'measures',
    label: 'By client',
    describe: '',
    key: 'Client',
    rows: ['=1+1'],
    columns: [
      { id: 'a', label: 'Accepted', kind: 'count', unit: '', values: Float64Array.of(3) } as const,
    ],
    total: [3],
    omitted: 0,
  };
  const tables = sharedTables(
    { ...shown, race: { ...shown.race, runs: [{ ...run, tables: [counted] }] } },
    [{ id: 'measures', caption: 'Load, at 1 s', columns: ['Node', 'Load'], rows: [['a', '2']] }],
    null,
  );
  expect(new Set(tables.map(({ id }) => id)).size).toBe(3);
  expect(tables.map(({ csv }) => csv()).slice(1)).toEqual([
    'Node,Load\r\na,2\r\n',
    // What a stranger has named is no formula.
    "Variant,Client,Accepted\r\nPlain,'=1+1,3\r\n",
  ]);
});

test('a recording as JSON says what it takes to run it again, and what was done to each run', async () => {
  const figure = await ranFigure();
  figure.fork([{ at: 2500, kind: 'act', id: 'burst' }]);
  const document = runDocument(figure, await settled(figure), SOURCE);
  expect(document).toMatchObject({
    format: 'steady-state-run',
    formatVersion: 1,
    source: SOURCE,
    simulation: { id: 'fixture', version: 1 },
    scenario: 'calm',
    parameters: { rate: 10 },
    seed: 1,
    onLog: false,
    measuredMs: 10_000,
    warmUpMs: 0,
  });
  expect(document.runs.map(({ id, interventions }) => [id, interventions])).toEqual([
    ['plain', []],
    ['fork-1/plain', [{ at: 2500, kind: 'act', id: 'burst' }]],
  ]);
  const [original] = document.runs;
  expect(original?.recording.notes).toEqual([
    { text: 'The third request is let in.', tone: 'plain', atMs: 3000 },
    { text: 'The bucket is empty.', tone: 'warning', atMs: 6000 },
  ]);
  expect(original?.recording.samples[4]).toEqual({ series: 'admitted', value: 4, atMs: 4000 });
});

test('every kind of record comes out whole, and JSON brings all of it back', async () => {
  const figure = await ranFigure();
  const shown = await settled(figure);
  const recorder = new Recorder({ shownMs: 100 });
  const lost = recorder.message(1, { from: 'a', to: 'b', kind: 'sent', label: 'hi', arrivesAt: 9 });
  recorder.message(2, { from: 'b', to: 'a', kind: 'accepted', arrivesAt: 3 });
  recorder.lose(4, lost);
  const outer = recorder.begin(5, { lane: 'a', kind: 'call' });
  recorder.begin(6, { lane: 'b', kind: 'work', parent: outer });
  recorder.end(8, outer, 'failed');
  recorder.state(9, 'a', 'load', 2);
  recorder.state(9, 'a', 'mode', 'open');
  const [run] = shown.runs;
  if (!run) throw new Error('Expected a run.');
  const index = indexRecording(recorder.finish());
  const document = runDocument(figure, { ...shown, runs: [{ ...run, index }] }, SOURCE);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(document.runs[0]?.recording).toEqual({
    shownMs: 100,
    truncated: false,
    messages: [
      { from: 'a', to: 'b', kind: 'sent', label: 'hi', sentAtMs: 1, arrivesAtMs: 9, lostAtMs: 4 },
      {
        from: 'b',
        to: 'a',
        kind: 'accepted',
        label: '',
        sentAtMs: 2,
        arrivesAtMs: 3,
        lostAtMs: null,
      },
    ],
    spans: [
      { lane: 'a', kind: 'call', label: '', parent: null, startMs: 5, endMs: 8, outcome: 'failed' },
      { lane: 'b', kind: 'work', label: '', parent: 0, startMs: 6, endMs: null, outcome: null },
    ],
    states: [
      { node: 'a', field: 'load', value: 2, atMs: 9 },
      { node: 'a', field: 'mode', value: 'open', atMs: 9 },
    ],
    samples: [],
    notes: [],
  });
});
