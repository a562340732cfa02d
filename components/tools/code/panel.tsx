/** The tool "Code": the model that runs, to be read, edited, and raced against ours. */
import './code.css';
import { typescriptLanguage } from '@codemirror/lang-javascript';
import { type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { CodeEditor, type CodeEditorHandle } from '@/components/editor/editor';
import { CheckList } from '@/components/figure/check-list';
import type { ToolPanelProps } from '@/components/tools/tool';
import { listed } from '@/components/views/view-props';
import type { FigureSpec } from '@/lib/figure/spec';
import type { Session } from '@/lib/tools/code/session';
import { sessionOf } from './sessions';

export function CodePanel({ figure, context, about }: ToolPanelProps): ReactNode {
  const [session, setSession] = useState<Session | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let isWanted = true;
    setFailure(null);
    sessionOf(figure, context).then(
      (made) => {
        if (isWanted) setSession(made);
      },
      (error: unknown) => {
        if (isWanted) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isWanted = false;
    };
  }, [figure, context, attempt]);
  useEffect(() => {
    if (about !== undefined) session?.open(about);
  }, [session, about]);
  if (failure !== null) {
    return (
      <div className="fig-notice fig-failure" role="alert">
        <p>{failure}</p>
        <button
          type="button"
          className="fig-button"
          onClick={() => setAttempt((before) => before + 1)}
        >
          Try again
        </button>
      </div>
    );
  }
  return session ? (
    <Workbench session={session} spec={figure.spec} titles={titlesOf(figure)} />
  ) : (
    <p className="fig-tools-wait">Loading…</p>
  );
}

type Titles = Readonly<Record<string, string>>;
const titlesOf = ({ description }: ToolPanelProps['figure']): Titles =>
  Object.fromEntries(Object.entries(description.variants).map(([id, { title }]) => [id, title]));

