/** Draws a lab as static HTML: its steps with what the engine answered when the page was built. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { LabRecord } from '@/lib/content/labs';
import type { LabDescription } from '@/lib/engines/description';
import {
  Differences,
  fetchWords,
  Head,
  OWN_WORDS,
  phaseClosed,
  RUN_ALL,
  StillStep,
  Waits,
} from './parts';
import { STILLS } from './stills';

/** @throws Error if the kind of the lab has no components */
export function renderLab({ bundle, description }: LabRecord): string {
  const { id, kind, steps, transcript } = description;
  const still = STILLS[kind];
  if (!still) {
    throw new Error(
      `Expected components for each kind of lab, got none for "${kind}". Add it to components/labs/stills.ts and kinds.ts.`,
    );
  }
  return renderToStaticMarkup(
    <article
      id={id}
      className="fig lab"
      aria-labelledby={`${id}-title`}
      data-bundle={bundle}
      data-figure={JSON.stringify({ kind: 'lab' })}
    >
      <div className="fig-frame">
        <figure className="fig-part">
          <div>
            <Head lab={description} />
            <StillStatus lab={description} />
            <ol className="lab-steps">
              {steps.map((step, index) => (
                <StillStep
                  key={step.id}
                  lab={description}
                  still={still}
                  step={step}
                  output={transcript.outputs[index]}
                />
              ))}
            </ol>
            <div className="lab-own">
              <Waits>
                <span className="fig-button">{OWN_WORDS}</span>
              </Waits>
            </div>
          </div>
          <figcaption className="fig-caption" />
        </figure>
        <div>
          <Differences lab={description} />
        </div>
      </div>
    </article>,
  );
}

/** In the height of the live one. */
function StillStatus({ lab }: { readonly lab: LabDescription }): ReactNode {
  return (
    <div className="lab-status">
      <p className="lab-engine">
        {lab.transcript.version}
        <Waits>
          <span className="lab-phase">{phaseClosed(lab)}</span>
        </Waits>
      </p>
      <Waits>
        <span className="fig-button">
          {RUN_ALL}
          {fetchWords(lab)}
        </span>
      </Waits>
      <noscript>
        <p className="lab-engine">
          Its answers were recorded when this page was built. With scripts you can run the steps and
          change them.
        </p>
      </noscript>
    </div>
  );
}
