import { expect, test } from 'vitest';
import { Synonyms } from './synonyms';
import { foldedWords } from './words';

const synonyms = new Synonyms([
  ['dead letter queue', 'DLQ'],
  ['rate limiting', 'throttling', 'throttle'],
  ['throttling', 'traffic shaping'],
]);

test.each([
  ['A dead letter queue for poison messages', ['DLQ']],
  ['Dead-letter queues', ['DLQ']],
  ['the DLQs of a broker', ['dead letter queue']],
  ['a queue of dead letters', []],
  ['Throttling', ['rate limiting', 'throttle', 'traffic shaping']],
  ['throttling and rate limiting', ['throttle', 'traffic shaping']],
  ['', []],
])('%s is also called %j', (text, others) => {
  expect(synonyms.othersOf(foldedWords(text))).toEqual(others);
});

test('a name that holds another whole is a kind of it, and no synonym', () => {
  const synonyms = new Synonyms([['queue', 'queueing', 'message queue', 'work queue']]);
  expect(synonyms.othersOf(['queue'])).toEqual(['queueing']);
  expect(synonyms.othersOf(['message', 'queue'])).toEqual(['queueing']);
});
