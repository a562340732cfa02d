import { expect, describe as group, test } from 'vitest';
import { describe } from '@/lib/simulation/describe';
import { loadEntries } from '@/lib/simulation/entries.node';
import type { RunRequest } from '@/lib/simulation/protocol';
import { runRace, scenarioRequest } from '@/lib/simulation/run';
import { measure } from './bounds';
import { OutcomeError, readOutcome, readReport } from './outcome';

const [entry] = await loadEntries();
if (!entry) throw new Error('There is no simulation.');
const description = describe(entry);
const [scenario = ''] = Object.keys(entry.definition.scenarios);
const request: RunRequest = scenarioRequest(entry.definition, scenario);
const answer = () => ({
  type: 'result',
  race: structuredClone(runRace(entry, request)),
  tasks: { t: { reached: false, reading: 'not yet' } },
  predictions: { p: 'yes' },
});

/** A deep copy in which the value at this path is another. */
function changed(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(answer());
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = names.reduce<unknown>(
    (part, name) => (part as Record<string, unknown>)[name],
    copy,
  ) as Record<string, unknown>;
  holder[last] = value;
  return copy;
}

group('the answer of the reader’s worker', () => {
  test.each([
    ['type', 'ready', /The answer should be the result of a run, got ready/],
    ['race', null, /race should be an object/],
    ['race.runs', [], /race\.runs should be \d runs?, got 0 runs/],
    ['race.measuredMs', Number.NaN, /race\.measuredMs should be a finite number/],
    ['race.runs.0.recording.format', 2, /recording\.format should be 1, got 2/],
    ['race.runs.0.recording.strings', ['', {}], /strings\[1\] should be a text/],
    ['race.runs.0.recording.strings', [], /should be texts of the recording/],
    ['race.runs.0.recording.notes.at', [1, 2], /notes\.at should be a Float64Array/],
    ['race.runs.0.recording.states.length', 1e9, /states\.text should be 1000000000 values/],
    ['race.runs.0.recording.samples', undefined, /samples should be an object/],
    ['race.runs.0.recording.shownMs', Infinity, /shownMs should be a finite number/],
    ['race.runs.0.results.0.better', 'best', /better should be a direction, got best/],
    ['race.runs.0.results.0.value', '<b>1</b>', /value should be a number, got <b>1<\/b>/],
    ['race.runs.0.eventsProcessed', -1, /eventsProcessed should be a whole number from 0/],
    ['tasks.t.reading', 7, /tasks\.t\.reading should be a text, got 7/],
  ])('is refused with the part that is wrong: %s = %j', (path, value, message) => {
    expect(() => readOutcome(changed(path, value), request, description)).toThrow(OutcomeError);
    expect(() => readOutcome(changed(path, value), request, description)).toThrow(message);
  });

  test('brings nothing along that was not asked for, and no prototype', () => {
    const given = answer();
    Object.assign(given.race, { extra: 1 });
    Object.defineProperty(given.tasks, '__proto__', {
      value: { reached: true, reading: 'polluted' },
      enumerable: true,
    });
    const read = readOutcome(given, request, description);
    expect(read.race).not.toHaveProperty('extra');
    expect(Object.getPrototypeOf(read.tasks)).toBe(Object.prototype);
    expect(({} as { reached?: unknown }).reached).toBeUndefined();
  });

  test('says of its inputs what was asked, whatever it says itself', () => {
    const read = readOutcome(changed('race.seed', 99), request, description);
    expect(read.race.seed).toBe(request.seed);
  });
});

group('the report of a check', () => {
  const report = { id: 'x', statement: 's', against: 'a', seeds: 2, comparisons: 3, failure: null };
  test('is read, or refused with the part that is wrong', () => {
    expect(readReport({ type: 'checked', report }, 'RL1')).toEqual({ ...report, id: 'RL1' });
    const failing = { ...report, failure: { seed: 1, message: {} } };
    expect(() => readReport({ type: 'checked', report: failing }, 'RL1')).toThrow(
      'report.failure.message should be a text, got object.',
    );
    expect(() => readReport('checked', 'RL1')).toThrow(OutcomeError);
  });
});

group('the size of an answer', () => {
  test('is measured with its buffers, each once', () => {
    const column = new Float64Array(10);
    const { excess, buffers } = measure({ a: column, b: [column, new Uint32Array(column.buffer)] });
    expect(excess).toBeNull();
    expect(buffers).toEqual([column.buffer]);
  });

  test.each([
    ['many values', Array.from({ length: 1_000_001 }, () => 0), 'more than 1,000,000 values'],
    ['an array that is mostly holes', { holes: new Array(4e9) }, 'more than 1,000,000 values'],
    ['a large buffer', { buffer: new ArrayBuffer(70 * 2 ** 20) }, 'more than 64 MB'],
    ['long texts', { text: 'x'.repeat(40 * 2 ** 20) }, 'more than 64 MB'],
    ['a Map', { map: new Map([[1, 2]]) }, 'values that are neither plain nor part of a recording'],
  ])('is bounded: %s', (_name, value, excess) => {
    expect(measure(value)).toEqual({ excess, buffers: [] });
  });

  test('of a value that holds itself is that of the value', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(measure(loop).excess).toBeNull();
  });
});
