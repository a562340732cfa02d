import { expect, test } from 'vitest';
import { failedInBrowser, failedUnits, skippedTests } from './test-reports.mjs';

const spec = (title: string, status: string, rest: object = {}) => ({
  title,
  file: 'search.spec.ts',
  line: 12,
  tests: [{ status, annotations: [], results: [], ...rest }],
});

test('what failed in a browser is told with its place and its message, however deep it lies', () => {
  const suites = [
    {
      specs: [spec('opens', 'expected')],
      suites: [
        {
          specs: [
            spec('closes', 'unexpected', {
              results: [
                { errors: [{ message: '\u001b[31mtoo late\u001b[39m', location: { line: 40 } }] },
              ],
            }),
          ],
        },
      ],
    },
  ];
  expect(failedInBrowser(suites)).toEqual(['✗ closes\n  e2e/search.spec.ts:40\n    too late']);
});

test('what passed on a second try alone has failed', () => {
  expect(failedInBrowser([{ specs: [spec('blinks', 'flaky')] }])).toEqual([
    '✗ blinks\n  e2e/search.spec.ts:12\n    It ended without a message.',
  ]);
});

test('a long message is cut, and says so', () => {
  const message = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
  const [told] = failedInBrowser([
    { specs: [spec('talks', 'unexpected', { results: [{ errors: [{ message }] }] })] },
  ]);
  expect(told).toContain('line 7\n    …');
  expect(told).not.toContain('line 8');
});

test('a skipped test is told with the reason that it gave', () => {
  const annotations = [{ type: 'skip', description: 'no Firefox' }];
  expect(skippedTests([{ specs: [spec('runs in Firefox', 'skipped', { annotations })] }])).toEqual([
    { title: 'runs in Firefox', reason: 'no Firefox' },
  ]);
});

test('unit tests that failed are told, and a file that could not be run', () => {
  const file = (name: string, status: string, assertionResults: object[], message = '') => ({
    name: `/checkout/${name}`,
    status,
    message,
    assertionResults,
  });
  const passed = { status: 'passed', fullName: 'adds', failureMessages: [] };
  const failed = { status: 'failed', fullName: 'divides', failureMessages: ['expected 1'] };
  expect(
    failedUnits(
      [
        file('lib/a.test.ts', 'failed', [passed, failed]),
        file('lib/b.test.ts', 'failed', [], 'Cannot find module'),
        file('lib/c.test.ts', 'passed', [passed]),
      ],
      '/checkout',
    ),
  ).toEqual([
    '✗ divides\n  lib/a.test.ts\n    expected 1',
    '✗ the file itself\n  lib/b.test.ts\n    Cannot find module',
  ]);
});
