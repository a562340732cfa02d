import { expect, test } from 'vitest';
import type { FromSearchWorker, ToSearchWorker } from '@/lib/search/protocol';
import { COMMAND_DOCUMENTS } from './commands';
import { createEngine, type Reply } from './engine';

function setUp() {
  const sent: ToSearchWorker[] = [];
  const port = {
    postMessage: (message: ToSearchWorker) => void sent.push(message),
    onmessage: null as ((event: MessageEvent) => void) | null,
    onerror: null as ((event: ErrorEvent) => void) | null,
  };
  const engine = createEngine(port as unknown as Worker);
  const replies: Reply[] = [];
  const failures: string[] = [];
  const stop = engine.listen({
    onReply: (reply) => void replies.push(reply),
    onFailure: (message) => void failures.push(message),
  });
  const answer = (id: number, query: string): void => {
    const message: FromSearchWorker = {
      kind: 'answer',
      id,
      query,
      progress: { isComplete: true, missing: 0 },
      answer: { groups: [], count: 0, repairs: [], suggestions: [] },
    };
    port.onmessage?.({ data: message } as MessageEvent);
  };
  return { engine, sent, port, replies, failures, stop, answer };
}

test('the worker is told first where the documents lie, and what else can be done', () => {
  const { sent } = setUp();
  expect(sent).toEqual([
    {
      kind: 'open',
      titlesUrl: '/search/titles.json',
      basePath: '',
      commands: COMMAND_DOCUMENTS,
    },
  ]);
});

test('the answer to an old keystroke never replaces that to a newer one', () => {
  const { engine, sent, replies, answer } = setUp();
  engine.ask('t');
  engine.ask('to');
  expect(sent.slice(1)).toEqual([
    { kind: 'query', id: 1, query: 't' },
    { kind: 'query', id: 2, query: 'to' },
  ]);
  answer(2, 'to');
  answer(1, 't');
  expect(replies.map(({ query }) => query)).toEqual(['to']);
});

test('the last question is answered again once the texts are there', () => {
  const { engine, replies, answer } = setUp();
  engine.ask('token');
  answer(1, 'token');
  answer(1, 'token');
  expect(replies).toHaveLength(2);
});

test('a failure reaches who listens, and nobody else', () => {
  const { port, failures, stop } = setUp();
  port.onmessage?.({ data: { kind: 'failed', message: 'Not found.' } } as MessageEvent);
  port.onerror?.({ message: '' } as ErrorEvent);
  stop();
  port.onerror?.({ message: 'later' } as ErrorEvent);
  expect(failures).toEqual(['Not found.', 'The search could not be started.']);
});
