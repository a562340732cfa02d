import type { Cache } from './cache';

/** No cache at all: whatever is asked for is refused a place. What a cache is to be compared with. */
export function noCache(): Cache {
  return {
    access: (key) => ({ hit: false, evicted: key }),
    remove: () => undefined,
    entries: () => [],
  };
}
