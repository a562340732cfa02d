/** A panel of a chart: its ink, its ground, what is named beside it, and the play-head. */

import { memo, type ReactNode, useMemo } from 'react';
import {
  areaPath,
  binned,
  columnsPath,
  linePath,
  PLOT_UNITS,
  stepPath,
  tickPath,
} from '@/components/charts/path';
import { percent, placeLabels, timeTicks } from '@/components/charts/scale';
import { levelSteps } from '@/lib/simulation/levels';
import type { Schedule } from '@/lib/simulation/parameters';
import { PanelHead } from './chart-head';
import {
  AXIS_PX,
  classOf,
  countsOf,
  GUTTER_TEXT_PX,
  HEAD_PX,
  headOf,
  isForked,
  LABEL_FONT_PX,
  LETTERS_MAX,
  type Line,
  labelled,
  linesOf,
  NAME_PX,
  type PanelProps,
  ROW_PX,
  STROKE,
  scaleOf,
  seriesMarks,
  tickName,
  timesOf,
  valueInWords,
  valueName,
  valuesAtHead,
  widestOf,
} from './chart-plan';
import { OutcomeGlyph, outcomeClass } from './outcome-mark';
import { Drawing, px, Stretched, Svg, SvgText, shortened } from './text';

/** Series and outcomes over the whole time: an outline each, however many there are. */
const Ink = memo(function Ink({ plan, panel }: PanelProps): ReactNode {
  const { view, shownMs, range, most } = plan;
  const { rows, runs, height } = panel;
  const { min, max } = range;
  // Not rounded here: which points lie on a line is decided before.
  const y = (value: number): number => panel.top + height * (1 - (value - min) / (max - min));
  const marks = seriesMarks(view);
  const forked = isForked(runs);
  return (
    <>
      {rows.map((row) => {
        const times = timesOf(row);
        if (times.length === 0) return null;
        const columns = { base: row.top + ROW_PX - 1, height: ROW_PX - 2, most };
        return (
          <path
            key={row.top}
            className={`${most > 0 ? 'v-solid' : 'v-stroke'} ${outcomeClass(row.kind)}`}
            d={
              most > 0
                ? columnsPath(binned(times, shownMs), columns)
                : tickPath(times, shownMs, [row.top + STROKE[0], row.top + STROKE[1]])
            }
          />
        );
      })}
      {(height > 0 ? runs : []).map((run, r) =>
        marks.map((mark, m) => {
          const series = run.index.series(mark.series);
          const frame = { shownMs, endMs: Math.min(shownMs, run.index.shownMs), y };
          return (
            <g key={`${run.id} ${mark.series}`} className={classOf({ runs, marks, r, m })}>
              {mark.type === 'area' && !(forked && run.fork !== null) && (
                <path
                  className="v-area"
                  d={areaPath(series, { ...frame, base: Math.max(0, range.min) })}
                />
              )}
              <path
                className="v-line"
                d={mark.type === 'line' ? linePath(series, frame) : stepPath(series, frame)}
              />
            </g>
          );
        }),
      )}
    </>
  );
});

/** Grid, rules and thresholds, and the lines below the rows. */
const Ground = memo(function Ground({ plan, panel }: PanelProps): ReactNode {
  const { view, parameters, shownMs, range, ticks, rules } = plan;
  const { rows, top, height, total } = panel;
  const y = scaleOf(range, panel);
  const across = (levels: readonly number[]): string =>
    levels.map((level) => `M0 ${level}h${PLOT_UNITS}`).join('');
  const base = Math.max(0, range.min);
  const grid = height > 0 ? ticks : [];
  const levels = [
    ...rows.map((row) => row.top + ROW_PX),
    ...grid.filter((tick) => tick !== base).map(y),
  ];
  return (
    <Stretched units={PLOT_UNITS} height={total}>
      {levels.length > 0 && <path className="v-rule" d={across(levels)} />}
      {grid.includes(base) && <path className="v-axis" d={across([y(base)])} />}
      {rules.length > 0 && (
        <path className="v-axis v-dots" d={tickPath(rules, shownMs, [top, top + height])} />
      )}
      {(height > 0 ? (view.thresholds ?? []) : []).map(({ at, label }) => (
        <path
          key={label}
          className="v-level"
          d={stepPath(seriesOfSteps(levelSteps(at, parameters)), { shownMs, y })}
        />
      ))}
    </Stretched>
  );
});

const seriesOfSteps = (steps: Schedule) => ({
  at: Float64Array.from(steps, (step) => step.atMs),
  value: Float64Array.from(steps, (step) => step.value),
  least: 0,
  greatest: 0,
});

