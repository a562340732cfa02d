import { expect, test } from 'vitest';
import type { FromSearchWorker, ToSearchWorker } from '@/lib/search/protocol';
import { COMMAND_DOCUMENTS } from './commands';
import { createEngine, type Reply } from './engine';

function fakePort() {
  const sent: ToSearchWorker[] = [];
  return {
    sent,
    isOver: false,
    postMessage: (message: ToSearchWorker) => void sent.push(message),
    terminate() {
      this.isOver = true;
    },
    onmessage: null as ((event: MessageEvent) => void) | null,
    onerror: null as ((event: ErrorEvent) => void) | null,
  };
}

function setUp() {
  const ports: ReturnType<typeof fakePort>[] = [];
  const engine = createEngine(() => {
    const port = fakePort();
    ports.push(port);
    return port as unknown as Worker;
  });
  const [port] = ports;
  if (!port) throw new Error('The worker should start with the engine.');
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
    ports.at(-1)?.onmessage?.({ data: message } as MessageEvent);
  };
  return { engine, sent: port.sent, port, ports, replies, failures, stop, answer };
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
  const { engine, ports, failures, stop } = setUp();
  ports[0]?.onmessage?.({ data: { kind: 'failed', message: 'Not found.' } } as MessageEvent);
  engine.ask('t');
  ports[1]?.onerror?.({ message: '' } as ErrorEvent);
  engine.ask('to');
  stop();
  ports[2]?.onerror?.({ message: 'later' } as ErrorEvent);
  expect(failures).toEqual(['Not found.', 'The search could not be started.']);
});

test('after a failure the next question goes to a worker of its own, and its answer to who listens', () => {
  const { engine, ports, replies, failures, answer } = setUp();
  ports[0]?.onmessage?.({ data: { kind: 'failed', message: 'Not found.' } } as MessageEvent);
  expect(ports).toHaveLength(1);
  expect(ports[0]?.isOver).toBe(true);
  engine.ask('token');
  expect(ports[1]?.sent.map(({ kind }) => kind)).toEqual(['open', 'query']);
  answer(1, 'token');
  expect(replies.map(({ query }) => query)).toEqual(['token']);
  // What the old one says now is nobody's business.
  ports[0]?.onerror?.({ message: 'late' } as ErrorEvent);
  expect(failures).toEqual(['Not found.']);
});
