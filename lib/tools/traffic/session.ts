/**
 * The reader's way from a file to a figure that runs on it, without a page: what was chosen, how it is
 * read, what came of it. It outlives the panel, so that nothing is lost when that is closed.
 */
import type { AppliedTraffic, Figure } from '@/lib/figure/figure';
import { createStore, type Store } from '@/lib/figure/store';
import type { TrafficDescription } from '@/lib/simulation/definition';
import type { Delimiter } from './fields';
import type { FormatId } from './formats';
import { confidenceOf, guess, guessAs, type Wish } from './guess';
import { type PreviewRow, previewOf } from './preview';
import type { CutAnswer, LogSummary } from './protocol';
import type { Progress } from './read-log';
import type { Reading } from './reading';
import type { StretchChoice } from './stretch';

/** What reads files: a worker, or in a test the same in place. */
export interface LogReader {
  readonly look: (file: Blob) => Promise<readonly string[]>;
  readonly read: (
    file: Blob,
    reading: Reading,
    onProgress: (progress: Progress) => void,
  ) => Promise<LogSummary>;
  readonly cut: (options: {
    readonly choice: StretchChoice;
    readonly rowsMax: number;
    readonly times: TrafficDescription['times'];
    readonly spread: boolean;
  }) => Promise<CutAnswer | null>;
  /** Ends what is under way; what was asked is then never answered. */
  readonly stop: () => void;
}

export interface SessionState {
  /** What stands in the field to paste into. */
  readonly text: string;
  /** What is read; null before anything was chosen. */
  readonly chosen: { readonly name: string; readonly file: Blob } | null;
  /** Null until the first lines have been looked at, or where none can be read in any format. */
  readonly reading: Reading | null;
  /** Share of the first lines that can be read so. */
  readonly confidence: number;
  readonly lines: readonly string[];
  readonly preview: readonly PreviewRow[];
  /** Null until the whole file has been read in this way. */
  readonly summary: LogSummary | null;
  readonly busy: 'looking' | 'reading' | 'cutting' | null;
  readonly progress: Progress | null;
  readonly stretch: StretchChoice;
  /** Whether requests of the same whole second are spread over it. */
  readonly spread: boolean;
  /** Why the last step failed, in words. */
  readonly error: string | null;
}

export interface TrafficSession {
  readonly store: Store<SessionState>;
  readonly type: (text: string) => void;
  readonly choose: (file: Blob, name: string) => void;
  readonly usePasted: () => void;
  readonly setFormat: (
    format: FormatId,
    known?: { readonly delimiter?: Delimiter; readonly hasHeader?: boolean },
  ) => void;
  readonly setReading: (reading: Reading) => void;
  readonly setStretch: (stretch: StretchChoice) => void;
  readonly setSpread: (spread: boolean) => void;
  /** Runs the figure on it. */
  readonly apply: () => void;
  /** Back to the traffic of the simulation; the log stays where it is. */
  readonly withdraw: () => void;
  /** Stops reading. */
  readonly cancel: () => void;
}

const START: SessionState = {
  text: '',
  chosen: null,
  reading: null,
  confidence: 0,
  lines: [],
  preview: [],
  summary: null,
  busy: null,
  progress: null,
  stretch: { kind: 'all' },
  spread: true,
  error: null,
};

const NO_TIME =
  'This simulation needs to know when each request came, and no column looks like a time. Choose one, or another format.';

interface SessionOptions {
  readonly figure: Pick<Figure, 'setTraffic' | 'store'>;
  readonly traffic: TrafficDescription;
  readonly reader: LogReader;
  /** What was pasted before the page was loaded anew. */
  readonly text?: string;
  readonly remember?: (text: string) => void;
}

