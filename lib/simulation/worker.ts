/**
 * The side of a worker that runs a simulation for figures. One script per simulation is built around
 * `serve`; the page's worker runs it, and so do the tests.
 */
import { transferables } from '../kernel/recording';
import { describe } from './describe';
import { migrateParameters } from './link';
import { withModels } from './models';
import type { FromWorker, ToRunner } from './protocol';
import { measureRace, type RunnableEntry, reader, runRace } from './run';
import { listen, type WorkerScope } from './worker-scope';

/** Answers runs of one simulation until the worker is ended. */
export function serve(own: RunnableEntry, scope: WorkerScope<ToRunner>): void {
  const entry = scope.models ? withModels(own, scope.models) : own;
  listen(scope, (message) => answer(entry, message));
  scope.postMessage({ type: 'ready', description: describe(entry) }, []);
}

function answer(
  entry: RunnableEntry,
  message: ToRunner,
): readonly [answer: FromWorker, transfer?: ArrayBuffer[]] {
  const { requestId } = message;
  switch (message.type) {
    case 'run': {
      const race = runRace(entry, message.request);
      const read = reader(race);
      const { tasks, predictions } = entry.definition;
      return [
        {
          type: 'result',
          requestId,
          race,
          tasks: select(tasks, message.tasks, (task) => task.judge(read)),
          predictions: select(predictions, message.predictions, (prediction) =>
            prediction.answer(read),
          ),
        },
        race.runs.flatMap(({ recording, tables }) => [
          ...transferables(recording),
          ...tables.flatMap(({ columns }) =>
            columns.map(({ values }) => values.buffer as ArrayBuffer),
          ),
        ]),
      ];
    }
    case 'measure':
      return [{ type: 'measured', requestId, results: measureRace(entry, message.request) }];
    case 'migrate': {
      const { from, parameters } = message;
      return [
        {
          type: 'migrated',
          requestId,
          parameters: migrateParameters(entry.definition.link, from, parameters),
        },
      ];
    }
    default:
      return message satisfies never;
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
