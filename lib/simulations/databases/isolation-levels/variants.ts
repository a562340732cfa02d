import { readCommitted } from './models/read-committed';
import { readUncommitted } from './models/read-uncommitted';
import { repeatableRead } from './models/repeatable-read';
import { rowLocks } from './models/row-locks';
import { serializable } from './models/serializable';
import { twoPhaseLocking } from './models/two-phase-locking';

export const variants = {
  'read-uncommitted': {
    title: 'Read uncommitted',
    describe: 'Locks on writes alone.',
    model: readUncommitted,
  },
  'read-committed': {
    title: 'Read committed',
    describe: 'PostgreSQL’s: a snapshot for each statement.',
    model: readCommitted,
  },
  'repeatable-read': {
    title: 'Repeatable read',
    describe: 'PostgreSQL’s: one snapshot; the first to write a row wins.',
    model: repeatableRead,
  },
  serializable: {
    title: 'Serializable',
    describe: 'PostgreSQL’s: one snapshot; dangerous dependencies fail.',
    model: serializable,
  },
  'row-locks': {
    title: 'Row locks',
    describe: 'Locks on the rows read and written.',
    model: rowLocks,
  },
  'two-phase-locking': {
    title: 'Two-phase locking',
    describe: 'Locks on all that is read and written.',
    model: twoPhaseLocking,
  },
};

export type VariantId = keyof typeof variants;
export const VARIANT_IDS = Object.keys(variants) as readonly VariantId[];
/** Those that promise that some serial order explains everything. */
export const SERIAL = ['serializable', 'two-phase-locking'] as const;
/** PostgreSQL's. */
export const VERSIONED = ['read-committed', 'repeatable-read', 'serializable'] as const;
