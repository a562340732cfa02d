/** The page's own memory: what figures keep for the reader between visits. */
import { createMemory } from '@/lib/figure/memory';

export const pageMemory = createMemory(() => globalThis.localStorage);
