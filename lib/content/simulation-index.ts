/** The simulations with a still of each scenario, as the build has written them. */
import type { SimulationIndex } from './build-content';
import { readGenerated } from './generated';

/** @throws Error if they have not been generated. */
export function readSimulations(): SimulationIndex {
  return readGenerated<SimulationIndex>('.generated/simulations.json');
}
