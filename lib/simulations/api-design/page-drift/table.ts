/** The table behind the list: rows in the order of an index, and versions that snapshots keep. */
import { InvalidToken, type Key, type List, type Order, type Row, type Seek } from './models/pager';

/** A row as it was from one change of the table until another. */
interface Version extends Row {
  readonly from: number;
  /** Infinity while it is the present one. */
  until: number;
}

export class Table {
  /** Rows taken from scans or counted, by all queries together. */
  rowsRead = 0;
  private readonly live: Version[] = [];
  private readonly ids = new Set<number>();
  /** Versions that are gone, while a snapshot may ask for them. */
  private dead: Version[] = [];
  private readonly snapshots = new Set<number>();
  /** Counts changes and snapshots, so that no two snapshots have the same number. */
  private changes = 0;
  private readonly sign: 1 | -1;

  constructor(readonly order: Order) {
    this.sign = order === 'newest-first' ? -1 : 1;
  }

  /** Present rows in the order of the list. */
  get rows(): readonly Row[] {
    return this.live;
  }

  get deadCount(): number {
    return this.dead.length;
  }

  has(id: number): boolean {
    return this.ids.has(id);
  }

  insert({ atMs, id }: Row): void {
    this.changes++;
    this.ids.add(id);
    this.put(this.live, { atMs, id, from: this.changes, until: Number.POSITIVE_INFINITY });
  }

  /** Takes out the row at this place of the list, from 0, and returns it, if there is one. */
  removeAt(place: number): Row | undefined {
    const gone = this.live[place];
    if (!gone) return undefined;
    this.live.splice(place, 1);
    this.changes++;
    this.ids.delete(gone.id);
    if (this.snapshots.size > 0) {
      gone.until = this.changes;
      this.put(this.dead, gone);
    }
    return gone;
  }

  /** Negative if `a` comes before `b` in the list. */
  compare(a: Key, b: Key): number {
    return this.sign * (a.atMs - b.atMs || a.id - b.id);
  }

  /** The table as a query sees it. */
  readonly list = (): List => ({
    order: this.order,
    scan: (from, asOf) => {
      if (asOf !== undefined && !this.snapshots.has(asOf))
        throw new InvalidToken('Expected a cursor of a snapshot that is kept; begin again.');
      return this.scan(from, asOf);
    },
    count: () => {
      this.rowsRead += this.live.length;
      return this.live.length;
    },
    takeSnapshot: () => {
      const asOf = ++this.changes;
      this.snapshots.add(asOf);
      return asOf;
    },
    releaseSnapshot: (asOf) => {
      this.snapshots.delete(asOf);
      if (this.snapshots.size === 0) this.dead = [];
    },
  });

  /** The same for who only looks: nothing is counted, taken or released. */
  look<T>(query: (list: List) => T): T {
    const { rowsRead } = this;
    const answer = query({
      ...this.list(),
      scan: (from, asOf) => this.scan(from, asOf),
      takeSnapshot: () => this.changes,
      releaseSnapshot: () => undefined,
    });
    this.rowsRead = rowsRead;
    return answer;
  }

  private *scan(from: Seek | undefined, asOf: number | undefined): Generator<Row> {
    let place = from ? this.placeOf(this.live, from) : 0;
    if (asOf === undefined) {
      for (; place < this.live.length; place++) {
        this.rowsRead++;
        yield this.live[place] as Version;
      }
      return;
    }
    // Present versions and dead ones, merged by their places; those of other moments are read in vain.
    let gone = from ? this.placeOf(this.dead, from) : 0;
    for (;;) {
      const present = this.live[place];
      const past = this.dead[gone];
      const isPast = past && (!present || this.compare(past, present) <= 0);
      const next = isPast ? past : present;
      if (!next) return;
      if (isPast) gone++;
      else place++;
      this.rowsRead++;
      if (next.from <= asOf && asOf < next.until) yield next;
    }
  }

  /** The place of the first version at which a scan from there begins. */
  private placeOf(versions: readonly Version[], from: Seek): number {
    return firstWhere(versions, (version) => {
      if ('past' in from) return this.compare(version, from.past) > 0;
      if ('pastTime' in from) return this.sign * (version.atMs - from.pastTime) > 0;
      return this.sign * (version.atMs - from.fromTime) >= 0;
    });
  }

  private put(versions: Version[], version: Version): void {
    const place = firstWhere(versions, (other) => this.compare(other, version) > 0);
    versions.splice(place, 0, version);
  }
}

/** The first place from which on a condition holds, which holds for all behind it, too. */
function firstWhere<T>(sorted: readonly T[], holds: (each: T) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
