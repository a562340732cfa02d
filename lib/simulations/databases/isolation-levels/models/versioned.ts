/**
 * Multiversion concurrency control as in PostgreSQL: a write makes a new version, a read sees those of
 * its snapshot. Readers wait for nobody; writers of the same row wait for each other.
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
import { Dependencies, type Node } from './dependencies';
import { isBefore, type Snapshot, type Xid, Xids } from './snapshots';
import { type Transaction, Transactions } from './transactions';

export type Level = 'read committed' | 'repeatable read' | 'serializable';

interface Writer extends Transaction {
  xid: Xid | undefined;
  snapshot: Snapshot | undefined;
  node: Node | undefined;
}

export function openVersioned(rows: readonly Row[], level: Level): Database {
  const chains = new Chains(rows);
  const xids = new Xids();
  const dependencies = new Dependencies();
  /** By number: its id and its session, once it has written or locked something. */
  const writers = new Map<number, { readonly xid: Xid; readonly session: string }>();
  const committed = new Set([0]);
  /** Who has locked a version without having changed it: its number. */
  const lockers = new Map<number, number>();
  /** Who waits for a version, in the order of coming; only the first waits for its holder. */
  const queues = new Map<number, Writer[]>();

  // #region snapshot
  const snapshotOf = (writer: Writer): Snapshot => {
    // (1)
    if (level === 'read committed') return xids.take();
    writer.snapshot ??= xids.take();
    if (level === 'serializable') writer.node ??= dependencies.begin(writer.snapshot);
    return writer.snapshot;
  };

  const xidOf = (writer: Writer): Xid => {
    if (writer.xid === undefined) {
      writer.xid = xids.assign();
      writers.set(writer.number, { xid: writer.xid, session: writer.session });
      if (writer.node) dependencies.writes(writer.node, writer.xid);
    }
    return writer.xid;
  };

  const isVisible = (version: Version, snapshot: Snapshot, own: number): boolean => {
    if (version.by === own) return true;
    if (!committed.has(version.by)) return false;
    const xid = writers.get(version.by)?.xid;
    // (2)
    return xid === undefined || isBefore(snapshot, xid);
  };
  // #endregion

  /** Tells who wrote what this snapshot does not see. */
  const meet = (writer: Writer, version: Version, isSeen: boolean): void => {
    if (!writer.node) return;
    const other = isSeen ? chains.after(version) : version;
    const xid = other && writers.get(other.by)?.xid;
    dependencies.meet(writer.node, xid ?? 0);
  };

  /** The version of each row that the snapshot sees, deleted ones too, in the order of the scan. */
  function* scan(writer: Writer, where: Where, snapshot: Snapshot): Generator<Version> {
    const { node, number } = writer;
    const ids = idsOf(where);
    if (node) dependencies.remember(node, ids ? 'index' : 'table');
    if (ids) {
      for (const id of ids) {
        for (const version of [...chains.of(id)]) {
          const next = chains.after(version);
          const isSeen =
            isVisible(version, snapshot, number) && !(next && isVisible(next, snapshot, number));
          meet(writer, version, isSeen);
          if (!isSeen) continue;
          if (node && version.value !== null) dependencies.remember(node, version.serial);
          yield version;
          break;
        }
      }
      return;
    }
    for (const version of chains.all()) {
      const next = chains.after(version);
      const isSeen =
        isVisible(version, snapshot, number) && !(next && isVisible(next, snapshot, number));
      meet(writer, version, isSeen);
      if (isSeen) yield version;
    }
  }

  /** The session that keeps a version from being changed, if any. */
  const holderOf = (version: Version, writer: Writer): string | undefined => {
    const number = chains.after(version)?.by ?? lockers.get(version.serial);
    const holder =
      number === undefined || number === writer.number ? undefined : writers.get(number);
    return holder && xids.isRunning(holder.xid) ? holder.session : undefined;
  };

  // #region claim
  /**
   * Waits until a version can be changed.
   *
   * @returns the version to change, or null if there is none any more that matches
   */
  function* claim(
    writer: Writer,
    found: Version,
    where: Where,
  ): Generator<readonly string[], Version | null, void> {
    const queue = queues.get(found.serial) ?? [];
    queues.set(found.serial, queue);
    try {
      for (let version = found; ; ) {
        const holder = holderOf(version, writer);
        if (holder !== undefined) {
          // (1)
          if (version === found && !queue.includes(writer)) queue.push(writer);
          const ahead = version === found ? queue[queue.indexOf(writer) - 1] : undefined;
          yield [ahead?.session ?? holder];
          continue;
        }
        const next = chains.after(version);
        if (!next || next.by === writer.number) {
          xidOf(writer);
          lockers.set(version.serial, writer.number);
          return version === found || matches(where, version) ? version : null;
        }
        // (2)
        if (level !== 'read committed') {
          throw new SqlError(
            '40001',
            `could not serialize access due to concurrent ${next.value === null ? 'delete' : 'update'}`,
          );
        }
        if (next.value === null || next.isNew) return null;
        // (3)
        version = next;
      }
    } finally {
      if (queue.includes(writer)) queue.splice(queue.indexOf(writer), 1);
    }
  }
  // #endregion

  function* insert(writer: Writer, { id, value }: Row): Execution {
    snapshotOf(writer);
    xidOf(writer);
    if (writer.node) dependencies.overwrite(writer.node, ['table']);
    for (;;) {
      const latest = chains.latest(id);
      const other = latest && writers.get(latest.by);
      if (other && latest.by !== writer.number && xids.isRunning(other.xid)) {
        yield [other.session];
        continue;
      }
      if (writer.node) dependencies.overwrite(writer.node, ['index']);
      if (latest && latest.value !== null) {
        throw new SqlError('23505', 'duplicate key value violates unique constraint');
      }
      const made = chains.write({ id, value, by: writer.number, isNew: true });
      return { tag: 'INSERT', rows: [made], seen: [] };
    }
  }

  function* run(writer: Writer, statement: RowStatement): Execution {
    if (statement.kind === 'insert') return yield* insert(writer, statement);
    const { where, kind } = statement;
    const snapshot = snapshotOf(writer);
    const isPlainRead = kind === 'select' && !statement.forUpdate;
    const seen: Version[] = [];
    const answered: Version[] = [];
    for (const found of scan(writer, where, snapshot)) {
      if (isPlainRead || !matches(where, found)) {
        seen.push(found);
        if (matches(where, found)) answered.push(found);
        continue;
      }
      if (kind !== 'select') xidOf(writer);
      const version = yield* claim(writer, found, where);
      seen.push(version ?? chains.latest(found.id) ?? found);
      if (!version) continue;
      if (kind === 'select') {
        answered.push(version);
        continue;
      }
      if (writer.node) dependencies.overwrite(writer.node, [version.serial, 'table']);
      const value =
        kind === 'delete' || version.value === null ? null : changed(version.value, statement.set);
      answered.push(chains.write({ id: found.id, value, by: writer.number, isNew: false }));
    }
    return { tag: kind.toUpperCase(), rows: answered, seen };
  }

  const letGo = (writer: Writer): void => {
    if (writer.xid !== undefined) xids.end(writer.xid);
    for (const [serial, number] of lockers) if (number === writer.number) lockers.delete(serial);
  };

  const transactions = new Transactions<Writer>({
    begin: (transaction) => ({
      ...transaction,
      xid: undefined,
      snapshot: undefined,
      node: undefined,
    }),
    run,
    commit: (writer) => {
      if (writer.node) dependencies.commit(writer.node, xids.upcoming());
      committed.add(writer.number);
      letGo(writer);
    },
    abort: (writer) => {
      if (writer.node) dependencies.abort(writer.node);
      chains.undo(writer.number);
      letGo(writer);
    },
  });

  return {
    execute: (session, statement) => transactions.execute(session, statement),
    look: (session) => {
      const writer = transactions.of(session);
      const snapshot = writer?.snapshot ?? xids.take();
      const sight = new Map<number, number | null>();
      for (const version of chains.all()) {
        if (!isVisible(version, snapshot, writer?.number ?? -1)) continue;
        if (version.value === null) sight.delete(version.id);
        else sight.set(version.id, version.value);
      }
      return sight;
    },
    versions: () => chains.all(),
    isCommitted: (transaction) => committed.has(transaction),
  };
}
