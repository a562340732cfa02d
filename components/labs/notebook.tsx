/**
 * A lab at work: each step a cell with its question, which can be changed, and the answer of the
 * engine; at the end a cell for the reader's own. Until a cell has run, what was recorded in the build
 * stands in it. The engine is fetched by the first run, and an editor by the first wish to edit.
 */
import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { LabDescription } from '@/lib/engines/description';
import type { Progress } from '@/lib/engines/lab';
import type { Store } from '@/lib/figure/store';
import { type Cell, type Cells, OWN } from './cells';
import type { AnyLive, AnyStill } from './kinds';
import { fetchWords, Head, OWN_WORDS, phaseClosed, RECORDED, RUN_ALL, StepHead } from './parts';
import type { LabSession, SessionState } from './session';

interface NotebookProps {
  readonly lab: LabDescription;
  readonly still: AnyStill;
  readonly live: AnyLive;
  readonly cells: Cells;
  readonly session: LabSession<unknown, unknown>;
}

export function Notebook({ lab, still, live, cells, session }: NotebookProps): ReactNode {
  const list = useStore(cells.store, (state) => state.cells);
  const said = useStore(cells.store, (state) => state.said);
  const isBusy = list.some(({ status }) => status !== 'idle');
  const parts = { lab, still, live, cells, session, isBusy };
  return (
    <>
      <Head lab={lab} />
      <Status {...parts} />
      <ol className="lab-steps">
        {lab.steps.map((step, index) => {
          const cell = list[index];
          return (
            cell && (
              <li key={step.id} className="lab-step">
                <StepHead step={step} />
                <CellBody {...parts} cell={cell} name={step.title} />
              </li>
            )
          );
        })}
      </ol>
      <Own {...parts} cell={list.find(({ id }) => id === OWN)} />
      <p className="sr-only" role="status">
        {said}
      </p>
    </>
  );
}

interface Parts extends NotebookProps {
  readonly isBusy: boolean;
}

/** What runs, how far it has come, and what concerns all steps. */
function Status({ lab, live, cells, session, isBusy }: Parts): ReactNode {
  const phase = useStore(session.store, (state) => state.phase);
  const progress = useStore(session.store, (state) => state.progress);
  return (
    <div className="lab-status">
      <p className="lab-engine">
        {lab.transcript.version}
        <span className="lab-phase">{phaseWords(phase, progress, lab, live)}</span>
      </p>
      {phase === 'opening' ? (
        <div className="lab-progress">
          <progress aria-label={progress?.label ?? 'Starting'} value={progress?.share} max={1} />
          <span>{progress?.label ?? 'Starting'} …</span>
        </div>
      ) : null}
      <div className="lab-all">
        {/* One button, so that it keeps the focus; what follows the press that turned it is not meant. */}
        <button
          type="button"
          className="fig-button"
          onClick={({ detail }) => {
            if (detail > 1) return;
            if (isBusy) session.end();
            else void cells.runAll();
          }}
          onKeyDown={(event) => {
            if (event.repeat) event.preventDefault();
          }}
        >
          {isBusy ? 'Cancel' : phase === 'closed' ? RUN_ALL : 'Restart and run all'}
          {!isBusy && phase === 'closed' && fetchWords(lab)}
        </button>
      </div>
    </div>
  );
}

function phaseWords(
  phase: SessionState['phase'],
  progress: Progress | null,
  lab: LabDescription,
  { name }: AnyLive,
): string {
  switch (phase) {
    case 'closed':
      return phaseClosed(lab);
    case 'opening':
      return `Starting ${name}.`;
    case 'running':
      return progress === null ? 'Running in this page.' : `Running: ${progress.label}.`;
    case 'ready':
      return 'Running in this page.';
    default:
      return phase satisfies never;
  }
}

