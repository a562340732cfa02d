/**
 * Serializable snapshot isolation: watches who read what somebody else has overwritten, and fails a
 * transaction where two such dependencies follow one another in a dangerous way (Cahill, Röhm and
 * Fekete 2008). The rules are those of PostgreSQL 15, described by Ports and Grittner 2012.
 */
import { SqlError } from './database';
import { isBefore, type Snapshot, type Xid } from './snapshots';

/** What a read is remembered by: a version, the one page of the index, or the whole table. */
export type ReadLock = number | 'index' | 'table';

/** A transaction and what it depends on. Moments are counted in commits and attempts at them. */
export interface Node {
  readonly snapshot: Snapshot;
  readonly lastCommitBefore: number;
  /** Those who read what this one has overwritten, and those who have overwritten what it read. */
  readonly readers: Set<Node>;
  readonly writers: Set<Node>;
  xid: Xid | undefined;
  isDoomed: boolean;
  committedAt: number | undefined;
  /** The next id of a transaction when this one committed: later snapshots do not overlap with it. */
  endedBefore: Xid;
  hasWritten: boolean;
  /** Known once it has committed without having written. */
  isReadOnly: boolean;
  /** When the first of those committed that had overwritten what this one read, if before it did. */
  firstWriterAt: number | undefined;
}

const failure = (): SqlError =>
  new SqlError(
    '40001',
    'could not serialize access due to read/write dependencies among transactions',
  );

export class Dependencies {
  private readonly nodes = new Map<Xid, Node>();
  private readonly locks = new Map<ReadLock, Set<Node>>();
  private moment = 0;

  begin(snapshot: Snapshot): Node {
    return {
      snapshot,
      lastCommitBefore: this.moment,
      readers: new Set(),
      writers: new Set(),
      xid: undefined,
      isDoomed: false,
      committedAt: undefined,
      endedBefore: 0,
      hasWritten: false,
      isReadOnly: false,
      firstWriterAt: undefined,
    };
  }

  /** A transaction has got its id: it is about to write. */
  writes(node: Node, xid: Xid): void {
    node.xid = xid;
    this.nodes.set(xid, node);
  }

  remember(node: Node, lock: ReadLock): void {
    const holders = this.locks.get(lock) ?? new Set<Node>();
    this.locks.set(lock, holders.add(node));
  }

  /** `reader` has come upon the trace of a writer whose work its snapshot does not hold. */
  meet(reader: Node, xid: Xid): void {
    if (reader.isDoomed) throw failure();
    const writer = this.nodes.get(xid);
    if (!writer || writer === reader || writer.isDoomed) return;
    if (isBefore(reader.snapshot, xid) || reader.writers.has(writer)) return;
    this.flag(reader, writer, reader);
  }

  /** `writer` is about to change what these locks stand for. */
  overwrite(writer: Node, locks: readonly ReadLock[]): void {
    if (writer.isDoomed) throw failure();
    writer.hasWritten = true;
    for (const lock of locks) {
      for (const reader of this.locks.get(lock) ?? []) {
        if (reader === writer || reader.isDoomed || reader.writers.has(writer)) continue;
        const isOver =
          reader.committedAt !== undefined && writer.snapshot.xmin >= reader.endedBefore;
        if (!isOver) this.flag(reader, writer, writer);
      }
    }
  }

  // #region danger
  private flag(reader: Node, writer: Node, self: Node): void {
    if (this.isDangerous(reader, writer)) {
      // (1)
      if (self === writer || writer.committedAt !== undefined) throw failure();
      writer.isDoomed = true;
    }
    reader.writers.add(writer);
    writer.readers.add(reader);
  }

  /** Whether "what `reader` read, `writer` overwrote" completes a structure that may be a cycle. */
  private isDangerous(reader: Node, writer: Node): boolean {
    // (2)
    const endedAt = (node: Node): number => node.committedAt ?? Number.POSITIVE_INFINITY;
    if (writer.committedAt !== undefined && writer.firstWriterAt !== undefined) return true;
    for (const last of writer.writers) {
      if (last.committedAt === undefined) continue;
      const isFirst = last.committedAt <= endedAt(reader) && last.committedAt <= endedAt(writer);
      const isSeen = !reader.isReadOnly || last.committedAt <= reader.lastCommitBefore;
      if (isFirst && isSeen) return true;
    }
    // (3)
    if (writer.committedAt === undefined || reader.isReadOnly) return false;
    for (const first of reader.readers) {
      if (first.isDoomed || endedAt(first) < writer.committedAt) continue;
      if (!first.isReadOnly || first.lastCommitBefore >= writer.committedAt) return true;
    }
    return false;
  }

  // #endregion

  /** @throws SqlError if it would complete a cycle, and nobody else can be made to fail for it */
  commit(node: Node, upcoming: Xid): void {
    if (node.isDoomed) throw failure();
    for (const pivot of node.readers) {
      if (pivot.committedAt !== undefined || pivot.isDoomed) continue;
      for (const first of pivot.readers) {
        const isOpen = first.committedAt === undefined && !first.isDoomed && !first.isReadOnly;
        if (first === node || isOpen) pivot.isDoomed = true;
      }
    }
    node.committedAt = ++this.moment;
    node.isReadOnly = !node.hasWritten;
    node.endedBefore = upcoming;
    for (const writer of [...node.writers]) {
      if (writer.committedAt === undefined) continue;
      if (!node.isReadOnly) {
        node.firstWriterAt = Math.min(node.firstWriterAt ?? writer.committedAt, writer.committedAt);
      }
      this.release(node, writer);
    }
    for (const reader of [...node.readers]) {
      if (reader.committedAt !== undefined) this.release(reader, node);
    }
  }

  abort(node: Node): void {
    for (const writer of [...node.writers]) this.release(node, writer);
    for (const reader of [...node.readers]) this.release(reader, node);
    for (const holders of this.locks.values()) holders.delete(node);
    if (node.xid !== undefined) this.nodes.delete(node.xid);
  }

  private release(reader: Node, writer: Node): void {
    reader.writers.delete(writer);
    writer.readers.delete(reader);
  }
}
