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

export function StepHead({ step }: { readonly step: DescribedStep<unknown> }): ReactNode {
  return (
    <>
      <p className="lab-step-title">{step.title}</p>
      <p className="lab-says">{step.says}</p>
    </>
  );
}

/** A step as it was recorded. */
export function StillStep({
  lab: { id, transcript },
  still: { Asked, Exchange },
  step,
  output,
}: {
  readonly lab: LabDescription;
  readonly still: AnyStill;
  readonly step: DescribedStep<unknown>;
  readonly output: unknown;
}): ReactNode {
  const { about } = transcript;
  return (
    <li className="lab-step">
      <StepHead step={step} />
      <Asked input={step.input} about={about} />
      <div className="lab-actions" />
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
