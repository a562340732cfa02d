/** The simulations and labs with their stills, as the build has written them. */
import type { LabIndex, SimulationIndex } from './build-content';
import { readGenerated } from './generated';

/** @throws Error if they have not been generated. */
export function readSimulations(): SimulationIndex {
  return readGenerated<SimulationIndex>('.generated/simulations.json');
}

/** @throws Error if they have not been generated. */
export function readLabs(): LabIndex {
  return readGenerated<LabIndex>('.generated/labs.json');
}
