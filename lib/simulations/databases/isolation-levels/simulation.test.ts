import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createStreams } from '../../../kernel/random';
import type { AnyDefinition, InterventionEvent } from '../../../simulation/definition';
import type { ParameterValue } from '../../../simulation/parameters';
import { runRace, scenarioRequest } from '../../../simulation/run';
import { type Case, cases, LEVELS } from './cases';
import { type Anomaly, History } from './history';
import type { OpenDatabase, Statement, Version, Where } from './models/database';
import { readCommitted } from './models/read-committed';
import { readUncommitted } from './models/read-uncommitted';
import { repeatableRead } from './models/repeatable-read';
import { rowLocks } from './models/row-locks';
import { serializable } from './models/serializable';
import { openVersioned } from './models/versioned';
import { turnsOf } from './orders';
import { play, type Transcript } from './play';
import { HERMITAGE } from './published';
import { SCRIPT_IDS, type ScriptId, scriptOf, sessionsOf } from './scripts';
import { simulation } from './simulation';
import { brief, sql } from './sql';
import { TRANSCRIPTS } from './transcripts.node.ts';

const kept = JSON.parse(readFileSync(TRANSCRIPTS, 'utf8')) as {
  readonly server: string;
  readonly levels: Readonly<Record<string, Readonly<Record<string, Transcript>>>>;
};

describe('[PG] the model says what PostgreSQL has said, statement for statement', () => {
  for (const level of LEVELS) {
    test(`${level}: results, error codes and messages, who waits for whom, and the rows at the end`, () => {
      const recorded = kept.levels[level] ?? {};
      expect(Object.keys(recorded)).toEqual(cases().map(({ id }) => id));
      for (const { id, script, order, remedy } of cases()) {
        const { rows } = scriptOf(script);
        const played = play(openVersioned(rows, level), scriptOf(script), order.join(''), remedy);
        expect(played, `${level}, ${id}`).toEqual(recorded[id]);
      }
    });
  }

  test('the transcripts hold waits, deadlocks, serialization failures and statements after a failure', () => {
    const lines = Object.values(kept.levels)
      .flatMap((played) => Object.values(played))
      .flatMap((transcript) => transcript.lines);
    for (const pattern of [/waits for/, /! 40P01/, /! 40001/, /! 25P02/, /! 23505/])
      expect(lines.filter((line) => pattern.test(line)).length).toBeGreaterThan(3);
    expect(Number.parseInt(kept.server, 10)).toBeGreaterThanOrEqual(15);
  });
});

test('what A takes back is paid out by B only where B can see it', () => {
  const script = scriptOf('unpaid');
  const paidBy = (open: OpenDatabase): boolean =>
    play(open(script.rows), script, script.order, 'none').lines.includes(
      'B: update accounts set balance = balance + 500 where id = 2',
    );
  expect(paidBy(readUncommitted)).toBe(true);
  for (const open of [readCommitted, repeatableRead, serializable, rowLocks])
    expect(paidBy(open)).toBe(false);
});

describe('[HM] the recorded PostgreSQL is the one that Hermitage describes', () => {
  // postgres.md: which of its cases end in an error, at the first level of which it says so.
  const failing: Readonly<Record<string, readonly ScriptId[]>> = {
    'read committed': [],
    'repeatable read': ['pmp-write', 'p4', 'g-single-write'],
    serializable: ['g2-item', 'g2', 'g2-two-edges'],
  };
  const published = Object.values(HERMITAGE.columns).flatMap(({ scripts }) => scripts);

  test('cases fail with 40001 at the levels where they do there', () => {
    for (const level of LEVELS) {
      const at = LEVELS.indexOf(level);
      const expected = LEVELS.slice(0, at + 1).flatMap((each) => failing[each] ?? []);
      const found = published.filter((script) =>
        kept.levels[level]?.[`${script} written`]?.lines.some((line) => line.includes('! 40001')),
      );
      // Told there of read committed alone: above it, their writers collide or read past each other.
      const told = found.filter((script) => !['g0', 'g1c', 'otv'].includes(script));
      expect(told.sort()).toEqual([...expected].sort());
    }
  });

  test.each([
    ['g0', 'read committed', '1=12 2=22'],
    ['g1b', 'read committed', '1=11 2=20'],
    ['otv', 'read committed', '1=12 2=18'],
    ['pmp-write', 'read committed', '1=20 2=30'],
    ['p4', 'read committed', '1=11 2=20'],
    ['g2-item', 'repeatable read', '1=11 2=21'],
    ['g2', 'repeatable read', '1=10 2=20 3=30 4=42'],
  ])('%s under %s leaves %s', (script, level, rows) => {
    expect(kept.levels[level]?.[`${script} written`]?.rows).toBe(rows);
  });
});

