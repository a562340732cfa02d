/** The rules that the schedulers and the run are held to, in the tests and on request in the page. */
import type { RandomStream } from '../../../kernel/random';
import type { Check } from '../../../simulation/definition';
import type { Scheduler, SchedulerFactory } from './models/scheduler';
import { CLIENTS_MAX, type parameters } from './parameters';
import type { VariantId } from './variants';

type ContentionCheck = Check<typeof parameters, VariantId, SchedulerFactory>;

const ALL = ['locking', 'no-wait', 'optimistic'] as const;
/** Standard errors by which a mean of a run may differ from theory. */
const STANDARD_ERRORS = 4;
/** R. Agrawal, M. J. Carey, M. Livny, ACM TODS 12(4), 1987, pages 609–654. */
const ACL =
  'R. Agrawal, M. J. Carey and M. Livny, “Concurrency Control Performance Modeling: Alternatives and Implications”, ACM TODS 12(4), 1987';
/** As in that paper: transactions of eight accesses, a quarter of them writes, a thousand rows, none hotter. */
const PAPER = {
  statements: 8,
  writePercent: 25,
  rows: 1000,
  hotPercent: 0,
  statementMs: 50,
} as const;

const read = (row: number) => ({ row, isWrite: false });
const write = (row: number) => ({ row, isWrite: true });

