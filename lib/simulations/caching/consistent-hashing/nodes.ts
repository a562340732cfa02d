import { NODES_MAX } from './parameters';

/** All caches that there may be, in the order in which they join. */
export const NODES = Array.from({ length: NODES_MAX }, (_, i) => ({
  id: `cache-${i + 1}`,
  label: `Cache ${i + 1}`,
}));

/** Their names by their ids. */
export const NAMES: Readonly<Record<string, string>> = Object.fromEntries(
  NODES.map(({ id, label }) => [id, label]),
);
