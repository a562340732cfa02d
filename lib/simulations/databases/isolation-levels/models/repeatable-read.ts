import type { OpenDatabase } from './database';
import { openVersioned } from './versioned';

/** PostgreSQL's repeatable read: one snapshot for the transaction. */
export const repeatableRead: OpenDatabase = (rows) => openVersioned(rows, 'repeatable read');