/** The question, what can be done with it, and the answer. */
function CellBody({
  lab,
  still: { Asked },
  live: { Editor, Exchange },
  cells,
  session,
  isBusy,
  cell,
  name,
  opensEditing = false,
  takesFocus = false,
}: Parts & {
  readonly cell: Cell;
  /** What its buttons are about, for those who hear them one by one. */
  readonly name: string;
  readonly opensEditing?: boolean;
  readonly takesFocus?: boolean;
}): ReactNode {
  const { id, input, isEdited, answer, earlier, status, failure } = cell;
  const { about } = lab.transcript;
  const [isEditing, setEditing] = useState(opensEditing);
  const editor = useRef<HTMLDivElement>(null);
  const editorId = useId();
  // Only who asked for the editor is taken there, not who comes back to one with kept text in it.
  const isAskedFor = useRef(takesFocus);
  useEffect(() => {
    if (!isEditing || !isAskedFor.current) return;
    isAskedFor.current = false;
    // An editor may have taken the focus where it belongs.
    if (editor.current?.contains(document.activeElement)) return;
    editor.current
      ?.querySelector<HTMLElement>('textarea, input, select, [contenteditable], [tabindex]')
      ?.focus();
  }, [isEditing]);
  const phase = useStore(session.store, (state) => state.phase);
  const runButton = useRef<HTMLButtonElement>(null);
  const run = (): void => void cells.run(id);
  return (
    <>
      {isEditing ? (
        <div ref={editor} id={editorId} className="lab-editor">
          <Editor
            id={`${lab.id}-${id}-editor`}
            input={input}
            about={about}
            onChange={(changed) => cells.setInput(id, changed)}
            onRun={run}
          />
        </div>
      ) : (
        <Asked input={input} about={about} />
      )}
      <div className="lab-actions">
        <button
          ref={runButton}
          type="button"
          className="fig-button"
          // Not disabled: whoever has come to it by keyboard must not lose it.
          aria-disabled={isBusy}
          onClick={run}
        >
          {status === 'running' ? 'Running …' : 'Run'}
          <span className="sr-only">: {name}</span>
          {phase === 'closed' && fetchWords(lab)}
        </button>
        <button
          type="button"
          className="fig-text-button"
          aria-expanded={isEditing}
          aria-controls={isEditing ? editorId : undefined}
          onClick={() => {
            isAskedFor.current = !isEditing;
            setEditing(!isEditing);
          }}
        >
          {isEditing ? 'Done' : 'Edit'}
          <span className="sr-only">: {name}</span>
        </button>
        {isEdited && id !== OWN && (
          <button
            type="button"
            className="fig-text-button"
            onClick={() => {
              // It goes with what it puts back.
              runButton.current?.focus();
              cells.restore(id);
            }}
          >
            Put back
            <span className="sr-only">: {name}</span>
          </button>
        )}
        {answer !== null && (
          <span className="lab-source">{sourceWords(cell, session.store.get())}</span>
        )}
      </div>
      {failure !== null && (
        <div className="fig-notice fig-failure" role="alert">
          <p>{failure}</p>
        </div>
      )}
      {answer !== null && (
        <div className="lab-answer" data-stale={isStale(cell) || undefined}>
          <Exchange
            // A new answer begins with its own folds closed and its own scroll.
            key={answer.run}
            id={`${lab.id}-${id}`}
            input={answer.input}
            output={answer.output}
            about={about}
          />
        </div>
      )}
      {earlier.length > 0 && (
        <details className="fig-details lab-earlier">
          <summary>
            {earlier.length === 1 ? 'The answer before' : `The ${earlier.length} answers before`}
            <span className="sr-only">: {name}</span>
          </summary>
          <ol>
            {earlier.map((each) => (
              <li key={each.run}>
                <p className="lab-source">{each.run === 0 ? RECORDED : `Run ${each.run}`}</p>
                <Asked input={each.input} about={about} />
                <Exchange
                  id={`${lab.id}-${id}-${each.run}`}
                  input={each.input}
                  output={each.output}
                  about={about}
                />
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

/** Whether the question has been changed since it was answered. */
function isStale({ input, answer }: Cell): boolean {
  return answer !== null && JSON.stringify(answer.input) !== JSON.stringify(input);
}

function sourceWords(cell: Cell, { opened, phase }: SessionState): string {
  const { answer } = cell;
  if (answer === null) return '';
  const change = isStale(cell) ? ' The question has changed since.' : '';
  if (answer.opened === null) return `${RECORDED}.${change}`;
  const isPast = phase === 'closed' || answer.opened !== opened;
  return `${isPast ? 'Ran here, before the last start.' : 'Ran here.'}${change}`;
}

/** Room for whatever the reader wants to know; opened by a button, since most never do. */
function Own({ cell, ...parts }: Parts & { readonly cell: Cell | undefined }): ReactNode {
  const [isOpen, setOpen] = useState(cell?.isEdited ?? false);
  const isAskedFor = useRef(false);
  if (cell === undefined) return null;
  return (
    <div className="lab-own">
      {isOpen ? (
        <div className="lab-step" data-own>
          <p className="lab-step-title">Your own</p>
          <p className="lab-says">
            Whatever you like. It runs alone, on what the steps before it have left.
          </p>
          <CellBody
            {...parts}
            cell={cell}
            name="your own"
            opensEditing
            takesFocus={isAskedFor.current}
          />
        </div>
      ) : (
        <button
          type="button"
          className="fig-button"
          onClick={() => {
            isAskedFor.current = true;
            setOpen(true);
          }}
        >
          {OWN_WORDS}
        </button>
      )}
    </div>
  );
}

function useStore<S extends object, T>(store: Store<S>, select: (state: S) => T): T {
  const read = (): T => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
