import type { OpenDatabase } from './database';
import { openLocking } from './locking';

/** Locks on all rows read and written, none on rows that may come. */
export const rowLocks: OpenDatabase = (rows) => openLocking(rows, 'rows');
