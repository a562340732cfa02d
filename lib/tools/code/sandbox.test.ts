import { afterEach, beforeEach, expect, describe as group, test, vi } from 'vitest';
import type { Program, ToSandbox } from './protocol';
import { CodeFailure, createSandbox, type FrameEvents, type Question } from './sandbox';

const program: Program = {
  variant: 'a',
  modules: [],
  interface: { model: { kind: 'any' }, types: {} },
};
const question: Question = {
  program,
  script: '',
  question: { type: 'check', requestId: 0, check: 'c' },
  deadlineMs: 1000,
};

/** Frames that the test speaks for. */
function frames() {
  const made: { readonly events: FrameEvents; readonly posted: ToSandbox[]; removed: boolean }[] =
    [];
  const sandbox = createSandbox('/sandbox/x.html', (_address, events) => {
    const frame = { events, posted: [] as ToSandbox[], removed: false };
    made.push(frame);
    return {
      post: (message) => frame.posted.push(message),
      remove: () => {
        frame.removed = true;
      },
    };
  });
  return { made, sandbox };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

group('the page’s side of the sandbox', () => {
  test('makes one frame, asks when it is ready, and gives each its own answer', async () => {
    const { made, sandbox } = frames();
    const first = sandbox.ask(question);
    const second = sandbox.ask(question);
    const [frame] = made;
    expect(made).toHaveLength(1);
    expect(frame?.posted).toEqual([]);
    frame?.events.said({ type: 'ready' });
    expect(frame?.posted.map((message) => message.id)).toEqual([1, 2]);
    frame?.events.said({ id: 2, type: 'answered', answer: 'two' });
    const place = { file: 'a', line: 3, column: 1 };
    frame?.events.said({ id: 1, type: 'failed', message: 'no', place });
    expect(await second).toBe('two');
    await expect(first).rejects.toEqual(new CodeFailure('no', place));
  });

  test('is made anew when it does not answer even after the deadline', async () => {
    const { made, sandbox } = frames();
    const lost = expect(sandbox.ask(question)).rejects.toThrow(/took the whole sandbox down/);
    made[0]?.events.said({ type: 'ready' });
    await vi.advanceTimersByTimeAsync(3999);
    expect(made[0]?.removed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await lost;
    expect(made[0]?.removed).toBe(true);
    const next = sandbox.ask(question);
    made[1]?.events.said({ type: 'ready' });
    made[1]?.events.said({ id: 2, type: 'answered', answer: 1 });
    expect(await next).toBe(1);
  });

  test('that is not there says so', async () => {
    const { sandbox } = frames();
    const refused = expect(sandbox.ask(question)).rejects.toThrow(/could not be loaded/);
    await vi.advanceTimersByTimeAsync(15_000);
    await refused;
  });

  test('ends what nobody waits for any more', async () => {
    const { made, sandbox } = frames();
    const stop = new AbortController();
    const ended = expect(sandbox.ask(question, stop.signal)).rejects.toThrow();
    made[0]?.events.said({ type: 'ready' });
    stop.abort();
    await ended;
    expect(made[0]?.posted.at(-1)).toEqual({ type: 'end', id: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(made[0]?.removed).toBe(false);
  });
});
