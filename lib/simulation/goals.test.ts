import { expect, test } from 'vitest';
import type { AnyDefinition, RaceReader } from './definition';
import { loadEntries } from './entries.node';
import { judgeTask } from './goals';
import { RefusedError, reader, runRace, scenarioRequest } from './run';

const entry = (await loadEntries()).find(({ id }) => id === 'queue');
if (entry === undefined) throw new Error('Expected the template.');
const { definition } = entry;
const scenario = 'rush';
const held = 'servers';

const raceWith = (parameters: Record<string, number>): RaceReader =>
  reader(runRace(entry, scenarioRequest(definition, scenario, { parameters })));

const task = (judge: AnyDefinition['tasks'][string]['judge']): AnyDefinition['tasks'][string] => ({
  title: 'A task',
  goal: 'Reach it.',
  hint: 'It is reached.',
  scenario,
  held: [held],
  judge,
  solution: {},
});

test('a goal is judged while what it holds stands, and says else what to set back', () => {
  const reached = task(() => ({ reached: true, reading: 'Reached.' }));
  expect(judgeTask(definition, reached, raceWith({}))).toEqual({
    reached: true,
    reading: 'Reached.',
  });
  expect(judgeTask(definition, reached, raceWith({ [held]: 1 }))).toEqual({
    reached: false,
    reading: 'To be set back for this goal: Servers (3).',
  });
});

test('what has no control in the scenario is held as well, since a link can change it', () => {
  const free = { ...task(() => ({ reached: true, reading: 'Reached.' })), held: [] };
  expect(judgeTask(definition, free, raceWith({ [held]: 1 })).reached).toBe(true);
  const { reached, reading } = judgeTask(definition, free, raceWith({ meanServiceMs: 500 }));
  expect(reached).toBe(false);
  expect(reading).toContain(definition.parameters.meanServiceMs?.label);
});

test('a value that the run refuses is said, and other errors are not hidden', () => {
  const variant = 'fifo';
  const refused = task(() => {
    throw new RefusedError(variant, 'latency.p99', 'the 99th percentile needs more');
  });
  expect(judgeTask(definition, refused, raceWith({}))).toEqual({
    reached: false,
    reading: `${definition.variants[variant]?.title}: the 99th percentile needs more.`,
  });
  const broken = task(() => {
    throw new Error('broken');
  });
  expect(() => judgeTask(definition, broken, raceWith({}))).toThrow('broken');
});
