import type { OpenDatabase } from './database';
import { openVersioned } from './versioned';

/** PostgreSQL's read committed: a snapshot for each statement. */
export const readCommitted: OpenDatabase = (rows) => openVersioned(rows, 'read committed');
