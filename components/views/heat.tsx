/**
 * Amounts over two axes as shades, from the paper's own for none to ink for the greatest. One hue, so
 * that more is darker on paper, brighter in the dark, and the same in grey.
 */
import type { ReactNode } from 'react';
import { PLOT_UNITS } from '@/components/charts/path';
import { percent, textWidth, timeTicks } from '@/components/charts/scale';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import type { HeatView as HeatSpec } from '@/lib/simulation/views';
import {
  type Amount,
  amountsOf,
  piecesOf,
  type ShadeScale,
  scaleOf,
  shadeOf,
  shadeOfStep,
  stretchOf,
} from './heat-cells';
import { Part } from './part';
import { Drawing, NARROW_PX, px, Stretched, Svg, SvgText, shortened } from './text';
import type { ViewKind } from './view';
import { butTheMoment, perRun, type ViewProps, type ViewRun, type ViewTable } from './view-props';

const ROW_PX = 18;
const AXIS_PX = 20;
const HEAD_PX = 18;
/** Left of the cells stand the names of the rows: the most that they take of the width, and their size. */
const LEFT_MAX = 0.2;
const NAME_PX = 12;
/** Amounts are written into cells that are wide enough on a phone. */
const WRITTEN_COLUMNS_MAX = 8;
/** From this shade on what is written on it is in the colour of the paper. */
const DARK_SHADE = 5;
const TABLE_ROWS_MAX = 30;

/** The share of the width that the names need on a phone, so that they never run into the cells. */
function leftOf({ rows }: HeatSpec): number {
  const widest = Math.max(0, ...rows.map(({ label }) => textWidth(label, NAME_PX)));
  return Math.min(LEFT_MAX, Math.ceil((100 * (widest + 8)) / NARROW_PX) / 100);
}

