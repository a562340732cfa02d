/** `<Comparison>` of a guide: measures of the variants of a race, compared. */
import type { ReactNode } from 'react';
import { ComparisonMount } from './comparison-mount.client';

export interface ComparisonProps {
  /** Id of the simulation. */
  readonly id: string;
  readonly scenario: string;
  /** Name of the figure in links; "<scenario>-comparison" by default. */
  readonly figure?: string;
  /** Results compared, variants compared; the scenario's by default. The still has them already. */
  readonly measures?: string;
  readonly variants?: string;
  /** Key of the still; added by the content compiler. */
  readonly still: string;
  /** The caption, which states the conclusion. */
  readonly children?: ReactNode;
}

export function Comparison({ scenario, figure, still, children }: ComparisonProps): ReactNode {
  return (
    <ComparisonMount
      figure={figure ?? `${scenario}-comparison`}
      still={still}
      caption={children && <figcaption className="fig-caption">{children}</figcaption>}
    />
  );
}
