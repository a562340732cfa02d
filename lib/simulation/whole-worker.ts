/**
 * The side of a worker that has the whole simulation: it runs it as `worker.ts` does, judges tasks and
 * predictions on the run, and runs the checks. Its script is loaded when a reader asks for one of
 * these; checks take seconds, and other figures get their runs meanwhile.
 */
import { runCheck } from './checks';
import { answerOf, judgeTask } from './goals';
import { withModels } from './models';
import type { ToWorker } from './protocol';
import { type Entry, reader } from './run';
import { answer, type Judge } from './worker';
import { listen, type WorkerScope } from './worker-scope';

/** Answers until the worker is ended. */
export function serveWhole(own: Entry, scope: WorkerScope<ToWorker>): void {
  const entry = scope.models ? withModels(own, scope.models) : own;
  const judge = judgeOf(entry);
  listen(scope, (message) =>
    message.type === 'check'
      ? [
          {
            type: 'checked',
            requestId: message.requestId,
            report: runCheck(entry, message.check),
          },
        ]
      : answer(entry, message, judge),
  );
}

function judgeOf({ definition }: Entry): Judge {
  return (race, judged) => {
    const read = reader(race);
    return {
      tasks: select(definition.tasks, judged.tasks, (task) => judgeTask(definition, task, read)),
      predictions: select(definition.predictions, judged.predictions, (prediction) =>
        answerOf(prediction, read),
      ),
    };
  };
}

/** What was found of each that is declared and has been found something of. */
function select<T, R>(
  declared: Readonly<Record<string, T>>,
  ids: readonly string[],
  judge: (value: T) => R | undefined,
): Record<string, R> {
  const judged: Record<string, R> = {};
  for (const id of ids) {
    const value = Object.hasOwn(declared, id) ? declared[id] : undefined;
    const found = value === undefined ? undefined : judge(value);
    if (found !== undefined) judged[id] = found;
  }
  return judged;
}
