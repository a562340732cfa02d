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
  /** The caption; the scenario's story by default. */
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
      {children ?? <p>{entry.description.scenarios[figure.scenario]?.story}</p>}
    </Simulation>
  );
}
