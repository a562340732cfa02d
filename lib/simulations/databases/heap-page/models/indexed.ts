import type { HeapFactory } from './heap';
import { hot } from './hot';

/** The same table, whose changed column has an index. */
export const indexed: HeapFactory = hot;
