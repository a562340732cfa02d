/** A prediction at work: chosen, committed, then held against the run. */
import { type ReactNode, useEffect, useState } from 'react';
import type { ToolContext } from '@/components/tools/tool';
import type { Figure } from '@/lib/figure/figure';
import { completeSpec } from '@/lib/figure/spec';
import type { Description } from '@/lib/simulation/definition';
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
  if (!declared) return null;

  const run = (): void => {
    pageMemory.write(memoryName, chosen);
    setCommitted(true);
    setPhase({ name: 'starting' });
    const spec = completeSpec(description, declared.scenario, { figure: `${figureId}-run` });
    startFigure(context.engine, description, spec, { tasks: [], predictions: [prediction] }).then(
      (started) => {
        if (started.store.get().mode === 'waiting') started.play('reader');
        setPhase({ name: 'running', figure: started });
      },
      (error: unknown) =>
        setPhase({
          name: 'failed',
          message: error instanceof Error ? error.message : String(error),
        }),
    );
  };
  const forget = (): void => {
    pageMemory.forget(memoryName);
    setChosen(null);
    setCommitted(false);
    setPhase({ name: 'question' });
  };

  return (
    <div className="fig-panel">
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
            disabled={chosen === null || phase.name === 'starting'}
            onClick={run}
          >
            {committed ? 'Show the run again' : 'Commit, then run'}
          </button>
          {committed && (
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
}: {
  readonly figure: Figure;
  readonly prediction: string;
  readonly chosen: string;
  readonly declared: Description['predictions'][string];
  readonly onForget: () => void;
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
          <button type="button" className="fig-text-button" onClick={() => setAsked(true)}>
            Show the result now
          </button>
        </>
      )}
    </div>
  );
}
