/** One row of the audit log that is paged through. */
export interface AuditEvent {
  readonly id: number;
  /** ISO 8601, UTC; several events may have the same. */
  readonly at: string;
  readonly what: string;
}

/** The place of a row in the order of the list: newest first, and the larger id first among equals. */
export type Position = Pick<AuditEvent, 'at' | 'id'>;

export interface Page {
  readonly rows: readonly AuditEvent[];
  /** Whether there are rows after these. */
  readonly hasMore: boolean;
}

/** Rows in the order of the list, as an index on (at, id) would hold them. */
export class EventStore {
  #rows: readonly AuditEvent[];
  #lastId: number;

  constructor(rows: readonly AuditEvent[]) {
    this.#rows = [...rows].sort(byPosition);
    this.#lastId = Math.max(0, ...rows.map(({ id }) => id));
  }

  insert(what: string, at: string): AuditEvent {
    this.#lastId += 1;
    const row = { id: this.#lastId, at, what };
    this.#rows = [...this.#rows, row].sort(byPosition);
    return row;
  }

  find(id: number): AuditEvent | undefined {
    return this.#rows.find((row) => row.id === id);
  }

  /** Keyset: where (at, id) < (position.at, position.id), whatever has been inserted before it. */
  after(position: Position | null, limit: number): Page {
    const from =
      position === null ? 0 : this.#rows.findIndex((row) => byPosition(position, row) < 0);
    return from < 0 ? { rows: [], hasMore: false } : this.skip(from, limit);
  }

  /** Offset: whatever stands at these places by now. */
  skip(offset: number, limit: number): Page {
    const rows = this.#rows.slice(offset, offset + limit);
    return { rows, hasMore: offset + rows.length < this.#rows.length };
  }
}

function byPosition(a: Position, b: Position): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return b.id - a.id;
}