function HeatView(props: ViewProps<HeatSpec>): ReactNode {
  const { view, runs, t, parameters } = props;
  const scale = scaleOf(
    view,
    runs.map(({ index }) => index),
    parameters,
  );
  return (
    <div className="v v-heat" role="img" aria-label={describeHeat(props)}>
      {runs.map((run) => (
        <Part
          key={run.id}
          draw={() => <HeatRun props={props} run={run} scale={scale} />}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
      <p className="v-key v-heat-key">
        <span>{view.value.label}</span>
        <span>
          <i className="v-shade" />0
        </span>
        {scale.map((upTo, i) => (
          <span key={upTo}>
            <i className={`v-shade v-shade-${shadeOfStep(i + 1, scale)}`} />
            {i + 1 === scale.length
              ? formatValue(upTo, view.value.unit)
              : `to ${formatNumber(upTo)}`}
          </span>
        ))}
      </p>
    </div>
  );
}

function HeatRun({
  props: { view, runs, t, shownMs, parameters },
  run: { title, index },
  scale,
}: {
  readonly props: ViewProps<HeatSpec>;
  readonly run: ViewRun;
  readonly scale: ShadeScale;
}): ReactNode {
  const race = runs.length > 1;
  const top = race ? HEAD_PX : 0;
  const bottom = top + view.rows.length * ROW_PX;
  const everyMs = stretchOf(view, parameters);
  const columns =
    view.columns.of === 'states' ? view.columns.fields.length : shownMs / (everyMs ?? shownMs);
  const left = leftOf(view);
  const across = (share: number): number => left + share * (1 - left);
  /** Where a column begins: the last stretch of time ends with the run, and at the present that of now. */
  const last = everyMs === undefined ? 1 : t / shownMs;
  const edge = (column: number): number => across(Math.min(last, column / columns));
  const amounts = amountsOf(view, { index, t, parameters });
  const shades = amounts.map((row) => row.map((amount) => shadeOf(amount, scale)));
  const letters = Math.floor((NARROW_PX * LEFT_MAX) / 5.6);
  return (
    <Drawing height={bottom + AXIS_PX}>
      <Svg>
        {race && (
          <SvgText x="0" y={HEAD_PX / 2} centred tone="ink" fontWeight={600}>
            {title}
          </SvgText>
        )}
        <Stretched units={PLOT_UNITS} height={bottom}>
          {outlines(shades, edge, top).map(([shade, d]) => (
            <path key={shade} className={`v-shade-${shade}`} d={d} />
          ))}
        </Stretched>
        {view.rows.map(({ id, label }, r) => {
          const y = top + r * ROW_PX;
          return (
            <g key={id}>
              <SvgText x="0" y={y + ROW_PX / 2} centred>
                {shortened(label, letters)}
              </SvgText>
              {columns <= WRITTEN_COLUMNS_MAX && (
                <Written amounts={amounts[r] ?? []} shades={shades[r] ?? []} edge={edge} y={y} />
              )}
            </g>
          );
        })}
        <line className="v-axis" x1={percent(left)} x2="100%" y1={bottom} y2={bottom} />
        {view.columns.of === 'states'
          ? view.columns.fields.map(({ id, label }, c) => (
              <SvgText
                key={id}
                x={percent((edge(c) + edge(c + 1)) / 2)}
                y={bottom + 13}
                textAnchor="middle"
              >
                {shortened(label, Math.max(2, Math.floor((NARROW_PX * (1 - left)) / columns / 6)))}
              </SvgText>
            ))
          : timeTicks(shownMs, 5).map(({ atMs, text }, i, all) => (
              <SvgText
                key={atMs}
                x={percent(across(atMs / shownMs))}
                y={bottom + 13}
                textAnchor={i === 0 ? 'start' : i === all.length - 1 ? 'end' : 'middle'}
                tone="faint"
              >
                {text}
              </SvgText>
            ))}
        {view.columns.of === 'time' && (
          <line
            className="v-head-line"
            x1={percent(across(t / shownMs))}
            x2={percent(across(t / shownMs))}
            y1={top}
            y2={bottom}
          />
        )}
      </Svg>
    </Drawing>
  );
}

/** The cells of each shade as one outline: a map has hundreds, and each would be an element of the page. */
function outlines(
  shades: readonly (readonly (number | undefined)[])[],
  edge: (column: number) => number,
  top: number,
): readonly (readonly [shade: number, outline: string])[] {
  const found = new Map<number, string>();
  const across = (column: number): number => Math.round(edge(column) * PLOT_UNITS);
  for (const [row, shadesOfRow] of shades.entries())
    for (const { from, to, shade } of piecesOf(shadesOfRow)) {
      const wide = across(to) - across(from);
      const box = `M${across(from)} ${top + row * ROW_PX + 1}h${wide}v${ROW_PX - 2}h${-wide}z`;
      found.set(shade, (found.get(shade) ?? '') + box);
    }
  return [...found].sort(([a], [b]) => a - b);
}

/** The amounts themselves, where there is room. */
function Written({
  amounts,
  shades,
  edge,
  y,
}: {
  readonly amounts: readonly Amount[];
  readonly shades: readonly (number | undefined)[];
  readonly edge: (column: number) => number;
  readonly y: number;
}): ReactNode {
  return amounts.map((amount, i) => {
    if (amount === undefined) return null;
    const x = percent((edge(i) + edge(i + 1)) / 2);
    return (
      <text
        key={x}
        className={(shades[i] ?? 0) >= DARK_SHADE ? 'v-mid v-on-dark' : 'v-mid v-ink'}
        x={x}
        y={px(y + ROW_PX / 2 + 3.5)}
        fontSize={10}
      >
        {formatNumber(amount, 2)}
      </text>
    );
  });
}

/** Where the column stands: its name, or from when to when. */
function columnName({ view, parameters, shownMs }: ViewProps<HeatSpec>, column: number): string {
  if (view.columns.of === 'states') return view.columns.fields[column]?.label ?? '';
  const everyMs = stretchOf(view, parameters) ?? shownMs;
  const [from, to] = [column * everyMs, Math.min(shownMs, (column + 1) * everyMs)];
  return `${formatMoment(from, shownMs)} to ${formatMoment(to, shownMs)}`;
}

/** The greatest amount that there is, and where. */
function describeHeat(props: ViewProps<HeatSpec>): string {
  const { view, runs, t, shownMs, parameters } = props;
  const told = perRun(runs, ({ index }) => {
    let most = { amount: 0, row: -1, column: -1 };
    for (const [row, amounts] of amountsOf(view, { index, t, parameters }).entries())
      for (const [column, amount] of amounts.entries())
        if (amount !== undefined && amount > most.amount) most = { amount, row, column };
    if (most.row < 0) return 'nothing yet';
    const where = `${view.rows[most.row]?.label ?? ''}, ${columnName(props, most.column)}`;
    return `${view.value.label}: at most ${formatValue(most.amount, view.value.unit)}, ${where}`;
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${told}.`;
}

/** All amounts; of many stretches of time the last. */
function tableHeat(props: ViewProps<HeatSpec>): ViewTable {
  const { view, runs, t, shownMs, parameters } = props;
  const race = runs.length > 1;
  const said = (amount: Amount): string =>
    amount === undefined ? '–' : formatValue(amount, view.value.unit === 'ms' ? 'ms' : '');
  const named = (title: string, name: string): string => (race ? `${title}: ${name}` : name);
  const isTime = view.columns.of === 'time';
  const rows = runs.flatMap(({ title, index }) => {
    const amounts = amountsOf(view, { index, t, parameters });
    if (!isTime)
      return amounts.map((row, r) => [named(title, view.rows[r]?.label ?? ''), ...row.map(said)]);
    const count = amounts[0]?.length ?? 0;
    const first = Math.max(0, count - Math.floor(TABLE_ROWS_MAX / runs.length));
    return Array.from({ length: count - first }, (_, i) => [
      named(title, columnName(props, first + i)),
      ...amounts.map((row) => said(row[first + i])),
    ]);
  });
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns: [
      isTime ? 'Time' : view.value.label,
      ...(view.columns.of === 'states' ? view.columns.fields : view.rows).map(({ label }) => label),
    ],
    rows,
  };
}

export const heat: ViewKind<HeatSpec> = {
  Drawing: HeatView,
  describe: describeHeat,
  table: tableHeat,
};
