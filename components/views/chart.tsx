/**
 * Series and outcomes over simulated time.
 *
 * What depends on the run alone (places, grid, outlines, names) is made once and memoised; with `t`
 * move only the edge between the past, drawn in full, and the future, drawn faintly, the play-head
 * and the values at it. The edge is a mask, which moves without laying anything out again. Everything
 * is placed in percent across and in px down: the same markup is right at every width. Colours,
 * dashes and sizes are those of views.css.
 */

import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { niceTicks } from '@/components/charts/scale';
import { formatMoment, formatNumber } from '@/lib/simulation/format';
import type { ChartView as ChartSpec } from '@/lib/simulation/views';
import { ChartPanel, TimeAxis } from './chart-panel';
import { outcomesMarks, planOf, seriesMarks, valueInWords } from './chart-plan';
import { outcomeLabel } from './outcome-mark';
import { Part } from './part';
import type { ViewKind } from './view';
import {
  listed,
  perRun,
  standsWithValue,
  type ViewProps,
  type ViewRun,
  type ViewTable,
  withUnit,
} from './view-props';

function ChartView(props: ViewProps<ChartSpec>): ReactNode {
  const { view, runs, t, shownMs, parameters, beside } = props;
  const plan = useMemo(
    () =>
      planOf(
        { view, runs, shownMs, parameters },
        (beside ?? []).filter(
          (other): other is ChartSpec => other.kind === 'chart' && other !== view,
        ),
      ),
    [view, runs, shownMs, parameters, beside],
  );
  const { panels, leftPx, rightPx } = plan;
  return (
    <div
      className="v"
      role="img"
      aria-label={describeChart(props)}
      style={{ '--left': `${leftPx}px`, '--right': `${rightPx}px` } as CSSProperties}
    >
      {panels.map((panel) => (
        <Part
          key={panel.runs[0]?.id}
          draw={() => <ChartPanel plan={plan} panel={panel} t={t} />}
          of={[plan, panel]}
          t={t}
        />
      ))}
      <TimeAxis shownMs={shownMs} />
    </div>
  );
}

/** What the chart shows at `t`, in one or two sentences. */
function describeChart({ view, runs, t, shownMs }: ViewProps<ChartSpec>): string {
  const marks = seriesMarks(view);
  const said = perRun(runs, (run) => {
    const values = marks.map((mark) => {
      const value = run.index.valueAt(mark.series, t);
      const text = value === undefined ? 'not known yet' : valueInWords(view, value);
      return `${marks.length === 1 ? view.y.label : mark.label} ${text}`;
    });
    const counts = outcomesMarks(view).flatMap((mark) =>
      mark.kinds.map(
        (kind) =>
          `${formatNumber(run.index.sentCount({ from: mark.from, to: mark.to, kind }, t))} ${outcomeLabel(kind)}`,
      ),
    );
    return listed([...values, ...counts]);
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${said}.`;
}

/** The whole run at the ticks of the time axis and at its end. */
function tableChart({ view, runs, shownMs }: ViewProps<ChartSpec>): ViewTable {
  const marks = seriesMarks(view);
  const strips = outcomesMarks(view);
  const of = (run: ViewRun, what: string): string =>
    runs.length === 1 ? what : `${run.title}: ${what}`;
  const { label, unit } = view.y;
  // A unit that says little beside each number is said once.
  const isSaid = unit !== '' && !standsWithValue(unit);
  const quantity = isSaid ? withUnit(label, unit) : label;
  const times = niceTicks(0, shownMs, 5);
  if (times.at(-1) !== shownMs) times.push(shownMs);
  return {
    caption: `${view.title}: ${quantity}, over time`,
    columns: [
      'Time',
      ...runs.flatMap((run) => [
        ...marks.map((mark) => of(run, mark.label)),
        ...strips.flatMap((strip) =>
          strip.kinds.map((kind) => of(run, `${strip.label} ${outcomeLabel(kind)} so far`)),
        ),
      ]),
    ],
    rows: times.map((at) => [
      formatMoment(at, shownMs),
      ...runs.flatMap((run) => [
        ...marks.map((mark) => {
          const value = run.index.valueAt(mark.series, at);
          if (value === undefined) return '–';
          return isSaid
            ? (view.y.names?.[value] ?? formatNumber(value))
            : valueInWords(view, value);
        }),
        ...strips.flatMap((strip) =>
          strip.kinds.map((kind) =>
            formatNumber(run.index.sentCount({ from: strip.from, to: strip.to, kind }, at), 6),
          ),
        ),
      ]),
    ]),
  };
}

export const chart: ViewKind<ChartSpec> = {
  Drawing: ChartView,
  describe: describeChart,
  table: tableChart,
};
