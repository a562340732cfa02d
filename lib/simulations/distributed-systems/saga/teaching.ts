/** What the reader is asked, what may be said in prose, and what can be broken on purpose. */
import type { Recording } from '../../../kernel/recording';
import type { RaceReader } from '../../../simulation/definition';
import { formatValue } from '../../../simulation/format';

/** The last number that a state of a node held within what is shown. */
function lastState({ states, strings }: Recording, node: string, field: string): number {
  let value = Number.NaN;
  for (let i = 0; i < states.length; i++) {
    if (strings[states.node[i] ?? 0] === node && strings[states.field[i] ?? 0] === field)
      value = states.number[i] ?? Number.NaN;
  }
  return value;
}

export const tasks = {
  'sent-for-free': {
    title: 'Sent for free',
    goal: 'Time the crash so that the parcel goes out and the merchant never gets the money.',
    hint: 'Follow the calls. After which of them is the parcel on its way, and which would have paid the merchant?',
    scenario: 'half-done',
    judge: (race: RaceReader) => {
      const { recording } = race.run('call-chain');
      const parcels = lastState(recording, 'order-1', 'parcels');
      const earned = lastState(recording, 'books', 'merchant');
      return {
        reached: parcels === 1 && earned === 0,
        reading: `${parcels === 1 ? 'A parcel is sent' : 'No parcel is sent'}; the merchant has ${earned} €.`,
      };
    },
    solution: { crashAtMs: 1200 },
  },
  'exactly-once-in-effect': {
    title: 'Once in effect',
    goal: 'With at least one message in five still lost, leave no order half done and no euro misplaced.',
    hint: 'Messages will come twice. What has to be true of a service for that to do no harm?',
    scenario: 'repeats',
    judge: (race: RaceReader) => {
      const halfDone = race.value('orchestrated', 'halfDone');
      const misplaced = race.value('orchestrated', 'misplaced');
      const isLossy = Number(race.parameter('lossShare')) >= 20;
      return {
        reached: isLossy && halfDone === 0 && misplaced === 0,
        reading: isLossy
          ? `${halfDone} of the orders half done, ${misplaced} € misplaced.`
          : 'Too few messages are lost; set the share back.',
      };
    },
    solution: { idempotencyKeys: true },
  },
  'no-anomalies': {
    title: 'See nothing unfinished',
    goal: 'Have no dirty read and no lost update, with three items and the same cancellations.',
    hint: 'What would an order have to know about an item before it says that there is none?',
    scenario: 'isolation',
    held: ['stock', 'cancelShare'],
    judge: (race: RaceReader) => {
      const dirty = race.value('orchestrated', 'dirtyReads');
      const lost = race.value('orchestrated', 'lostUpdates');
      return {
        reached: dirty === 0 && lost === 0,
        reading: `${dirty} orders refused on a dirty read, ${lost} cancellations overwritten.`,
      };
    },
    solution: { semanticLock: true },
  },
  'as-quick-as-events': {
    title: 'As quick as the events',
    goal: 'Have the order of the orchestrated saga completed within 0.9 s.',
    hint: 'Count how many messages have to follow one another. What does each of them cost?',
    scenario: 'leaders',
    judge: (race: RaceReader) => {
      if (race.value('orchestrated', 'completed') < 100)
        return { reached: false, reading: 'Not completed.' };
      const finishMs = race.value('orchestrated', 'finish.mean');
      return {
        reached: finishMs <= 900,
        reading: `Completed after ${formatValue(finishMs, 'ms', 4)}.`,
      };
    },
    solution: { latencyMs: 50 },
  },
  'a-harmless-crash': {
    title: 'A harmless crash',
    goal: 'Let the coordinator crash within the first second and be down for at least three, and keep no row locked for more than 1.5 s.',
    hint: 'Only those who have promised a coordinator something have to wait for it.',
    scenario: 'two-phase-commit',
    judge: (race: RaceReader) => {
      const lockMs = race.value('two-phase-commit', 'longestLock');
      const crashAtMs = Number(race.parameter('crashAtMs'));
      const isCrash =
        crashAtMs > 0 && crashAtMs <= 1000 && Number(race.parameter('downMs')) >= 3000;
      return {
        reached: isCrash && lockMs <= 1500,
        reading: isCrash
          ? `The longest lock of two-phase commit lasts ${formatValue(lockMs, 'ms', 4)}.`
          : 'The crash is not the same any more; set it back.',
      };
    },
    solution: { crashAtMs: 50 },
  },
} as const;

