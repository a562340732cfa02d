/** Finds all simulations by their folders; for tests, build and command line, in Node alone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyDefinition } from './definition';
import type { Entry } from './run';

/** Where simulations live: `<category>/<id>/simulation.ts`. */
export const SIMULATIONS_FOLDER = fileURLToPath(new URL('../simulations', import.meta.url));

export interface SimulationFolder {
  readonly id: string;
  readonly category: string;
  /** Absolute path of the folder. */
  readonly path: string;
}

/** All folders that hold a simulation, by category and id. */
export function simulationFolders(parent = SIMULATIONS_FOLDER): SimulationFolder[] {
  const folders = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  return folders(parent).flatMap((category) =>
    folders(join(parent, category))
      .map((id) => ({ id, category, path: join(parent, category, id) }))
      .filter(({ path }) => existsSync(join(path, 'simulation.ts'))),
  );
}

/**
 * The simulation of one folder.
 *
 * @throws Error if its file exports no `simulation`.
 */
export async function loadEntry({ id, category, path }: SimulationFolder): Promise<Entry> {
  const file = join(path, 'simulation.ts');
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
    simulation?: AnyDefinition;
  };
  if (!module.simulation) {
    throw new Error(
      `${file} must export "simulation", got ${Object.keys(module).join(', ') || 'no export'}. ` +
        'Write: export const simulation = defineSimulation({ … }).',
    );
  }
  return { id, category, definition: module.simulation };
}

export function loadEntries(): Promise<Entry[]> {
  return Promise.all(simulationFolders().map(loadEntry));
}
