import { beforeAll, describe, expect, test } from 'vitest';
import { loadEntries } from '../lib/simulation/entries.node.ts';
import { formatResult } from '../lib/simulation/format';
import { type Entry, runRace, scenarioRequest } from '../lib/simulation/run';
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

const run = (...words: string[]): string => simulationCommand(entries, words);

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
const json = (...words: string[]): Json => JSON.parse(run(...words, '--json')) as Json;

describe('what is told', () => {
  test('without a name, all simulations', () => {
    for (const { id, definition } of entries) {
      expect(run()).toContain(id);
      expect(run()).toContain(definition.title);
    }
  });

  test('with --help, every scenario, variant and parameter of each simulation', () => {
    for (const { id, definition } of entries) {
      const text = run(id, '--help');
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
  test('the first scenario as the page runs it', () => {
    const [scenario = ''] = Object.keys(queue().definition.scenarios);
    const race = runRace(queue(), scenarioRequest(queue().definition, scenario));
    const text = run('queue');
    for (const result of race.runs[0]?.results ?? []) {
      expect(text).toContain(result.label);
      expect(text).toContain(formatResult(result));
    }
  });

  test('scenario, variants, parameters, steps over time and seed as they are typed', () => {
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
    const typed = json(
      ...['queue', '--scenario', 'disciplines', '--variant', 'lifo'],
      ...['--servers', '2', '--arrivals', '0@1,3000@5', '--seed', '9'],
    );
    expect(typed.runs.map(({ variant }) => variant)).toEqual(['lifo']);
    expect(typed.runs[0]?.results).toEqual(JSON.parse(JSON.stringify(race.runs[0]?.results)));
  });

  test('replications: the mean over successive seeds, and the interval their spread gives', () => {
    const values = [4, 5, 6].map((seed) => {
      const race = runRace(queue(), scenarioRequest(queue().definition, 'rush', { seed }));
      const value = race.runs[0]?.results.find(({ id }) => id === 'wait.mean')?.value;
      if (value == null) throw new Error('The rush gives a mean wait.');
      return value;
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / 3;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2;
    const result = json(
      'queue',
      '--scenario',
      'rush',
      '--seed',
      '4',
      '--replications',
      '3',
    ).runs[0]?.results.find(({ id }) => id === 'wait.mean');
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
    [['queue', '--servers', 'many'], /--servers: expected a number from 1 to 4, got "many"/],
    [['queue', '--arrivals', '5'], /--arrivals: expected steps over time/],
    [['queue', '--seed', '-1'], /seed/],
    [['queue', '--replications', '0'], /--replications: expected a whole number from 1 to 1000/],
    [['queue', '--no-such'], /no-such.*--servers/],
    [['queue', 'stray'], /stray/],
  ])('%j', (words, message) => {
    expect(() => run(...words)).toThrow(CommandError);
    expect(() => run(...words)).toThrow(message);
  });
});
