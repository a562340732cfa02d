/** Tasks at work: one figure, goals that its runs are judged by, and a memory of those reached. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import type { Engine } from './engine';
import { LiveFrame } from './live-frame';
import { Failure } from './notices';
import { type OneAtATime, oneAtATime } from './one-at-a-time';
import { pageMemory } from './page-memory';
import { startFigure } from './start';
import { taskFigureId } from './task-figure';
import { TaskList } from './task-list';
import { useFigure } from './use-figure';

export interface TaskGroup {
  readonly description: Description;
  readonly figure: string;
  readonly tasks: readonly string[];
  readonly figures: OneAtATime;
}

/**
 * The tasks with the figure of the first one's scenario.
 *
 * @throws Error if the first run fails
 */
export async function startTasks(
  engine: Engine,
  description: Description,
  { figure, tasks }: { readonly figure: string; readonly tasks: readonly string[] },
): Promise<TaskGroup> {
  const start = (scenario: string): Promise<Figure> =>
    startFigure(
      engine,
      description,
      completeSpec(description, scenario, { figure: taskFigureId(figure, scenario) }),
      {
        tasks: tasks.filter((id) => description.tasks[id]?.scenario === scenario),
        predictions: [],
      },
    );
  const scenario = description.tasks[tasks[0] ?? '']?.scenario ?? '';
  return { description, figure, tasks, figures: oneAtATime(await start(scenario), start) };
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

export function TasksPanel({ group }: { readonly group: TaskGroup }): ReactNode {
  const { description, tasks } = group;
  const memoryName = `tasks:${description.id}`;
  const [figure, setFigure] = useState(group.figures.first);
  const [failure, setFailure] = useState<{ scenario: string; message: string } | null>(null);
  const [done, setDone] = useState<ReadonlySet<string>>(
    () => new Set(pageMemory.read(memoryName, isTexts)),
  );
  const shown = useFigure(figure, (state) => state.shown);
  const judged = shown?.tasks;

  // What was reached once stays reached, also when the next run loses it again.
  const known = useRef(done);
  useEffect(() => {
    const reached = Object.entries(judged ?? {}).flatMap(([id, task]) =>
      task.reached && !known.current.has(id) ? [id] : [],
    );
    if (reached.length === 0) return;
    known.current = new Set([...known.current, ...reached]);
    pageMemory.write(memoryName, [...known.current]);
    setDone(known.current);
  }, [judged, memoryName]);

  const open = (scenario: string): void => {
    group.figures.open(scenario).then(
      (next) => {
        if (next === null) return;
        setFailure(null);
        setFigure(next);
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
        scenario={figure.spec.scenario}
        live
        onOpen={open}
        onReset={() => {
          pageMemory.forget(memoryName);
          known.current = new Set();
          setDone(known.current);
        }}
      />
      {failure && <Failure message={failure.message} retry={() => open(failure.scenario)} />}
      <div id={figure.spec.figure} className="fig-inner">
        <LiveFrame key={figure.spec.figure} figure={figure} />
      </div>
    </>
  );
}
