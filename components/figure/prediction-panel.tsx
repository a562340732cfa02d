/** A prediction at work: chosen, committed, then held against the run. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
import { writeAddress } from './address';
import { LiveFrame } from './live-frame';
import { Failure } from './notices';
import { pageMemory } from './page-memory';
import { PredictionForm } from './prediction-form';
import { startFigure } from './start';
import { useFigure } from './use-figure';

export interface PredictionPanelProps {
  readonly context: ToolContext;
  readonly description: Description;
  readonly figureId: string;
  readonly prediction: string;
}

type Phase =
  /** Choosing; or chosen on an earlier visit, and not yet run on this one. */
  | { readonly name: 'question' }
  | { readonly name: 'starting' }
  | { readonly name: 'running'; readonly figure: Figure }
  | { readonly name: 'failed'; readonly message: string };

export function PredictionPanel({
  context,
  description,
  figureId,
  prediction,
}: PredictionPanelProps): ReactNode {
  const declared = description.predictions[prediction];
  const memoryName = `prediction:${description.id}:${prediction}`;
  const isOption = (value: unknown): value is string =>
    typeof value === 'string' && Object.hasOwn(declared?.options ?? {}, value);
  const [chosen, setChosen] = useState(() => pageMemory.read(memoryName, isOption) ?? null);
  const [committed, setCommitted] = useState(chosen !== null);
  const [phase, setPhase] = useState<Phase>({ name: 'question' });

  const figure = phase.name === 'running' ? phase.figure : null;
  useEffect(() => () => figure?.close(), [figure]);
  /** Counts the starts: what arrives after the panel has gone is closed. */
  const starts = useRef(0);
  useEffect(
    () => () => {
      starts.current++;
    },
    [],
  );
  /** Takes the focus of the buttons that go when they are pressed. */
  const panel = useRef<HTMLDivElement>(null);
  const focusPanel = (): void => panel.current?.focus({ preventScroll: true });
  if (!declared) return null;

  const run = (): void => {
    const mine = ++starts.current;
    pageMemory.write(memoryName, chosen);
    setCommitted(true);
    setPhase({ name: 'starting' });
    const spec = completeSpec(description, declared.scenario, { figure: `${figureId}-run` });
    // What was predicted is the scenario as it is: what an earlier run was changed to has no part in it.
    writeAddress(spec.figure, null);
    const judged = { tasks: [], predictions: [prediction] };
    startFigure(context.engine, description, spec, judged, null).then(
      (started) => {
        if (mine !== starts.current) {
          started.close();
          return;
        }
        if (started.store.get().mode === 'waiting') started.play('reader');
        const hadFocus = panel.current?.contains(document.activeElement) === true;
        flushSync(() => setPhase({ name: 'running', figure: started }));
        if (hadFocus) focusPanel();
      },
      (error: unknown) => {
        if (mine !== starts.current) return;
        setPhase({
          name: 'failed',
          message: error instanceof Error ? error.message : String(error),
        });
      },
    );
  };
  const forget = (): void => {
    pageMemory.forget(memoryName);
    flushSync(() => {
      setChosen(null);
      setCommitted(false);
      setPhase({ name: 'question' });
    });
    focusPanel();
  };

  return (
    <div className="fig-panel" ref={panel} tabIndex={-1}>
      <PredictionForm
        figure={figureId}
        question={declared.question}
        options={declared.options}
        chosen={chosen}
        isOpen={!committed}
        onChoose={setChosen}
      />
      {phase.name === 'running' ? (
        <>
          <Verdict
            figure={phase.figure}
            prediction={prediction}
            chosen={chosen ?? ''}
            declared={declared}
            onForget={forget}
            onAsk={focusPanel}
          />
          <div id={phase.figure.spec.figure} className="fig-inner">
            <LiveFrame figure={phase.figure} context={context} />
          </div>
        </>
      ) : (
        <div className="fig-panel-action">
          <button
            type="button"
            className="fig-button"
            // Not disabled while the run starts: whoever has pressed it by keyboard must not lose it.
            disabled={chosen === null}
            aria-disabled={phase.name === 'starting' || undefined}
            onClick={phase.name === 'starting' ? undefined : run}
          >
            {committed && phase.name !== 'starting' ? 'Show the run again' : 'Commit, then run'}
          </button>
          {committed && phase.name !== 'starting' && (
            <button type="button" className="fig-text-button" onClick={forget}>
              Predict again
            </button>
          )}
        </div>
      )}
      {phase.name === 'failed' && <Failure message={phase.message} retry={run} />}
    </div>
  );
}

/** What came true: shown when the run has been seen to its end, or when the reader will not wait. */
function Verdict({
  figure,
  prediction,
  chosen,
  declared,
  onForget,
  onAsk,
}: {
  readonly figure: Figure;
  readonly prediction: string;
  readonly chosen: string;
  readonly declared: Description['predictions'][string];
  readonly onForget: () => void;
  /** The button that asked for the result has gone. */
  readonly onAsk: () => void;
}): ReactNode {
  // The first run is the one that was predicted; what the reader tries afterwards is not scored.
  const [answer] = useState(() => figure.store.get().shown?.predictions[prediction]);
  const [isAsked, setAsked] = useState(false);
  const isSeen = useFigure(figure, ({ t, shown }) => shown !== null && t >= shown.shownMs);
  useEffect(() => {
    if (isSeen) setAsked(true);
  }, [isSeen]);
  const isRight = answer === chosen;
  return (
    <div className="fig-verdict" role="status">
      {isAsked && answer !== undefined ? (
        <>
          <p>
            <strong>{isRight ? 'As you predicted.' : 'Not as you predicted.'}</strong>{' '}
            {isRight ? 'The run says: ' : 'You said: '}
            {declared.options[chosen]}
            {isRight ? '' : `. The run says: ${declared.options[answer] ?? answer}`}.
          </p>
          <p>{declared.explain}</p>
          <button type="button" className="fig-text-button" onClick={onForget}>
            Predict again
          </button>
        </>
      ) : (
        <>
          <p>You said: {declared.options[chosen]}. Watch the run.</p>
          <button
            type="button"
            className="fig-text-button"
            onClick={() => {
              flushSync(() => setAsked(true));
              onAsk();
            }}
          >
            Show the result now
          </button>
        </>
      )}
    </div>
  );
}
