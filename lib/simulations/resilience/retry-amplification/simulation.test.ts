/**
 * What the contract test cannot know: that what is drawn is what is counted, who is asked how often,
 * and what interventions do. The declared checks RA1 to RA11 run there.
 */
import { describe, expect, test } from 'vitest';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { indexRecording } from '../../../simulation/recording-index';
import { reader, runRace, scenarioRequest } from '../../../simulation/run';
import { simulation } from './simulation';
import { RULES, variants } from './variants';
import { CALLED } from './views';

const entry = {
  id: 'retry-amplification',
  category: 'resilience',
  definition: simulation as unknown as AnyDefinition,
};

function runOf(
  scenario: keyof typeof simulation.scenarios,
  options: {
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly interventions?: readonly InterventionEvent[];
  } = {},
) {
  const request = scenarioRequest(entry.definition, scenario, {
    variants: ['every-layer'],
    ...options,
  });
  const race = reader(runRace(entry, request));
  return {
    value: (result: string) => race.value('every-layer', result),
    index: indexRecording(race.run('every-layer').recording),
  };
}

/** Calls that have reached a node within what is shown. */
const callsTo = ({ index }: ReturnType<typeof runOf>, to: string) =>
  [...index.messages({ to })]
    .map((row) => index.message(row))
    .filter(({ kind }) => kind === 'sent' || kind === 'retried')
    .filter(({ arrivesAt }) => arrivesAt <= index.shownMs);

describe('what is drawn', () => {
  test('is every call and every answer, twice as many in each layer', () => {
    const run = runOf('request', { parameters: { hopMs: 1, waitMs: 0 } });
    const asked = CALLED.map((id) => callsTo(run, id).length);
    // Ten requests, one per second.
    expect(asked).toEqual([10, 20, 40, 80]);
    const failed = [...run.index.messages({})]
      .map((row) => run.index.message(row))
      .filter(({ kind }) => kind === 'failed');
    expect(failed.length).toBe(150);
  });

  test('is one request in ten as a tree, each call within the one that needed it', () => {
    const { index } = runOf('request');
    const spans = Array.from({ length: index.recording.spans.length }, (_, i) =>
      index.span(i),
    ).filter(({ end }) => !Number.isNaN(end));
    const [root, ...others] = spans;
    expect(root?.lane).toBe('gateway');
    expect(CALLED.map((id) => spans.filter(({ lane }) => lane === id).length)).toEqual([
      1, 2, 4, 8,
    ]);
    for (const span of others) {
      const parent = spans[span.parent];
      expect(span.start).toBeGreaterThanOrEqual(parent?.start ?? Number.NaN);
      expect(span.end).toBeLessThanOrEqual(parent?.end ?? Number.NaN);
    }
  });

  test('is, at every node, the calls of the last second', () => {
    const run = runOf('request', { parameters: { hopMs: 1, waitMs: 0 } });
    for (const [i, id] of CALLED.entries()) {
      expect(run.index.valueAt(id, 5000)).toBe(2 ** i);
      expect(run.index.stateAt(id, 'rate', 5000)).toBe(2 ** i);
    }
  });
});

describe('layers', () => {
  test('that do not retry are those at the top', () => {
    const run = runOf('request', { parameters: { layers: 1, hopMs: 1, waitMs: 0 } });
    expect(CALLED.map((id) => callsTo(run, id).length)).toEqual([10, 10, 10, 20]);
  });
});

describe('interventions', () => {
  const settings = { requestsPerSecond: 1, hopMs: 1, waitMs: 0 };

  test('a database set right in the outage is called once by each request from then on', () => {
    const run = runOf('storm', {
      parameters: settings,
      interventions: [{ at: 12_500, kind: 'act', id: 'restore' }],
    });
    // Requests come at whole seconds: those of seconds 8 to 12 cost 27 calls, the others one.
    expect(run.value('databaseCalls')).toBe(5 * 27 + 25);
  });

  test('a broken database stays broken, also when the outage would be over', () => {
    const run = runOf('storm', {
      parameters: settings,
      interventions: [{ at: 20_500, kind: 'act', id: 'break' }],
    });
    expect(run.value('databaseCalls')).toBe(21 + 10 * 26 + 9 * 27);
  });
});

test('a failure that no retry can follow takes nothing from a budget, and counts for a throttle', () => {
  const options = { attemptsMax: 3, ratio: 0.1, tokensMax: 10 };
  const retries = RULES.filter((rule) => {
    const retrier = variants[rule].model(options);
    retrier.begin();
    for (let i = 0; i < 20; i++) retrier.failed();
    return retrier.shouldRetry({ attempts: 1, gaveUp: false });
  });
  expect(retries).toEqual(['every-layer', 'stop-signal', 'retry-budget']);
});
