/**
 * The side of a worker that runs a simulation for figures. One script per simulation is built around
 * `serve`; the page's worker runs it, and so do the tests.
 */
import { transferables } from '../kernel/recording';
import type { Race } from './definition';
import { migrateParameters } from './link';
import { withModels } from './models';
import type { FromWorker, Judged, Judgement, ToRunner } from './protocol';
import { measureRace, type RunnableEntry, runRace } from './run';
import { listen, type WorkerScope } from './worker-scope';

export type Judge = (race: Race, judged: Judged) => Judgement;

/** Answers runs of one simulation until the worker is ended. */
export function serve(own: RunnableEntry, scope: WorkerScope<ToRunner>): void {
  const entry = scope.models ? withModels(own, scope.models) : own;
  listen(scope, (message) => answer(entry, message, judgeNothing));
}

/** The answer to a message, with what it hands over. */
export function answer(
  entry: RunnableEntry,
  message: ToRunner,
  judge: Judge,
): readonly [answer: FromWorker, transfer?: ArrayBuffer[]] {
  const { requestId } = message;
  switch (message.type) {
    case 'run': {
      const race = runRace(entry, message.request);
      return [
        { type: 'result', requestId, race, ...judge(race, message) },
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

const judgeNothing: Judge = (_race, { tasks, predictions }) => {
  const asked = [...tasks, ...predictions];
  if (asked.length > 0) {
    throw new Error(
      `Expected nothing to be judged by the script that only runs, got ${asked.join(', ')}. Ask the whole simulation.`,
    );
  }
  return { tasks: {}, predictions: {} };
};