export function createTrafficSession(options: SessionOptions): TrafficSession {
  const { figure, traffic, reader } = options;
  const wish: Wish = { times: traffic.times, keys: traffic.key.fields };
  const store = createStore<SessionState>({ ...START, text: options.text ?? '' });
  /** Counts the steps: an answer to an earlier one comes too late. */
  let step = 0;
  let isAsked = false;

  const begin = (part: Partial<SessionState>): number => {
    if (isAsked) reader.stop();
    isAsked = false;
    store.set({ error: null, progress: null, busy: null, ...part });
    return ++step;
  };
  const finish = <T>(mine: number, answer: Promise<T>, take: (value: T) => void): void => {
    isAsked = true;
    answer.then(
      (value) => {
        if (mine !== step) return;
        isAsked = false;
        take(value);
      },
      (error: unknown) => {
        if (mine !== step) return;
        isAsked = false;
        store.set({ busy: null, error: error instanceof Error ? error.message : String(error) });
      },
    );
  };

  const read = (reading: Reading): void => {
    const { chosen, lines } = store.get();
    if (!chosen) return;
    const lacksTime = traffic.times === 'kept' && reading.time === null;
    const mine = begin({
      reading,
      confidence: confidenceOf(reading, lines),
      preview: previewOf(reading, lines),
      summary: null,
      ...(lacksTime ? { error: NO_TIME } : { busy: 'reading' }),
    });
    if (lacksTime) return;
    const tell = (progress: Progress): void => {
      if (mine === step) store.set({ progress });
    };
    finish(mine, reader.read(chosen.file, reading, tell), (summary) => {
      store.set({
        summary,
        busy: null,
        progress: null,
        error:
          summary.rows > 0
            ? null
            : 'Not one line could be read in this way. Choose another format or other columns above.',
      });
    });
  };

  const choose = (file: Blob, name: string): void => {
    const mine = begin({
      chosen: { name, file },
      busy: 'looking',
      ...{ reading: null, lines: [], preview: [], summary: null },
      stretch: { kind: 'all' },
    });
    finish(mine, reader.look(file), (lines) => {
      const found = guess(lines, wish);
      store.set({ lines });
      if (found) read(found.reading);
      else {
        const isEmpty = lines.every((line) => line.trim() === '');
        store.set({
          busy: null,
          error: isEmpty
            ? 'Expected lines of a log, got none: the file is empty.'
            : 'None of its first lines could be read in any of the formats.',
        });
      }
    });
  };

  return {
    store,
    type: (text) => {
      store.set({ text });
      options.remember?.(text);
    },
    choose,
    usePasted: () => choose(new Blob([store.get().text]), 'what you pasted'),
    setFormat: (format, known) => {
      const { lines, chosen } = store.get();
      if (!chosen) return;
      const found = guessAs(format, lines, wish, known);
      if (found) read(found.reading);
      else {
        store.set({
          error: 'None of its first lines can be read in this format; the one before stays.',
        });
      }
    },
    setReading: read,
    setStretch: (stretch) => store.set({ stretch }),
    setSpread: (spread) => store.set({ spread }),
    apply: () => {
      const { chosen, stretch, summary, spread, reading, busy } = store.get();
      if (!chosen || !summary || !reading || busy !== null) return;
      const mine = begin({ busy: 'cutting' });
      const cut = reader.cut({
        choice: stretch,
        rowsMax: traffic.rowsMax,
        times: traffic.times,
        spread: spread && summary.wholeSeconds,
      });
      finish(mine, cut, (answer) => {
        store.set({ busy: null });
        if (!answer) {
          store.set({ error: 'There is no row in this stretch of the log. Choose another one.' });
          return;
        }
        const hasTimes = reading.time !== null && traffic.times === 'kept';
        const applied: AppliedTraffic = {
          name: chosen.name,
          traffic: answer.traffic,
          startMs: hasTimes ? answer.startMs : null,
        };
        figure.setTraffic(applied);
      });
    },
    withdraw: () => figure.setTraffic(null),
    cancel: () => {
      begin({ error: 'Reading was stopped. Choose the file again, or another reading, to go on.' });
    },
  };
}
