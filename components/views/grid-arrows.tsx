/** Arrows over the cells of a grid, along the gaps between them. */
import type { ReactNode } from 'react';
import { percent } from '@/components/charts/scale';
import { type GridReading, holds } from './grid-cells';
import type { CellPlace, GridLayout } from './grid-layout';
import { At, px, Stretched, Svg, SvgText } from './text';

/** Arrows in one gap keep this distance, as far as it has room for them. */
const LANE_PX = 3;
const LANES = 3;
/** Width of a run's cells in the units of the arrows. */
const UNITS = 1000;
/** An arrow leaves right of a cell's middle and arrives left of it, as a share of the cell's width. */
const ASIDE = 0.14;

/** Pointers from cell to cell, and the hands, on top of the cells. */
export function Arrows({
  reading,
  layout: { gapPx, height, places },
}: {
  readonly reading: GridReading;
  readonly layout: GridLayout;
}): ReactNode {
  const ways = reading.groups.flatMap(({ group, cells }) =>
    group.fields.flatMap((field, i) =>
      field.as !== 'pointer'
        ? []
        : cells.filter(holds(group)).flatMap((cell) => {
            const from = places.get(cell.id);
            const to = places.get(String(cell.values[i] ?? ''));
            return from && to && from !== to ? [{ from, to }] : [];
          }),
    ),
  );
  const tops = [...new Set([...places.values()].map(({ top }) => top))];
  const arrows = ways.map(({ from, to }, i) => {
    const isNext = !tops.some((top) => top > from.top && top < to.top) && to.top > from.top;
    const lane = gapPx / 2 + ((i % LANES) - (LANES - 1) / 2) * LANE_PX;
    return arrowOf(from, to, { gapPx, lane, isNext });
  });
  if (arrows.length === 0 && reading.hands.length === 0) return null;
  return (
    <div className="fig-drawing v-arrows">
      <Svg aria-hidden="true">
        {arrows.length > 0 && (
          <Stretched units={UNITS} height={height}>
            <path className="v-arrow" d={arrows.map(({ path }) => path).join('')} />
          </Stretched>
        )}
        {arrows.map(({ path, x, y, isUpwards }) => (
          <At key={path} x={percent(x)} y={y}>
            <path className="v-arrow-tip" d={isUpwards ? 'M0 0l-3 5h6z' : 'M0 0l-3-5h6z'} />
          </At>
        ))}
        {reading.hands.map(({ label, id }) => {
          const place = places.get(id);
          if (!place) return null;
          const x = (place.column + 0.5) / place.columns;
          const isRight = x > 0.8;
          return (
            <At key={label} x={percent(x)} y={place.top}>
              <path className="v-arrow-tip" d="M0 1l-5-9h10z" />
              <SvgText
                x={isRight ? -8 : 8}
                y={-2}
                textAnchor={isRight ? 'end' : 'start'}
                tone="ink"
                fontSize={10}
              >
                {label}
              </SvgText>
            </At>
          );
        })}
      </Svg>
    </div>
  );
}

interface Arrow {
  /** In units across and px down. */
  readonly path: string;
  /** Where its tip is: share of the width, px. */
  readonly x: number;
  readonly y: number;
  readonly isUpwards: boolean;
}

/**
 * An arrow along the gaps between cells, never across one of its group: out below the cell, along the
 * gap, and into the target from below if it stands in the same row, else from above.
 */
function arrowOf(
  from: CellPlace,
  to: CellPlace,
  {
    gapPx,
    lane,
    isNext,
  }: {
    readonly gapPx: number;
    /** How far below a row its way along the gap is, px. */
    readonly lane: number;
    /** Whether the target stands in the next row, to which one gap leads. */
    readonly isNext: boolean;
  },
): Arrow {
  const unit = (share: number): number => Math.round(share * UNITS);
  const start = (from.column + 0.5 + ASIDE) / from.columns;
  const x = (to.column + 0.5 - ASIDE) / to.columns;
  const out = `M${unit(start)} ${px(from.bottom)}v${px(lane)}`;
  if (from.top === to.top)
    return { path: `${out}H${unit(x)}V${px(to.bottom)}`, x, y: to.bottom, isUpwards: true };
  // To a row further away it goes along the edge of the target's column.
  const way = isNext ? '' : `H${unit(to.column / to.columns)}V${px(to.top - gapPx + lane)}`;
  return { path: `${out}${way}H${unit(x)}V${px(to.top)}`, x, y: to.top, isUpwards: false };
}
