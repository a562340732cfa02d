/** The spans of an execution as a recording, so that the views of figures can draw them. */
import type { GraphqlSpan } from '@/lib/engines/graphql/types';
import { Recorder } from '@/lib/kernel/recorder';
import type { Recording } from '@/lib/kernel/recording';

/** Lanes of the recording, by the kind of span. */
export const LANES = {
  request: { id: 'request', label: 'Request' },
  resolver: { id: 'resolver', label: 'Resolver' },
  query: { id: 'query', label: 'Query' },
} as const satisfies Readonly<Record<GraphqlSpan['kind'], { id: string; label: string }>>;

/** The spans as a recording, for the views of figures. */
export function recordingOf(spans: readonly GraphqlSpan[], tookMs: number): Recording {
  const recorder = new Recorder({ shownMs: tookMs });
  const rows = spans.map(({ kind, label, calls, parent, start }) =>
    recorder.begin(start, {
      lane: LANES[kind].id,
      kind,
      label: calls > 1 ? `${label} × ${calls}` : label,
      // Rows of a recording are counted as the list is, since all are begun in its order.
      ...(parent >= 0 && { parent }),
    }),
  );
  for (const [place, { end, failed }] of spans.entries())
    recorder.end(end, rows[place] ?? -1, failed ? 'failed' : 'accepted');
  return recorder.finish();
}
