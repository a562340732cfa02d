import type { HeapFactory } from './heap';
import { hot } from './hot';

/** The same table, whose pages are filled to the last byte. */
export const packed: HeapFactory = hot;
