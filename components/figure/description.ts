/** What a page knows of a simulation without running it: fetched once, for all of its figures. */
import type { Description } from '@/lib/simulation/definition';
import { descriptionAddress } from '@/lib/simulation-files';

const known = new Map<string, Promise<Description>>();

/**
 * The description of the simulation that a script runs.
 *
 * @throws Error with what the reader can do; the next call tries again
 */
export function descriptionOf(bundle: string): Promise<Description> {
  const existing = known.get(bundle);
  if (existing) return existing;
  const description = load(descriptionAddress(bundle));
  known.set(bundle, description);
  description.catch(() => known.delete(bundle));
  return description;
}

async function load(address: string): Promise<Description> {
  const response = await fetch(address).catch(() => undefined);
  if (response?.ok !== true) {
    throw new Error(
      'What there is to know of this simulation could not be loaded. Check the connection, then try again.',
    );
  }
  return (await response.json()) as Description;
}
