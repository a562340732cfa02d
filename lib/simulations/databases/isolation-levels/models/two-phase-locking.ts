import type { OpenDatabase } from './database';
import { openLocking } from './locking';

/** Locks on all that is read and written, rows that may come included. */
export const twoPhaseLocking: OpenDatabase = (rows) => openLocking(rows, 'conditions');
