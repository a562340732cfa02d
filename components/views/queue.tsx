/**
 * One queue up close. Each who waits has a bar as long as the wait, with a mark where the time runs
 * out; who is served next is pointed at, and below stand the last that left unserved.
 */
import type { ReactNode } from 'react';
import { niceStep, percent, timeTicks } from '@/components/charts/scale';
import { formatMoment, formatNumber, formatValue } from '@/lib/simulation/format';
import type { QueueView as QueueSpec } from '@/lib/simulation/views';
import { OutcomeGlyph, outcomeLabel } from './outcome-mark';
import { Part } from './part';
import { fitRows, type Gone, planOf, readQueue, type Waiting } from './queue-items';
import { Drawing, px, Svg, SvgText, shortened } from './text';
import type { ViewKind } from './view';
import {
  butTheMoment,
  capitalised,
  perRun,
  type ViewProps,
  type ViewRun,
  type ViewTable,
} from './view-props';

/** Who waits has a row, in a race of a few rows; more are told by their number. */
const ROWS_ALONE = 9;
const ROWS_IN_RACE = 6;
const GONE_ROWS = 3;
const ROW_PX = 18;
const BAR_PX = 10;
const AXIS_PX = 20;
const HEAD_PX = 18;
/** Where the bars begin and end, as shares of the width; what is behind them is for how long it is. */
const BAR_FROM = 0.2;
const BAR_TO = 0.86;
const NAME_LETTERS_MAX = 9;

