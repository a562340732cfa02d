import { counter, maximum } from '../../../simulation/measures';

const anomaly = (label: string, describe: string) =>
  counter({ label, describe, unit: '', better: 'lower' });

export const measures = {
  anomalies: anomaly('Anomalies', 'What no serial order explains, by kind and transactions.'),
  dirtyWrites: anomaly('Dirty writes', 'A row overwritten before it was committed (P0).'),
  dirtyReads: anomaly('Dirty reads', 'A row read before it was committed (P1).'),
  strayReads: anomaly(
    'Stray reads',
    'Reads of what was rolled back, passing or gone again (G1, OTV).',
  ),
  fuzzyReads: anomaly('Non-repeatable reads', 'A row read twice, and changed in between (P2).'),
  phantoms: anomaly('Phantoms', 'Rows that come or go between two reads (P3).'),
  lostUpdates: anomaly('Lost updates', 'A write based on a read that was overwritten (P4).'),
  readSkews: anomaly('Read skews', 'One row read before a transaction, another after it (A5A).'),
  writeSkews: anomaly('Write skews', 'Each relied on what the other changed (A5B).'),
  phantomSkews: anomaly('Phantom skews', 'The same, about which rows there are (G2).'),
  unserializable: counter({
    label: 'Out of order',
    describe: 'Committed transactions that no order explains.',
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
    describe: 'Transactions ended as not serializable.',
    unit: 'transactions',
    better: 'lower',
  }),
  deadlocks: counter({
    label: 'Failed with 40P01',
    describe: 'Transactions ended to break a deadlock.',
    unit: 'transactions',
    better: 'lower',
  }),
  longestWait: maximum({
    label: 'Longest wait',
    describe: 'The longest wait of one statement.',
    unit: 'ms',
    better: 'lower',
  }),
};
