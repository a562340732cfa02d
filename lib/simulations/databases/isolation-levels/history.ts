/**
 * Finds anomalies in what happened: who read which version, who wrote the next one. From these follow
 * the dependencies between transactions, and a cycle of them is what no serial order can explain
 * (Adya, Liskov and O'Neil 2000). It knows nothing of the algorithm that let it happen.
 */
import { idsOf, matches, type Version, type Where } from './models/database';

/**
 * What a phenomenon is called (Berenson et al. 1995, Adya 1999), and what it says of the transactions
 * in the order of the cycle.
 */
export const PHENOMENA = {
  'dirty-write': 'Dirty write (P0): 2 has overwritten what 1 has not committed',
  'dirty-read': 'Dirty read (P1): 2 has read what 1 has not committed',
  /** Of what was taken back, of what was only passing, in a cycle, or gone again later. */
  'stray-read': 'Stray read (G1, OTV): 2 has seen of 1 what fits into no order',
  'fuzzy-read': 'Non-repeatable read (P2): 2 has changed what 1 read twice',
  phantom: 'Phantom (P3): 2 has changed which rows 1 finds',
  'lost-update': 'Lost update (P4): 1 has overwritten what 2 did, unseen',
  'read-skew': 'Read skew (A5A): 1 has read rows from before and from after 2',
  'write-skew': 'Write skew (A5B): 1 and 2 have each relied on what another changed',
  'phantom-skew': 'Write skew (G2): 1 and 2 have each added what the other has not seen',
} as const;

export type Phenomenon = keyof typeof PHENOMENA;

export interface Anomaly {
  readonly phenomenon: Phenomenon;
  /** Transactions by their numbers, in the order of the cycle. */
  readonly transactions: readonly number[];
}

interface Read {
  readonly where: Where;
  readonly rows: readonly Version[];
  readonly seen: readonly Version[];
}

/** `from` must come before `to` in any serial order that explains what happened. */
interface Edge {
  readonly from: number;
  readonly to: number;
  /** `rw`: `to` has overwritten what `from` read. `wr`: `to` read what `from` wrote. */
  readonly kind: 'ww' | 'wr' | 'rw';
  readonly id: number;
  /** The read did not give the row: what changed is whether it meets the condition. */
  readonly isByCondition: boolean;
}

export class History {
  /** Versions of each row in the order of writing, also those that were taken back. */
  private readonly written = new Map<number, Version[]>();
  private readonly reads = new Map<number, Read[]>();
  private readonly state = new Map<number, 'open' | 'committed' | 'aborted'>();
  private readonly known = new Set<string>();

  constructor(initial: readonly Version[]) {
    for (const version of initial) this.keep(version);
  }

  begin(transaction: number): void {
    this.state.set(transaction, 'open');
    this.reads.set(transaction, []);
  }

  read(transaction: number, read: Read): readonly Anomaly[] {
    this.reads.get(transaction)?.push(read);
    return read.rows
      .filter(({ by }) => by !== transaction && this.state.get(by) === 'open')
      .flatMap(({ by }) =>
        this.news({ phenomenon: 'dirty-read', transactions: [by, transaction] }),
      );
  }

  write(transaction: number, versions: readonly Version[]): readonly Anomaly[] {
    return versions.flatMap((version) => {
      const before = this.written.get(version.id)?.at(-1)?.by ?? 0;
      this.keep(version);
      if (before === transaction || this.state.get(before) !== 'open') return [];
      return this.news({ phenomenon: 'dirty-write', transactions: [before, transaction] });
    });
  }

  /** @returns what has become an anomaly by this end */
  end(transaction: number, isCommitted: boolean): readonly Anomaly[] {
    this.state.set(transaction, isCommitted ? 'committed' : 'aborted');
    return [...this.strayReads(), ...this.cycles()].flatMap((anomaly) => this.news(anomaly));
  }

  /** Committed transactions that lie on a cycle. */
  unserializable(): ReadonlySet<number> {
    return new Set(this.cycles().flatMap(({ transactions }) => transactions));
  }

  private keep(version: Version): void {
    const versions = this.written.get(version.id);
    if (versions) versions.push(version);
    else this.written.set(version.id, [version]);
  }

  private news(anomaly: Anomaly): readonly Anomaly[] {
    const key = `${anomaly.phenomenon} ${[...anomaly.transactions].sort().join(' ')}`;
    if (this.known.has(key)) return [];
    this.known.add(key);
    return [anomaly];
  }

  private isCommitted(transaction: number): boolean {
    return transaction === 0 || this.state.get(transaction) === 'committed';
  }

  /** Committed versions of a row, oldest first; of each transaction the last one. */
  private installed(id: number): readonly Version[] {
    const versions = (this.written.get(id) ?? []).filter(({ by }) => this.isCommitted(by));
    return versions.filter(({ by }, at) => versions[at + 1]?.by !== by);
  }

  private *committedReads(): Generator<{ readonly by: number; readonly reads: readonly Read[] }> {
    for (const [by, reads] of this.reads) if (this.isCommitted(by)) yield { by, reads };
  }

