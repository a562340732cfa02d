/**
 * What the contract test cannot know: what the recording shows of a cut and of crashed nodes. The
 * declared checks GO1 to GO9 run there.
 */
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { simulation } from './simulation';

const entry = {
  id: 'gossip',
  category: 'distributed-systems',
  definition: simulation as unknown as AnyDefinition,
};

function indexOf(
  scenario: string,
  options: {
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly interventions?: readonly InterventionEvent[];
  } = {},
) {
  const [run] = runRace(entry, scenarioRequest(entry.definition, scenario, options)).runs;
  if (!run) throw new Error('A scenario has at least one variant.');
  return indexRecording(run.recording);
}

describe('a cut', () => {
  test('keeps the rumour on the side where it was told, until it is healed', () => {
    const index = indexOf('partition', { parameters: { cutAtMs: 0, cutMs: 6000 } });
    for (let place = 51; place <= 100; place++) {
      expect(index.stateAt(`node-${place}`, 'knows', 6000)).toBe('unaware');
      expect(index.stateAt(`node-${place}`, 'knows', 12_000)).toBe('informed');
    }
    const own = Array.from({ length: 50 }, (_, i) => index.stateAt(`node-${i + 1}`, 'knows', 6000));
    expect(own.filter((state) => state === 'informed').length).toBeGreaterThan(45);
  });

  test('loses what crosses it, and nothing else where nothing else is lost', () => {
    const index = indexOf('partition', { parameters: { cutAtMs: 0, cutMs: 12_000 } });
    const half = (node: string): boolean => Number(node.slice('node-'.length)) > 50;
    const lost = [...index.lostUntil(12_000)].map((row) => index.message(row));
    expect(lost.length).toBeGreaterThan(100);
    for (const { from, to } of lost) expect(half(from)).not.toBe(half(to));
  });
});

test('a node that has crashed says nothing and hears nothing', () => {
  const index = indexOf('spread', {
    parameters: { fanout: 4 },
    interventions: [
      { at: 100, kind: 'act', id: 'crash' },
      { at: 200, kind: 'act', id: 'tell' },
    ],
  });
  const dead = ['node-5', 'node-10', 'node-15', 'node-20', 'node-25', 'node-30'];
  for (const node of dead) expect(index.stateAt(node, 'knows', 12_000)).toBe('dead');
  for (const row of index.messages({})) {
    const { from, sentAt } = index.message(row);
    if (sentAt > 100) expect(dead).not.toContain(from);
  }
  expect(index.stateAt('node-2', 'knows', 12_000)).toBe('informed');
});

test('the chart counts those who are shown as informed', () => {
  const index = indexOf('race');
  for (const t of [0, 500, 1500, 2500, 12_000]) {
    const informed = Array.from({ length: 40 }, (_, i) =>
      index.stateAt(`node-${i + 1}`, 'knows', t),
    ).filter((state) => state === 'informed').length;
    expect(index.valueAt('informed', t)).toBeCloseTo((100 * informed) / 40, 9);
  }
});

test('of the nodes that have crashed none counts, whatever it knew', () => {
  const index = indexOf('race', { interventions: [{ at: 1500, kind: 'act', id: 'crash' }] });
  for (const t of [1500, 2500, 12_000]) {
    const knows = Array.from({ length: 40 }, (_, i) => index.stateAt(`node-${i + 1}`, 'knows', t));
    expect(knows.filter((state) => state === 'dead')).toHaveLength(8);
    const informed = knows.filter((state) => state === 'informed').length;
    expect(index.valueAt('informed', t)).toBeCloseTo((100 * informed) / 32, 9);
  }
});

test('something new is told also by those who had fallen silent', () => {
  const request = scenarioRequest(entry.definition, 'left-out', {
    interventions: [{ at: 5000, kind: 'act', id: 'tell' }],
  });
  const race = reader(runRace(entry, request));
  expect(race.value('mongering', 'unaware')).toBeLessThan(20);
  // Two rumours, of each of which a node tells three others at most.
  expect(race.value('mongering', 'messages')).toBeGreaterThan(450);
});

test('all have heard it when the last that had not has crashed', () => {
  const restOf = (seed: number, interventions: readonly InterventionEvent[]) => {
    const parameters = { nodes: 5 };
    const request = scenarioRequest(entry.definition, 'spread', {
      parameters,
      seed,
      interventions,
    });
    const [run] = runRace(entry, request).runs;
    if (!run) throw new Error('A scenario has at least one variant.');
    return {
      index: indexRecording(run.recording),
      restMs: run.results.find(({ id }) => id === 'rest')?.value,
    };
  };
  // The fifth node is the one that a crash strikes; in some run it is the last that is unaware.
  for (let seed = 1; seed <= 20; seed++) {
    const { index } = restOf(seed, []);
    const at = Array.from({ length: 60 }, (_, i) => 200 * i).find(
      (t) => index.valueAt('informed', t) === 80,
    );
    if (at === undefined || index.stateAt('node-5', 'knows', at) !== 'unaware') continue;
    const { restMs } = restOf(seed, [{ at, kind: 'act', id: 'crash' }]);
    expect(restMs).toBeGreaterThan(0);
    expect(restMs).toBeLessThan(at);
    return;
  }
  expect.unreachable('In one run of four the fifth node should be the last.');
});
