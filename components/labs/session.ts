/**
 * The page's side of a lab's engine: opened by the first run, asked one thing at a time, ended by a
 * deadline, by the reader, or by its own fault. An engine that has ended is opened anew by the next
 * run, as its lab begins.
 */
import type { Progress } from '@/lib/engines/lab';
import type { FromLab, ToLab } from '@/lib/engines/protocol';
import { createStore, type Store } from '@/lib/figure/store';
import type { Deadline } from './kind';

export interface SessionState {
  readonly phase: 'closed' | 'opening' | 'ready' | 'running';
  /** Of its opening or of what runs; null before the engine has said anything. */
  readonly progress: Progress | null;
  /** How often it has been opened: what ran on an earlier one is not part of what runs now. */
  readonly opened: number;
}

/** A run that has no answer, and why; the message is for the reader. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(
    readonly reason: 'cancelled' | 'deadline' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

export interface LabSession<Input, Output> {
  readonly store: Store<SessionState>;
  /**
   * Runs are taken in the order in which they were asked for.
   *
   * @throws NoAnswer if the engine was ended, or ended itself, before it answered
   */
  readonly run: (input: Input) => Promise<Output>;
  /** Ends the engine; what was asked and not answered is rejected. */
  readonly end: () => void;
}

/** What a session needs of a worker. */
interface LabPort<Input> {
  readonly post: (message: ToLab<Input>) => void;
  readonly terminate: () => void;
}

export interface LabPortEvents<Output> {
  readonly said: (message: FromLab<Output>) => void;
  /** The worker has ended; the message is absent if its script could not be loaded. */
  readonly crashed: (message: string | undefined) => void;
}

interface SessionOptions<Input, Output> {
  /** The engine in a sentence: "PostgreSQL". */
  readonly name: string;
  readonly assets: Readonly<Record<string, string>>;
  /** Its opening aside. What the engine says of its progress in a run begins the time anew. */
  readonly deadline: Deadline;
  readonly spawn: (events: LabPortEvents<Output>) => LabPort<Input>;
  /** Calls back after so many ms; the result calls it off. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export function createSession<Input, Output>({
  name,
  assets,
  deadline,
  spawn,
  after,
}: SessionOptions<Input, Output>): LabSession<Input, Output> {
  const store = createStore<SessionState>({ phase: 'closed', progress: null, opened: 0 });
  let port: LabPort<Input> | undefined;
  let opening: Promise<void> | undefined;
  /** Takes the answer that is waited for; one at a time. */
  let waiting:
    | {
        readonly resolve: (message: FromLab<Output>) => void;
        readonly reject: (error: NoAnswer) => void;
      }
    | undefined;
  let callOff = (): void => {};
  let last: Promise<unknown> = Promise.resolve();
  /** Raised when the engine ends: what waited for its turn on that engine gets none. */
  let life = 0;

  const end = (why: NoAnswer): void => {
    life++;
    port?.terminate();
    port = undefined;
    opening = undefined;
    const { reject } = waiting ?? {};
    waiting = undefined;
    store.set({ phase: 'closed', progress: null });
    reject?.(why);
  };

  const failed = (message: string): NoAnswer =>
    new NoAnswer('failed', `${message} The next run starts ${name} anew.`);

  /** Ends the engine if nothing is heard of it for too long. */
  const watch = (): void => {
    callOff();
    callOff = after(deadline.ms, () =>
      end(
        new NoAnswer(
          'deadline',
          `Stopped after ${deadline.ms / 1000} seconds, the longest that ${deadline.of} may take here. The next run starts ${name} anew, as the lab begins.`,
        ),
      ),
    );
  };

  const said = (message: FromLab<Output>): void => {
    if (message.type === 'progress') {
      store.set({ progress: message.progress });
      if (store.get().phase === 'running') watch();
      return;
    }
    if (message.type === 'failed') {
      end(failed(message.message));
      return;
    }
    const taken = waiting;
    waiting = undefined;
    taken?.resolve(message);
  };

  const ask = (message: ToLab<Input>): Promise<FromLab<Output>> =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      port?.post(message);
    });

  const open = async (): Promise<void> => {
    store.set({ phase: 'opening', progress: null });
    const mine = life;
    try {
      port = spawn({
        // What a worker says that has been ended meanwhile concerns nobody.
        said: (message) => mine === life && said(message),
        crashed: (message) =>
          mine === life &&
          end(
            failed(
              message
                ? `${name} stopped unexpectedly (${message}).`
                : `${name} could not be loaded: check the connection.`,
            ),
          ),
      });
    } catch (error) {
      const why = failed(error instanceof Error ? error.message : String(error));
      end(why);
      throw why;
    }
    await ask({ type: 'open', assets });
    store.set({ phase: 'ready', progress: null, opened: store.get().opened + 1 });
  };

  const take = async (input: Input): Promise<Output> => {
    opening ??= open();
    await opening;
    store.set({ phase: 'running' });
    watch();
    try {
      const answer = await ask({ type: 'run', input });
      if (answer.type !== 'answered') {
        throw failed(`Expected an answer of ${name}, got “${answer.type}”.`);
      }
      store.set({ phase: 'ready', progress: null });
      return answer.output;
    } finally {
      callOff();
    }
  };

  return {
    store,
    run: (input) => {
      const mine = life;
      const taken = last.then(() => {
        if (mine !== life) throw cancelled(name);
        return take(input);
      });
      last = taken.catch(() => undefined);
      return taken;
    },
    end: () => end(cancelled(name)),
  };
}

const cancelled = (name: string): NoAnswer =>
  new NoAnswer('cancelled', `Cancelled. The next run starts ${name} anew, as the lab begins.`);

/** A worker of the browser's own. */
export function labWorker<Input, Output>(
  address: string,
  { said, crashed }: LabPortEvents<Output>,
): LabPort<Input> {
  const worker = new Worker(address);
  worker.onmessage = ({ data }: MessageEvent<FromLab<Output>>) => said(data);
  worker.onerror = ({ message }) => crashed(message || undefined);
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