  /** Reads of what was taken back or only passing, and of less than had been seen before. */
  private strayReads(): readonly Anomaly[] {
    const found: Anomaly[] = [];
    for (const { by: reader, reads } of this.committedReads()) {
      const met = new Set<number>();
      for (const { rows } of reads) {
        for (const { by, id, serial } of rows) {
          const later = (this.written.get(id) ?? []).filter((version) => version.serial > serial);
          const authors = [by, ...met].filter(
            (author) =>
              (author === by && this.state.get(by) === 'aborted') ||
              later.some((version) => version.by === author),
          );
          for (const author of authors)
            if (author !== reader)
              found.push({ phenomenon: 'stray-read', transactions: [author, reader] });
        }
        for (const { by } of rows) if (by > 0) met.add(by);
      }
    }
    return found;
  }

  private edges(): readonly Edge[] {
    const edges: Edge[] = [];
    const add = (edge: Omit<Edge, 'isByCondition'>, isByCondition = false): void => {
      const isReal = edge.from !== edge.to && edge.from > 0 && edge.to > 0;
      if (isReal && this.isCommitted(edge.from)) edges.push({ ...edge, isByCondition });
    };
    for (const id of this.written.keys()) {
      const versions = this.installed(id);
      versions.forEach(({ by: to }, at) => {
        const from = versions[at - 1]?.by ?? 0;
        add({ from, to, kind: 'ww', id });
      });
    }
    for (const { by: reader, reads } of this.committedReads()) {
      for (const { where, seen, rows } of reads) {
        for (const id of this.written.keys()) {
          if (idsOf(where)?.includes(id) === false) continue;
          const versions = this.installed(id);
          const saw = seen.find((version) => version.id === id);
          const isRow = rows.some((row) => row.id === id && row.serial === saw?.serial);
          const isMatch = saw !== undefined && (isRow || matches(where, saw));
          const later = versions.filter(({ serial }) => serial > (saw?.serial ?? 0));
          const before = versions.filter(({ serial }) => serial < (saw?.serial ?? 0)).at(-1);
          if (saw && (isMatch || (before && matches(where, before))))
            add({ from: saw.by, to: reader, kind: 'wr', id }, !isMatch);
          // What one reads after having written it is overwritten, not changed under one's eyes.
          if (saw?.by === reader) continue;
          const next = isMatch ? later[0] : later.find((version) => matches(where, version));
          if (next) add({ from: reader, to: next.by, kind: 'rw', id }, !isMatch);
        }
      }
    }
    return edges;
  }

  /** A cycle through each transaction that lies on one: that with the fewest `rw`. */
  private cycles(): readonly Anomaly[] {
    const edges = this.edges();
    const found: Anomaly[] = [];
    for (const start of new Set(edges.map(({ from }) => from))) {
      const cycle = leastCycle(edges, start);
      if (cycle) found.push(named(cycle, edges));
    }
    return found;
  }
}

/** A cycle through `start` with as few `rw` as can be, and of these the shortest. */
function leastCycle(edges: readonly Edge[], start: number): readonly Edge[] | undefined {
  let least = Number.POSITIVE_INFINITY;
  let found: readonly Edge[] | undefined;
  // All ways are tried: each session commits once, so there are three transactions at most.
  const walk = (path: readonly Edge[], at: number, cost: number): void => {
    if (cost >= least || (at !== start && path.some(({ from }) => from === at))) return;
    if (at === start && path.length > 0) {
      least = cost;
      found = path;
      return;
    }
    for (const edge of edges) {
      if (edge.from !== at) continue;
      const price = 1 + (edge.kind === 'rw' ? 1000 : 0) + (edge.isByCondition ? 1 : 0);
      walk([...path, edge], edge.to, cost + price);
    }
  };
  walk([], start, 0);
  return found;
}

function named(cycle: readonly Edge[], edges: readonly Edge[]): Anomaly {
  const transactions = rotated(cycle).map(({ from }) => from);
  const of = (phenomenon: Phenomenon): Anomaly => ({ phenomenon, transactions });
  const overwritten = cycle.filter(({ kind }) => kind === 'rw');
  const [only] = overwritten;
  if (!only) return of(cycle.every(({ kind }) => kind === 'ww') ? 'dirty-write' : 'stray-read');
  if (overwritten.length > 1) {
    if (overwritten.some(({ isByCondition }) => isByCondition)) return of('phantom-skew');
    return of('write-skew');
  }
  const back = (kind: Edge['kind']): boolean =>
    edges.some(
      (edge) =>
        edge.kind === kind && edge.from === only.to && edge.to === only.from && edge.id === only.id,
    );
  if (back('ww')) return of('lost-update');
  if (only.isByCondition) return of('phantom');
  return of(back('wr') ? 'fuzzy-read' : 'read-skew');
}

/** A cycle has no beginning: told from the first who read what was overwritten, if somebody did. */
function rotated(cycle: readonly Edge[]): readonly Edge[] {
  const beginnings = cycle.filter(({ kind }) => kind === 'rw');
  const numbers = (beginnings.length > 0 ? beginnings : cycle).map(({ from }) => from);
  const start = cycle.findIndex(({ from }) => from === Math.min(...numbers));
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}