function QueueView(props: ViewProps<QueueSpec>): ReactNode {
  const { view, runs, t } = props;
  // One scale for all, so that runs can be compared.
  const longestMs = Math.max(...runs.map(({ index }) => planOf(view, index).longestMs));
  const scaleMs = Math.max(
    1,
    Math.ceil(longestMs / niceStep(longestMs / 4)) * niceStep(longestMs / 4),
  );
  return (
    <div className="v v-queue" role="img" aria-label={describeQueue(props)}>
      {runs.map((run) => (
        <Part
          key={run.id}
          draw={() => <QueueRun props={props} run={run} scaleMs={scaleMs} />}
          of={butTheMoment(props)}
          t={t}
        />
      ))}
      {view.class && (
        <p className="v-key v-queue-key">
          {Object.entries(view.class.values).map(([value, name], i) => (
            <span key={value}>
              <i className={`v-swatch c-${i + 1}`}>{name.charAt(0).toUpperCase()}</i>
              {name}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

const across = (ms: number, scaleMs: number): number =>
  BAR_FROM + Math.min(1, Math.max(0, ms / scaleMs)) * (BAR_TO - BAR_FROM);

function QueueRun({
  props: { view, runs, t },
  run: { title, index },
  scaleMs,
}: {
  readonly props: ViewProps<QueueSpec>;
  readonly run: ViewRun;
  readonly scaleMs: number;
}): ReactNode {
  const race = runs.length > 1;
  const rows = race ? ROWS_IN_RACE : ROWS_ALONE;
  const { waiting, goneCount, gone } = readQueue(view, index, t, GONE_ROWS);
  const { shown, before, hidden } = fitRows(waiting, rows);
  const someLeave = planOf(view, index).rows.length > 0;
  const bodyPx = HEAD_PX + rows * ROW_PX;
  const height = bodyPx + AXIS_PX + (someLeave ? HEAD_PX + GONE_ROWS * ROW_PX : 0);
  /** Middle of the row of the i-th that is shown. */
  const middle = (i: number): number =>
    HEAD_PX + (i + (hidden > 0 && i >= before ? 1 : 0) + 0.5) * ROW_PX;
  return (
    <Drawing height={height}>
      <Svg>
        <SvgText x="0" y={HEAD_PX / 2} centred tone="ink">
          {race && <tspan className="v-bold">{`${title}  `}</tspan>}
          {`${formatNumber(waiting.length, 6)} waiting`}
        </SvgText>
        {timeTicks(scaleMs, 4).map(({ atMs, text }) => {
          const x = percent(across(atMs, scaleMs));
          return (
            <g key={atMs}>
              <line className="v-rule" x1={x} x2={x} y1={HEAD_PX} y2={bodyPx} />
              <SvgText x={x} y={bodyPx + 13} textAnchor="middle" tone="faint">
                {text}
              </SvgText>
            </g>
          );
        })}
        {shown.map((item, i) => (
          <ItemRow
            key={item.row}
            view={view}
            item={item}
            y={middle(i)}
            ageMs={t - item.since}
            scaleMs={scaleMs}
          />
        ))}
        {hidden > 0 && (
          <SvgText
            x={percent(BAR_FROM)}
            y={HEAD_PX + (before + 0.5) * ROW_PX}
            centred
            tone="faint"
          >{`and ${formatNumber(hidden, 6)} more between`}</SvgText>
        )}
        {someLeave && (
          <>
            <SvgText x="0" y={bodyPx + AXIS_PX + HEAD_PX / 2} centred tone="ink">
              {`${formatNumber(goneCount, 6)} left unserved`}
            </SvgText>
            {gone.map((item, i) => (
              <GoneRow
                key={item.row}
                item={item}
                y={bodyPx + AXIS_PX + HEAD_PX + (i + 0.5) * ROW_PX}
              />
            ))}
          </>
        )}
      </Svg>
    </Drawing>
  );
}

function ItemRow({
  view,
  item: { name, since, deadline, classPlace, isNext },
  y,
  ageMs,
  scaleMs,
}: {
  readonly view: QueueSpec;
  readonly item: Waiting;
  readonly y: number;
  readonly ageMs: number;
  readonly scaleMs: number;
}): ReactNode {
  const end = across(ageMs, scaleMs);
  const limit = deadline === undefined ? undefined : across(deadline - since, scaleMs);
  const isLate = deadline !== undefined && since + ageMs > deadline;
  const letter =
    classPlace === undefined
      ? ''
      : (Object.values(view.class?.values ?? {})
          [classPlace]?.charAt(0)
          .toUpperCase() ?? '');
  const look = classPlace === undefined ? 'c-queued' : `c-${classPlace + 1}`;
  return (
    <>
      {isNext && <path className="v-next" d={`M0 ${px(y - 4)}l7 4l-7 4z`} />}
      <SvgText x="11" y={y} centred tone="ink" {...(isNext ? { fontWeight: 600 } : {})}>
        {shortened(name, NAME_LETTERS_MAX)}
      </SvgText>
      <rect
        className={`v-wait ${look}`}
        x={percent(BAR_FROM)}
        width={percent(end - BAR_FROM)}
        y={px(y - BAR_PX / 2)}
        height={BAR_PX}
      />
      {letter && (
        <SvgText
          x={percent(BAR_FROM)}
          dx={-3}
          y={y}
          centred
          textAnchor="end"
          tone="faint"
          fontSize={9}
        >
          {letter}
        </SvgText>
      )}
      {limit !== undefined && (
        <line
          className="v-limit"
          x1={percent(limit)}
          x2={percent(limit)}
          y1={px(y - BAR_PX / 2 - 2)}
          y2={px(y + BAR_PX / 2 + 2)}
        />
      )}
      {isLate && <OutcomeGlyph outcome="expired" x={percent(end)} y={px(y)} />}
      <SvgText x={percent(Math.max(end, limit ?? 0))} dx={isLate ? 9 : 5} y={y} centred halo>
        {formatValue(ageMs, 'ms', 2)}
        {isNext && <tspan className="v-bold">{' next'}</tspan>}
      </SvgText>
    </>
  );
}

function GoneRow({ item, y }: { readonly item: Gone; readonly y: number }): ReactNode {
  return (
    <>
      <OutcomeGlyph outcome={item.outcome} x="5" y={px(y)} />
      <SvgText x="14" y={y} centred>
        <tspan className="v-ink">{shortened(item.name, NAME_LETTERS_MAX)}</tspan>
        {` ${whyGone(item)}`}
      </SvgText>
    </>
  );
}

/** "expired after 2 s: its client had given up". */
function whyGone({ outcome, waitedMs, reason }: Gone): string {
  const when = waitedMs > 0 ? ` after ${formatValue(waitedMs, 'ms', 2)}` : ' at once';
  return `${outcomeLabel(outcome)}${when}${reason === '' ? '' : `: ${reason}`}`;
}

/** How many wait, the oldest, who is next, and the last that left unserved. */
function describeQueue({ view, runs, t, shownMs }: ViewProps<QueueSpec>): string {
  const told = perRun(runs, ({ index }) => {
    const { waiting, goneCount, gone } = readQueue(view, index, t, 1);
    const [oldest] = waiting;
    const next = waiting.find(({ isNext }) => isNext);
    const [last] = gone;
    return [
      `${waiting.length} waiting`,
      ...(oldest
        ? [`the oldest ${oldest.name} for ${formatValue(t - oldest.since, 'ms', 2)}`]
        : []),
      ...(next ? [`next ${next.name}`] : []),
      ...(last ? [`${goneCount} left unserved, the last ${last.name}, ${whyGone(last)}`] : []),
    ].join(', ');
  });
  return `${view.title}, at ${formatMoment(t, shownMs)}. ${told}.`;
}

/** All that wait, in the order in which they came, with all that is known of each. */
function tableQueue({ view, runs, t, shownMs }: ViewProps<QueueSpec>): ViewTable {
  const race = runs.length > 1;
  const rows = runs.flatMap(({ title, index }) =>
    readQueue(view, index, t, 0).waiting.map((item) => [
      race ? `${title}: ${item.name}` : item.name,
      formatValue(t - item.since, 'ms'),
      ...(view.next ? [item.isNext ? 'next' : '–'] : []),
      ...(view.deadline === undefined ? [] : [leftUntil(item.deadline, t)]),
      ...(view.class
        ? [Object.values(view.class.values)[item.classPlace ?? Number.NaN] ?? '–']
        : []),
      ...(view.fields ?? []).map(({ id, unit = '' }) => {
        const value = index.stateAt(item.name, id, t);
        return typeof value === 'number' ? formatValue(value, unit) : (value ?? '–');
      }),
    ]),
  );
  const columns = [
    capitalised(view.item),
    'Waits for',
    ...(view.next ? ['Turn'] : []),
    ...(view.deadline === undefined ? [] : ['Time left']),
    ...(view.class ? ['Class'] : []),
    ...(view.fields ?? []).map(({ label }) => label),
  ];
  return {
    caption: `${view.title}, at ${formatMoment(t, shownMs)}`,
    columns,
    rows: rows.length > 0 ? rows : [['nobody', ...columns.slice(1).map(() => '–')]],
  };
}

function leftUntil(deadline: number | undefined, t: number): string {
  if (deadline === undefined) return '–';
  return deadline < t ? 'none' : formatValue(deadline - t, 'ms');
}

export const queue: ViewKind<QueueSpec> = {
  Drawing: QueueView,
  describe: describeQueue,
  table: tableQueue,
};
