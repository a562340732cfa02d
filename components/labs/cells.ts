/**
 * The notebook of a lab without React: a cell for each step and one for the reader's own; what was
 * typed is kept in the browser, what ran stands beside the question that was asked.
 */

import type { LabDescription } from '@/lib/engines/description';
import { createStore, type Store } from '@/lib/figure/store';
import { type LabSession, NoAnswer } from './session';

/** Id of the cell in which the reader asks what they like. */
export const OWN = 'own';

interface Answer {
  /** What was asked, whatever stands in the cell by now. */
  readonly input: unknown;
  readonly output: unknown;
  /** Null for the answer that was recorded in the build. */
  readonly opened: number | null;
  /** Counts the runs of the page; 0 for what was recorded. */
  readonly run: number;
}

/** Answers that a cell keeps beside its last. */
const EARLIER_MAX = 5;

export interface Cell {
  readonly id: string;
  readonly input: unknown;
  /** Whether it is not what the step says. */
  readonly isEdited: boolean;
  readonly answer: Answer | null;
  /** Answers before it, newest first, each another than the one that followed. */
  readonly earlier: readonly Answer[];
  readonly status: 'idle' | 'queued' | 'running';
  /** Why the last run has no answer. */
  readonly failure: string | null;
}

interface CellsState {
  readonly cells: readonly Cell[];
  /** What has just happened, for those who do not see it. */
  readonly said: string;
}

export interface Cells {
  readonly store: Store<CellsState>;
  readonly setInput: (id: string, input: unknown) => void;
  /** Puts a cell's question back as the lab has it. */
  readonly restore: (id: string) => void;
  /**
   * Runs a cell; before it those above it that have not run on this engine, since each step stands on
   * those before it. The reader's own cell runs by itself.
   */
  readonly run: (id: string) => Promise<void>;
  /** All steps, on an engine that is opened anew. */
  readonly runAll: () => Promise<void>;
}

/** Inputs by cell, as they were typed. */
export type Kept = Readonly<Record<string, unknown>>;

/** Where inputs are kept between visits. */
interface Drafts {
  readonly read: () => Kept;
  readonly write: (inputs: Kept) => void;
}

interface CellsOptions {
  readonly lab: LabDescription;
  readonly session: LabSession<unknown, unknown>;
  readonly drafts: Drafts;
  /** An input as it was kept; null if it is none. */
  readonly readInput: (kept: unknown) => unknown;
}

export function createCells({ lab, session, drafts, readInput }: CellsOptions): Cells {
  const original = new Map<string, unknown>([
    ...lab.steps.map(({ id, input }): [string, unknown] => [id, input]),
    [OWN, lab.steps.at(-1)?.input],
  ]);
  const readKept = (): Map<string, unknown> =>
    keptInputs(drafts.read(), [...original.keys()], readInput);
  const kept = readKept();
  const titles = new Map(lab.steps.map(({ id }, index) => [id, `Step ${index + 1}`]));
  const titleOf = (id: string): string => titles.get(id) ?? 'Your own question';

  const store = createStore<CellsState>({
    said: '',
    cells: [...original].map(([id, input], index): Cell => {
      const output = lab.transcript.outputs[index];
      return {
        id,
        input: kept.get(id) ?? input,
        isEdited: kept.has(id),
        answer: id === OWN ? null : { input, output, opened: null, run: 0 },
        earlier: [],
        status: 'idle',
        failure: null,
      };
    }),
  });

  const cellOf = (id: string): Cell => {
    const cell = store.get().cells.find((each) => each.id === id);
    if (cell) return cell;
    throw new Error(`Expected a cell of the lab “${lab.id}”, got “${id}”.`);
  };
  const change = (id: string, changed: Partial<Cell>, said?: string): void =>
    store.set({
      cells: store.get().cells.map((cell) => (cell.id === id ? { ...cell, ...changed } : cell)),
      ...(said === undefined ? {} : { said }),
    });

  /** Keeps what stands in a cell, and of the others what is kept by now: another page may have written. */
  const write = (id: string): void => {
    const inputs = readKept();
    const { isEdited, input } = cellOf(id);
    if (isEdited) inputs.set(id, input);
    else inputs.delete(id);
    drafts.write(Object.fromEntries(inputs));
  };

  /** Whether it has run on the engine that is open now. */
  const hasRun = ({ answer }: Cell): boolean => {
    const { phase, opened } = session.store.get();
    return phase !== 'closed' && answer !== null && answer.opened === opened;
  };

  let runs = 0;
  const runOne = async (id: string): Promise<void> => {
    const { input } = cellOf(id);
    try {
      const taken = session.run(input);
      change(id, { status: 'running', failure: null });
      const output = await taken;
      const { opened } = session.store.get();
      const answer: Answer = { input, output, opened, run: ++runs };
      const earlier = earlierOf(cellOf(id), answer);
      change(id, { status: 'idle', answer, earlier }, `${titleOf(id)} has run.`);
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      // Why, its alert says.
      change(id, { status: 'idle', failure }, `${titleOf(id)} has no answer.`);
      throw error;
    }
  };

  const runInOrder = async (ids: readonly string[]): Promise<void> => {
    // The same sentence again would not be read out.
    store.set({ said: '' });
    for (const id of ids) change(id, { status: 'queued', failure: null });
    try {
      for (const id of ids) await runOne(id);
    } catch (error) {
      // The cell says why; those after it would stand on nothing.
      if (!(error instanceof NoAnswer)) throw error;
    } finally {
      for (const id of ids) if (cellOf(id).status === 'queued') change(id, { status: 'idle' });
    }
  };

  return {
    store,
    setInput: (id, input) => {
      const isEdited = JSON.stringify(input) !== JSON.stringify(original.get(id));
      change(id, { input, isEdited });
      write(id);
    },
    restore: (id) => {
      change(id, { input: original.get(id), isEdited: false }, `${titleOf(id)} is as it was.`);
      write(id);
    },
    run: (id) => {
      const { cells } = store.get();
      if (cells.some(({ status }) => status !== 'idle')) return Promise.resolve();
      const steps = cells.filter((cell) => cell.id !== OWN);
      const at = steps.findIndex((cell) => cell.id === id);
      const before = at < 0 ? [] : steps.slice(0, at).filter((cell) => !hasRun(cell));
      return runInOrder([...before.map((cell) => cell.id), id]);
    },
    runAll: () => {
      session.end();
      return runInOrder(lab.steps.map((step) => step.id));
    },
  };
}

/** What a cell has answered before `next`. The same question with the same answer is told once. */
function earlierOf({ answer, earlier }: Cell, next: Answer): readonly Answer[] {
  const said = ({ input, output }: Answer): string => JSON.stringify([input, output]);
  if (answer === null || said(answer) === said(next)) return earlier;
  return [answer, ...earlier].slice(0, EARLIER_MAX);
}

/** What was typed at an earlier visit, as far as it can be read. */
function keptInputs(
  all: Kept,
  ids: readonly string[],
  readInput: (kept: unknown) => unknown,
): Map<string, unknown> {
  return new Map(
    ids
      .filter((id) => Object.hasOwn(all, id))
      .map((id): [string, unknown] => [id, readInput(all[id])])
      .filter(([, input]) => input !== null),
  );
}
