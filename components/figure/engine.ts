/**
 * The page's side of a simulation's worker. One worker per simulation serves all figures of the
 * page; it is started on the first request, and after a crash on the next one.
 */
import type { RunOutcome } from '@/lib/figure/extras';
import type { CheckReport } from '@/lib/simulation/checks';
import type { RaceResults } from '@/lib/simulation/measures';
import type { FromWorker, Judged, RunRequest, ToWorker } from '@/lib/simulation/protocol';

export interface Engine {
  /** Starts the worker ahead of what it will be asked; what fails then is told to who asks. */
  readonly start: () => void;
  /** Only the script of the whole simulation judges anything. */
  readonly run: (request: RunRequest, judged: Judged) => Promise<RunOutcome>;
  /** The results of a run without its recording. */
  readonly measure: (request: RunRequest) => Promise<RaceResults>;
  /** Only of the script of the whole simulation. */
  readonly check: (id: string) => Promise<CheckReport>;
  /** Brings the raw parameters of an old link up to date. */
  readonly migrate: (
    from: number,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<Readonly<Record<string, string>>>;
  /** Ends the worker at once; what was asked of it is rejected. A later request starts another. */
  readonly end: () => void;
}

type Request = ToWorker;
type Answer = FromWorker;

/** What an engine needs of a worker. */
export interface WorkerPort {
  readonly post: (message: Request) => void;
  readonly terminate: () => void;
}

export interface WorkerEvents {
  readonly answered: (answer: Answer) => void;
  /** The worker has ended; the message is absent if its script could not be loaded. */
  readonly crashed: (message: string | undefined) => void;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** `Omit` that keeps the members of a union apart. */
type Unnumbered<R> = R extends Request ? Omit<R, 'requestId'> : never;

export function createEngine(spawn: (events: WorkerEvents) => WorkerPort): Engine {
  let worker: WorkerPort | undefined;
  let nextId = 1;
  const pending = new Map<number, Pending>();

  const crash = (message: string): void => {
    worker?.terminate();
    worker = undefined;
    const error = new Error(message);
    const lost = [...pending.values()];
    pending.clear();
    for (const { reject } of lost) reject(error);
  };

  const take = (answer: Answer): void => {
    const request = pending.get(answer.requestId);
    if (!request) return;
    pending.delete(answer.requestId);
    if (answer.type === 'failed') request.reject(new Error(answer.message));
    else request.resolve(answer);
  };

  const started = (): WorkerPort => {
    if (worker) return worker;
    worker = spawn({
      answered: take,
      crashed: (message) =>
        crash(
          message
            ? `The simulation stopped unexpectedly (${message}). Change a control, or try again, to start it anew.`
            : 'The program of this simulation could not be loaded. Check the connection, then try again.',
        ),
    });
    return worker;
  };

  const ask = <T extends Answer['type']>(
    message: Unnumbered<Request>,
    expected: T,
  ): Promise<Extract<Answer, { readonly type: T }>> =>
    new Promise((resolve, reject) => {
      const requestId = nextId++;
      pending.set(requestId, {
        reject,
        resolve: (answer) => {
          if (answer.type === expected) resolve(answer as Extract<Answer, { readonly type: T }>);
          else {
            reject(
              new Error(
                `Expected an answer of type “${expected}”, got “${answer.type}”. Reload the page: it and its simulation are of different versions.`,
              ),
            );
          }
        },
      });
      try {
        started().post({ ...message, requestId });
      } catch (error) {
        pending.delete(requestId);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });

  return {
    start: () => {
      try {
        started();
      } catch {
        // The first request meets the same.
      }
    },
    run: (request, { tasks, predictions }) =>
      ask({ type: 'run', request, tasks, predictions }, 'result'),
    measure: async (request) => (await ask({ type: 'measure', request }, 'measured')).results,
    check: async (id) => (await ask({ type: 'check', check: id }, 'checked')).report,
    migrate: async (from, parameters) =>
      (await ask({ type: 'migrate', from, parameters }, 'migrated')).parameters,
    end: () => crash('The run was ended before it was done.'),
  };
}

const engines = new Map<string, Engine>();

/** The engine of a script, shared by all figures of the page that run it. */
export function engineOf(bundle: string): Engine {
  const existing = engines.get(bundle);
  if (existing) return existing;
  const engine = ownEngine(bundle);
  engines.set(bundle, engine);
  return engine;
}

/** An engine with a worker of its own, for whom one shared by the page would be too slow. */
export function ownEngine(bundle: string): Engine {
  return createEngine((events) => browserWorker(bundle, events));
}

function browserWorker(bundle: string, { answered, crashed }: WorkerEvents): WorkerPort {
  const worker = new Worker(bundle);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => answered(data);
  worker.onerror = ({ message }) => crashed(message || undefined);
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => worker.terminate(),
  };
}
