import { VARIANT_IDS } from './variants';

const LOST = {
  parameters: { script: 'deposits' },
  controls: ['interleaving', 'remedy', 'retry'],
  seed: 1,
  speed: 1,
} as const;

export const scenarios = {
  /** The failure that opens the guide: no error anywhere, and money is gone. */
  'lost-update': {
    ...LOST,
    title: 'Two deposits',
    question: 'Where did the 50 euros go?',
    story:
      'Two requests read a balance of 100, add to it, and write back what they have worked out.',
    watch: 'The two reads, and the second write; both sessions are told that all is well.',
    variants: ['read-committed'],
    views: ['sequence', 'rows', 'events'],
    controls: ['interleaving'],
    measures: ['lostUpdates', 'committed', 'failed'],
  },

  /** The same two programs, and three ways to guard them. */
  guards: {
    ...LOST,
    title: 'Guards in the program',
    question: 'Which guard keeps both deposits?',
    story: 'The same two deposits, with a guard between the read and the write.',
    watch: 'Who waits, and for how long, and what the second session reads.',
    parameters: { script: 'deposits', remedy: 'for-update' },
    variants: ['read-committed'],
    views: ['sequence', 'rows'],
    controls: ['remedy', 'retry', 'interleaving'],
    measures: ['lostUpdates', 'committed', 'longestWait'],
  },

  'dirty-read': {
    title: 'Money that never was',
    question: 'What may B do with a number that A takes back?',
    story:
      'A credits 500 and rolls back; in between B reads the balance and, if 500 are there, pays that much out.',
    watch: 'What B reads, and what is left of it when A has rolled back.',
    parameters: { script: 'unpaid' },
    variants: ['read-uncommitted', 'read-committed'],
    views: ['rows', 'events'],
    controls: ['script', 'interleaving'],
    measures: ['dirtyReads', 'strayReads', 'committed'],
    seed: 1,
    speed: 1,
  },

  snapshots: {
    title: 'A report beside a transfer',
    question: 'Do two reads of one transaction see the same database?',
    story: 'A adds up two accounts while B moves 40 from one to the other.',
    watch: 'The columns of what A would find: by statement, or by transaction.',
    parameters: { script: 'transfer' },
    variants: ['read-committed', 'repeatable-read'],
    views: ['rows', 'events'],
    controls: ['script', 'interleaving'],
    measures: ['readSkews', 'fuzzyReads', 'phantoms', 'failed', 'committed'],
    seed: 1,
    speed: 1,
  },

  'first-wins': {
    ...LOST,
    title: 'The first to write wins',
    question: 'What does the loser have to do?',
    story: 'The two deposits under repeatable read.',
    watch: 'The error of the second write and, with the retry, what its second attempt reads.',
    variants: ['repeatable-read'],
    views: ['sequence', 'events'],
    controls: ['retry', 'interleaving'],
    measures: ['lostUpdates', 'failed', 'committed'],
  },

  'write-skew': {
    title: 'Both go home',
    question: 'Who is on call when both have checked that two are?',
    story: 'Two doctors are on call; each may go if the other stays, and each looks first.',
    watch: 'Two different rows are written, so nobody is in anybody’s way.',
    parameters: { script: 'on-call' },
    variants: ['repeatable-read', 'serializable'],
    views: ['rows', 'events'],
    controls: ['retry', 'remedy', 'interleaving', 'script'],
    measures: ['writeSkews', 'phantomSkews', 'unserializable', 'failed', 'committed'],
    seed: 1,
    speed: 1,
  },

  'two-phase-locking': {
    title: 'The same with locks',
    question: 'How do locks keep both from going?',
    story: 'Both have locked what they have read, and each now wants to write a part of it.',
    watch: 'Who waits for whom, and how long it takes until somebody looks.',
    parameters: { script: 'on-call' },
    variants: ['two-phase-locking'],
    views: ['sequence', 'lanes', 'events'],
    controls: ['retry', 'deadlockTimeoutMs', 'script', 'interleaving'],
    measures: ['unserializable', 'deadlocks', 'committed', 'longestWait'],
    seed: 1,
    speed: 1,
  },

  phantoms: {
    title: 'A row that was not there',
    question: 'Can a lock on rows keep out a row that does not exist yet?',
    story: 'A counts twice who is on call; in between, B adds somebody.',
    watch: 'Whether B has to wait.',
    parameters: { script: 'recount' },
    variants: ['row-locks', 'two-phase-locking'],
    views: ['lanes', 'events'],
    controls: ['script', 'interleaving'],
    measures: ['phantoms', 'phantomSkews', 'longestWait', 'committed'],
    seed: 1,
    speed: 1,
  },

  deadlock: {
    title: 'Two transfers in opposite directions',
    question: 'Which of the two does the database end?',
    story: 'A takes from account 1 and gives to 2; B takes from 2 and gives to 1.',
    watch: 'Each holds what the other waits for; the first to look finds the cycle.',
    parameters: { script: 'crossing' },
    variants: ['read-committed'],
    views: ['sequence', 'lanes', 'events'],
    controls: ['deadlockTimeoutMs', 'stepMs', 'retry', 'interleaving'],
    measures: ['deadlocks', 'committed', 'longestWait'],
    seed: 1,
    speed: 1,
  },

  queue: {
    title: 'A queue for one row',
    question: 'In which order do those who wait get the row?',
    story: 'Three sessions lock the same row before they read it.',
    watch: 'C waits for B while B waits for A.',
    parameters: { script: 'queue' },
    variants: ['read-committed'],
    views: ['sequence-of-three', 'lanes-of-three', 'rows-of-three', 'events'],
    controls: ['script', 'interleaving', 'stepMs'],
    measures: ['lostUpdates', 'committed', 'longestWait'],
    seed: 1,
    speed: 1,
  },

  /** Everything, for the reader’s own orders. */
  workbench: {
    title: 'All levels on one script',
    question: 'Which anomalies does each level let through?',
    story:
      'One script in one order, played on six databases that differ in concurrency control alone.',
    watch: 'Who commits, who fails, and what nobody can explain afterwards.',
    parameters: { script: 'g2-two-edges' },
    variants: VARIANT_IDS,
    views: ['sessions', 'events'],
    controls: ['script', 'interleaving', 'remedy', 'retry', 'stepMs', 'deadlockTimeoutMs'],
    measures: ['anomalies', 'unserializable', 'committed', 'failed', 'deadlocks', 'longestWait'],
    seed: 1,
    speed: 1,
  },
} as const;
