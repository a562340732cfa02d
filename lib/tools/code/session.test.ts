import { join } from 'node:path';
import { beforeEach, expect, describe as group, test } from 'vitest';
import { sourcesIn } from '@/lib/content/bundles';
import { engineOf } from '@/lib/content/engine';
import { interfaceOf } from '@/lib/content/model-interface';
import { createFigure } from '@/lib/figure/figure';
import { createMemory } from '@/lib/figure/memory';
import { completeSpec } from '@/lib/figure/spec';
import { loadEntries, SIMULATIONS_FOLDER } from '@/lib/simulation/entries.node';
import type { FromWorker, ToWorker } from '@/lib/simulation/protocol';
import { serveWhole } from '@/lib/simulation/whole-worker';
import { serve } from '@/lib/simulation/worker';
import type { WorkerScope } from '@/lib/simulation/worker-scope';
import { createDrafts } from './drafts';
import { type Factory, link } from './link';
import type { CodeData } from './protocol';
import { CodeFailure, type Sandbox } from './sandbox';
import { createSession, READER_EXTRA } from './session';

const entry = (await loadEntries()).find(({ id }) => id === 'queue');
if (!entry) throw new Error('The template is gone.');
const engine = engineOf(entry);
const files = sourcesIn(join(SIMULATIONS_FOLDER, entry.category, entry.id, 'models'));
/** The checks that planted bugs break: all of them would take many seconds. */
const asked = Object.values(engine.plantedBugs).flatMap(({ caughtBy }) => caughtBy);
const data: CodeData = {
  sandbox: '/sandbox/x.html',
  files,
  interfaces: Object.fromEntries(
    Object.keys(engine.description.variants).map((id) => [id, interfaceOf(files, id)]),
  ),
  checks: Object.fromEntries(Object.entries(engine.checks).filter(([id]) => asked.includes(id))),
  checkedVariants: engine.checkedVariants,
  plantedBugs: engine.plantedBugs,
};

/** A sandbox without walls: what it is asked is answered in this process, as a worker would. */
const inProcess: Sandbox = {
  ask: ({ program, script, question }) =>
    new Promise((resolve, reject) => {
      const factories = Object.fromEntries(
        program.modules.map(({ file, code }) => [
          file,
          new Function('exports', 'require', code) as Factory,
        ]),
      );
      const scope = {
        onmessage: null as WorkerScope<ToWorker>['onmessage'],
        postMessage: (message: FromWorker) => {
          if (message.type === 'failed') reject(new CodeFailure(message.message, null));
          else resolve(message);
        },
        models: link({ variant: program.variant, factories, interface: program.interface }),
      };
      if (script === 'whole') serveWhole(entry, scope);
      else serve(entry, scope);
      scope.onmessage?.({ data: question });
    }),
  close: () => undefined,
};

let storage: Map<string, string>;
const memory = () =>
  createMemory(() => ({
    getItem: (key) => storage.get(key) ?? null,
    setItem: (key, value) => void storage.set(key, value),
    removeItem: (key) => void storage.delete(key),
  }));
beforeEach(() => {
  storage = new Map();
});

function begin(variants: readonly string[] = ['fifo']) {
  const { description } = engine;
  const [scenario = ''] = Object.keys(description.scenarios);
  // Frames pass as fast as they are asked for.
  const clock = {
    request: (callback: (nowMs: number) => void) => setTimeout(callback, 0, 0) as unknown as number,
    cancel: (id: number) => clearTimeout(id),
  };
  const figure = createFigure({
    description,
    spec: completeSpec(description, scenario, { figure: 'f', variants }),
    clock,
    run: async (request) => ({ race: engine.run(request), tasks: {}, predictions: {} }),
  });
  figure.open(null);
  const session = createSession({
    figure,
    data,
    scripts: { runs: async () => 'runs', whole: async () => 'whole' },
    sandbox: inProcess,
    drafts: createDrafts('queue', memory()),
  });
  /** Waits until the store says so. */
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        for (const end of ends) end();
        resolve();
      };
      const ends = [session.store.subscribe(look), figure.store.subscribe(look)];
      look();
    });
  const reader = () => figure.store.get().shown?.runs.find((run) => run.extra === READER_EXTRA);
  /** Races what is looked at, and waits until its results are on screen. */
  const race = (): Promise<void> => {
    const before = reader()?.results;
    session.race();
    return until(() => reader() !== undefined && reader()?.results !== before);
  };
  const ours = () => figure.store.get().shown?.runs.find((run) => run.extra === null);
  return { figure, session, until, race, reader, ours };
}

const edit = (text: string): string => text.replace('waiting.shift()', 'waiting.pop()');

