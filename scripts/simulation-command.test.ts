import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadEntries } from '../lib/simulation/entries.node.ts';
import { formatResult } from '../lib/simulation/format';
import { type Entry, runRace, scenarioRequest } from '../lib/simulation/run';
import { sampleLog } from '../lib/tools/traffic/sample';
import { CommandError, simulationCommand } from './simulation-command';

let entries: readonly Entry[] = [];
beforeAll(async () => {
  entries = await loadEntries();
});

const queue = (): Entry => {
  const entry = entries.find(({ id }) => id === 'queue');
  if (entry === undefined) throw new Error('The template simulation is gone.');
  return entry;
};

const run = (...words: string[]): Promise<string> => simulationCommand(entries, words);

interface Json {
  readonly seed: number;
  readonly runs: readonly {
    readonly variant: string;
    readonly results: readonly {
      readonly id: string;
      readonly value: number | null;
      readonly halfWidth: number | null;
      readonly n: number;
    }[];
  }[];
}
const json = async (...words: string[]): Promise<Json> =>
  JSON.parse(await run(...words, '--json')) as Json;

describe('what is told', () => {
  test('without a name, all simulations', async () => {
    const text = await run();
    for (const { id, definition } of entries) {
      expect(text).toContain(id);
      expect(text).toContain(definition.title);
    }
  });

  test('with --help, every scenario, variant and parameter of each simulation', async () => {
    for (const { id, definition } of entries) {
      const text = await run(id, '--help');
      for (const name of [
        ...Object.keys(definition.scenarios),
        ...Object.keys(definition.variants),
      ])
        expect(text).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
      for (const { label, describe: about } of Object.values(definition.parameters)) {
        expect(text).toContain(`${label}. ${about}`);
      }
    }
  });
});

