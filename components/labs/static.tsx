/** Draws a lab as static HTML: its steps with what the engine answered when the page was built. */
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { LabRecord } from '@/lib/content/labs';
import { Differences, Head, StillStep } from './parts';
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
            <StillStatus version={transcript.version} />
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
function StillStatus({ version }: { readonly version: string }): ReactNode {
  return (
    <div className="lab-status">
      <p className="lab-engine">{version}</p>
      <noscript>
        <p className="lab-engine">
          Its answers were recorded when this page was built. With scripts you can run the steps and
          change them.
        </p>
      </noscript>
    </div>
  );
}