function Workbench({
  session,
  spec,
  titles,
}: {
  readonly session: Session;
  readonly spec: FigureSpec;
  readonly titles: Titles;
}): ReactNode {
  const state = useSyncExternalStore(session.store.subscribe, session.store.get);
  useSyncExternalStore(session.drafts.store.subscribe, session.drafts.store.get);
  const id = useId();
  const editor = useRef<CodeEditorHandle>(null);
  const { variant, bug, file, problem, showsDifference } = state;
  const { bugs } = session;
  const planted = bugs.find(([each]) => each === bug)?.[1];
  const ours = session.data.files[file] ?? '';
  const text = session.text(file);
  const isEditable = session.isEditable(file);
  const isChanged = session.isChanged();
  const checks = session.checks();
  const place = problem?.place ?? null;

  const goTo = (): void => {
    if (!place) return;
    if (place.file !== file) session.choose({ file: place.file });
    // In the next moment, when the editor of that file is there.
    requestAnimationFrame(() => editor.current?.goTo(place.line));
  };

  return (
    <div className="code-tool">
      <div className="code-choices">
        {session.variants.length > 1 && (
          <label>
            <span className="fig-label">Model</span>
            <select
              className="fig-select"
              value={variant}
              onChange={(event) => session.choose({ variant: event.target.value })}
            >
              {session.variants.map((each) => (
                <option key={each} value={each}>
                  {titles[each] ?? each}
                  {session.isEdited(each) && ', edited'}
                </option>
              ))}
            </select>
          </label>
        )}
        {bugs.length > 0 && (
          <label>
            <span className="fig-label">Version</span>
            <select
              className="fig-select"
              value={bug ?? ''}
              onChange={(event) => session.choose({ bug: event.target.value || null })}
            >
              <option value="">Yours</option>
              <optgroup label="With a planted bug">
                {bugs.map(([each, { title, variant: of }]) => (
                  <option key={each} value={each}>
                    {session.variants.length > 1 ? `${titles[of] ?? of}: ${title}` : title}
                  </option>
                ))}
              </optgroup>
            </select>
          </label>
        )}
      </div>
      {planted && <p className="code-effect">{planted.effect}</p>}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups the fields of a form, of which there is none. */}
      <div className="code-files" role="group" aria-label="Files">
        {session.files().map((each) => (
          <button
            key={each.file}
            type="button"
            className="code-file"
            aria-pressed={each.file === file}
            onClick={() => session.choose({ file: each.file })}
          >
            {each.file}.ts
            {!each.runs && <span className="code-mark"> types</span>}
            {each.runs && session.text(each.file) !== session.data.files[each.file] && (
              <span className="code-mark"> {planted ? 'with the bug' : 'edited'}</span>
            )}
          </button>
        ))}
      </div>
      <CodeEditor
        key={`${variant} ${bug} ${file}`}
        ref={editor}
        label={`${file}.ts${isEditable ? '' : ', to be read'}`}
        text={text}
        language={typescriptLanguage}
        original={showsDifference ? ours : null}
        isReadOnly={!isEditable}
        problem={
          problem && place?.file === file
            ? { line: place.line, column: place.column, message: problem.message }
            : null
        }
        onChange={(written) => session.write(written)}
      />
      <p className="code-hint">
        {isEditable
          ? 'Tab indents; press Esc, then Tab, to leave the editor. Types are stripped, not checked: what the model returns is held to its interface while it runs.'
          : planted
            ? 'A planted bug, as a difference from ours. Press Esc, then Tab, to leave the editor.'
            : 'Types are stripped before a model runs, so a change here would change nothing.'}
      </p>
      <div className="code-actions">
        <button type="button" className="fig-button code-race" onClick={session.race}>
          {state.isRunning
            ? 'Running…'
            : session.isRaced()
              ? 'Run it again'
              : bug === null
                ? 'Race yours against ours'
                : 'Race the bug against ours'}
        </button>
        {state.raced !== null && (
          <button type="button" className="fig-button" onClick={session.takeOut}>
            Take it out
          </button>
        )}
        <button
          type="button"
          className="fig-button"
          aria-pressed={showsDifference}
          disabled={text === ours && !showsDifference}
          onClick={() => session.showDifference(!showsDifference)}
        >
          Difference
        </button>
        {isEditable && (
          <button
            type="button"
            className="fig-button"
            disabled={text === ours}
            onClick={session.reset}
          >
            Reset
          </button>
        )}
        <CopyButton text={text} />
        <a
          className="fig-button"
          download={`${file}.ts`}
          href={`data:text/typescript;charset=utf-8,${encodeURIComponent(text)}`}
        >
          Download
        </a>
      </div>
      <p className="code-state" role="status">
        {stateText(session, isChanged)}
        {session.isRaced() &&
          !problem &&
          !session.isInFigure(variant) &&
          ` Of ours, this figure runs ${listed(spec.variants.map((each) => titles[each] ?? each))}: there is no ${titles[variant] ?? variant} beside it.`}
      </p>
      {problem && (
        <div className="fig-notice fig-failure" role="alert">
          <p>
            {place && (
              <>
                <strong>
                  {place.file}.ts, line {place.line}.
                </strong>{' '}
              </>
            )}
            {problem.message}
          </p>
          {place && (
            <button type="button" className="fig-button" onClick={goTo}>
              Go to the line
            </button>
          )}
        </div>
      )}
      {Object.keys(checks).length > 0 && (
        <div className="code-checks" aria-describedby={`${id}-checks`}>
          <CheckList
            figure={`${spec.figure}-code`}
            checks={checks}
            states={state.checks}
            live
            isRunning={state.isChecking}
            onRun={() => void session.check()}
            onStop={session.stopChecking}
          />
          <p id={`${id}-checks`} className="code-hint">
            The statements that our own model is held to, run on{' '}
            {planted
              ? 'the one with the bug'
              : isChanged
                ? 'yours'
                : 'ours, as long as yours is the same'}
            .
          </p>
        </div>
      )}
    </div>
  );
}

function stateText(session: Session, isChanged: boolean): string {
  const { raced, isRunning, problem, bug } = session.store.get();
  if (problem || isRunning) return '';
  const whose = bug === null ? 'Yours' : 'The one with the bug';
  if (raced === null) {
    return isChanged || bug !== null
      ? 'It runs when you say so, in a sandbox in your browser that can reach nothing.'
      : 'This is the model as it runs in the figure. Change it, and race yours against ours.';
  }
  return session.isRaced()
    ? `${whose} runs in the figure above, on the same requests.`
    : 'What runs beside ours is not this text: run it again.';
}

const SAID_MS = 2000;

function CopyButton({ text }: { readonly text: string }): ReactNode {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <button
      type="button"
      className="fig-button"
      onClick={() => {
        navigator.clipboard.writeText(text).then(
          () => setSaid('Copied'),
          () => setSaid('Select and copy by hand'),
        );
      }}
    >
      {said ?? 'Copy'}
    </button>
  );
}