describe('what is run', () => {
  test('the first scenario as the page runs it', async () => {
    const [scenario = ''] = Object.keys(queue().definition.scenarios);
    const race = runRace(queue(), scenarioRequest(queue().definition, scenario));
    const text = await run('queue');
    for (const result of race.runs[0]?.results ?? []) {
      expect(text).toContain(result.label);
      expect(text).toContain(formatResult(result));
    }
  });

  test('scenario, variants, parameters, steps over time and seed as they are typed', async () => {
    const parameters = {
      servers: 2,
      arrivals: [
        { atMs: 0, value: 1 },
        { atMs: 3000, value: 5 },
      ],
    };
    const race = runRace(
      queue(),
      scenarioRequest(queue().definition, 'disciplines', {
        parameters,
        seed: 9,
        variants: ['lifo'],
      }),
    );
    const typed = await json(
      ...['queue', '--scenario', 'disciplines', '--variant', 'lifo'],
      ...['--servers', '2', '--arrivals', '0@1,3000@5', '--seed', '9'],
    );
    expect(typed.runs.map(({ variant }) => variant)).toEqual(['lifo']);
    expect(typed.runs[0]?.results).toEqual(JSON.parse(JSON.stringify(race.runs[0]?.results)));
  });

  test('replications: the mean over successive seeds, and the interval their spread gives', async () => {
    const values = [4, 5, 6].map((seed) => {
      const race = runRace(queue(), scenarioRequest(queue().definition, 'rush', { seed }));
      const value = race.runs[0]?.results.find(({ id }) => id === 'wait.mean')?.value;
      if (value == null) throw new Error('The rush gives a mean wait.');
      return value;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / 3;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    const { runs } = await json(
      ...['queue', '--scenario', 'rush', '--seed', '4', '--replications', '3'],
    );
    const result = runs[0]?.results.find(({ id }) => id === 'wait.mean');
    expect(result?.n).toBe(3);
    expect(result?.value).toBeCloseTo(mean, 9);
    // Student's t, 2 degrees of freedom, 97.5 %: 4.3027.
    expect(result?.halfWidth).toBeCloseTo(4.30265 * Math.sqrt(variance / 3), 2);
  });
});

describe('what cannot be done is said with what can', () => {
  test.each([
    [['nothing'], /Expected a simulation \(.*queue.*\), got "nothing"/],
    [['queue', '--scenario', 'none'], /Expected a scenario .*rush.*got "none"/],
    [['queue', '--variant', 'none'], /Expected a variant .*fifo.*got "none"/],
    [['queue', '--servers', '99'], /--servers: expected 1 to 4, got 99/],
    [['queue', '--servers', 'many'], /--servers: expected a number from 1 to 4, got “many”/],
    [['queue', '--arrivals', '5'], /--arrivals: expected steps over time/],
    [['queue', '--seed', '-1'], /seed/],
    [['queue', '--replications', '0'], /--replications: expected a whole number from 1 to 1000/],
    [['queue', '--no-such'], /no-such.*--servers/],
    [['queue', 'stray'], /stray/],
  ])('%j', async (words, message) => {
    await expect(run(...words)).rejects.toThrow(CommandError);
    await expect(run(...words)).rejects.toThrow(message);
  });
});

describe('a log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulate-log-'));
  const sample = join(folder, 'access.log.gz');
  writeFileSync(sample, gzipSync(sampleLog()));
  const empty = join(folder, 'empty.log');
  writeFileSync(empty, '\n\n');
  afterAll(() => rmSync(folder, { recursive: true }));

  interface LogJson {
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly log: {
      readonly rows: number;
      readonly badCount: number;
      readonly run: { readonly rows: number; readonly startsAt: string };
    };
    readonly runs: readonly {
      readonly tables: readonly {
        readonly rows: readonly {
          readonly key: string;
          readonly requests: number;
          readonly accepted: number;
          readonly rejected: number;
          readonly firstRejection: string | null;
        }[];
      }[];
    }[];
  }
  const onLog = async (...words: string[]): Promise<LogJson> =>
    JSON.parse(await run('rate-limiter-race', '--log', sample, ...words, '--json')) as LogJson;

  test('what this limit would have rejected, for whom, and when', async () => {
    const { log, runs, parameters } = await onLog(
      ...['--variant', 'token-bucket', '--limit', '3', '--burst', '10'],
    );
    expect(log).toMatchObject({ badCount: 2, run: { rows: log.rows } });
    expect(parameters).toMatchObject({ keying: 'per-client', latencyMs: 0, limit: 3 });
    const [scraper, partner, ...visitors] = runs[0]?.tables[0]?.rows ?? [];
    expect(scraper?.key).toBe('203.0.113.66');
    expect(partner).toMatchObject({ key: '203.0.113.7', requests: 200 });
    expect(scraper?.firstRejection).toMatch(/^2026-03-14T09:04:0[5-9]/);
    expect(visitors.every(({ rejected }) => rejected === 0)).toBe(true);
    for (const row of [scraper, partner, ...visitors])
      expect((row?.accepted ?? 0) + (row?.rejected ?? 0)).toBe(row?.requests);
  });

  test('a stretch, another key, and a report to read', async () => {
    const words = ['--from', '2026-03-14T09:01:00Z', '--until', '2026-03-14T09:02:00Z'];
    const { log } = await onLog(...words);
    expect(log.run.startsAt).toMatch(/^2026-03-14T09:0[01]:/);
    expect(log.run.rows).toBeLessThan(300);
    const text = await run('rate-limiter-race', '--log', sample, '--key', 'path');
    expect(text).toContain('Read as Access log: time in "time", client in "path"');
    expect(text).toMatch(/line \d+: expected a time in brackets as field 4, got “nginx: reopening/);
    expect(text).toMatch(/By client: Fixed window\nClient +Requests/);
    expect(text).toContain('/api/prices');
  });

  test('is explained where a simulation takes one', async () => {
    expect(await run('rate-limiter-race', '--help')).toMatch(/--log file/);
    expect(await run('queue', '--help')).not.toMatch(/--log file {2}/);
  });

  test.each([
    [['queue', '--log', sample], /takes no traffic from outside/],
    [['rate-limiter-race', '--log', 'no-such-file'], /--log: expected a file, got "no-such-file"/],
    [['rate-limiter-race', '--log', empty], /--log: expected lines of a log, got none/],
    [['rate-limiter-race', '--key', 'path'], /--key: expected a log beside it/],
    [
      ['rate-limiter-race', '--log', sample, '--format', 'xml'],
      /--format: expected access, .*"xml"/,
    ],
    [['rate-limiter-race', '--log', sample, '--format', 'json'], /first lines can be read as json/],
    [['rate-limiter-race', '--log', sample, '--key', 'colour'], /--key: expected one of client,/],
    [['rate-limiter-race', '--log', sample, '--from', 'noon'], /--from: expected a moment/],
    [['rate-limiter-race', '--log', sample, '--from', '2030-01-01T00:00:00Z'], /not one line/],
  ])('%j', async (words, message) => {
    await expect(run(...words)).rejects.toThrow(CommandError);
    await expect(run(...words)).rejects.toThrow(message);
  });
});
