import { expect, test } from 'vitest';
import type { LabDescription } from '@/lib/engines/description';
import { createStore } from '@/lib/figure/store';
import { createCells, type Kept, OWN } from './cells';
import { type LabSession, NoAnswer, type SessionState } from './session';

const LAB: LabDescription = {
  id: 'rows',
  kind: 'test',
  title: 'Rows',
  question: 'What is in them?',
  differences: [],
  steps: ['one', 'two', 'three'].map((id) => ({
    id,
    title: id,
    says: 'Look.',
    input: { text: id },
  })),
  transcript: { version: 'Engine 1', about: null, outputs: ['ONE', 'TWO', 'THREE'] },
  assets: {},
  downloadBytes: 10,
};

/** An engine that answers at once, in capital letters, and refuses "fail". */
function setUp(kept: Kept = {}) {
  const asked: string[] = [];
  let drafts = kept;
  const write = (inputs: Kept): void => {
    drafts = inputs;
  };
  const store = createStore<SessionState>({ phase: 'closed', progress: null, opened: 0 });
  const session: LabSession<unknown, unknown> = {
    store,
    run: async (input) => {
      if (store.get().phase === 'closed')
        store.set({ phase: 'ready', opened: store.get().opened + 1 });
      const { text } = input as { text: string };
      asked.push(text);
      if (text === 'fail') {
        store.set({ phase: 'closed' });
        throw new NoAnswer('failed', 'It failed.');
      }
      return text.toUpperCase();
    },
    end: () => store.set({ phase: 'closed' }),
  };
  const cells = createCells({
    lab: LAB,
    session,
    drafts: { read: () => drafts, write },
    readInput: (value) =>
      typeof (value as { text?: unknown } | null)?.text === 'string' ? value : null,
  });
  const cell = (id: string) => {
    const found = cells.store.get().cells.find((each) => each.id === id);
    if (!found) throw new Error(`no cell ${id}`);
    return found;
  };
  return { cells, cell, asked, session, drafts: () => drafts, write };
}

test('until it runs, a step shows what was recorded; the own cell shows nothing', () => {
  const { cell } = setUp();
  expect(cell('two').answer).toEqual({
    input: { text: 'two' },
    output: 'TWO',
    opened: null,
    run: 0,
  });
  expect(cell(OWN)).toMatchObject({ input: { text: 'three' }, answer: null });
});

test('a step runs after those above it that have not run; what has run is not run again', async () => {
  const { cells, cell, asked } = setUp();
  await cells.run('two');
  expect(asked).toEqual(['one', 'two']);
  expect(cell('two').answer).toEqual({
    input: { text: 'two' },
    output: 'TWO',
    opened: 1,
    run: 2,
  });
  await cells.run('three');
  expect(asked).toEqual(['one', 'two', 'three']);
  await cells.run('one');
  await cells.run(OWN);
  expect(asked.slice(3)).toEqual(['one', 'three']);
});

test('on an engine that was opened anew the steps before run again', async () => {
  const { cells, asked, session } = setUp();
  await cells.run('two');
  session.end();
  await cells.run('three');
  expect(asked).toEqual(['one', 'two', 'one', 'two', 'three']);
  await cells.runAll();
  expect(asked.slice(5)).toEqual(['one', 'two', 'three']);
});

test('a step without an answer says why, stops those after it, and keeps what was typed', async () => {
  const { cells, cell, asked, drafts } = setUp();
  cells.setInput('two', { text: 'fail' });
  await cells.run('three');
  expect(asked).toEqual(['one', 'fail']);
  expect(cell('two')).toMatchObject({ failure: 'It failed.', status: 'idle', isEdited: true });
  expect(cell('three').status).toBe('idle');
  // The reason is in an alert.
  expect(cells.store.get().said).toBe('Step 2 has no answer.');
  expect(drafts()).toEqual({ two: { text: 'fail' } });
  cells.setInput('two', { text: 'mended' });
  await cells.run('three');
  expect(cell('two')).toMatchObject({ failure: null, answer: { output: 'MENDED' } });
});

test('what was typed comes back, what cannot be read does not, and a step can be put back', () => {
  const { cells, cell, drafts } = setUp({ one: { text: 'mine' }, two: 7, gone: { text: 'x' } });
  expect(cell('one')).toMatchObject({ input: { text: 'mine' }, isEdited: true });
  expect(cell('two')).toMatchObject({ input: { text: 'two' }, isEdited: false });
  cells.restore('one');
  expect(cell('one')).toMatchObject({ input: { text: 'one' }, isEdited: false });
  expect(drafts()).toEqual({});
  cells.setInput('two', { text: 'two' });
  expect(cell('two').isEdited).toBe(false);
});

test('what another page has written in another cell stays', () => {
  const { cells, drafts, write } = setUp();
  write({ two: { text: 'theirs' } });
  cells.setInput('one', { text: 'mine' });
  expect(drafts()).toEqual({ one: { text: 'mine' }, two: { text: 'theirs' } });
  cells.restore('one');
  expect(drafts()).toEqual({ two: { text: 'theirs' } });
});

test('each run of a step is said, also when the one before was said in the same words', async () => {
  const { cells } = setUp();
  const said: string[] = [];
  cells.store.subscribe(() => {
    const now = cells.store.get().said;
    if (now !== said.at(-1)) said.push(now);
  });
  await cells.run('one');
  await cells.run('one');
  expect(said).toEqual(['', 'Step 1 has run.', '', 'Step 1 has run.']);
});

test('earlier answers are kept, newest first, the same one once, and no more than a few', async () => {
  const { cells, cell } = setUp();
  await cells.run('one');
  // It answered what was recorded.
  expect(cell('one').earlier).toEqual([]);
  for (const text of ['a', 'b', 'b', 'c', 'd', 'e', 'f', 'g']) {
    cells.setInput('one', { text });
    await cells.run('one');
  }
  expect(cell('one').answer?.output).toBe('G');
  expect(cell('one').earlier.map(({ output }) => output)).toEqual(['F', 'E', 'D', 'C', 'B']);
});
