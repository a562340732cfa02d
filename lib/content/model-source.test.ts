import { expect, test } from 'vitest';
import { MODEL_SOURCE } from './fixtures/simulations';
import { extractRegion, regionsOf, withoutNotes } from './model-source';

test('a region loses its marks and its indentation and keeps its line', () => {
  expect(extractRegion(MODEL_SOURCE, 'take')).toEqual({
    code: 'function take(): boolean {\n  count++; // (1)\n  return count < 10; // (2)\n}',
    firstLine: 6,
    notes: [1, 2],
  });
});

test('the whole file is shown without the marks of its regions', () => {
  const whole = extractRegion(MODEL_SOURCE, undefined);
  expect(whole?.code).not.toContain('region');
  expect(whole?.firstLine).toBe(1);
  expect(whole?.code.endsWith('}')).toBe(true);
});

test('regions nest', () => {
  const source = '// #region a\n1\n// #region b\n2\n// #endregion\n3\n// #endregion\n4\n';
  expect(regionsOf(source)).toEqual(['a', 'b']);
  expect(extractRegion(source, 'a')?.code).toBe('1\n2\n3');
  expect(extractRegion(source, 'b')?.code).toBe('2');
});

test('an unknown region is undefined', () => {
  expect(extractRegion(MODEL_SOURCE, 'give')).toBeUndefined();
});

test('notes that nothing explains are left out, with the lines that hold nothing else', () => {
  const region = extractRegion('  // (1)\n  a(); // (2)\n\n  b();', undefined);
  expect(region?.notes).toEqual([1, 2]);
  expect(region && withoutNotes(region).code).toBe('a();\n\nb();');
});
