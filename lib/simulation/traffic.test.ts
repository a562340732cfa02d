import { expect, test } from 'vitest';
import { loadEntries } from './entries.node.ts';
import { type Entry, RequestError, runRace, scenarioRequest } from './run';
import { type OutsideTraffic, trafficMisfit } from './traffic';

const entries = await loadEntries();
const entryOf = (isFit: (entry: Entry) => boolean): Entry => {
  const entry = entries.find(isFit);
  if (!entry) throw new Error('No simulation is fit for this test.');
  return entry;
};

const traffic = (part: Partial<OutsideTraffic> = {}): OutsideTraffic => ({
  atMs: Float64Array.of(0, 10, 10, 25),
  key: Uint32Array.of(0, 1, 0, 1),
  keys: ['anna', 'bert'],
  spanMs: 25,
  ...part,
});

test.each<[Partial<OutsideTraffic>, RegExp]>([
  [{ atMs: new Float64Array() }, /expected 1 to 100 rows, got 0/],
  [{ atMs: new Float64Array(101) }, /expected 1 to 100 rows, got 101/],
  [{ key: Uint32Array.of(0) }, /a key for each of 4 rows, got 1/],
  [{ atMs: Float64Array.of(0, 10, 5, 25) }, /rising times from 0 ms, got 5 after 10/],
  [{ atMs: Float64Array.of(-1, 10, 15, 25) }, /rising times from 0 ms, got -1/],
  [{ atMs: Float64Array.of(0, Number.NaN, 15, 25) }, /rising times from 0 ms, got NaN/],
  [{ key: Uint32Array.of(0, 1, 2, 0) }, /keys below 2, got 2 in row 2/],
  [{ spanMs: 24 }, /span up to the last row at 25 ms, got 24/],
  [{ spanMs: Number.POSITIVE_INFINITY }, /span/],
])('rows that no run can take are refused: %j', (part, message) => {
  expect(trafficMisfit(traffic(part), 100)).toMatch(message);
});

test('rows that a run can take are not refused', () => {
  expect(trafficMisfit(traffic(), 100)).toBeNull();
});

test('a simulation that takes none says so', () => {
  const { definition, ...entry } = entryOf(({ definition }) => definition.traffic === undefined);
  const [scenario = ''] = Object.keys(definition.scenarios);
  const request = scenarioRequest(definition, scenario, { traffic: traffic() });
  expect(() => runRace({ ...entry, definition }, request)).toThrow(RequestError);
  expect(() => runRace({ ...entry, definition }, request)).toThrow(/takes no traffic from outside/);
});

test('wider ranges hold for traffic from outside alone', () => {
  const entry = entryOf(({ definition }) => definition.traffic?.ranges !== undefined);
  const { definition } = entry;
  const [id = '', wider] = Object.entries(definition.traffic?.ranges ?? {})[0] ?? [];
  if (!wider || !('max' in wider)) throw new Error('Expected a range.');
  const [scenario = ''] = Object.keys(definition.scenarios);
  const parameters = { [id]: wider.max };
  const inside = scenarioRequest(definition, scenario, { parameters });
  expect(() => runRace(entry, inside)).toThrow(RequestError);
  expect(runRace(entry, { ...inside, traffic: traffic() }).parameters[id]).toBe(wider.max);
});
