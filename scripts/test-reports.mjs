/** Reads the reports of Playwright and Vitest: what was left out, and what failed where and why. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Lines of a message that are told again; the whole stands where the test ran. */
const TOLD_LINES = 8;

/** A failure in a few lines: its test, its place and the beginning of its message. */
function told(title, place, message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [
    `✗ ${title}`,
    `  ${place}`,
    ...lines.slice(0, TOLD_LINES).map((line) => `    ${line}`),
    ...(lines.length > TOLD_LINES ? ['    …'] : []),
  ].join('\n');
}

/** All specs of Playwright's nested suites. */
const specsOf = (suites) =>
  suites.flatMap(({ suites: inner = [], specs = [] }) => [...specs, ...specsOf(inner)]);

/** The tests that Playwright's report says were skipped, with the reason that each gave. */
export function skippedTests(suites) {
  return specsOf(suites).flatMap(({ title, tests }) =>
    tests
      .filter(({ status }) => status === 'skipped')
      .map(({ annotations }) => ({
        title,
        reason: annotations.find(({ type }) => type === 'skip')?.description ?? '',
      })),
  );
}

/** The tests that Playwright's report says failed, also those that passed on a second try. */
export function failedInBrowser(suites) {
  return specsOf(suites).flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const error = results.flatMap(({ errors = [] }) => errors)[0];
        const at = error?.location?.line ?? line;
        return told(title, `e2e/${file}:${at}`, error?.message ?? 'It ended without a message.');
      }),
  );
}

/**
 * The tests that Vitest's report says failed, and files that could not be run.
 *
 * @param {string} root folder that their places are told from
 */
export function failedUnits(files, root) {
  return files.flatMap(({ name, status, message, assertionResults }) => {
    const place = relative(root, name);
    const tests = assertionResults
      .filter((result) => result.status === 'failed')
      .map(({ fullName, failureMessages }) => told(fullName, place, failureMessages[0] ?? ''));
    if (tests.length === 0 && status === 'failed') return [told('the file itself', place, message)];
    return tests;
  });
}
