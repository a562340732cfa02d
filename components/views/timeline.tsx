/**
 * Spans as bars over time, drawn up to the play-head: a trace as a waterfall with its critical path,
 * or lanes with whatever takes time on them.
 */
import type { ReactNode } from 'react';
import { formatMoment, formatNumber } from '@/lib/simulation/format';
import type { TimelineView as TimelineSpec } from '@/lib/simulation/views';
import { outcomeLabel } from './outcome-mark';
import { Part } from './part';
import { Lanes } from './timeline-lanes';
import { lanesSpans } from './timeline-lanes-plan';
import { endAt, laneName, outcomeAt, spanName, took } from './timeline-spans';
import { TracePanel } from './timeline-trace';
import { mostRows, readTrace } from './timeline-trace-plan';
import type { ViewKind } from './view';
import {
  butTheMoment,
  listed,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

const TABLE_ROWS_MAX = 40;

function TimelineView(props: ViewProps<TimelineSpec>): ReactNode {
  const { view, runs, t } = props;
  const isRace = runs.length > 1;
  if (view.rows === 'lanes')
    return (
      <div className="v" role="img" aria-label={describeTimeline(props)}>
        {runs.map((run) => (
          <div key={run.id} className="v-panel">
            {isRace && (
              <p>
                <b>{run.title}</b>
              </p>
            )}
            <Part draw={() => <Lanes props={props} run={run} />} of={butTheMoment(props)} t={t} />
          </div>
        ))}
      </div>
    );
  const readings = runs.map(({ index }) => readTrace(view, index, t));
  const rows = Math.max(...runs.map(({ index }) => mostRows(view, index)));
  // One scale for all runs: the bars of rivals can be compared.
  const lengthMs = Math.max(
    1e-3,
    ...readings.map((reading) => (reading ? reading.extent.end - reading.extent.start : 0)),
  );
  return (
    <div className="v" role="img" aria-label={describeTimeline(props)}>
      {runs.map((run, i) => (
        <Part
          key={run.id}
          draw={() => (
            <TracePanel
              props={props}
              run={run}
              reading={readings[i]}
              rows={rows}
              lengthMs={lengthMs}
            />
          )}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
    </div>
  );
}

function sayTrace({ view, t, shownMs }: ViewProps<TimelineSpec>, { index }: ViewRun): string {
  const reading = readTrace(view, index, t);
  if (!reading) return 'no trace so far';
  const { root, isEnded, spans, criticalMs } = reading;
  const lanes = new Map<string, number>();
  for (const { span } of spans) {
    const ms = criticalMs.get(span.row) ?? 0;
    if (ms > 0) lanes.set(span.lane, (lanes.get(span.lane) ?? 0) + ms);
  }
  const longest = [...lanes].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const tookMs = took(endAt(root, t) - root.start);
  const count = `${spans.length} ${spans.length === 1 ? 'span' : 'spans'}`;
  const first = isEnded
    ? `${spanName(root)}, begun at ${formatMoment(root.start, shownMs)}, took ${tookMs} in ${count} and is ${outcomeLabel(outcomeAt(root, t))}`
    : `${spanName(root)}, begun at ${formatMoment(root.start, shownMs)}, has taken ${tookMs} in ${count} so far`;
  const early = spans.filter(({ isTooEarly }) => isTooEarly).map(({ span }) => spanName(span));
  return [
    first,
    ...(longest.length > 0
      ? [
          `on the critical path ${listed(longest.map(([lane, ms]) => `${laneName(view, lane)} ${took(ms)}`))}`,
        ]
      : []),
    ...(early.length > 0 ? [`seeming to begin before what called it: ${listed(early)}`] : []),
  ].join('; ');
}

function sayLanes({ view, t }: ViewProps<TimelineSpec>, { index }: ViewRun): string {
  const spans = lanesSpans(view, index, t);
  if (spans.length === 0) return 'nothing has begun so far';
  const open = spans.filter((span) => !(span.end <= t));
  const now = open
    .slice(-4)
    .map((span) => `${laneName(view, span.lane)}: ${spanName(span)}, for ${took(t - span.start)}`);
  const more = open.length - now.length;
  const said = more > 0 ? [...now, `${more} more`] : now;
  return `${formatNumber(spans.length, 6)} begun so far, ${open.length === 0 ? 'none under way' : `under way ${said.join('; ')}`}`;
}

function describeTimeline(props: ViewProps<TimelineSpec>): string {
  const { view, runs, t, shownMs } = props;
  const say = view.rows === 'trace' ? sayTrace : sayLanes;
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${perRun(runs, (run) => say(props, run))}.`;
}

/** A span may begin before the root by a clock that is behind the root's. */
const sinceRoot = (ms: number): string => `${ms < 0 ? '' : '+'}${took(ms)}`;

/** The spans begun by `t`: of a trace in the order of the waterfall, of lanes the last ones. */
function tableTimeline({ view, runs, t, shownMs }: ViewProps<TimelineSpec>): ViewTable {
  const isRace = runs.length > 1;
  const isTrace = view.rows === 'trace';
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: [
      'Span',
      ...(isRace ? ['Run'] : []),
      'Lane',
      'Began',
      'Took',
      ...(isTrace ? ['On the critical path'] : []),
      'Outcome',
    ],
    rows: runs.flatMap((run) => {
      const reading = isTrace ? readTrace(view, run.index, t) : undefined;
      const spans = isTrace
        ? (reading?.spans ?? []).slice(0, TABLE_ROWS_MAX)
        : lanesSpans(view, run.index, t)
            .slice(-TABLE_ROWS_MAX)
            .map((span) => ({ span, depth: 0, start: span.start }));
      return spans.map(({ span, depth, start }) => {
        const ms = reading?.criticalMs.get(span.row) ?? 0;
        const isOpen = !(span.end <= t);
        return [
          `${'\u2003'.repeat(depth)}${spanName(span)}`,
          ...(isRace ? [run.title] : []),
          laneName(view, span.lane),
          isTrace ? sinceRoot(start - (reading?.tree.start ?? 0)) : formatMoment(start, shownMs),
          `${took(endAt(span, t) - span.start)}${isOpen ? ' so far' : ''}`,
          ...(isTrace ? [ms > 0 ? took(ms) : '–'] : []),
          isOpen ? 'under way' : outcomeLabel(outcomeAt(span, t)),
        ];
      });
    }),
  };
}

export const timeline: ViewKind<TimelineSpec> = {
  Drawing: TimelineView,
  describe: describeTimeline,
  table: tableTimeline,
};
