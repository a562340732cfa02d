/** What the model leaves out, with the direction of the error. */
import type { ReactNode } from 'react';
import type { Description } from '@/lib/simulation/definition';

export function Omitted({
  description,
  isOpen,
}: {
  readonly description: Description;
  readonly isOpen: boolean;
}): ReactNode {
  if (description.omissions.length === 0) return null;
  return (
    <details className="fig-details" data-section="omissions" open={isOpen}>
      <summary>What this model leaves out</summary>
      <OmissionList description={description} />
    </details>
  );
}

export function OmissionList({ description }: { readonly description: Description }): ReactNode {
  return (
    <dl className="fig-omissions">
      {description.omissions.map(({ what, effect }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{effect}</dd>
        </div>
      ))}
    </dl>
  );
}
