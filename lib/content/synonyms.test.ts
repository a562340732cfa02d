import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { formatProblem } from './problem';
import { readSynonyms, SYNONYMS_FILE } from './synonyms';

const problemsOf = (text: string): string[] => readSynonyms(text).problems.map(formatProblem);

test('the synonyms of the site are sound', () => {
  const { value, problems } = readSynonyms(readFileSync(SYNONYMS_FILE, 'utf8'));
  expect(problems).toEqual([]);
  expect(value?.length).toBeGreaterThan(20);
});

test('a group of one, a name twice, and a field that is none are problems with their places', () => {
  expect(problemsOf('groups:\n  - [retry storm]\n')).toEqual([
    'content/synonyms.yaml:2:5 synonyms "groups.0": expected at least two names of one thing, got a list of 1. Correct the value.',
  ]);
  expect(problemsOf('groups:\n  - [queue, line]\n  - [Queues, buffer]\n')).toEqual([
    'content/synonyms.yaml:3:6 synonyms "groups": expected each name once, got "Queues" after "queue". Remove it here, or join the two groups; singular and plural are one name.',
  ]);
  expect(problemsOf('groups:\n  - [queue, "-"]\n')).toEqual([
    'content/synonyms.yaml:2:13 synonyms "groups": expected each name once, got "-", which has no word. Remove it here, or join the two groups; singular and plural are one name.',
  ]);
  expect(problemsOf('synonyms: []\n').join('\n')).toContain('got "synonyms"');
});
