/**
 * The worker's side of the protocol. One script per simulation is built around `serve`; the page's
 * worker runs it, and so do the tests.
 */
import { transferables } from '../kernel/recording';
import { runCheck } from './checks';
import { describe } from './describe';
import { migrateParameters } from './link';
import type { FromWorker, ToWorker } from './protocol';
import { type Entry, reader, runRace } from './run';

/** What `serve` needs of the global scope it runs in. */
export interface WorkerScope {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  readonly postMessage: (message: FromWorker, transfer: ArrayBuffer[]) => void;
}

/** Answers runs and checks of one simulation until the worker is ended. */
export function serve(entry: Entry, scope: WorkerScope): void {
  const post = (message: FromWorker, transfer: ArrayBuffer[] = []): void =>
    scope.postMessage(message, transfer);
  scope.onmessage = ({ data }) => {
    try {
      answer(entry, data, post);
    } catch (error) {
      post({
        type: 'failed',
        requestId: data.requestId,
        message: error instanceof Error ? error.message : String(error),
      });
    }
  };
  post({ type: 'ready', description: describe(entry) });
}

function answer(
  entry: Entry,
  message: ToWorker,
  post: (message: FromWorker, transfer?: ArrayBuffer[]) => void,
): void {
  const { requestId } = message;
  switch (message.type) {
    case 'run': {
      const race = runRace(entry, message.request);
      const read = reader(race);
      const { tasks, predictions } = entry.definition;
      post(
        {
          type: 'result',
          requestId,
          race,
          tasks: select(tasks, message.tasks, (task) => task.judge(read)),
          predictions: select(predictions, message.predictions, (prediction) =>
            prediction.answer(read),
          ),
        },
        race.runs.flatMap((run) => transferables(run.recording)),
      );
      return;
    }
    case 'migrate': {
      const { from, parameters } = message;
      post({
        type: 'migrated',
        requestId,
        parameters: migrateParameters(entry.definition.link, from, parameters),
      });
      return;
    }
    case 'check': {
      message.checks.forEach((id, index) => {
        const report = runCheck(entry, id);
        post({ type: 'checked', requestId, report, done: index === message.checks.length - 1 });
      });
      return;
    }
    default:
      message satisfies never;
  }
}

function select<T, R>(
  declared: Readonly<Record<string, T>>,
  ids: readonly string[],
  judge: (value: T) => R,
): Record<string, R> {
  const judged: Record<string, R> = {};
  for (const id of ids) {
    const value = Object.hasOwn(declared, id) ? declared[id] : undefined;
    if (value !== undefined) judged[id] = judge(value);
  }
  return judged;
}
