/**
 * Finds anomalies in what happened: who read which version, who wrote the next one. From these follow
 * the dependencies between transactions, and a circle of them is what no serial order can explain
 * (Adya, Liskov and O'Neil 2000). It knows nothing of the algorithm that let it happen.
 */
import { idsOf, matches, type Version, type Where } from './models/database';

/** By the names of Berenson et al. 1995 and Adya 1999. */
export const PHENOMENA = {
  'dirty-write': { title: 'Dirty write', code: 'P0, G0' },
  'dirty-read': { title: 'Dirty read', code: 'P1' },
  'aborted-read': { title: 'Aborted read', code: 'G1a' },
  'intermediate-read': { title: 'Intermediate read', code: 'G1b' },
  'circular-flow': { title: 'Circular information flow', code: 'G1c' },
  'vanished-write': { title: 'Observed transaction vanishes', code: 'OTV' },
  'fuzzy-read': { title: 'Non-repeatable read', code: 'P2' },
  phantom: { title: 'Phantom', code: 'P3, PMP' },
  'lost-update': { title: 'Lost update', code: 'P4' },
  'read-skew': { title: 'Read skew', code: 'A5A, G-single' },
  'write-skew': { title: 'Write skew', code: 'A5B, G2-item' },
  'phantom-skew': { title: 'Write skew by a phantom', code: 'P3, G2' },
  'read-only-anomaly': { title: 'Anomaly seen by a reader', code: 'G2-item' },
} as const;

export type Phenomenon = keyof typeof PHENOMENA;

export interface Anomaly {
  readonly phenomenon: Phenomenon;
  /** Transactions by their numbers, in the order of the circle. */
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
    return [...this.strayReads(), ...this.circles()].flatMap((anomaly) => this.news(anomaly));
  }

  /** Committed transactions that lie on a circle. */
  unserializable(): ReadonlySet<number> {
    return new Set(this.circles().flatMap(({ transactions }) => transactions));
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

  /** Reads of what never was, and of what was there only for a while. */
  private strayReads(): readonly Anomaly[] {
    const found: Anomaly[] = [];
    for (const { by: reader, reads } of this.committedReads()) {
      const met = new Set<number>();
      for (const { rows } of reads) {
        for (const version of rows) {
          const { by, id, serial } = version;
          if (by === reader) continue;
          const transactions = [by, reader];
          if (this.state.get(by) === 'aborted')
            found.push({ phenomenon: 'aborted-read', transactions });
          const isPassing = this.written
            .get(id)
            ?.some((later) => later.by === by && later.serial > serial);
          if (isPassing && this.isCommitted(by))
            found.push({ phenomenon: 'intermediate-read', transactions });
        }
        // Of somebody whose work was seen before, something older is seen now.
        for (const { id, serial } of rows) {
          for (const by of met) {
            const isOlder = this.installed(id).some(
              (later) => later.by === by && later.serial > serial,
            );
            if (isOlder) found.push({ phenomenon: 'vanished-write', transactions: [by, reader] });
          }
        }
        for (const { by } of rows) if (by !== reader && by > 0 && this.isCommitted(by)) met.add(by);
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

  /** A circle through each transaction that lies on one: that with the fewest `rw`. */
  private circles(): readonly Anomaly[] {
    const edges = this.edges();
    const found: Anomaly[] = [];
    for (const start of new Set(edges.map(({ from }) => from))) {
      const circle = leastCircle(edges, start);
      if (circle) found.push(named(circle, edges, this.written));
    }
    return found;
  }
}

/** A circle through `start` with as few `rw` as can be, and of these the shortest. */
function leastCircle(edges: readonly Edge[], start: number): readonly Edge[] | undefined {
  const cost = ({ kind, isByCondition }: Edge): number =>
    1 + (kind === 'rw' ? 1000 : 0) + (isByCondition ? 1 : 0);
  const ways = new Map<number, { readonly cost: number; readonly path: readonly Edge[] }>();
  let best: { readonly cost: number; readonly path: readonly Edge[] } | undefined;
  // Bellman and Ford: there are a handful of transactions, and few dependencies between them.
  const relax = (path: readonly Edge[], total: number, at: number): boolean => {
    if (at === start && path.length > 0) {
      if (!best || total < best.cost) best = { cost: total, path };
      return false;
    }
    const known = ways.get(at);
    if (known && known.cost <= total) return false;
    ways.set(at, { cost: total, path });
    return true;
  };
  relax([], 0, start);
  for (let isMoving = true; isMoving; ) {
    isMoving = false;
    for (const edge of edges) {
      const way = edge.from === start ? { cost: 0, path: [] } : ways.get(edge.from);
      if (way && relax([...way.path, edge], way.cost + cost(edge), edge.to)) isMoving = true;
    }
  }
  return best?.path;
}

function named(
  circle: readonly Edge[],
  edges: readonly Edge[],
  written: ReadonlyMap<number, readonly Version[]>,
): Anomaly {
  const transactions = rotated(circle).map(({ from }) => from);
  const of = (phenomenon: Phenomenon): Anomaly => ({ phenomenon, transactions });
  const overwritten = circle.filter(({ kind }) => kind === 'rw');
  const [only] = overwritten;
  if (!only) return of(circle.every(({ kind }) => kind === 'ww') ? 'dirty-write' : 'circular-flow');
  if (overwritten.length > 1) {
    if (overwritten.some(({ isByCondition }) => isByCondition)) return of('phantom-skew');
    const writers = new Set([...written.values()].flat().map(({ by }) => by));
    return of(
      transactions.every((transaction) => writers.has(transaction))
        ? 'write-skew'
        : 'read-only-anomaly',
    );
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

/** A circle has no beginning: told from the first who read what was overwritten, if somebody did. */
function rotated(circle: readonly Edge[]): readonly Edge[] {
  const beginnings = circle.filter(({ kind }) => kind === 'rw');
  const numbers = (beginnings.length > 0 ? beginnings : circle).map(({ from }) => from);
  const start = circle.findIndex(({ from }) => from === Math.min(...numbers));
  return [...circle.slice(start), ...circle.slice(0, start)];
}
