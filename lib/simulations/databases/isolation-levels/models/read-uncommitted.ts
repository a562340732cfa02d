import type { OpenDatabase } from './database';
import { openLocking } from './locking';

/** Locks on writes alone: what others have not committed is read as if it were true. */
export const readUncommitted: OpenDatabase = (rows) => openLocking(rows, 'nothing');
