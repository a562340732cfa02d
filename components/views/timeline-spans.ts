/** What traces and lanes have in common: how many rows they have, and what is told of a span at a moment. */
import type { Outcome } from '@/lib/kernel/outcomes';
import { formatValue } from '@/lib/simulation/format';
import type { Span } from '@/lib/simulation/recording-index';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';

const ROWS_MAX = 14;

/** Spans of a trace, or lanes, that are drawn at most. */
export const rowsMaxOf = (view: TimelineSpec): number => Math.max(1, view.rowsMax ?? ROWS_MAX);

export const laneName = (view: TimelineSpec, id: string): string =>
  view.lanes.find((lane) => lane.id === id)?.label ?? id;
export const spanName = (span: Span): string => span.label || span.kind;
export const took = (ms: number): string => formatValue(ms, 'ms');

/** What has become of a span at `t`; open ones are on their way. */
export const outcomeAt = (span: Span, t: number): Outcome =>
  span.end <= t && span.outcome !== '' ? span.outcome : 'sent';
/** Where its bar ends at `t`, simulated ms. */
export const endAt = (span: Span, t: number): number => (span.end <= t ? span.end : t);
