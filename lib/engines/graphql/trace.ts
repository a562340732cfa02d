/** Keeps what happens during an execution, and tells it as spans. */
import type { GraphqlSpan } from './types';

/** Spans of one execution that are kept, and those that are told of. */
const KEPT_MAX = 20_000;
const TOLD_MAX = 200;

interface OpenSpan {
  readonly kind: GraphqlSpan['kind'];
  readonly label: string;
  readonly parent: number;
  readonly start: number;
  end: number;
  failed: boolean;
}

export class Trace {
  /** Place of the whole execution. */
  static readonly REQUEST = 0;
  private readonly kept: OpenSpan[] = [];
  private lost = 0;

  constructor(private readonly now: () => number) {}

  /** Its place, for `end` and for its parts; −1 if there are too many already. */
  begin(kind: GraphqlSpan['kind'], label: string, parent: number): number {
    if (this.kept.length >= KEPT_MAX) {
      this.lost++;
      return -1;
    }
    const start = this.now();
    this.kept.push({ kind, label, parent, start, end: start, failed: false });
    return this.kept.length - 1;
  }

  end(place: number, failed = false): void {
    const span = this.kept[place];
    if (!span) return;
    span.end = this.now();
    span.failed = failed;
  }

  /**
   * The spans in the order of their start. Resolvers of one field that ran in the same stretch, each
   * without a query of its own, are one span.
   */
  finish(): { readonly spans: readonly GraphqlSpan[]; readonly spansCut: number } {
    const parents = new Set(this.kept.map(({ parent }) => parent));
    const told: (GraphqlSpan & { calls: number; label: string })[] = [];
    const places = new Map<number, number>();
    const alike = new Map<string, GraphqlSpan & { calls: number; label: string }>();
    for (const [place, { kind, label, parent, start, end, failed }] of this.kept.entries()) {
      const isAlone = kind !== 'resolver' || parents.has(place);
      const pattern = label.replace(/\.\d+(?=\.)/g, '[]');
      const name = `${pattern} ${parent} ${start} ${end} ${failed}`;
      const same = isAlone ? undefined : alike.get(name);
      if (same) {
        same.calls++;
        same.label = pattern;
        continue;
      }
      const span = {
        kind,
        label,
        calls: 1,
        parent: parent < 0 ? -1 : (places.get(parent) ?? Trace.REQUEST),
        start: thousandths(start),
        end: thousandths(end),
        failed,
      };
      if (!isAlone) alike.set(name, span);
      places.set(place, told.length);
      told.push(span);
    }
    const cut = told.slice(TOLD_MAX).reduce((sum, { calls }) => sum + calls, 0);
    return { spans: told.slice(0, TOLD_MAX), spansCut: this.lost + cut };
  }
}

/** ms to a thousandth: sums of tenths have tails that nobody wants to read. */
export const thousandths = (ms: number): number => Math.round(ms * 1000) / 1000;