describe('[CK] the checker names what a history is', () => {
  const versionOf = (serial: number, id: number, value: number, by: number): Version => ({
    serial,
    id,
    value,
    by,
    isNew: false,
  });
  const X0 = versionOf(1, 1, 10, 0);
  const Y0 = versionOf(2, 2, 20, 0);
  const where = (...ids: number[]): Where => ({ kind: 'ids', ids });

  /** "r1 x0", as calls: each step is told to a history of its own. */
  function told(...steps: readonly ((history: History) => readonly Anomaly[])[]): string[] {
    const history = new History([X0, Y0]);
    for (const transaction of [1, 2, 3]) history.begin(transaction);
    return steps
      .flatMap((step) => step(history))
      .map(({ phenomenon, transactions }) => `${phenomenon} ${transactions.join(' ')}`);
  }
  const read = (by: number, version: Version) => (history: History) =>
    history.read(by, { where: where(version.id), rows: [version], seen: [version] });
  const write = (version: Version) => (history: History) => history.write(version.by, [version]);
  const commit = (by: number) => (history: History) => history.end(by, true);
  const abort = (by: number) => (history: History) => history.end(by, false);

  const X1 = versionOf(3, 1, 11, 1);
  const Y1 = versionOf(5, 2, 21, 1);
  const X2 = versionOf(4, 1, 12, 2);
  const Y2 = versionOf(6, 2, 22, 2);

  test('G0: two transactions have overwritten each other', () => {
    expect(told(write(X1), write(X2), write(Y2), write(Y1), commit(1), commit(2))).toContain(
      'dirty-write 1 2',
    );
  });

  test('G1a: a committed read of what was taken back', () => {
    expect(told(write(X1), read(2, X1), abort(1), commit(2))).toEqual([
      'dirty-read 1 2',
      'stray-read 1 2',
    ]);
  });

  test('G1b: a read of what was not the last', () => {
    const last = versionOf(9, 1, 13, 1);
    expect(told(write(X1), read(2, X1), write(last), commit(1), commit(2))).toContain(
      'stray-read 1 2',
    );
  });

  test('G1c: each has read what the other wrote', () => {
    expect(told(write(X1), write(Y2), read(1, Y2), read(2, X1), commit(1), commit(2))).toContain(
      'stray-read 1 2',
    );
  });

  test('OTV: of what was seen, a part is gone again', () => {
    expect(told(write(X1), write(Y1), commit(1), read(3, X1), read(3, Y0), commit(3))).toContain(
      'stray-read 1 3',
    );
  });

  test('P2, A5A and P4 are told apart by what is read and written in between', () => {
    const before = [read(1, X0), write(X2)];
    expect(told(...before, commit(2), read(1, X2), commit(1))).toEqual(['fuzzy-read 1 2']);
    expect(told(...before, write(Y2), commit(2), read(1, Y2), commit(1))).toEqual([
      'read-skew 1 2',
    ]);
    const late = versionOf(9, 1, 15, 1);
    expect(told(...before, commit(2), write(late), commit(1))).toEqual(['lost-update 1 2']);
  });

  test('A5B: each has overwritten what the other has read, and only then is it an anomaly', () => {
    const steps = [read(1, Y0), read(2, X0), write(X1), write(Y2)];
    expect(told(...steps, commit(1))).toEqual([]);
    expect(told(...steps, commit(1), abort(2))).toEqual([]);
    expect(told(...steps, commit(1), commit(2))).toEqual(['write-skew 1 2']);
  });

  test('a serial history has none', () => {
    expect(
      told(read(1, X0), write(X1), commit(1), read(2, X1), write(X2), write(Y2), commit(2)),
    ).toEqual([]);
  });
});

