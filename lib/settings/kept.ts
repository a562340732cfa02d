/**
 * What the site keeps in the reader's browser, told in words: by the names under which it is kept.
 * Whatever bears the site's prefix is listed, also what an older version has left.
 */

const PREFIX = 'steady-state:';

type KeptKind =
  | 'theme'
  | 'single-keys'
  | 'searches'
  | 'tasks'
  | 'prediction'
  | 'code'
  | 'traffic'
  | 'lab'
  | 'other';

export interface Kept {
  /** The whole name, as storage has it. */
  readonly key: string;
  readonly kind: KeptKind;
  /** Id of the simulation or lab that it belongs to; null if it belongs to the whole site. */
  readonly simulation: string | null;
  /** How many things it holds: searches, tasks reached, files edited; 1 for a setting or a prediction. */
  readonly count: number;
  readonly value: string;
}

type Storage = Pick<globalThis.Storage, 'length' | 'key' | 'getItem'>;

/** Everything of ours, by name. */
export function keptIn(storage: Storage): Kept[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index))
    .filter((key): key is string => key?.startsWith(PREFIX) === true)
    .sort()
    .map((key) => describe(key, storage.getItem(key) ?? ''));
}

function describe(key: string, value: string): Kept {
  const [name = '', simulation = null] = key.slice(PREFIX.length).split(':');
  switch (name) {
    case 'theme':
    case 'single-keys':
      return { key, kind: name, simulation: null, count: 1, value };
    case 'searches':
      return { key, kind: name, simulation: null, count: lengthOf(value), value };
    case 'tasks':
      return { key, kind: name, simulation, count: lengthOf(value), value };
    case 'prediction':
    case 'traffic':
      return { key, kind: name, simulation, count: 1, value };
    case 'code':
    case 'lab':
      return { key, kind: name, simulation, count: lengthOf(value), value };
    default:
      return { key, kind: 'other', simulation: null, count: 1, value };
  }
}

/** How much a list or record written as JSON holds; 1 for what is one thing, or cannot be read. */
function lengthOf(text: string): number {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.keys(value).length : 1;
  } catch {
    return 1;
  }
}

interface Progress {
  readonly simulation: string;
  readonly tasks: number;
  readonly predictions: number;
  readonly keys: readonly string[];
}

/** What has been reached and predicted, by simulation. */
export function progressOf(kept: readonly Kept[]): Progress[] {
  const bySimulation = new Map<string, Progress>();
  for (const { kind, simulation, count, key } of kept) {
    if (simulation === null || (kind !== 'tasks' && kind !== 'prediction')) continue;
    const before = bySimulation.get(simulation);
    bySimulation.set(simulation, {
      simulation,
      tasks: (before?.tasks ?? 0) + (kind === 'tasks' ? count : 0),
      predictions: (before?.predictions ?? 0) + (kind === 'prediction' ? count : 0),
      keys: [...(before?.keys ?? []), key],
    });
  }
  return [...bySimulation.values()];
}
