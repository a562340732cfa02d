import { expect, test } from 'vitest';
import { figureKey, scenarioFigure } from './figures';
import { counterRecord } from './fixtures/simulations';

test('a still is drawn anew when anything changes that it shows or leads to', () => {
  const [scenario = ''] = Object.keys(counterRecord.description.scenarios);
  const figure = scenarioFigure(counterRecord, scenario);
  const key = figureKey(counterRecord, figure);
  expect(figureKey({ ...counterRecord }, { ...figure })).toBe(key);
  for (const changed of [{ hash: 'other' }, { bundle: '/sim/new.js' }])
    expect(figureKey({ ...counterRecord, ...changed }, figure)).not.toBe(key);
  expect(figureKey(counterRecord, { ...figure, controls: [] })).not.toBe(key);
});
