/** The simulations with a still of each scenario, as the build has written them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationIndex } from '@/lib/content/build-content';

/** Read anew each time, so that a page of the development server follows the sources. */
export function readSimulations(): SimulationIndex {
  const file = join(/* turbopackIgnore: true */ process.cwd(), '.generated/simulations.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(
      `Expected .generated/simulations.json, got no such file. Run "npm run generate", which "npm run build" and "npm run dev" do by themselves.`,
      { cause },
    );
  }
  return JSON.parse(text) as SimulationIndex;
}