describe('[SC] scripts and orders', () => {
  test.each(SCRIPT_IDS)('%s: its order gives each session as many turns as it has steps', (id) => {
    const script = scriptOf(id);
    for (const session of sessionsOf(script)) {
      const turns = [...script.order].filter((each) => each === session);
      expect(turns.length, session).toBe(script.steps[session]?.length);
    }
  });

  test('every interleaving keeps all turns, and a shuffle reaches each place', () => {
    const script = scriptOf('deposits');
    const firsts = new Set<string>();
    for (let seed = 1; seed <= 20; seed++) {
      const turns = turnsOf(script, 'shuffled', createStreams(seed).stream('order'));
      expect([...turns].sort().join('')).toBe('AAAABBBB');
      firsts.add(turns[0] ?? '');
    }
    expect([...firsts].sort()).toEqual(['A', 'B']);
  });

  test('a statement as PostgreSQL takes it, and as an arrow has room for', () => {
    const names = { table: 'accounts', column: 'balance' };
    const both = (statement: Statement): string[] => [
      sql(statement, names),
      brief(statement, names),
    ];
    const ids: Where = { kind: 'ids', ids: [1, 2] };
    expect(both({ kind: 'select', where: ids, forUpdate: true })).toEqual([
      'select * from accounts where id in (1, 2) for update',
      'lock id in (1, 2)',
    ]);
    expect(
      both({
        kind: 'update',
        where: { kind: 'unchanged', id: 1, value: 100 },
        set: { kind: 'plus', amount: -5 },
      }),
    ).toEqual([
      'update accounts set balance = balance - 5 where id = 1 and balance = 100',
      'set balance - 5 id = 1 and balance = 100',
    ]);
    expect(both({ kind: 'delete', where: { kind: 'divisible', by: 3 } })).toEqual([
      'delete from accounts where balance % 3 = 0',
      'delete balance % 3 = 0',
    ]);
  });

  test('a case has a name of its own', () => {
    const ids = cases().map(({ id }: Case) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('[IV] what the reader does', () => {
  const told = (
    scenario: string,
    interventions: readonly InterventionEvent[],
    parameters: Readonly<Record<string, ParameterValue>> = {},
  ): string[] => {
    const definition = simulation as unknown as AnyDefinition;
    const entry = { id: 'isolation-levels', category: 'databases', definition };
    const request = scenarioRequest(definition, scenario, { interventions, parameters });
    const { notes, strings } = runRace(entry, request).runs[0]?.recording ?? {};
    return Array.from(notes?.text ?? [], (text) => strings?.[text] ?? '');
  };
  const act = (at: number, id: string, target: string): InterventionEvent => ({
    at,
    kind: 'act',
    id,
    target,
  });

  test('a session that has ended early does nothing more', () => {
    for (const id of ['commit', 'rollback']) {
      const notes = told('lost-update', [act(1500, id, 'A'), act(2600, 'step', 'A')]);
      expect(notes).toContain(`You let A ${id} now.`);
      expect(notes).toContain('Session A cannot do that now.');
      expect(notes.filter((note) => note.includes('25P02'))).toEqual([]);
    }
  });

  test('a step out of turn is the next that the session would have taken', () => {
    const notes = told('lost-update', [act(1000, 'step', 'A')]);
    expect(notes.indexOf('You let A take a step.')).toBeLessThan(
      notes.findIndex((note) => note.startsWith('A: select')),
    );
    expect(notes.filter((note) => note.startsWith('A: commit'))).toHaveLength(1);
    // Of one that gives up, that is to roll back; then there is nothing left.
    const compared = told('guards', [act(3500, 'step', 'B'), act(6000, 'step', 'B')], {
      remedy: 'compare',
    });
    expect(compared.filter((note) => note.startsWith('B: rollback'))).toHaveLength(1);
    expect(compared.filter((note) => note.startsWith('B: commit'))).toEqual([]);
    expect(compared.at(-1)).toBe('Session B cannot do that now.');
  });
});
