/** The rules that the levels are held to, in the tests and in the page. */
import type { Check, CheckContext, RaceReader } from '../../../simulation/definition';
import type { Values } from '../../../simulation/parameters';
import {
  type Answer,
  type Database,
  isSqlError,
  type OpenDatabase,
  type Statement,
} from './models/database';
import type { parameters } from './parameters';
import { BERENSON, HERMITAGE } from './published';
import { SCRIPT_IDS, type ScriptId, scriptOf, sessionsOf } from './scripts';
import { SERIAL, VARIANT_IDS, type VariantId, VERSIONED } from './variants';

type IsolationCheck = Check<typeof parameters, VariantId, OpenDatabase>;
type Context = CheckContext<typeof parameters, VariantId, OpenDatabase>;

/** Every script, in an order of this seed. */
function* shuffled(
  { run }: Context,
  variants: readonly VariantId[],
  more: Partial<Values<typeof parameters>> = {},
): Generator<{ readonly script: ScriptId; readonly race: RaceReader }> {
  for (const script of SCRIPT_IDS)
    yield {
      script,
      race: run({ parameters: { script, interleaving: 'shuffled', ...more }, variants }),
    };
}

function never(
  context: Context,
  variants: readonly VariantId[],
  measures: readonly string[],
): void {
  for (const { script, race } of shuffled(context, variants))
    for (const variant of variants)
      for (const measure of measures)
        context.equal(race.value(variant, measure), 0, `${variant}, ${script}: ${measure}`);
}

