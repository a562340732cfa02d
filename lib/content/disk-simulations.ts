/**
 * The simulations of the repository, run from their bundles, with results kept on disk: a number is
 * computed once for a simulation's hash and inputs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClaimVerdict } from '../simulation/claims';
import type { Race } from '../simulation/definition';
import type { RaceResults } from '../simulation/measures';
import type { RunRequest } from '../simulation/protocol';
import type { SweepCurves } from '../tools/sweep/curves';
import { type BundledSimulation, loadEngine, sha256 } from './bundles';
import { writeWhole } from './files';
import { ContentError } from './problem';
import type { SimulationRecord, Simulations } from './simulations';

const RUNS_FOLDER = '.generated/cache/runs';

/** Races kept in memory; the findings and the stills of one figure follow each other closely. */
const RACES_MAX = 4;

export interface DiskSimulations extends Simulations {
  /** Names of the files in the cache that were read or written, or that somebody still needs. */
  readonly usedCacheFiles: () => readonly string[];
  /** Counts these files as used, although nobody reads them now. */
  readonly needCacheFiles: (names: readonly string[]) => void;
  /** The same simulations, telling the name of each file of the cache that they read or write. */
  readonly telling: (tell: (name: string) => void) => Simulations;
}

export function diskSimulations(
  root: string,
  bundled: readonly BundledSimulation[],
): DiskSimulations {
  const byId = new Map(bundled.map((record) => [record.id, record]));
  const races = new Map<string, Race>();
  const used = new Set<string>();

  const engineOf = (record: SimulationRecord) => {
    const found = byId.get(record.id);
    if (found === undefined) throw new Error(`Simulation "${record.id}" is gone; generate again.`);
    return loadEngine(root, found.engine);
  };

  const race = async (record: SimulationRecord, request: RunRequest): Promise<Race> => {
    const key = keyOf(record, request);
    const known = races.get(key);
    if (known !== undefined) return known;
    const engine = await engineOf(record);
    const made = running(record, () => engine.run(request));
    const [oldest] = races.keys();
    if (races.size >= RACES_MAX && oldest !== undefined) races.delete(oldest);
    races.set(key, made);
    return made;
  };

  type Tell = (name: string) => void;

  const cached = async <T>(key: string, make: () => Promise<T>, tell: Tell): Promise<T> => {
    const name = `${key}.json`;
    tell(name);
    const file = join(root, RUNS_FOLDER, name);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as T;
    const made = await make();
    // Two processes may compute the same.
    writeWhole(file, JSON.stringify(made));
    return made;
  };

  const simulations = (tell: Tell): Simulations => ({
    ids: () => [...byId.keys()],
    find: (id) => byId.get(id),
    race,
    results: (record, request) =>
      cached(
        keyOf(record, request),
        async () => {
          const { runs } = await race(record, request);
          return Object.fromEntries(
            runs.map(({ variant, results }) => [variant, results]),
          ) as RaceResults;
        },
        tell,
      ),
    sweep: (record, sweep) =>
      cached(
        sha256(JSON.stringify(['sweep', record.id, record.hash, sweep])).slice(0, 24),
        async (): Promise<SweepCurves> => {
          const engine = await engineOf(record);
          return running(record, () => engine.sweep(sweep));
        },
        tell,
      ),
    judgeClaim: (record, claim) =>
      cached(
        sha256(JSON.stringify(['claim', record.id, record.hash, claim])).slice(0, 24),
        async (): Promise<ClaimVerdict> => {
          const engine = await engineOf(record);
          return running(record, () => engine.judgeClaim(claim));
        },
        tell,
      ),
    readSource: (path) => {
      const file = join(root, path);
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    },
  });

  const use = (name: string): void => {
    used.add(name);
  };
  return {
    ...simulations(use),
    usedCacheFiles: () => [...used],
    needCacheFiles: (names) => names.forEach(use),
    telling: (tell) =>
      simulations((name) => {
        use(name);
        tell(name);
      }),
  };
}

/**
 * What a run throws is a problem of the simulation, whichever guide asked for the run. The stack is
 * left out: it would show the bundle, which is one long line.
 *
 * @throws ContentError if `run` throws
 */
function running<T>({ id, category }: SimulationRecord, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new ContentError([
      {
        file: `lib/simulations/${category}/${id}/simulation.ts`,
        line: 1,
        column: 1,
        message: `expected every run to reach its end, got: ${error instanceof Error ? error.message : String(error)}`,
        remedy: `Run the contract test for the whole trace: npx vitest run lib/simulation/contract.test.ts -t ${id}`,
      },
    ]);
  }
}

/** Same hash, same request, same run. */
function keyOf({ id, hash }: SimulationRecord, request: RunRequest): string {
  return sha256(JSON.stringify(['run', id, hash, request])).slice(0, 24);
}
