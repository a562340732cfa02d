/** What the reader is asked, what may be said in prose, and what can be broken on purpose. */

import type { Recording } from '../../../kernel/recording';
import type { RaceReader } from '../../../simulation/definition';
import { VARIANT_IDS, type VariantId } from './variants';

/** The last text that a state of a node held within what is shown. */
function lastText({ states, strings }: Recording, node: string, field: string): string {
  let text = '';
  for (let i = 0; i < states.length; i++) {
    if (strings[states.node[i] ?? 0] === node && strings[states.field[i] ?? 0] === field)
      text = strings[states.text[i] ?? 0] ?? '';
  }
  return text;
}

/** What is left of the first account: "120". */
const balance = (race: RaceReader, variant: VariantId): string =>
  lastText(race.run(variant).recording, 'row-1', 'A');

/** Rows of the doctors that are still 1. */
const onCall = (race: RaceReader, variant: VariantId): number =>
  ['row-1', 'row-2'].filter((row) => lastText(race.run(variant).recording, row, 'A') === '1')
    .length;

export const tasks = {
  'both-deposits': {
    title: 'Both deposits, no waiting',
    goal: 'Keep both deposits under read committed without retries, with nobody waiting longer than half a second, in the order that loses one.',
    hint: 'What would the program have to send so that the database can add, and not the program?',
    scenario: 'guards',
    held: ['retry', 'interleaving'],
    judge: (race: RaceReader) => {
      const left = balance(race, 'read-committed');
      const waitedMs = longestWaitMs(race, 'read-committed');
      return {
        reached: left === '170' && waitedMs <= 500,
        reading: `The account holds ${left}; the longest wait is ${(waitedMs / 1000).toFixed(1)} s.`,
      };
    },
    solution: { remedy: 'relative' },
  },
  'one-stays': {
    title: 'One stays, and nobody sees an error',
    goal: 'Let both sessions commit under serializable, with one doctor left on call, in the order that goes wrong.',
    hint: 'An error 40001 is an invitation. What has to be done again: the commit, or everything?',
    scenario: 'write-skew',
    held: ['remedy', 'interleaving', 'script'],
    judge: (race: RaceReader) => {
      const left = onCall(race, 'serializable');
      const committed = race.value('serializable', 'committed');
      return {
        reached: left === 1 && committed === 2,
        reading: `${left} on call, ${committed} committed.`,
      };
    },
    solution: { retry: true },
  },
  'another-victim': {
    title: 'Another victim',
    goal: 'Let the deadlock hit B instead of A, without changing who does what in which order.',
    hint: 'A session looks for a cycle once, after a while. When is there one to find?',
    scenario: 'deadlock',
    held: ['retry', 'interleaving'],
    judge: (race: RaceReader) => {
      const { recording } = race.run('read-committed');
      const isHit = race.value('read-committed', 'deadlocks') === 1;
      const isA = lastText(recording, 'A', 'state') === 'COMMIT';
      return {
        reached: isHit && isA,
        reading: `${isHit ? `${isA ? 'B' : 'A'} is ended` : 'There is no deadlock'}.`,
      };
    },
    solution: { deadlockTimeoutMs: 300 },
  },
} as const;

/** 0 if nobody has waited. */
function longestWaitMs(race: RaceReader, variant: VariantId): number {
  const { results } = race.run(variant);
  return results.find(({ id }) => id === 'longestWait')?.value ?? 0;
}

export const predictions = {
  'who-is-ended': {
    question:
      'A waits for B; half a second later B asks for what A holds, and the cycle is closed. Whom does PostgreSQL end, as it is set by default?',
    scenario: 'deadlock',
    options: {
      first: 'A, which has waited longer',
      last: 'B, whose statement has closed the cycle',
      both: 'Both',
    },
    answer: (race: RaceReader) => {
      if (race.value('read-committed', 'deadlocks') > 1) return 'both';
      const { recording } = race.run('read-committed');
      return lastText(recording, 'A', 'state') === 'COMMIT' ? 'last' : 'first';
    },
    explain:
      'Nobody looks when a wait begins. Each session looks for a cycle once, when it has waited for the deadlock timeout; the first to look after the cycle has closed is the first that waited, as long as the timeout is longer than the time between the two.',
  },
  'who-stays': {
    question:
      'Under repeatable read both doctors see two on call, and each strikes its own name. How many are on call afterwards?',
    scenario: 'write-skew',
    options: {
      two: 'Two: both get an error',
      one: 'One: the second to commit gets an error',
      none: 'None: both commit',
    },
    answer: (race: RaceReader) => ['none', 'one', 'two'][onCall(race, 'repeatable-read')] ?? 'two',
    explain:
      'A snapshot looks for two writers of one row. Here each writes a row of its own, so nobody finds anything; only dependencies between reads and writes can show that each has decided on what the other was about to change.',
  },
} as const;

