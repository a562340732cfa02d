/** The database: its cores work on all queries in progress at once, evenly shared. */
import type { Simulator } from '../../../kernel/simulator';

export interface Query {
  /** What one core needs for it alone, ms. */
  readonly workMs: number;
  readonly isReport: boolean;
  readonly sinceMs: number;
  readonly onDone: () => void;
  /** It was ended by an operator or by its statement timeout. */
  readonly onEnded: () => void;
}

/**
 * Processor sharing. Work is counted by a clock of its own, which passes for every query alike: at
 * full speed while each has a core, at a share of it beyond.
 */
export class Database {
  /** Query → reading of that clock at which it will be done. */
  private readonly queries = new Map<Query, number>();
  private workedMs = 0;
  private countedMs = 0;
  private event: number | undefined;

  constructor(
    private readonly simulator: Simulator,
    private readonly cores: number,
    /** How much longer all takes for each query beyond the cores, 0 to 1. */
    private readonly contention: number,
  ) {}

  get inProgress(): number {
    return this.queries.size;
  }

  all(): readonly Query[] {
    return [...this.queries.keys()];
  }

  begin(query: Query): void {
    this.count();
    this.queries.set(query, this.workedMs + query.workMs);
    this.plan();
  }

  /** Ends a query before it is done; nothing happens if it is not in progress any more. */
  end(query: Query): void {
    this.count();
    if (!this.queries.delete(query)) return;
    this.plan();
    query.onEnded();
  }

  /** What one query gets done in one ms. */
  private get pace(): number {
    const n = this.queries.size;
    if (n === 0) return 1;
    const beyond = Math.max(0, n - this.cores);
    return Math.min(1, this.cores / n) / (1 + this.contention * beyond);
  }

  private count(): void {
    const { now } = this.simulator;
    this.workedMs += (now - this.countedMs) * this.pace;
    this.countedMs = now;
  }

  /** Sets the event at which the next query will be done. */
  private plan(): void {
    if (this.event !== undefined) this.simulator.cancel(this.event);
    this.event = undefined;
    let next: Query | undefined;
    let doneMs = Number.POSITIVE_INFINITY;
    for (const [query, atMs] of this.queries) {
      if (atMs >= doneMs) continue;
      next = query;
      doneMs = atMs;
    }
    if (!next) return;
    const query = next;
    const afterMs = Math.max(0, doneMs - this.workedMs) / this.pace;
    this.event = this.simulator.after(afterMs, () => {
      this.event = undefined;
      this.count();
      this.queries.delete(query);
      this.plan();
      query.onDone();
    });
  }
}
