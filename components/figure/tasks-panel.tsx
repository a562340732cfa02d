/** Tasks at work: goals, the figure of the one that was opened, and a memory of those reached. */
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import type { ToolContext } from '@/components/tools/tool';
import type { RunOutcome } from '@/lib/figure/extras';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { addressedFigure } from './address';
import type { Engine } from './engine';
import { LiveFrame } from './live-frame';
import { Failure } from './notices';
import { type OneAtATime, oneAtATime } from './one-at-a-time';
import { pageMemory } from './page-memory';
import { startFigure } from './start';
import { taskFigureId } from './task-figure';
import { TaskList } from './task-list';

export interface TaskGroup {
  readonly description: Description;
  readonly figure: string;
  readonly tasks: readonly string[];
  readonly figures: OneAtATime<Figure | null>;
}

/**
 * The tasks, with a figure only if the address leads to one of theirs: the others stand ready to be
 * opened, and run nothing before.
 *
 * @throws Error if the first run of that figure fails
 */
export async function startTasks(
  engine: Engine,
  description: Description,
  { figure, tasks }: { readonly figure: string; readonly tasks: readonly string[] },
): Promise<TaskGroup> {
  const nameOf = (scenario: string): string => taskFigureId(figure, scenario);
  const start = (scenario: string): Promise<Figure> =>
    startFigure(
      engine,
      description,
      completeSpec(description, scenario, { figure: nameOf(scenario) }),
      {
        tasks: tasks.filter((id) => description.tasks[id]?.scenario === scenario),
        predictions: [],
      },
    );
  const scenarios = [...new Set(tasks.flatMap((id) => description.tasks[id]?.scenario ?? []))];
  const addressed = addressedFigure(scenarios.map(nameOf));
  const linked = scenarios.find((scenario) => nameOf(scenario) === addressed);
  const first = linked === undefined ? null : await start(linked);
  return { description, figure, tasks, figures: oneAtATime(first, start) };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

export function TasksPanel({
  group,
  context,
}: {
  readonly group: TaskGroup;
  readonly context: ToolContext;
}): ReactNode {
  const { description, tasks } = group;
  const memoryName = `tasks:${description.id}`;
  const [figure, setFigure] = useState(group.figures.first);
  const place = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<{ scenario: string; message: string } | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(
    () => new Set(pageMemory.read(memoryName, isTexts)),
  );
  const judged = useJudged(figure);

  // What was reached once stays reached, also when the next run loses it again.
  const known = useRef(done);
  useEffect(() => {
    const reached = Object.entries(judged ?? {}).flatMap(([id, task]) =>
      task.reached && !known.current.has(id) ? [id] : [],
    );
    if (reached.length === 0) return;
    // What another tab has reached meanwhile stays.
    const kept = pageMemory.read(memoryName, isTexts) ?? [];
    known.current = new Set([...known.current, ...kept, ...reached]);
    pageMemory.write(memoryName, [...known.current]);
    setDone(known.current);
  }, [judged, memoryName]);

  const open = (scenario: string): void => {
    group.figures.open(scenario).then(
      (next) => {
        if (next === null) return;
        setFailure(null);
        flushSync(() => setFigure(next));
        // Below a long list it may stand out of sight.
        place.current?.scrollIntoView({ block: 'nearest' });
        // The button that was pressed is gone: a reading stands in its place.
        place.current?.focus({ preventScroll: true });
      },
      (error: unknown) =>
        setFailure({ scenario, message: error instanceof Error ? error.message : String(error) }),
    );
  };

  return (
    <>
      <TaskList
        figure={group.figure}
        description={description}
        tasks={tasks}
        done={done}
        readings={Object.fromEntries(
          Object.entries(judged ?? {}).map(([id, { reading }]) => [id, reading]),
        )}
        scenario={figure?.spec.scenario ?? null}
        live
        onOpen={open}
        onReset={() => {
          pageMemory.forget(memoryName);
          known.current = new Set();
          setDone(known.current);
        }}
      />
      {failure && <Failure message={failure.message} retry={() => open(failure.scenario)} />}
      {figure && (
        <div ref={place} id={figure.spec.figure} className="fig-inner" tabIndex={-1}>
          <LiveFrame key={figure.spec.figure} figure={figure} context={context} />
        </div>
      )}
    </>
  );
}

/** What the engine reads of the tasks in the run on screen; undefined while there is none. */
function useJudged(figure: Figure | null): RunOutcome['tasks'] | undefined {
  const read = (): RunOutcome['tasks'] | undefined => figure?.store.get().shown?.tasks;
  return useSyncExternalStore(figure?.store.subscribe ?? never, read, read);
}

const never = () => () => undefined;
