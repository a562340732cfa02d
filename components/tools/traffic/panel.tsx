/**
 * The reader's traffic: a log is chosen, looked at, read, and run by the figure in place of what the
 * simulation draws. Everything happens on the reader's machine.
 */
import {
  type ChangeEvent,
  type DragEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useFigure } from '@/components/figure/use-figure';
import type { TrafficDescription } from '@/lib/simulation/definition';
import { formatNumber } from '@/lib/simulation/format';
import { SAMPLE_NAME, sampleLog } from '@/lib/tools/traffic/sample';
import type { SessionState, TrafficSession } from '@/lib/tools/traffic/session';
import type { ToolPanelProps } from '../tool';
import { Answer } from './answer';
import { ReadingForm } from './reading-form';
import { REMEMBERED_MAX, sessionOf } from './sessions';
import { Summary } from './summary';
import './traffic.css';

export function TrafficPanel(props: ToolPanelProps): ReactNode {
  const { traffic } = props.figure.description;
  return traffic ? <Session {...props} traffic={traffic} /> : null;
}

function Session({
  figure,
  context,
  traffic,
}: ToolPanelProps & { readonly traffic: TrafficDescription }): ReactNode {
  const session = sessionOf(figure, traffic);
  const state = useSyncExternalStore(session.store.subscribe, session.store.get, session.store.get);
  const applied = useFigure(figure, ({ traffic: running }) => running);
  return (
    <DropZone onFile={(file) => session.choose(file, file.name)}>
      <p className="tool-traffic-lead">
        <strong>{traffic.question}</strong> Run this figure on a log of your own in place of its
        generated {traffic.rows}. The file is read on your machine, in this page: nothing of it is
        sent anywhere.
      </p>
      <SourceForm session={session} state={state} />
      {state.error !== null && (
        <p className="tool-traffic-error" role="alert">
          {state.error}
        </p>
      )}
      {state.chosen && state.lines.length > 0 && (
        <ReadingForm session={session} state={state} traffic={traffic} name={state.chosen.name} />
      )}
      {state.summary && state.summary.rows > 0 && state.reading && (
        <Summary
          session={session}
          state={state}
          summary={state.summary}
          reading={state.reading}
          traffic={traffic}
        />
      )}
      {applied && (
        <Answer
          figure={figure}
          context={context}
          traffic={traffic}
          applied={applied}
          onBack={session.withdraw}
        />
      )}
      <p className="sr-only" role="status">
        {said(state, applied !== null)}
      </p>
    </DropZone>
  );
}

/** What has come to an end, for those who do not see it. */
function said({ busy, summary }: SessionState, isApplied: boolean): string {
  if (busy === 'looking' || busy === 'reading') return 'Reading the file.';
  if (isApplied) return 'The figure runs on your traffic.';
  return summary ? `${formatNumber(summary.rows)} rows were read.` : '';
}

function DropZone({
  onFile,
  children,
}: {
  readonly onFile: (file: File) => void;
  readonly children: ReactNode;
}): ReactNode {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button for a file
    <div
      className="tool-traffic"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}

/** Where the log comes from: a file, the sample, or the clipboard. */
function SourceForm({
  session,
  state,
}: {
  readonly session: TrafficSession;
  readonly state: SessionState;
}): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const chooseFile = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const [file] = target.files ?? [];
    if (file) session.choose(file, file.name);
    // The same file may be chosen again, after it has changed.
    target.value = '';
  };
  const isLong = state.text.length > REMEMBERED_MAX;
  return (
    <div className="tool-traffic-source">
      <div className="tool-traffic-buttons">
        <input
          ref={input}
          type="file"
          className="sr-only"
          tabIndex={-1}
          aria-label="Log file"
          onChange={chooseFile}
        />
        <button type="button" className="fig-button" onClick={() => input.current?.click()}>
          Choose a file…
        </button>
        <button
          type="button"
          className="fig-button"
          onClick={() => session.choose(new Blob([sampleLog()]), SAMPLE_NAME)}
        >
          Try a sample
        </button>
        <span className="tool-traffic-hint">or drop a file here</span>
      </div>
      <label className="fig-label" htmlFor={id}>
        Or paste lines
      </label>
      <textarea
        id={id}
        className="tool-traffic-text"
        rows={3}
        spellCheck={false}
        autoComplete="off"
        data-keys="text"
        aria-describedby={`${id}-about`}
        value={state.text}
        onChange={(event) => session.type(event.target.value)}
      />
      <div className="tool-traffic-buttons">
        <button
          type="button"
          className="fig-button"
          disabled={state.text.trim() === ''}
          onClick={session.usePasted}
        >
          Read what is pasted
        </button>
      </div>
      <p className="fig-about" id={`${id}-about`}>
        Access logs of Apache and nginx, JSON lines (Caddy), AWS load balancers, CSV, or one
        timestamp or key a line; gzip too; up to 2 GB, of which the first 5 million rows are read.
        {isLong
          ? ' This much text is not kept once you leave the page.'
          : ' What you paste is kept in this browser until you clear it, here or in the settings.'}
      </p>
    </div>
  );
}