/** Marks of the strips and numbers of the ticks, to the left of the plot. */
const LeftGutter = memo(function LeftGutter({ plan, panel }: PanelProps): ReactNode {
  const { view, ticks, divisor, range } = plan;
  const y = scaleOf(range, panel);
  return (
    <>
      {panel.rows.map(({ kind, top }) => (
        <OutcomeGlyph key={top} outcome={kind} x="-10" y={top + ROW_PX / 2} />
      ))}
      {panel.height > 0 && (
        <g className="v-ticks">
          {ticks.map((tick) => (
            <SvgText key={tick} x="-7" y={y(tick)} centred>
              {tickName(view, tick, divisor)}
            </SvgText>
          ))}
        </g>
      )}
    </>
  );
});

/** Titles of the runs that share the strips, and the name of the y axis. */
const Names = memo(function Names({ plan: { leftPx }, panel }: PanelProps): ReactNode {
  const { groups, name, top } = panel;
  return (
    <>
      {groups.map(({ run, top: groupTop }) => (
        <SvgText key={run.id} y={groupTop + 12} fontSize={LABEL_FONT_PX}>
          {run.title}
        </SvgText>
      ))}
      {name.map((line, i) => (
        <SvgText key={line} x={2 - leftPx} y={top - HEAD_PX - 3 - (name.length - 1 - i) * NAME_PX}>
          {line}
        </SvgText>
      ))}
    </>
  );
});

/** Names of the thresholds where there is no gutter for them: on the side where the play-head is not. */
const ThresholdNames = memo(function ThresholdNames({
  plan: { thresholds, range },
  panel,
  onLeft,
}: PanelProps & { readonly onLeft: boolean }): ReactNode {
  const y = scaleOf(range, panel);
  if (panel.height === 0 || thresholds.length === 0) return null;
  // Above its line, and below one that is as high as the plot: there stands the name of the axis.
  const baseline = (level: number): number =>
    y(level) - LABEL_FONT_PX < panel.top ? y(level) + LABEL_FONT_PX : y(level) - 4;
  return (
    <g className="v-narrow-only">
      {thresholds.map(({ name, level }) => (
        <SvgText
          key={name}
          x={onLeft ? undefined : '100%'}
          y={baseline(level)}
          textAnchor={onLeft ? 'start' : 'end'}
          halo
        >
          {name}
        </SvgText>
      ))}
    </g>
  );
});

/** Names of thresholds and lines at the right, each led to where it belongs. */
const RightGutter = memo(function RightGutter({
  plan: { thresholds, range },
  panel,
  lines,
  values,
}: PanelProps & {
  readonly lines: readonly Line[];
  /** What the lines are worth, line by line; empty if that stands elsewhere. */
  readonly values: string;
}): ReactNode {
  const y = scaleOf(range, panel);
  const texts = values.split('\n');
  const labels = [
    ...thresholds.map(({ name, level }) => ({
      key: name,
      name,
      level,
      className: undefined,
      text: '',
    })),
    ...lines.map(({ key, name, endsAt, className }, i) => ({
      key,
      name,
      level: endsAt,
      className,
      text: texts[i] ?? '',
    })),
  ];
  if (labels.length === 0) return null;
  const places = placeLabels(
    labels.map(({ level }) => y(level)),
    {
      gap: 14,
      min: Math.min(panel.top, panel.total - 14 * labels.length),
      max: panel.total - 6,
    },
  );
  return (
    <Svg className="v-wide-only" x="100%">
      {labels.map(({ key, name, level, className, text }, i) => {
        const place = px(places[i] ?? 0);
        return (
          // Told from its own place, labels are alike.
          <Svg key={key} y={place} className={className}>
            <path
              className="v-leader"
              d={`M1 ${px(y(level) - place)}L9 0${className ? '' : 'h3'}`}
            />
            {className && <path className="v-line" d={`M10 0h${GUTTER_TEXT_PX - 15}`} />}
            <SvgText
              x={className ? GUTTER_TEXT_PX : 15}
              y={0}
              centred
              fontSize={LABEL_FONT_PX}
              tone={className ? 'ink' : 'soft'}
            >
              {shortened(name, LETTERS_MAX)}
              {text !== '' && (
                <tspan dx="5" className="v-bold">
                  {text}
                </tspan>
              )}
            </SvgText>
          </Svg>
        );
      })}
    </Svg>
  );
});

