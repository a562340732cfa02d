/**
 * What the contract test cannot know: that what is drawn is what is counted, and what interventions
 * do. The declared checks BJ1 to BJ10 run there.
 */
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import { withModels } from '../../../simulation/models';
import type { ParameterValue } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import type { CreateBackoff } from './models/backoff';
import { simulation } from './simulation';
import { lockstep } from './theory';
import { LANES } from './views';

const entry = {
  id: 'backoff-jitter',
  category: 'resilience',
  definition: simulation as unknown as AnyDefinition,
};

function raceOf(
  scenario: keyof typeof simulation.scenarios,
  options: {
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly interventions?: readonly InterventionEvent[];
  } = {},
) {
  const race = reader(runRace(entry, scenarioRequest(entry.definition, scenario, options)));
  return {
    value: race.value,
    index: (rule: string) => indexRecording(race.run(rule).recording),
  };
}

const answers = (index: ReturnType<typeof indexRecording>) =>
  [...index.messages({ from: 'row' })].map((row) => index.message(row));

describe('what is drawn', () => {
  test('is every write to one row, as it ended', () => {
    const race = raceOf('jitter', { parameters: { rows: 1 } });
    const found = answers(race.index('full-jitter'));
    expect(found.length).toBe(race.value('full-jitter', 'calls.mean'));
    expect(found.filter(({ kind }) => kind === 'accepted').length).toBe(20);
  });

  test('lets no two attempts of a client overlap, and no wait overlap an attempt', () => {
    const { recording, ...index } = raceOf('jitter').index('full-jitter');
    const endOf = new Map<string, number>();
    let spans = 0;
    for (let row = 0; row < recording.spans.length; row++) {
      const { lane, start, end } = index.span(row);
      expect(LANES).toContain(lane);
      expect(start).toBeGreaterThanOrEqual(endOf.get(lane) ?? 0);
      endOf.set(lane, Number.isNaN(end) ? Number.POSITIVE_INFINITY : end);
      spans++;
    }
    expect(endOf.size).toBe(LANES.length);
    expect(spans).toBeGreaterThan(LANES.length);
  });

  test('falls to no client left, one at a time, where clients are in step', () => {
    const index = raceOf('lockstep').index('no-backoff');
    for (let round = 0; round <= 20; round++)
      expect(index.valueAt('pending', 40 * round + 1)).toBe(20 - round);
  });
});

test('a negative wait is no wait: whoever shifts bits is shown a flood and no error', () => {
  // That of the planted bug; of forty clients in step some fail more than thirty-one times.
  const shifting: CreateBackoff = ({ baseMs, capMs }) => ({
    waitMs: (failures) => Math.min(capMs, baseMs * (1 << failures)),
  });
  const parameters = { clients: 40, rows: 1 };
  const request = scenarioRequest(entry.definition, 'lockstep', { parameters });
  const race = reader(runRace(withModels(entry, { exponential: shifting }), request));
  const { waitMs } = shifting({ baseMs: 5, capMs: 2000, random: () => 0.5 });
  const ms = (failures: number) => Math.max(0, waitMs(failures));
  const { calls, finishMs } = lockstep({ clients: 40, hopMs: 10, waitMs: ms });
  expect(race.value('exponential', 'calls.mean')).toBe(calls);
  expect(race.value('exponential', 'finish.mean')).toBeCloseTo(finishMs, 6);
});

describe('interventions', () => {
  test('a second herd after the first is measured from its own start', () => {
    const race = raceOf('lockstep', {
      parameters: { rows: 1 },
      interventions: [{ at: 1000, kind: 'act', id: 'herd' }],
    });
    const alone = lockstep({ clients: 20, hopMs: 10, waitMs: () => 0 });
    expect(race.value('no-backoff', 'calls.mean')).toBe(alone.calls);
    expect(race.value('no-backoff', 'finish.mean')).toBe(alone.finishMs);
    expect(answers(race.index('no-backoff')).length).toBe(2 * alone.calls);
  });

  test('a second herd during the first makes one herd of both', () => {
    const race = raceOf('lockstep', {
      parameters: { rows: 1 },
      interventions: [{ at: 0, kind: 'act', id: 'herd' }],
    });
    const both = lockstep({ clients: 40, hopMs: 10, waitMs: () => 0 });
    expect(race.value('no-backoff', 'calls.mean')).toBe(both.calls);
    expect(race.value('no-backoff', 'finish.mean')).toBe(both.finishMs);
  });

  test('a write from outside costs those under way one try each', () => {
    const parameters = { rows: 1, clients: 1 };
    const race = raceOf('lockstep', {
      parameters,
      interventions: [{ at: 15, kind: 'act', id: 'outsider' }],
    });
    expect(race.value('no-backoff', 'calls.mean')).toBe(2);
    expect(raceOf('lockstep', { parameters }).value('no-backoff', 'calls.mean')).toBe(1);
  });
});
