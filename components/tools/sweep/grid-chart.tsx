/**
 * One measure over two parameters: a table whose cells carry the colour of their value, so that the
 * picture and its text form are the same thing. A cell is a button that sets the figure to its values.
 */
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { measureHeading } from '@/components/charts/key';
import { axisUnit } from '@/components/charts/scale';
import { formatNumber } from '@/lib/simulation/format';
import type { CurveAxis } from '@/lib/tools/sweep/curves';
import type { SweepGrid } from '@/lib/tools/sweep/plane';
import { axisText, estimateText } from '@/lib/tools/sweep/words';

interface GridChartProps {
  readonly grid: SweepGrid;
  /** Values that the figure has now. */
  readonly present: { readonly x: number | null; readonly y: number | null };
  readonly onTake: (x: number, y: number) => void;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

export function GridChart({ grid, present, onTake }: GridChartProps): ReactNode {
  const { result, x, y, xValues, yValues, rows, range } = grid;
  const body = useRef<HTMLTableSectionElement>(null);
  // One cell is reached by Tab; arrows lead to the others.
  const [stop, setStop] = useState<Place>({
    x: Math.max(0, xValues.indexOf(present.x ?? Number.NaN)),
    y: Math.max(0, yValues.indexOf(present.y ?? Number.NaN)),
  });
  const here: Place = {
    x: Math.min(stop.x, xValues.length - 1),
    y: Math.min(stop.y, yValues.length - 1),
  };
  const { divisor, unit } = axisUnit(result.unit, range?.greatest ?? 0);
  const shade = (value: number): number =>
    range === null || range.greatest === range.least
      ? 0
      : (value - range.least) / (range.greatest - range.least);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const next = {
      x: Math.min(xValues.length - 1, Math.max(0, here.x + move.x)),
      y: Math.min(yValues.length - 1, Math.max(0, here.y + move.y)),
    };
    setStop(next);
    body.current?.querySelector<HTMLElement>(`[data-cell="${next.x}/${next.y}"]`)?.focus();
  };

  return (
    <div className="tool-grid">
      <p className="tool-note">
        {measureHeading(result, unit)}. Across: {named(x)}. Down: {named(y)}.
      </p>
      <div className="tool-grid-scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is gone through by arrow keys. */}
        <table role="grid" aria-label={`${result.label} by ${x.label} and ${y.label}`}>
          <thead>
            <tr>
              <td />
              {xValues.map((value) => (
                <th key={value} scope="col">
                  {shortText(x, value)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {rows.map((row, yIndex) => {
              const yValue = yValues[yIndex] ?? 0;
              return (
                <tr key={yValue}>
                  <th scope="row">{shortText(y, yValue)}</th>
                  {row.map((estimate, xIndex) => {
                    const xValue = xValues[xIndex] ?? 0;
                    const value = estimate?.value ?? null;
                    const isPresent = xValue === present.x && yValue === present.y;
                    return (
                      <td key={xValue}>
                        <button
                          type="button"
                          data-cell={`${xIndex}/${yIndex}`}
                          data-present={isPresent || undefined}
                          tabIndex={xIndex === here.x && yIndex === here.y ? 0 : -1}
                          title={estimate?.why ?? undefined}
                          aria-label={`${x.label} ${axisText(x.unit, xValue)}, ${y.label} ${axisText(y.unit, yValue)}: ${
                            estimate === null
                              ? 'not computed yet'
                              : value === null
                                ? estimate.why
                                : estimateText(estimate, result.unit)
                          }${isPresent ? ', where the figure is now' : ''}`}
                          style={
                            value === null
                              ? undefined
                              : ({
                                  '--shade': `${Math.round(shade(value) * 100)}%`,
                                } as React.CSSProperties)
                          }
                          onFocus={() => setStop({ x: xIndex, y: yIndex })}
                          onClick={() => onTake(xValue, yValue)}
                        >
                          {estimate === null
                            ? '·'
                            : value === null
                              ? '–'
                              : formatNumber(value / divisor, 3)}
                        </button>
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const named = ({ label, unit, max }: CurveAxis): string => {
  const shown = axisUnit(unit, max).unit;
  return shown === '' ? label.toLowerCase() : `${label.toLowerCase()}, ${shown}`;
};

/** A value of an axis in the axis's own unit, which its name says. */
const shortText = ({ unit, max }: CurveAxis, value: number): string =>
  formatNumber(value / axisUnit(unit, max).divisor, 6);

const MOVES: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};
