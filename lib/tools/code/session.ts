/**
 * A reader at work on the code of one figure: which model they look at, what runs beside the original,
 * what it came to. Knows no page: what it fetches, where it runs and what it remembers are arguments.
 * Nothing runs before the reader has asked for it.
 */
import type { Figure } from '@/lib/figure/figure';
import { createStore, type Store } from '@/lib/figure/store';
import type { CheckReport } from '@/lib/simulation/checks';
import type { PlantedBug } from '@/lib/simulation/definition';
import type { Drafts } from './drafts';
import { readOutcome, readReport } from './outcome';
import { type Files, modulesOf, programOf, typesBeside } from './program';
import type { CodeData, Place, Program } from './protocol';
import { CodeFailure, type Sandbox } from './sandbox';

/** Real ms that a run may take: ours take a few, and a phone is some ten times slower. */
const RUN_DEADLINE_MS = 5000;
/** The same for a run on a log, which may have hundreds of thousands of rows. */
const LOG_RUN_DEADLINE_MS = 30_000;
/** Real ms that a check may take over all its seeds. */
const CHECK_DEADLINE_MS = 60_000;

/** Id of the extra; a figure has one at most. */
export const READER_EXTRA = 'reader';

interface Problem {
  readonly message: string;
  readonly place: Place | null;
}

type CheckState = 'running' | CheckReport | { readonly error: string };

/** What is looked at: the model of a variant, as the reader has it or with a planted bug. */
interface Chosen {
  readonly variant: string;
  /** Id of the planted bug; null for the reader's own version. */
  readonly bug: string | null;
  /** One of the files that the model is made of. */
  readonly file: string;
}

interface SessionState extends Chosen {
  readonly showsDifference: boolean;
  /** What was put beside the original: the text of each file that is not ours, as JSON; null if nothing. */
  readonly raced: string | null;
  readonly isRunning: boolean;
  readonly problem: Problem | null;
  readonly checks: Readonly<Record<string, CheckState>>;
  readonly isChecking: boolean;
}

export interface Session {
  readonly data: CodeData;
  readonly store: Store<SessionState>;
  readonly drafts: Drafts;
  /** Variants whose model can be edited: those of the figure first. */
  readonly variants: readonly string[];
  /** Whether our model of the variant runs in the figure, too, so that it stands beside another version. */
  readonly isInFigure: (variant: string) => boolean;
  /** Whether the reader has changed the model of the variant. */
  readonly isEdited: (variant: string) => boolean;
  /** Planted bugs of all of them. */
  readonly bugs: readonly (readonly [string, PlantedBug<string>])[];
  /** Files of the variant: those that run, then those that hold its types. */
  readonly files: () => readonly { readonly file: string; readonly runs: boolean }[];
  /** The text of a file as it is looked at. */
  readonly text: (file: string) => string;
  /** Whether that text may be changed: not that of a planted bug, and not types, which do not run. */
  readonly isEditable: (file: string) => boolean;
  /** Whether what is looked at differs from ours, and whether from what runs beside it. */
  readonly isChanged: () => boolean;
  readonly isRaced: () => boolean;
  readonly checks: () => CodeData['checks'];
  /** A file of what is looked at, or another variant, or one with a planted bug. */
  readonly choose: (choice: Partial<Chosen>) => void;
  /** A file of ours, in the first variant that runs it. */
  readonly open: (file: string) => void;
  readonly showDifference: (shows: boolean) => void;
  readonly write: (text: string) => void;
  /** Our text again, in the file that is looked at; what was there can be put back. */
  readonly reset: () => void;
  /** Puts it beside the original. */
  readonly race: () => void;
  readonly takeOut: () => void;
  readonly check: () => Promise<void>;
  readonly stopChecking: () => void;
}

interface SessionOptions {
  readonly figure: Figure;
  readonly data: CodeData;
  /** Text of the script that runs the simulation; of the one that has the whole of it. */
  readonly scripts: {
    readonly runs: () => Promise<string>;
    readonly whole: () => Promise<string>;
  };
  readonly sandbox: Sandbox;
  readonly drafts: Drafts;
}

