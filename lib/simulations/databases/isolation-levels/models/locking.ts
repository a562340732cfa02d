/**
 * Locks instead of versions: one value per row, changed in place, and put back by a rollback. Locks are
 * kept until the transaction ends. A lock is on a condition rather than on a row, so that it also
 * covers rows that are not there yet (Eswaran, Gray, Lorie and Traiger 1976); indexes do this with
 * locks on the gaps between keys.
 */
import { Chains } from './chains';
import {
  changed,
  type Database,
  type Execution,
  idsOf,
  matches,
  type Row,
  type RowStatement,
  SqlError,
  type Version,
  type Where,
} from './database';
import { type Transaction, Transactions } from './transactions';

/** What a read locks: nothing, the rows that it has found, or whatever its condition may ever find. */
export type ReadLocks = 'nothing' | 'rows' | 'conditions';

interface Lock {
  readonly owner: Transaction;
  readonly where: Where;
  /** Whether others may not even read. */
  readonly isExclusive: boolean;
}

export function openLocking(rows: readonly Row[], readLocks: ReadLocks): Database {
  const chains = new Chains(rows);
  const committed = new Set([0]);
  const active = new Map<number, Transaction>();
  let locks: readonly Lock[] = [];

  const lock = (owner: Transaction, where: Where, isExclusive: boolean): void => {
    locks = [...locks, { owner, where, isExclusive }];
  };

  /** What a row is and, while a transaction is at work on it, what it was and may be again. */
  const images = (id: number): readonly Version[] => {
    const chain = chains.of(id);
    return chain.filter((_, at) => {
      const next = chain[at + 1];
      return !next || !committed.has(next.by);
    });
  };

  /** The transaction that has changed a row and may still put it back. */
  const changing = (id: number): Transaction | undefined => active.get(chains.latest(id)?.by ?? 0);

  const sessionsOf = (owners: Iterable<Transaction | undefined>, self: Transaction): string[] => [
    ...new Set([...owners].flatMap((owner) => (owner && owner !== self ? [owner.session] : []))),
  ];

  /** Who keeps a condition from being read, or from being locked for oneself. */
  const inTheWayOf = (self: Transaction, where: Where, isExclusive: boolean): string[] => {
    const touched = chains.ids().flatMap((id) => {
      const found = images(id).filter((image) => matches(where, image));
      if (found.length === 0) return [];
      const holders = locks.filter(
        (held) =>
          (held.isExclusive || isExclusive) && found.some((image) => matches(held.where, image)),
      );
      return [changing(id), ...holders.map(({ owner }) => owner)];
    });
    return sessionsOf(touched, self);
  };

  /** Who has locked something that a row was, or is about to become. */
  const inTheWayOfWrite = (
    self: Transaction,
    before: Version | undefined,
    after: Row | undefined,
  ): string[] => {
    const id = before?.id ?? after?.id ?? 0;
    const hit = locks.filter(
      ({ where }) => (before && matches(where, before)) || (after && matches(where, after)),
    );
    return sessionsOf([changing(id), ...hit.map(({ owner }) => owner)], self);
  };

  function* until(blockers: () => readonly string[]): Generator<readonly string[], void, void> {
    for (let waited = blockers(); waited.length > 0; waited = blockers()) yield waited;
  }

  const present = (): readonly Version[] => chains.ids().flatMap((id) => chains.latest(id) ?? []);

  // #region read
  function* select(self: Transaction, where: Where): Execution {
    if (readLocks !== 'nothing') {
      // (1)
      yield* until(() => inTheWayOf(self, where, false));
      if (readLocks === 'conditions') lock(self, where, false);
    }
    const seen = present();
    const found = seen.filter((version) => matches(where, version));
    if (readLocks === 'rows') lock(self, { kind: 'ids', ids: found.map(({ id }) => id) }, false);
    return { tag: 'SELECT', rows: found, seen };
  }
  // #endregion

  function* insert(self: Transaction, row: Row): Execution {
    yield* until(() => inTheWayOfWrite(self, chains.latest(row.id), row));
    if (typeof chains.latest(row.id)?.value === 'number') {
      throw new SqlError('23505', 'duplicate key value violates unique constraint');
    }
    return {
      tag: 'INSERT',
      rows: [chains.write({ ...row, by: self.number, isNew: true })],
      seen: [],
    };
  }

  function* run(self: Transaction, statement: RowStatement): Execution {
    if (statement.kind === 'insert') return yield* insert(self, statement);
    const { where, kind } = statement;
    if (kind === 'select' && !statement.forUpdate) return yield* select(self, where);
    if (readLocks !== 'nothing') {
      yield* until(() => inTheWayOf(self, where, true));
      if (readLocks === 'conditions') lock(self, where, true);
    }
    const seen: Version[] = [];
    const answered: Version[] = [];
    for (const id of idsOf(where) ?? chains.ids()) {
      const latest = (): Version | undefined => chains.latest(id);
      const isMeant = (): boolean => matches(where, latest() ?? { id, value: null });
      const after = (): Row | undefined => {
        const value = latest()?.value;
        if (kind !== 'update' || typeof value !== 'number') return undefined;
        return { id, value: changed(value, statement.set) };
      };
      yield* until(() => (isMeant() ? inTheWayOfWrite(self, latest(), after()) : []));
      const before = latest();
      if (before) seen.push(before);
      if (!before || !isMeant()) continue;
      lock(self, { kind: 'ids', ids: [id] }, true);
      if (kind === 'select') {
        answered.push(before);
        continue;
      }
      const value = after()?.value ?? null;
      answered.push(chains.write({ id, value, by: self.number, isNew: false }));
    }
    return { tag: kind.toUpperCase(), rows: answered, seen };
  }

  const letGo = (self: Transaction): void => {
    active.delete(self.number);
    locks = locks.filter(({ owner }) => owner !== self);
  };

  const transactions = new Transactions<Transaction>({
    begin: (transaction) => {
      active.set(transaction.number, transaction);
      return transaction;
    },
    run,
    commit: (self) => {
      committed.add(self.number);
      letGo(self);
    },
    abort: (self) => {
      chains.undo(self.number);
      letGo(self);
    },
  });

  return {
    execute: (session, statement) => transactions.execute(session, statement),
    look: (session) => {
      const self = transactions.of(session) ?? { number: -1, session };
      const sight = new Map<number, number | null>();
      for (const { id, value } of present()) {
        const isFree =
          readLocks === 'nothing' ||
          inTheWayOf(self, { kind: 'ids', ids: [id] }, false).length === 0;
        if (!isFree) sight.set(id, null);
        else if (value !== null) sight.set(id, value);
      }
      return sight;
    },
    versions: () => chains.all(),
    isCommitted: (transaction) => committed.has(transaction),
  };
}
