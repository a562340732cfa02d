/** What a lab shows live as it does in its still. */
import type { ReactNode } from 'react';
import type { DescribedStep, LabDescription } from '@/lib/engines/description';
import type { AnyStill } from './kinds';

export function Head({
  lab: { id, title, question },
}: {
  readonly lab: LabDescription;
}): ReactNode {
  return (
    <div className="fig-head">
      <p className="fig-title" id={`${id}-title`}>
        {title}
      </p>
      <p className="fig-question">{question}</p>
    </div>
  );
}

/** Smaller engines come without a word: no more than a figure does. */
const WORTH_SAYING_BYTES = 500_000;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** For buttons that start the engine. */
export const fetchWords = ({ downloadBytes }: LabDescription): string =>
  downloadBytes > WORTH_SAYING_BYTES ? ` (fetches ${megabytes(downloadBytes)})` : '';

export const phaseClosed = ({ downloadBytes }: LabDescription): string =>
  downloadBytes > WORTH_SAYING_BYTES
    ? `Not started: the first run fetches ${megabytes(downloadBytes)}.`
    : 'Not started.';

/** Where an answer comes from that no run here has given. */
export const RECORDED = 'Recorded when this page was built';

export const RUN_ALL = 'Run all steps';
export const OWN_WORDS = 'Ask something of your own';

/** Keeps the room of what a live lab has here. */
export function Waits({
  as: Element = 'span',
  children,
}: {
  readonly as?: 'span' | 'div';
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Element className="lab-waits" aria-hidden="true">
      {children}
    </Element>
  );
}

export function StepHead({ step }: { readonly step: DescribedStep<unknown> }): ReactNode {
  return (
    <>
      <p className="lab-step-title">{step.title}</p>
      <p className="lab-says">{step.says}</p>
    </>
  );
}

/** A step as it was recorded, in the height of the live one. */
export function StillStep({
  lab,
  still: { Asked, Exchange },
  step,
  output,
}: {
  readonly lab: LabDescription;
  readonly still: AnyStill;
  readonly step: DescribedStep<unknown>;
  readonly output: unknown;
}): ReactNode {
  const { id, transcript } = lab;
  const { about } = transcript;
  return (
    <li className="lab-step">
      <StepHead step={step} />
      <Asked input={step.input} about={about} />
      <div className="lab-actions">
        <Waits>
          <span className="fig-button">Run{fetchWords(lab)}</span>
          <span className="fig-text-button">Edit</span>
          <span className="lab-source">{RECORDED}.</span>
        </Waits>
      </div>
      <div className="lab-answer">
        <Exchange id={`${id}-${step.id}`} input={step.input} output={output} about={about} />
      </div>
    </li>
  );
}

/** How it differs from what runs in production. */
export function Differences({ lab: { differences } }: { readonly lab: LabDescription }): ReactNode {
  if (differences.length === 0) return null;
  return (
    <div className="fig-foot">
      <details className="fig-details" data-section="differences">
        <summary>How this differs from production</summary>
        <ul>
          {differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      </details>
    </div>
  );
}