group('a reader at the code of a figure', () => {
  test('begins with what the reader was at, and says which models are theirs', () => {
    const before = begin(['fifo', 'lifo']).session;
    expect(before.variants.map(before.isEdited)).toEqual([false, false]);
    before.choose({ variant: 'lifo' });
    before.write(`${files.lifo}// Mine.\n`);
    expect(before.variants.map(before.isEdited)).toEqual([false, true]);
    // A reload later.
    expect(begin(['fifo', 'lifo']).session.store.get().variant).toBe('lifo');
    // A figure that does not run that model goes on with its own.
    const elsewhere = begin(['fifo']).session;
    expect(elsewhere.store.get().variant).toBe('fifo');
    expect(elsewhere.variants.map(elsewhere.isInFigure)).toEqual([true, false]);
    expect(elsewhere.isEdited('lifo')).toBe(true);
  });

  test('begins with the model that runs, and runs nothing', () => {
    const { figure, session } = begin();
    expect(session.store.get()).toMatchObject({ variant: 'fifo', bug: null, file: 'fifo' });
    expect(session.text('fifo')).toBe(files.fifo);
    expect(session.isChanged()).toBe(false);
    expect(session.files()).toEqual([
      { file: 'fifo', runs: true },
      { file: 'line', runs: false },
    ]);
    expect(session.isEditable('line')).toBe(false);
    expect(figure.store.get().extras).toEqual([]);
  });

  test('races what they wrote on the same arrivals: the same program, the same numbers; another, others', async () => {
    const { session, race, reader, ours } = begin();
    session.write(`// mine\n${files.fifo}`);
    await race();
    expect(reader()?.title).toBe('Yours: First in, first out');
    expect(reader()?.results).toEqual(ours()?.results);
    expect(session.isRaced()).toBe(true);

    session.write(edit(files.fifo ?? ''));
    expect(session.isRaced()).toBe(false);
    await race();
    expect(reader()?.results).not.toEqual(ours()?.results);
    session.takeOut();
    expect(session.store.get().raced).toBeNull();
  });

  test('opens a file that stands elsewhere on the page in the variant that runs it', () => {
    const { session } = begin();
    session.open('lifo');
    expect(session.store.get()).toMatchObject({ variant: 'lifo', bug: null, file: 'lifo' });
    session.open('nowhere');
    expect(session.store.get().file).toBe('lifo');
  });

  test('is told where their text is no program, and what ran before goes on', async () => {
    const { figure, session, race } = begin();
    session.write(`// mine\n${files.fifo}`);
    await race();
    session.write('export function fifo( {');
    session.race();
    expect(session.store.get().problem).toMatchObject({ place: { file: 'fifo', line: 1 } });
    expect(figure.store.get().extras).toHaveLength(1);
    session.write(files.fifo ?? '');
    expect(session.store.get().problem).toBeNull();
  });

  test('is told how what still races ends, though they have tried something else meanwhile', async () => {
    const { session, until } = begin();
    session.write((files.fifo ?? '').replace('return true;', 'return 1 as never;'));
    session.race();
    session.write('export function fifo( {');
    session.race();
    expect(session.store.get().problem).toMatchObject({ place: { line: 1 } });
    await until(() => !session.store.get().isRunning);
    expect(session.store.get().problem?.message).toBe('join() should return a boolean, got 1.');
  });

  test('is told what their model gave that it should not, and the next one runs', async () => {
    const { session, until, race } = begin();
    session.write((files.fifo ?? '').replace('return true;', 'return 1 as never;'));
    session.race();
    await until(() => session.store.get().problem !== null);
    expect(session.store.get().problem?.message).toBe('join() should return a boolean, got 1.');
    session.reset();
    await race();
    expect(session.store.get().problem).toBeNull();
  });

  test('loses nothing: not by another file, a planted bug, a reload or another tab', () => {
    const { session } = begin();
    const mine = edit(files.fifo ?? '');
    session.write(mine);
    session.choose({ bug: Object.keys(data.plantedBugs)[0] ?? null });
    session.choose({ variant: 'lifo' });
    // Another tab writes another file meanwhile.
    createDrafts('queue', memory()).write('lifo', 'export const lifo = 1;', files.lifo ?? '');
    session.choose({ variant: 'fifo' });
    session.write(`${mine}\n`);
    const again = begin().session;
    expect(again.text('fifo')).toBe(`${mine}\n`);
    again.choose({ variant: 'lifo' });
    expect(again.text('lifo')).toBe('export const lifo = 1;');
    again.reset();
    again.choose({ variant: 'fifo' });
    again.reset();
    expect([...storage]).toEqual([]);
  });

  test('asks the checks of what is looked at, and stops them', async () => {
    const { session, until } = begin();
    await session.check();
    const { checks } = session.store.get();
    expect(Object.keys(checks)).toEqual(Object.keys(session.checks()));
    expect(Object.values(checks)).toEqual(
      Object.keys(checks).map(() => expect.objectContaining({ failure: null })),
    );
    const second = session.check();
    await until(() => Object.keys(session.store.get().checks).length === 2);
    session.stopChecking();
    await second;
    expect(session.store.get().isChecking).toBe(false);
    expect(Object.values(session.store.get().checks)).not.toContain('running');
    session.write(`${files.fifo}\n`);
    expect(session.store.get().checks).toEqual({});
  });

  test.each(Object.entries(data.plantedBugs))(
    'sees planted bug %s as a difference, and the checks that it names fail',
    async (id, bug) => {
      const { session, race, reader } = begin();
      session.choose({ bug: id });
      const { file } = session.store.get();
      expect(session.store.get()).toMatchObject({ variant: bug.variant, showsDifference: true });
      expect(session.isEditable(file)).toBe(false);
      expect(session.text(file)).not.toBe(files[file]);
      await race();
      expect(reader()?.title).toBe(`Bug: ${bug.title}`);
      await session.check();
      for (const check of bug.caughtBy) {
        const state = session.store.get().checks[check];
        expect(state, check).toEqual(expect.objectContaining({ failure: expect.anything() }));
      }
    },
  );
});
