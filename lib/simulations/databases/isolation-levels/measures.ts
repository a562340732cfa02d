import { counter, distribution, maximum } from '../../../simulation/measures';
import type { Phenomenon } from './history';

const anomaly = (label: string, describe: string) =>
  counter({ label, describe, unit: '', better: 'lower' });

export const measures = {
  anomalies: anomaly(
    'Anomalies',
    'What no serial order of the transactions explains, each kind between the same transactions once.',
  ),
  dirtyWrites: anomaly('Dirty writes', 'A row written over that somebody had not committed yet.'),
  dirtyReads: anomaly('Dirty reads', 'A row read that its writer had not committed yet.'),
  strayReads: anomaly(
    'Reads of what never was',
    'Committed reads of what was rolled back, was only passing, or flowed in a circle (G1a, G1b, G1c).',
  ),
  vanishedWrites: anomaly(
    'Vanished writes',
    'Part of a transaction’s work seen, and afterwards something older than the rest of it (OTV).',
  ),
  fuzzyReads: anomaly('Non-repeatable reads', 'A row read twice, and changed in between (P2).'),
  phantoms: anomaly('Phantoms', 'Rows that come or go between two reads of a condition (P3).'),
  lostUpdates: anomaly(
    'Lost updates',
    'A write on the ground of a read that somebody had overwritten meanwhile (P4).',
  ),
  readSkews: anomaly('Read skews', 'One row read before a transaction, another after it (A5A).'),
  writeSkews: anomaly(
    'Write skews',
    'Two decide on the ground of what the other is about to change (A5B), readers included.',
  ),
  phantomSkews: anomaly(
    'Write skews by phantoms',
    'The same, where what changes is which rows meet the condition (G2).',
  ),
  unserializable: counter({
    label: 'Out of order',
    describe: 'Committed transactions that have no place in any serial order.',
    unit: 'transactions',
    better: 'lower',
  }),
  committed: counter({
    label: 'Committed',
    describe: 'Transactions that were committed.',
    unit: 'transactions',
    better: 'higher',
  }),
  failed: counter({
    label: 'Failed with 40001',
    describe: 'Transactions that the database ended since it could not serialize them.',
    unit: 'transactions',
    better: 'lower',
  }),
  deadlocks: counter({
    label: 'Failed with 40P01',
    describe: 'Transactions that the database ended to break a deadlock.',
    unit: 'transactions',
    better: 'lower',
  }),
  conflicts: counter({
    label: 'Found changed',
    describe: 'Updates by compare and set that met no row, since its value was another by then.',
    unit: '',
    better: 'lower',
  }),
  wait: distribution({
    label: 'Wait',
    describe: 'How long a statement that had to wait did so until its answer or its error.',
    unit: 'ms',
    quantiles: [0.5],
    better: 'lower',
  }),
  longestWait: maximum({
    label: 'Longest wait',
    describe: 'The longest wait of one statement.',
    unit: 'ms',
    better: 'lower',
  }),
  finish: maximum({
    label: 'Last commit',
    describe: 'When the last transaction was committed.',
    unit: 'ms',
    better: 'lower',
  }),
};

/** Which measure counts a phenomenon. */
export const COUNTED = {
  'dirty-write': 'dirtyWrites',
  'dirty-read': 'dirtyReads',
  'aborted-read': 'strayReads',
  'intermediate-read': 'strayReads',
  'circular-flow': 'strayReads',
  'vanished-write': 'vanishedWrites',
  'fuzzy-read': 'fuzzyReads',
  phantom: 'phantoms',
  'lost-update': 'lostUpdates',
  'read-skew': 'readSkews',
  'write-skew': 'writeSkews',
  'read-only-anomaly': 'writeSkews',
  'phantom-skew': 'phantomSkews',
} as const satisfies Record<Phenomenon, keyof typeof measures>;