export const checks = {
  LC1: {
    statement:
      'While nobody is in anybody’s way, each client commits once in the time of its own work.',
    against: 'Response time law of a closed system, N / R with R = 8 · 20 ms; within 5 %.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, within }) => {
      const race = run({
        parameters: { clients: 24, cores: CLIENTS_MAX, writePercent: 0 },
        variants: ALL,
      });
      const expected = 24 / (8 * 0.02);
      for (const variant of ALL)
        within(race.value(variant, 'commits'), expected, 0.05 * expected, `${variant}: per second`);
    },
  },

  LC2: {
    statement: 'Where cores are few and nobody writes, the cores alone decide how many commit.',
    against: 'Utilization law, cores / (8 · 20 ms), with all cores at work; within 5 %.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, within, atLeast }) => {
      const race = run({ parameters: { cores: 4, writePercent: 0 }, variants: ALL });
      const expected = 4 / (8 * 0.02);
      for (const variant of ALL) {
        within(race.value(variant, 'commits'), expected, 0.05 * expected, `${variant}: per second`);
        atLeast(race.value(variant, 'busy'), 3.99, `${variant}: cores at work`);
      }
    },
  },

  LC3: {
    statement: 'What a transaction has read is still so when it commits.',
    against:
      'If so, each might have run alone at its commit: serializability in that order, which is also Kung and Robinson’s condition of 1981; random schedules of six transactions on five rows.',
    variants: ALL,
    seeds: 4,
    verify: ({ model, random, equal, atLeast }) => {
      for (const variant of ALL) {
        const { committed, stale } = interleave(model(variant)(), random(variant));
        equal(stale, 0, `${variant}: rows that had changed under a commit`);
        atLeast(committed, 100, `${variant}: transactions that committed`);
      }
    },
  },

  LC4: {
    statement: 'Those that wait for a row get it in the order of asking; readers share it.',
    against: 'The contract of the lock, one by one.',
    variants: ['locking'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const locks = model('locking')();
      const asked = [
        locks.access(1, read(7)),
        locks.access(2, read(7)),
        locks.access(3, write(7)),
        locks.access(4, read(7)),
        locks.access(5, read(7)),
      ];
      equal(asked, ['granted', 'granted', 'waits', 'waits', 'waits'], 'Five ask for one row');
      equal([...locks.end(1)], [], 'One of two readers ends');
      equal([...locks.end(2)], [3], 'The other one ends');
      equal([...locks.end(3)], [4, 5], 'The writer ends');
    },
  },

  LC5: {
    statement: 'A cycle of waiting is found when it closes, and its youngest has to go.',
    against: 'The rule of Agrawal, Carey and Livny: the youngest transaction is restarted.',
    variants: ['locking'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const locks = model('locking')();
      for (const of of [1, 2, 3]) locks.access(of, write(of));
      locks.access(1, write(2));
      equal(locks.victim(1) ?? 'nobody', 'nobody', 'One waits for two');
      locks.access(3, write(1));
      equal(locks.victim(3) ?? 'nobody', 'nobody', 'Three waits for one');
      locks.access(2, write(3));
      equal(locks.victim(2) ?? 'nobody', 3, 'Two closes the cycle');
      equal([...locks.end(3)], [2], 'Three is ended: two goes on');
      equal(locks.victim(2) ?? 'nobody', 'nobody', 'The cycle is broken');
    },
  },

  LC6: {
    statement: 'Whoever commits first wins; whoever has seen the row before that does not.',
    against: 'Backward validation by versions, one by one.',
    variants: ['optimistic'],
    seeds: 1,
    verify: ({ model, equal }) => {
      const versions = model('optimistic')();
      for (const of of [1, 2]) versions.access(of, write(7));
      versions.access(3, read(7));
      versions.access(4, read(8));
      equal(versions.commit(2), true, 'The first of two writers');
      equal(versions.commit(1), false, 'The second');
      equal(versions.commit(3), false, 'A reader of the row');
      equal(versions.commit(4), true, 'A reader of another row');
      for (const of of [1, 2, 3, 4]) versions.end(of);
      versions.access(1, write(7));
      equal(versions.commit(1), true, 'The second again');
    },
  },

  LC7: {
    statement: 'Where all keep to one order, there is no deadlock.',
    against:
      'Round a cycle of waits the rows cannot rise for ever: somebody in it takes a lower row after a higher one (Havender 1968).',
    variants: ['locking'],
    seeds: 2,
    verify: ({ run, equal, atLeast }) => {
      const hot = { hotPercent: 40, writePercent: 100, clients: 24, cores: 24 } as const;
      const deadlocks = (order: 'as-it-comes' | 'by-number' | 'hot-last'): number =>
        run({ parameters: { ...hot, order }, variants: ['locking'] }).value('locking', 'deadlocks');
      equal(deadlocks('by-number'), 0, 'By number');
      equal(deadlocks('hot-last'), 0, 'By number, hot rows last');
      atLeast(deadlocks('as-it-comes'), 50, 'As it comes');
    },
  },

  LC8: {
    statement: 'With as many cores as anybody could use, optimism commits most under contention.',
    against: `${ACL}: with infinite resources the optimistic algorithm has the highest throughput.`,
    variants: ALL,
    seeds: 2,
    verify: ({ run, atLeast }) => {
      const race = run({
        parameters: { ...PAPER, clients: CLIENTS_MAX, cores: CLIENTS_MAX, rows: 300 },
        variants: ALL,
      });
      const optimistic = race.value('optimistic', 'commits');
      atLeast(optimistic, 1.2 * race.value('locking', 'commits'), 'A fifth over those of locks');
      atLeast(optimistic, 1.2 * race.value('no-wait', 'commits'), 'A fifth over those of no wait');
    },
  },

  LC9: {
    statement: 'Where cores are few, waiting commits more than starting over.',
    against: `${ACL}: with limited resources blocking has the highest throughput.`,
    variants: ALL,
    seeds: 2,
    verify: ({ run, atLeast }) => {
      const race = run({
        parameters: { ...PAPER, statementMs: 20, clients: 64, cores: 4, rows: 300 },
        variants: ALL,
      });
      const locking = race.value('locking', 'commits');
      atLeast(locking, 1.2 * race.value('optimistic', 'commits'), 'A fifth over those of versions');
      atLeast(locking, 1.2 * race.value('no-wait', 'commits'), 'A fifth over those of no wait');
    },
  },

  LC10: {
    statement:
      'Beyond some number of clients, locks commit less with each more, however many cores.',
    against: `${ACL}: blocking thrashes, since more and more transactions are blocked.`,
    variants: ['locking'],
    seeds: 2,
    verify: ({ run, atLeast }) => {
      const commits = (clients: number): number =>
        run({
          parameters: { ...PAPER, statementMs: 20, clients, cores: CLIENTS_MAX, rows: 300 },
          variants: ['locking'],
        }).value('locking', 'commits');
      const some = commits(32);
      atLeast(some, 1.2 * commits(4), 'Thirty-two clients, a fifth over those of four');
      atLeast(some, 1.2 * commits(128), 'Thirty-two clients, a fifth over those of 128');
    },
  },

  LC11: {
    statement: 'A row that all write allows one commit at most for each time that it is held.',
    against: 'Utilization law of the row: held for eight statements, or for the last alone.',
    variants: ['locking'],
    seeds: 2,
    verify: ({ run, atMost, atLeast }) => {
      const commits = (order: 'by-number' | 'hot-last'): number =>
        run({
          parameters: {
            clients: 16,
            cores: 16,
            hotRows: 1,
            hotPercent: 100,
            writePercent: 100,
            rows: 10_000,
            order,
          },
          variants: ['locking'],
        }).value('locking', 'commits');
      const first = commits('by-number');
      const last = commits('hot-last');
      // 18 s are measured: about 110 and 900 commits, with a margin of four standard errors for chance.
      atMost(first, 1 / 0.16 + margin(1 / 0.16), 'Taken first: per second');
      atMost(last, 1 / 0.02 + margin(1 / 0.02), 'Taken last: per second');
      atLeast(last, 5 * first, 'Taken last, against five times those of taken first');
    },
  },

  LC12: {
    statement: 'The number of clients is commits per second times the time to commit.',
    against:
      'J. D. C. Little, “A Proof for the Queuing Formula: L = λW”, 1961; within four standard errors.',
    variants: ALL,
    seeds: 2,
    verify: ({ run, within }) => {
      const race = run({ parameters: { clients: 16, hotPercent: 5 }, variants: ALL });
      for (const variant of ALL) {
        const perSecond = race.value(variant, 'commits');
        const clients = (perSecond * race.value(variant, 'latency.mean')) / 1000;
        const tolerance =
          (STANDARD_ERRORS * perSecond * race.standardError(variant, 'latency.mean')) / 1000;
        within(clients, 16, Math.max(0.03 * 16, tolerance), `${variant}: clients`);
      }
    },
  },

  LC13: {
    statement: 'Versions never make anybody wait, and locks in one order never start over.',
    against: 'Definition of the two.',
    variants: ['locking', 'optimistic'],
    seeds: 2,
    verify: ({ run, equal }) => {
      const race = run({ parameters: { order: 'by-number' }, variants: ['locking', 'optimistic'] });
      equal(race.value('optimistic', 'blocked'), 0, 'Waiting for a row, with versions');
      equal(race.value('locking', 'aborts'), 0, 'Started over, with locks by number');
    },
  },
} as const satisfies Record<string, ContentionCheck>;

