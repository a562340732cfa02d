/** Gathers spans by trace and lets the sampler decide; what it keeps is stored. */
import type { Sampler } from './models/tracer';

/** A span that has ended. */
export interface Span {
  readonly traceId: string;
  /** Number of the request that it is a part of, whatever trace it says it belongs to. */
  readonly request: number;
  readonly isRoot: boolean;
  /** By the clock of its service, ms, as is its end. */
  readonly startMs: number;
  readonly endMs: number;
  readonly failed: boolean;
  /** Whether the error began here, and was not handed on from a call. */
  readonly isCause: boolean;
}

interface Options {
  readonly sampler: Sampler;
  readonly waitMs: number;
  readonly tracesMax: number;
  readonly after: (delayMs: number, then: () => void) => void;
  readonly store: (spans: readonly Span[]) => void;
  /** Number of traces that wait, after every change. */
  readonly onHeld: (held: number) => void;
  readonly onEvicted: () => void;
}

/** Takes the spans that services send. */
type Collector = (span: Span) => void;

export function collector(options: Options): Collector {
  const { sampler, waitMs, tracesMax, after, store, onHeld, onEvicted } = options;
  const { keeps } = sampler;
  if (!keeps) return (span) => store([span]);

  // A Map keeps the order of insertion: the first is the oldest.
  const held = new Map<string, Span[]>();
  const decided = new Map<string, boolean>();

  const decide = (traceId: string, spans: readonly Span[]): void => {
    // Pushed out, and perhaps begun anew by a later span.
    if (held.get(traceId) !== spans) return;
    held.delete(traceId);
    onHeld(held.size);
    const isKept = keeps({
      traceId,
      failed: spans.some(({ failed }) => failed),
      durationMs:
        Math.max(...spans.map(({ endMs }) => endMs)) -
        Math.min(...spans.map(({ startMs }) => startMs)),
    });
    decided.set(traceId, isKept);
    if (isKept) store(spans);
  };

  return (span) => {
    const { traceId } = span;
    const verdict = decided.get(traceId);
    // What comes too late to be judged shares the verdict on its trace.
    if (verdict !== undefined) {
      if (verdict) store([span]);
      return;
    }
    const known = held.get(traceId);
    if (known) {
      known.push(span);
      return;
    }
    const spans = [span];
    if (held.size >= tracesMax) {
      const [oldest] = held.keys();
      if (oldest !== undefined) held.delete(oldest);
      onEvicted();
    }
    held.set(traceId, spans);
    onHeld(held.size);
    after(waitMs, () => decide(traceId, spans));
  };
}