export function ChartPanel({ plan, panel, t }: PanelProps & { readonly t: number }): ReactNode {
  const { view, shownMs, overlaid, range, rightPx } = plan;
  const { runs, rows, name, top, height, total } = panel;
  const y = scaleOf(range, panel);
  // Rounded, so that what stands there does not depend on the last digits of a time.
  const now = Math.round(Math.min(1, Math.max(0, shownMs > 0 ? t / shownMs : 0)) * 1e5) / 1e5;
  const lines = useMemo(() => linesOf(view, runs), [view, runs]);
  const mostCounts = useMemo(() => countsOf(plan, panel, shownMs), [plan, panel, shownMs]);
  const widest = useMemo(() => widestOf(view, range, lines), [view, range, lines]);
  const labels = labelled(lines, t);
  const several = labels.length > 1;
  // Values stand at the play-head where they have room; elsewhere with the names.
  const atHead = valuesAtHead(height, labels.length);
  const values = atHead ? labels : [];
  // Above the line rather than on it.
  const valuePlaces = placeLabels(
    values.map((each) => y(each.value ?? range.min) - 9),
    { gap: 14, min: top + 2, max: top + height - 8 },
  );
  // As texts, so that equal ones are known to be equal and what shows them is not made again.
  const texts = (say: (value: number) => string): string =>
    labels.map(({ value }) => (value === undefined ? '–' : say(value))).join('\n');
  const flipped = now > 0.5;
  return (
    <div className="v-panel">
      <PanelHead
        plan={plan}
        panel={panel}
        lines={lines}
        counts={countsOf(plan, panel, t)}
        values={atHead ? '' : texts((value) => valueInWords(view, value))}
        mostCounts={mostCounts}
        widest={widest}
      />
      <Drawing height={total}>
        <Svg>
          <LeftGutter plan={plan} panel={panel} />
          <Names plan={plan} panel={panel} />
          <Ground plan={plan} panel={panel} />
          {rightPx > 0 && (
            <RightGutter
              plan={plan}
              panel={panel}
              lines={several && overlaid ? lines : NO_LINES}
              values={
                several && overlaid && !atHead ? texts((value) => valueName(plan, value)) : ''
              }
            />
          )}
        </Svg>
        <Stretched units={PLOT_UNITS} height={total} pastShare={now}>
          <Ink plan={plan} panel={panel} />
        </Stretched>
        <Svg>
          <ThresholdNames plan={plan} panel={panel} onLeft={now > 0.7} />
          {/* The play-head leaves out the line that names the axis. */}
          {[
            [0, rows.length > 0 ? top - headOf(name) : 0],
            [height > 0 ? top - HEAD_PX : total, total],
          ].map(
            ([from = 0, to = 0]) =>
              to > from && (
                <line
                  key={from}
                  className="v-head-line"
                  x1={percent(now)}
                  x2={percent(now)}
                  y1={from}
                  y2={to}
                />
              ),
          )}
          {height > 0 &&
            labels.map(
              ({ key, value, className }) =>
                value !== undefined && (
                  <circle
                    key={key}
                    className={`v-point ${className}`}
                    cx={percent(now)}
                    cy={y(value)}
                    r={3.5}
                  />
                ),
            )}
          {values.map(
            ({ key, value }, i) =>
              value !== undefined && (
                <SvgText
                  key={key}
                  x={percent(now)}
                  dx={flipped ? -6 : 6}
                  y={valuePlaces[i] ?? 0}
                  centred
                  textAnchor={flipped ? 'end' : 'start'}
                  tone="ink"
                  fontSize={12}
                  fontWeight={600}
                  halo
                >
                  {valueName(plan, value)}
                </SvgText>
              ),
          )}
        </Svg>
      </Drawing>
    </div>
  );
}

const NO_LINES: readonly Line[] = [];

export const TimeAxis = memo(function TimeAxis({
  shownMs,
}: {
  readonly shownMs: number;
}): ReactNode {
  const ticks = timeTicks(shownMs);
  const share = (atMs: number): number => (shownMs > 0 ? atMs / shownMs : 0);
  return (
    <div className="v-panel v-time">
      <Drawing height={AXIS_PX}>
        <Svg>
          <Stretched units={PLOT_UNITS} height={AXIS_PX}>
            <path
              className="v-axis"
              d={ticks.map(({ atMs }) => `M${Math.round(share(atMs) * PLOT_UNITS)} 0v4`).join('')}
            />
          </Stretched>
          <g className="v-times">
            {ticks.map(({ atMs, text }) => (
              <SvgText
                key={atMs}
                x={percent(share(atMs))}
                y={16}
                textAnchor={share(atMs) > 0.97 ? 'end' : 'start'}
              >
                {text}
              </SvgText>
            ))}
          </g>
        </Svg>
      </Drawing>
    </div>
  );
});
