/**
 * The side of a worker that runs checks. Its script is the whole simulation and is loaded when a
 * reader asks for the checks; they take seconds, and figures get their runs meanwhile.
 */
import { runCheck } from './checks';
import { withModels } from './models';
import type { ToChecker } from './protocol';
import type { Entry } from './run';
import { listen, type WorkerScope } from './worker-scope';

/** Answers checks of one simulation until the worker is ended. */
export function serveChecks(own: Entry, scope: WorkerScope<ToChecker>): void {
  const entry = scope.models ? withModels(own, scope.models) : own;
  listen(scope, ({ requestId, check }) => [
    { type: 'checked', requestId, report: runCheck(entry, check) },
  ]);
}
