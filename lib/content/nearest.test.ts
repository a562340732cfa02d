import { expect, test } from 'vitest';
import { editDistance, nearest, suggest } from './nearest';

test('edit distance counts insertions, deletions, substitutions and swaps', () => {
  expect(editDistance('tow', 'two')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('abc', 'abc')).toBe(0);
});

test('the nearest name is named only if it is near', () => {
  expect(nearest('Simulatoin', ['Simulation', 'Finding'])).toBe('Simulation');
  expect(nearest('token-buckets', ['token-bucket', 'gcra'])).toBe('token-bucket');
  expect(nearest('xyz', ['Simulation', 'Finding'])).toBeUndefined();
});

test('a remedy lists what there is', () => {
  expect(suggest('leaky', ['gcra', 'fixed'], 'variant')).toBe(
    'Use a variant that exists: there are gcra, fixed',
  );
  expect(suggest('fixe', ['gcra', 'fixed'], 'variant')).toBe(
    'Did you mean "fixed"? There are gcra, fixed',
  );
  expect(suggest('x', [], 'guide')).toBe('There is no guide yet');
});

test('of many names, a remedy tells the three nearest', () => {
  const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta', 'theta', 'iota'];
  expect(suggest('bet', names, 'anchor')).toBe(
    'Did you mean "beta"? The nearest of 9 are beta, zeta, eta',
  );
  expect(suggest('nowhere', names, 'anchor')).toMatch(
    /^Use an anchor that exists: the nearest of 9 are \w+, \w+, \w+$/,
  );
});