export const predictions = {
  'after-the-crash': {
    question:
      'The money is taken, then the process that leads the saga dies. What becomes of the order?',
    scenario: 'resumed',
    options: {
      stuck: 'It stays half done',
      undone: 'It is undone, and the money comes back',
      twice: 'It is completed, but the card is charged twice',
      completed: 'It is completed, once',
    },
    answer: (race: RaceReader) => {
      if (race.value('orchestrated', 'halfDone') > 0) {
        const { recording } = race.run('orchestrated');
        const isSent = lastState(recording, 'order-1', 'parcels') > 0;
        return isSent && race.value('orchestrated', 'misplaced') > 0 ? 'twice' : 'stuck';
      }
      return race.value('orchestrated', 'completed') === 100 ? 'completed' : 'undone';
    },
    explain:
      'The record says which command the saga was waiting on. After the restart that command is sent once more, and a service that has already carried it out answers as it did the first time.',
  },
  'longest-lock': {
    question:
      'The coordinator is down for three seconds. For how long is the row that suffers most locked under two-phase commit?',
    scenario: 'two-phase-commit',
    options: {
      transaction: 'For one local transaction, a few hundredths of a second',
      trip: 'For about a round trip, half a second',
      timeout: 'Until a participant gives up, one or two seconds',
      outage: 'For as long as the coordinator is down, or longer',
    },
    answer: (race: RaceReader) => {
      const lockMs = race.value('two-phase-commit', 'longestLock');
      if (lockMs < 100) return 'transaction';
      if (lockMs < 1000) return 'trip';
      return lockMs < Number(race.parameter('downMs')) ? 'timeout' : 'outage';
    },
    explain:
      'Whoever has promised may neither commit nor abort alone: the decision may have been made, and told to somebody else. So the rows stay locked until the coordinator can be asked.',
  },
} as const;

export const plantedBugs = {
  'no-memory': {
    title: 'A service without a memory',
    variant: 'orchestrated',
    file: 'participant',
    find: 'if (known) return known; // (1)',
    replace: 'if (known && COMPENSATIONS[command]) return known;',
    effect: 'A charge whose answer was lost is charged again.',
    caughtBy: ['SG1', 'SG2', 'SG6'],
  },
  'late-step': {
    title: 'The step that comes after its compensation',
    variant: 'orchestrated',
    file: 'participant',
    find: "answers.set(stepKey, 'void'); // (2)",
    replace: '',
    effect: 'A charge that was delayed on the way arrives after its refund, and is kept.',
    caughtBy: ['SG6'],
  },
  'saga-in-memory': {
    title: 'The saga in memory',
    variant: 'orchestrated',
    find: '    retry,\n  };',
    replace: '    retry,\n    restart: () => sagas.clear(),\n  };',
    effect: 'Every deployment leaves the orders that were under way half done.',
    caughtBy: ['SG1', 'SG5'],
  },
  'forgotten-refund': {
    title: 'The forgotten refund',
    variant: 'choreographed',
    find: "unshippable: [{ at: 'payment', does: 'refund' }]",
    replace: "unshippable: [{ at: 'inventory', does: 'release' }]",
    effect: 'Whoever lives where no carrier goes pays and gets nothing.',
    caughtBy: ['SG1', 'SG2', 'SG3'],
  },
  'before-image': {
    title: 'Undo by writing back the old value',
    variant: 'orchestrated',
    file: 'work',
    find: "transfer('escrow', order.customer, order.price);",
    replace: 'accounts.set(order.customer, 1000);',
    effect: 'What other orders did to the account in between is wiped out, and money with it.',
    caughtBy: ['SG2'],
  },
  'impatient-participant': {
    title: 'A participant that does not wait',
    variant: 'two-phase-commit',
    find: "prepared.has(order.id) ? [{ from: name, to: 'orders', name: 'inquire', order }] : undefined",
    replace:
      'prepared.delete(order.id) && locks.delete(part.row(order)) && ended.add(order.id) ? [] : undefined',
    effect: 'One service has aborted what the others commit: a parcel that nobody has paid for.',
    caughtBy: ['SG1', 'SG2'],
  },
} as const;

