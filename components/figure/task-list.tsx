/** Goals, with what the engine reads of them and which have been reached. */
import type { ReactNode } from 'react';
import type { Description } from '@/lib/simulation/definition';
import { formatLabelled } from '@/lib/simulation/format';

export interface TaskListProps {
  readonly figure: string;
  readonly description: Description;
  /** Ids of the tasks, in order. */
  readonly tasks: readonly string[];
  readonly done: ReadonlySet<string>;
  /** Task → the present state in words, for those that the run on screen is judged by. */
  readonly readings: Readonly<Record<string, string>>;
  /** Scenario of the figure below the list; null if none is open. */
  readonly scenario: string | null;
  readonly live: boolean;
  /** Puts the scenario of a task on screen. */
  readonly onOpen?: (scenario: string) => void;
  readonly onReset?: () => void;
}

export function TaskList({
  figure,
  description,
  tasks,
  done,
  readings,
  scenario,
  live,
  onOpen,
  onReset,
}: TaskListProps): ReactNode {
  const reached = tasks.filter((id) => done.has(id)).length;
  return (
    <div className="fig-panel">
      <div className="fig-panel-head">
        <p className="fig-title" id={`${figure}-title`}>
          {description.title}
        </p>
        <p className="fig-panel-count" role="status">
          {reached} of {tasks.length} reached
        </p>
        <button
          type="button"
          className="fig-text-button"
          disabled={!live || reached === 0}
          onClick={onReset}
        >
          Start over
        </button>
      </div>
      <ol className="fig-tasks">
        {tasks.map((id) => {
          const task = description.tasks[id];
          if (!task) return null;
          const isHere = task.scenario === scenario;
          return (
            <li key={id} className="fig-task">
              <Tick isDone={done.has(id)} />
              <div>
                <p className="fig-goal">
                  <strong>{task.title}.</strong> {task.goal}
                </p>
                <p className="fig-reading">
                  {isHere ? (
                    // A line of its own even while nothing has been read, so that nothing moves.
                    (readings[id] ?? '\u00a0')
                  ) : (
                    <button
                      type="button"
                      className="fig-text-button"
                      disabled={!live}
                      onClick={() => onOpen?.(task.scenario)}
                    >
                      Open “{description.scenarios[task.scenario]?.title ?? task.scenario}”
                    </button>
                  )}
                </p>
                {isHere && task.held.length > 0 && (
                  <p className="fig-task-held">
                    Left as they are:{' '}
                    {task.held.map((held) => heldText(description, task.scenario, held)).join(', ')}
                    .
                  </p>
                )}
                <details className="fig-hint">
                  <summary>Hint</summary>
                  <p>{task.hint}</p>
                </details>
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** "Workers (4)": what a goal leaves as the scenario has it. */
function heldText({ parameters, scenarios }: Description, scenario: string, id: string): string {
  const parameter = parameters[id];
  if (parameter === undefined) return id;
  const value = scenarios[scenario]?.parameters[id] ?? parameter.default;
  return formatLabelled(parameter, value);
}

function Tick({ isDone }: { readonly isDone: boolean }): ReactNode {
  return (
    <svg
      className="fig-tick"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      role="img"
      aria-label={isDone ? 'Reached' : 'Not yet reached'}
      data-done={isDone || undefined}
    >
      <circle cx="10" cy="10" r="8.25" />
      {isDone && <path d="M6 10.4l2.7 2.7L14 7.6" />}
    </svg>
  );
}
