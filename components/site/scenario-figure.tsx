/** A scenario of a simulation outside of a guide: on the home page and in the gallery. */
import type { ReactNode } from 'react';
import { Simulation } from '@/components/figure/simulation';
import type { SimulationIndexEntry } from '@/lib/content/build-content';

export function ScenarioFigure({
  entry,
  figure,
  children,
}: {
  readonly entry: SimulationIndexEntry;
  readonly figure: SimulationIndexEntry['figures'][number];
  /** The caption; a gallery needs none, since the frame tells the scenario's story. */
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <Simulation
      id={entry.description.id}
      scenario={figure.scenario}
      figure={figure.figure}
      views={figure.views.join(' ')}
      still={figure.still}
      bundle={entry.bundle}
    >
      {children}
    </Simulation>
  );
}