export function createSession(options: SessionOptions): Session {
  const { figure, data, scripts, sandbox, drafts } = options;
  const { description, spec } = figure;
  const named = [...new Set([...spec.variants, ...Object.keys(description.variants)])];
  const variants = named.filter((variant) => Object.hasOwn(data.interfaces, variant));
  const [first] = variants;
  if (first === undefined) {
    throw new Error(
      `Expected a variant of "${description.id}" whose model lies in a file of its name, got none.`,
    );
  }
  const isInFigure: Session['isInFigure'] = (variant) => spec.variants.includes(variant);
  const isEdited: Session['isEdited'] = (variant) => {
    const written = drafts.store.get().files;
    return files(variant).some(
      ({ file, runs }) => runs && (written[file] ?? data.files[file]) !== data.files[file],
    );
  };
  const store = createStore<SessionState>({
    variant: first,
    bug: null,
    file: first,
    showsDifference: false,
    raced: null,
    isRunning: false,
    problem: null,
    checks: {},
    isChecking: false,
  });

  /** The files that are not ours, in what is looked at. */
  const edits = (): Files => {
    const { bug, variant } = store.get();
    const planted = bug === null ? undefined : data.plantedBugs[bug];
    if (!planted) {
      const running = files()
        .filter(({ runs }) => runs)
        .map(({ file }) => file);
      return Object.fromEntries(
        Object.entries(drafts.store.get().files).filter(([file]) => running.includes(file)),
      );
    }
    const file = planted.file ?? variant;
    const ours = data.files[file] ?? '';
    return { [file]: ours.replace(planted.find, () => planted.replace) };
  };
  const filesOf = new Map<string, ReturnType<Session['files']>>();
  const files = (variant = store.get().variant): ReturnType<Session['files']> => {
    const known = filesOf.get(variant);
    if (known) return known;
    // By our own text: while the reader types, theirs may be no program.
    const running = modulesOf(data.files, variant).map(({ file }) => file);
    const found = [
      ...running.map((file) => ({ file, runs: true })),
      ...typesBeside(data.files, running).map((file) => ({ file, runs: false })),
    ];
    filesOf.set(variant, found);
    return found;
  };
  const text: Session['text'] = (file) => edits()[file] ?? data.files[file] ?? '';
  /** Stands for what is looked at, to tell whether it is what runs. */
  const fingerprint = (): string => {
    const { variant, bug } = store.get();
    return JSON.stringify([variant, bug, edits()]);
  };

  /** Counts what the reader has asked for, so that what ends late does not speak for what is now. */
  let asked = 0;
  let checking = new AbortController();
  const stopChecking = (): void => {
    checking.abort(new Error('Stopped.'));
    // What has ended keeps its verdict.
    const ended = Object.entries(store.get().checks).filter(([, state]) => state !== 'running');
    store.set({ isChecking: false, checks: Object.fromEntries(ended) });
  };
  const problemOf = (error: unknown): Problem =>
    error instanceof CodeFailure
      ? { message: error.message, place: error.place }
      : { message: error instanceof Error ? error.message : String(error), place: null };
  const compiled = (): Program | null => {
    try {
      return programOf(data, store.get().variant, edits());
    } catch (error) {
      store.set({ problem: problemOf(error) });
      return null;
    }
  };
  /** Verdicts are about what was looked at when they were asked for. */
  const changed = (): void => {
    stopChecking();
    store.set({ checks: {} });
  };

  const session: Session = {
    data,
    store,
    drafts,
    variants,
    isInFigure,
    isEdited,
    files: () => files(),
    text,
    bugs: Object.entries(data.plantedBugs).filter(([, bug]) => variants.includes(bug.variant)),
    isEditable: (file) =>
      store.get().bug === null && files().some((each) => each.file === file && each.runs),
    isChanged: () => Object.keys(edits()).length > 0,
    isRaced: () => store.get().raced === fingerprint(),
    checks: () =>
      Object.fromEntries(
        Object.entries(data.checks).filter(([id]) =>
          data.checkedVariants[id]?.includes(store.get().variant),
        ),
      ),
    open: (file) => {
      const runs = (variant: string): boolean =>
        files(variant).some((each) => each.file === file && each.runs);
      const variant = variants.find((each) => each === file) ?? variants.find(runs);
      if (variant === undefined) return;
      session.choose({ variant });
      session.choose({ file });
    },
    choose: (choice) => {
      if (choice.file !== undefined) {
        store.set({ file: choice.file });
        return;
      }
      const { bug = null } = choice;
      const planted = bug === null ? undefined : data.plantedBugs[bug];
      const variant = planted?.variant ?? choice.variant ?? store.get().variant;
      store.set({
        variant,
        bug,
        file: planted?.file ?? variant,
        // A planted bug is there to be read.
        showsDifference: planted !== undefined,
        problem: null,
      });
      changed();
    },
    showDifference: (showsDifference) => store.set({ showsDifference }),
    write: (written) => {
      const { file } = store.get();
      if (text(file) === written) return;
      drafts.write(file, written, data.files[file] ?? '');
      store.set({ problem: null });
      changed();
    },
    reset: () => {
      const { file } = store.get();
      const ours = data.files[file] ?? '';
      drafts.write(file, ours, ours);
      store.set({ problem: null });
      changed();
    },
    race: () => {
      const program = compiled();
      if (!program) return;
      const mine = ++asked;
      const { variant, bug } = store.get();
      const raced = fingerprint();
      const model = description.variants[variant]?.title ?? variant;
      const title =
        bug === null ? `Yours: ${model}` : `Bug: ${data.plantedBugs[bug]?.title ?? bug}`;
      store.set({ raced, isRunning: true, problem: null });
      figure.setExtra({
        id: READER_EXTRA,
        kind: 'reader',
        title,
        request: (base) => ({ ...base, variants: [variant] }),
        run: async (request, { tasks, predictions }) => {
          const tell = (state: Pick<SessionState, 'problem'>): void => {
            if (mine === asked) store.set({ ...state, isRunning: false });
          };
          if (mine === asked) store.set({ isRunning: true });
          const isJudged = tasks.length + predictions.length > 0;
          try {
            const answer = await sandbox.ask({
              program,
              script: await (isJudged ? scripts.whole() : scripts.runs()),
              question: { type: 'run', requestId: 0, request, tasks, predictions },
              deadlineMs: request.traffic ? LOG_RUN_DEADLINE_MS : RUN_DEADLINE_MS,
            });
            const outcome = readOutcome(answer, request, description);
            tell({ problem: null });
            return outcome;
          } catch (error) {
            tell({ problem: problemOf(error) });
            throw error;
          }
        },
      });
    },
    takeOut: () => {
      asked++;
      store.set({ raced: null, isRunning: false, problem: null });
      figure.removeExtra(READER_EXTRA);
    },
    check: async () => {
      stopChecking();
      const program = compiled();
      if (!program) return;
      const stop = new AbortController();
      checking = stop;
      store.set({ isChecking: true, checks: {}, problem: null });
      const put = (id: string, state: CheckState): void =>
        store.set({ checks: { ...store.get().checks, [id]: state } });
      const { variant } = store.get();
      for (const id of Object.keys(data.checks)) {
        if (!data.checkedVariants[id]?.includes(variant)) continue;
        put(id, 'running');
        let state: CheckState;
        try {
          const answer = await sandbox.ask(
            {
              program,
              script: await scripts.whole(),
              question: { type: 'check', requestId: 0, check: id },
              deadlineMs: CHECK_DEADLINE_MS,
            },
            stop.signal,
          );
          state = readReport(answer, id);
        } catch (error) {
          state = { error: problemOf(error).message };
        }
        if (stop.signal.aborted) return;
        put(id, state);
      }
      store.set({ isChecking: false });
    },
    stopChecking,
  };
  // A reader who comes back finds what they were at.
  const edited = variants.find((variant) => isInFigure(variant) && isEdited(variant));
  if (edited !== undefined) session.choose({ variant: edited });
  return session;
}