/** Four standard errors of a rate over the measured 18 s, exponential services taken as independent. */
const margin = (perSecond: number): number => 4 * Math.sqrt(perSecond / 18);

const ROWS = 5;
const TRANSACTIONS = 6;
const ACCESSES = 3;
const TURNS = 3000;

interface Actor {
  id: number;
  accesses: { readonly row: number; readonly isWrite: boolean }[];
  /** Row → how often it had been written when the transaction got it. */
  seen: Map<number, number>;
  isWaiting: boolean;
}

/** Random transactions step by step, in random order; counts what commits, and what had changed under it. */
function interleave(
  scheduler: Scheduler,
  random: RandomStream,
): { committed: number; stale: number } {
  const versions = Array.from({ length: ROWS }, () => 0);
  let ids = 0;
  let committed = 0;
  let stale = 0;
  const draw = (): Actor => {
    const rows = Array.from({ length: ROWS }, (_, row) => row);
    const accesses = Array.from({ length: ACCESSES }, () => ({
      row: rows.splice(random.nextInteger(rows.length), 1)[0] ?? 0,
      isWrite: random.next() < 0.5,
    }));
    return { id: ids++, accesses, seen: new Map(), isWaiting: false };
  };
  const actors = Array.from({ length: TRANSACTIONS }, draw);
  const got = (actor: Actor): void => {
    const { row } = actor.accesses[actor.seen.size] ?? { row: 0 };
    actor.isWaiting = false;
    actor.seen.set(row, versions[row] ?? 0);
  };
  const end = (actor: Actor): void => {
    actor.isWaiting = false;
    for (const id of scheduler.end(actor.id)) {
      const next = actors.find((other) => other.id === id);
      if (next) got(next);
    }
  };
  const beginAnew = (actor: Actor): void => {
    end(actor);
    actor.seen = new Map();
  };
  for (let turn = 0; turn < TURNS; turn++) {
    const place = random.nextInteger(TRANSACTIONS);
    const actor = actors[place];
    if (!actor || actor.isWaiting) continue;
    const access = actor.accesses[actor.seen.size];
    if (!access) {
      if (!scheduler.commit(actor.id)) {
        beginAnew(actor);
        continue;
      }
      committed++;
      for (const [row, version] of actor.seen) if (versions[row] !== version) stale++;
      for (const { row, isWrite } of actor.accesses)
        if (isWrite) versions[row] = (versions[row] ?? 0) + 1;
      actors[place] = draw();
      end(actor);
      continue;
    }
    const answer = scheduler.access(actor.id, access);
    if (answer === 'granted') got(actor);
    else if (answer === 'refused') beginAnew(actor);
    else {
      actor.isWaiting = true;
      while (actor.isWaiting) {
        const victim = scheduler.victim(actor.id);
        const ended = actors.find(({ id }) => id === victim);
        if (!ended) break;
        beginAnew(ended);
      }
    }
  }
  return { committed, stale };
}
