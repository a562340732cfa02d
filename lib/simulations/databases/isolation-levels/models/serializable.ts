import type { OpenDatabase } from './database';
import { openVersioned } from './versioned';

/** PostgreSQL's serializable: one snapshot, and dependencies are watched. */
export const serializable: OpenDatabase = (rows) => openVersioned(rows, 'serializable');