export const checks = {
  IL1: {
    statement:
      'Under serializable and under two-phase locking every committed transaction has its place in a serial order.',
    against:
      'Eswaran et al. 1976 for locks, Cahill, Röhm and Fekete 2008 for SSI; all scripts in random orders.',
    variants: SERIAL,
    seeds: 12,
    verify: (context) => never(context, SERIAL, ['anomalies', 'unserializable']),
  },

  IL2: {
    statement:
      'A snapshot per transaction shows no dirty, non-repeatable or skewed read and no phantom, and loses no update.',
    against: 'Berenson et al. 1995, snapshot isolation; all scripts in random orders.',
    variants: ['repeatable-read'],
    seeds: 12,
    verify: (context) =>
      never(
        context,
        ['repeatable-read'],
        ['dirtyReads', 'strayReads', 'fuzzyReads', 'phantoms', 'lostUpdates', 'readSkews'],
      ),
  },

  IL3: {
    statement: 'With versions, nobody reads what is not committed, and nothing seen vanishes.',
    against: 'Hermitage: PostgreSQL’s read committed is a monotonic atomic view; random orders.',
    variants: VERSIONED,
    seeds: 12,
    verify: (context) => never(context, VERSIONED, ['dirtyReads', 'strayReads']),
  },

  IL4: {
    statement: 'At no level is anything overwritten that is not committed.',
    against: 'Berenson et al. 1995: P0 is excluded at every level; all scripts in random orders.',
    variants: VARIANT_IDS,
    seeds: 6,
    verify: (context) => never(context, VARIANT_IDS, ['dirtyWrites']),
  },

  IL5: {
    statement: 'A plain read never waits for a writer, nor a writer for a plain read.',
    against: 'PostgreSQL 15 manual, section 13.1.',
    variants: VERSIONED,
    seeds: 1,
    verify: ({ model, equal }) => {
      for (const variant of VERSIONED) {
        const database = model(variant)([{ id: 1, value: 10 }]);
        const say = speaker(database);
        say('A', { kind: 'begin' });
        say('B', { kind: 'begin' });
        say('A', { kind: 'update', where: ROW, set: { kind: 'to', value: 11 } });
        equal(say('B', READ), '1=10', `${variant}: B reads while A has written`);
        say('A', { kind: 'commit' });
        say('A', { kind: 'begin' });
        equal(
          say('A', { kind: 'update', where: ROW, set: { kind: 'to', value: 12 } }),
          'UPDATE 1',
          `${variant}: A writes what B has read`,
        );
      }
    },
  },

  IL6: {
    statement: 'Of two in a cycle, one is ended with 40P01, and the other commits.',
    against: 'PostgreSQL 15 manual, section 13.3.4.',
    variants: VERSIONED,
    seeds: 1,
    verify: ({ run, equal, atMost }) => {
      const race = run({ parameters: { script: 'crossing' }, variants: VERSIONED });
      for (const variant of VERSIONED) {
        equal(race.value(variant, 'deadlocks'), 1, `${variant}: ended with 40P01`);
        const survivors = race.value(variant, 'committed') + race.value(variant, 'failed');
        equal(survivors, 1, `${variant}: committed, or failed since the other had been quicker`);
        atMost(
          race.value(variant, 'longestWait'),
          Number(race.parameter('deadlockTimeoutMs')),
          `${variant}: longest wait, ms`,
        );
      }
    },
  },

  IL7: {
    statement: 'One after the other, transactions neither wait nor fail, and no anomaly is found.',
    against: 'A serial order explains itself; all scripts.',
    variants: VARIANT_IDS,
    seeds: 1,
    verify: ({ run, equal }) => {
      for (const script of SCRIPT_IDS) {
        // Here the second insert fails however long it is put off.
        if (script === 'same-key') continue;
        const race = run({
          parameters: { script, interleaving: 'one-by-one' },
          variants: VARIANT_IDS,
        });
        for (const { variant, results } of race.race.runs)
          for (const measure of ['anomalies', 'failed', 'deadlocks', 'longestWait']) {
            // Of no wait there is no longest.
            const value = results.find(({ id }) => id === measure)?.value ?? 0;
            equal(value, 0, `${variant}, ${script}: ${measure}`);
          }
      }
    },
  },

  IL8: {
    statement: 'What each of PostgreSQL’s levels lets through is what Hermitage found.',
    against: 'Hermitage, table of results: ten anomalies at three levels.',
    variants: VERSIONED,
    seeds: 1,
    verify: ({ run, equal }) => {
      const { columns, rows } = HERMITAGE;
      const cells: Record<string, string> = {};
      for (const { scripts, counted } of Object.values(columns)) {
        const races = scripts.map((script) => run({ parameters: { script }, variants: VERSIONED }));
        for (const variant of VERSIONED) {
          const happens = races.some((race) =>
            counted.some((measure) => race.value(variant, measure) > 0),
          );
          cells[variant] = `${cells[variant] ?? ''}${happens ? 'x' : '.'}`;
        }
      }
      for (const variant of VERSIONED)
        equal(cells[variant], rows[variant], `${variant}: ${Object.keys(columns).join(' ')}`);
    },
  },

  IL9: {
    statement: 'What each level lets through over all scripts is what Berenson and others say.',
    against: 'Berenson et al. 1995, table 4, without cursors.',
    variants: VARIANT_IDS,
    seeds: 1,
    verify: ({ run, equal }) => {
      const races = SCRIPT_IDS.map((script) =>
        run({ parameters: { script }, variants: VARIANT_IDS }),
      );
      const { columns, rows } = BERENSON;
      for (const variant of VARIANT_IDS) {
        const cells = Object.values(columns).map((counted) => {
          const hit = counted.filter((measure) =>
            races.some((race) => race.value(variant, measure) > 0),
          );
          if (hit.length === 0) return '.';
          return hit.length === counted.length ? 'x' : 's';
        });
        equal(cells.join(''), rows[variant], `${variant}: ${Object.keys(columns).join(' ')}`);
      }
    },
  },

  IL10: {
    statement:
      'Whoever begins again after 40001 and 40P01 commits in the end, and both deposits count.',
    against: 'PostgreSQL 15 manual, section 13.5; at levels that lose no update, in random orders.',
    variants: ['repeatable-read', 'serializable', 'row-locks', 'two-phase-locking'],
    seeds: 10,
    verify: (context) => {
      const variants = ['repeatable-read', ...SERIAL, 'row-locks'] as const;
      for (const script of ['deposits', 'queue'] as const) {
        const race = context.run({
          parameters: { script, interleaving: 'shuffled', retry: true },
          variants,
        });
        for (const variant of variants) {
          const committed = race.value(variant, 'committed');
          const everybody = sessionsOf(scriptOf(script)).length;
          context.equal(committed, everybody, `${variant}, ${script}: committed`);
          context.equal(race.value(variant, 'lostUpdates'), 0, `${variant}, ${script}: lost`);
        }
      }
    },
  },

  IL11: {
    statement: 'Each of the three guards keeps both deposits under read committed.',
    against: 'Conservation: 100 and 50 and 20 are 170; random orders, with retries.',
    variants: ['read-committed'],
    seeds: 10,
    verify: ({ run, equal }) => {
      for (const remedy of ['for-update', 'compare', 'relative'] as const) {
        const race = run({
          parameters: { script: 'deposits', interleaving: 'shuffled', remedy, retry: true },
          variants: ['read-committed'],
        });
        equal(race.value('read-committed', 'lostUpdates'), 0, `${remedy}: lost updates`);
        equal(race.value('read-committed', 'committed') >= 2, true, `${remedy}: both committed`);
      }
    },
  },

  IL12: {
    statement: 'Sessions get a row in the order in which they asked for it.',
    against: 'PostgreSQL queues the lock of a tuple; three sessions, one row.',
    variants: VERSIONED,
    seeds: 1,
    verify: ({ model, equal }) => {
      const lock: Statement = { kind: 'select', where: ROW, forUpdate: true };
      for (const variant of VERSIONED) {
        const database = model(variant)([{ id: 1, value: 10 }]);
        const say = speaker(database);
        for (const session of ['A', 'B', 'C']) say(session, { kind: 'begin' });
        equal(say('A', lock), '1=10', `${variant}: A has the row`);
        const [b, c] = [database.execute('B', lock), database.execute('C', lock)];
        equal(b.next().value, ['A'], `${variant}: B waits for`);
        equal(c.next().value, ['B'], `${variant}: C waits for`);
        say('A', { kind: 'commit' });
        equal(b.next().done, true, `${variant}: B has it after A`);
        equal(c.next().value, ['B'], `${variant}: C still waits for`);
        say('B', { kind: 'commit' });
        equal(c.next().done, true, `${variant}: C has it after B`);
      }
    },
  },
} as const satisfies Record<string, IsolationCheck>;

const ROW = { kind: 'ids', ids: [1] } as const;
const READ: Statement = { kind: 'select', where: ROW, forUpdate: false };

/** Says a statement, and gives its answer, its error or whom it waits for. */
const speaker =
  (database: Database) =>
  (session: string, statement: Statement): string => {
    try {
      const { done, value } = database.execute(session, statement).next();
      return done ? text(value) : `waits for ${value.join(' ')}`;
    } catch (error) {
      if (isSqlError(error)) return error.code;
      throw error;
    }
  };

const text = ({ tag, rows }: Answer): string =>
  tag === 'SELECT'
    ? rows.map(({ id, value }) => `${id}=${value}`).join(' ')
    : `${tag} ${rows.length}`;