export const plantedBugs = {
  'snapshot-by-statement': {
    title: 'A new snapshot with every statement',
    variant: 'repeatable-read',
    file: 'versioned',
    find: 'writer.snapshot ??= xids.take();',
    replace: 'writer.snapshot = xids.take();',
    effect: 'A report adds up one account from before a transfer and one from after it.',
    caughtBy: ['IL2', 'IL8'],
  },
  'last-writer-wins': {
    title: 'The last writer wins',
    variant: 'repeatable-read',
    file: 'versioned',
    find: "if (level !== 'read committed') {",
    replace: "if (level === 'serializable') {",
    effect: 'Of two deposits into one account one is lost, and nobody gets an error.',
    caughtBy: ['IL2', 'IL8', 'IL9'],
  },
  'reads-of-conditions-forgotten': {
    title: 'Only rows that were found are remembered',
    variant: 'serializable',
    file: 'versioned',
    find: "if (node) dependencies.remember(node, ids ? 'index' : 'table');",
    replace: '',
    effect: 'Two sessions check the same condition, and each adds a row that breaks it.',
    caughtBy: ['IL1', 'IL8'],
  },
  'read-locks-let-go': {
    title: 'Read locks released after the read',
    variant: 'two-phase-locking',
    file: 'locking',
    find: "if (readLocks === 'conditions') lock(self, where, false);",
    replace: '',
    effect:
      'What was read may have changed by the time something is written on the strength of it.',
    caughtBy: ['IL1', 'IL9'],
  },
} as const;

export const claims = {
  'money-is-gone': {
    statement: 'Both deposits are committed without an error, and one of them is gone.',
    scenario: 'lost-update',
    kind: 'holds',
    holds: (race: RaceReader) =>
      balance(race, 'read-committed') === '120' &&
      race.value('read-committed', 'committed') === 2 &&
      race.value('read-committed', 'failed') === 0,
  },
  'locked-reads-keep-both': {
    statement: 'With the read locked, both deposits are kept, and B waits.',
    scenario: 'guards',
    kind: 'holds',
    holds: (race: RaceReader) =>
      balance(race, 'read-committed') === '170' && longestWaitMs(race, 'read-committed') > 0,
  },
  'dirty-is-seen': {
    statement: 'Only the level without snapshots shows B what A takes back.',
    scenario: 'dirty-read',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('read-uncommitted', 'strayReads') > 0 &&
      race.value('read-committed', 'anomalies') === 0,
  },
  'snapshot-adds-up': {
    statement: 'By statement the report is skewed; by transaction it adds up.',
    scenario: 'snapshots',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('read-committed', 'readSkews') === 1 &&
      race.value('repeatable-read', 'anomalies') === 0,
  },
  'second-write-fails': {
    statement: 'Under repeatable read the second write fails with 40001, and nothing is lost.',
    scenario: 'first-wins',
    kind: 'holds',
    holds: (race: RaceReader) =>
      balance(race, 'repeatable-read') === '150' && race.value('repeatable-read', 'failed') === 1,
  },
  'both-go-home': {
    statement:
      'Under repeatable read nobody is left on call; under serializable one session fails.',
    scenario: 'write-skew',
    kind: 'holds',
    holds: (race: RaceReader) =>
      onCall(race, 'repeatable-read') === 0 &&
      race.value('repeatable-read', 'committed') === 2 &&
      onCall(race, 'serializable') === 1 &&
      race.value('serializable', 'failed') === 1,
  },
  'locks-deadlock': {
    statement: 'Under two-phase locking the same order ends in a deadlock, and one is on call.',
    scenario: 'two-phase-locking',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('two-phase-locking', 'deadlocks') === 1 && onCall(race, 'two-phase-locking') === 1,
  },
  'rows-let-phantoms-in': {
    statement: 'Locks on rows let the phantom in; locks on the condition make B wait.',
    scenario: 'phantoms',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('row-locks', 'phantoms') === 1 &&
      race.value('two-phase-locking', 'phantoms') === 0 &&
      longestWaitMs(race, 'two-phase-locking') > 0,
  },
  'one-is-ended': {
    statement: 'One of the two transfers is ended with 40P01, and the other commits.',
    scenario: 'deadlock',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('read-committed', 'deadlocks') === 1 &&
      race.value('read-committed', 'committed') === 1,
  },
  'queue-in-order': {
    statement: 'All three commit, one after the other, and nothing is lost.',
    scenario: 'queue',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('read-committed', 'committed') === 3 && balance(race, 'read-committed') === '150',
  },
  'reader-completes-the-cycle': {
    statement:
      'With a reader in between, every level below serializable but row locks commits what no order explains.',
    scenario: 'workbench',
    kind: 'holds',
    holds: (race: RaceReader) =>
      VARIANT_IDS.every((variant) => {
        const isOpen = ['read-uncommitted', 'read-committed', 'repeatable-read'].includes(variant);
        return race.value(variant, 'unserializable') > 0 === isOpen;
      }),
  },
} as const;
