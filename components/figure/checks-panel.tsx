/** Runs the checks one after the other, in a worker of their own that is started when they are asked for. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CheckDescriptions } from '@/lib/simulation/definition';
import { CheckList, type CheckState, checkOf } from './check-list';
import type { Engine } from './engine';

/**
 * The checks as their still says them, which no script that figures load does.
 *
 * @throws Error if the still is not one of `CheckList`
 */
export function readChecks(still: ParentNode): CheckDescriptions {
  return Object.fromEntries(
    [...still.querySelectorAll<HTMLElement>('[data-check]')].map((item) => {
      const [statement = '', heldTo = ''] = [...item.querySelectorAll('p')].map(
        ({ textContent }) => textContent ?? '',
      );
      return [item.dataset.check ?? '', checkOf(statement, heldTo)];
    }),
  );
}

export function ChecksPanel({
  engine,
  checks,
  figureId,
}: {
  readonly engine: Engine;
  readonly checks: CheckDescriptions;
  readonly figureId: string;
}): ReactNode {
  const [states, setStates] = useState<Readonly<Record<string, CheckState>>>({});
  const [isRunning, setRunning] = useState(false);
  /** Counts the presses: an earlier pass must not write into a later one. */
  const pass = useRef(0);
  useEffect(
    () => () => {
      pass.current++;
    },
    [],
  );

  const run = async (): Promise<void> => {
    const mine = ++pass.current;
    setRunning(true);
    setStates({});
    for (const id of Object.keys(checks)) {
      setStates((before) => ({ ...before, [id]: 'running' }));
      let state: CheckState;
      try {
        state = await engine.check(id);
      } catch (error) {
        state = { error: error instanceof Error ? error.message : String(error) };
      }
      if (mine !== pass.current) return;
      setStates((before) => ({ ...before, [id]: state }));
    }
    setRunning(false);
  };
  const stop = (): void => {
    pass.current++;
    setRunning(false);
    // The check under way would go on, and the next pass wait for it.
    engine.end();
    // What has ended keeps its verdict.
    setStates((before) =>
      Object.fromEntries(Object.entries(before).filter(([, state]) => state !== 'running')),
    );
  };

  return (
    <CheckList
      figure={figureId}
      checks={checks}
      states={states}
      live
      isRunning={isRunning}
      onRun={() => void run()}
      onStop={stop}
    />
  );
}