export const claims = {
  'nobody-knows': {
    statement:
      'After the crash the customer has paid, there is no parcel, and nothing happens any more.',
    scenario: 'half-done',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race: RaceReader) =>
      race.value('call-chain', 'halfDone') === 1 &&
      race.value('call-chain', 'misplaced') > 0 &&
      lastState(race.run('call-chain').recording, 'order-1', 'parcels') === 0,
  },
  resumes: {
    statement: 'The saga is completed after the same crash.',
    scenario: 'resumed',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('orchestrated', 'completed') === 100 &&
      race.value('orchestrated', 'misplaced') === 0,
  },
  'refused-is-undone': {
    statement: 'A saga whose pivot is refused ends undone, and every euro is back.',
    scenario: 'refused',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('orchestrated', 'undone') === 100 && race.value('orchestrated', 'misplaced') === 0,
  },
  'repeats-misplace': {
    statement:
      'Here repeats without keys charge twice, refund twice, and take items that nobody gives back.',
    scenario: 'repeats',
    kind: 'holds',
    isOfThisRun: true,
    // No carrier takes any of the orders: in the end nothing is due, and no item is gone.
    holds: (race: RaceReader) => {
      const { recording } = race.run('orchestrated');
      const orders = Array.from(
        { length: Number(race.parameter('orders')) },
        (_, i) => `order-${i + 1}`,
      );
      const paid = orders.map((order) => lastState(recording, order, 'paid'));
      return (
        paid.some((euros) => euros > 0) &&
        paid.some((euros) => euros < 0) &&
        orders.some((order) => lastState(recording, order, 'pieces') > 0)
      );
    },
  },
  'events-are-quicker': {
    statement: 'Without a leader an order ends sooner.',
    scenario: 'leaders',
    kind: 'beats',
    result: 'finish.mean',
    better: 'choreographed',
    worse: 'orchestrated',
    seeds: 20,
  },
  'leader-says-less': {
    statement: 'With a leader an order takes fewer messages, if nothing goes wrong.',
    scenario: 'leaders',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('orchestrated', 'messages.mean') < race.value('choreographed', 'messages.mean'),
  },
  'anomalies-happen': {
    statement: 'Both anomalies are in this one run: dirty reads and lost updates.',
    scenario: 'isolation',
    kind: 'holds',
    isOfThisRun: true,
    holds: (race: RaceReader) =>
      race.value('orchestrated', 'dirtyReads') > 0 && race.value('orchestrated', 'lostUpdates') > 0,
  },
  'blocked-for-the-outage': {
    statement: 'Two-phase commit keeps a row locked for as long as its coordinator is down.',
    scenario: 'two-phase-commit',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.value('two-phase-commit', 'longestLock') >= Number(race.parameter('downMs')),
  },
  'commit-is-quicker-in-peace': {
    statement:
      'As long as nothing fails, two-phase commit ends an order sooner than an orchestrated saga.',
    scenario: 'peace',
    kind: 'beats',
    result: 'finish.mean',
    better: 'two-phase-commit',
    worse: 'orchestrated',
    seeds: 20,
  },
  'sagas-complete-more': {
    statement: 'Under faults an orchestrated saga completes more orders than two-phase commit.',
    scenario: 'race',
    kind: 'beats',
    result: 'completed',
    better: 'orchestrated',
    worse: 'two-phase-commit',
    seeds: 20,
  },
  'only-calls-are-left': {
    statement: 'Of the four, only the calls in a row leave orders half done.',
    scenario: 'race',
    kind: 'holds',
    holds: (race: RaceReader) =>
      race.race.runs.every(
        ({ variant }) => race.value(variant, 'halfDone') > 0 === (variant === 'call-chain'),
      ),
  },
} as const;
