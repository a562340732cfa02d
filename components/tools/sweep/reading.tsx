/**
 * A chart that is read point by point: a slider that lies over it, moved by pointer, finger or keys,
 * with what it has reached beside the mark. Enter or a click takes the point.
 */
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { percent } from '@/components/charts/scale';

interface ReadingProps {
  /** What is read: "Timeout". */
  readonly label: string;
  /** Number of points, in the order in which the arrow keys go through them. */
  readonly count: number;
  /** The point that is read; null while nobody reads. */
  readonly at: number | null;
  /** Where the keys begin. */
  readonly first: number;
  readonly onAt: (at: number | null) => void;
  /** The point in words. */
  readonly textOf: (at: number) => string;
  /** Where the point lies, as a share of the width. */
  readonly shareOf: (at: number) => number;
  /** The point nearest to a place of the drawing, px from its upper left corner. */
  readonly nearest: (place: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
  }) => number;
  /** Takes the point; absent where there is nothing to take it for. */
  readonly onTake?: (at: number) => void;
  readonly children: ReactNode;
}

export function Reading(props: ReadingProps): ReactNode {
  const { label, count, at, first, onAt, textOf, shareOf, nearest, onTake, children } = props;
  const now = Math.min(count - 1, at ?? first);

  const placed = (
    event:
      | PointerEvent<HTMLElement>
      | { readonly nativeEvent: MouseEvent; readonly currentTarget: HTMLElement },
  ): number => {
    const { clientX, clientY } = event.nativeEvent;
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    return nearest({ x: clientX - left, y: clientY - top, width });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = STEPS[event.key]?.(now, count);
    if (next !== undefined) onAt(Math.min(count - 1, Math.max(0, next)));
    else if ((event.key === 'Enter' || event.key === ' ') && onTake) onTake(now);
    else if (event.key === 'Escape' && at !== null) onAt(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (count === 0) return null;
  const share = shareOf(now);
  return (
    <>
      <div
        className="tool-reading"
        role="slider"
        tabIndex={0}
        data-keys="slider"
        aria-label={
          onTake ? `${label}: read the chart; Enter sets the figure` : `${label}: read the chart`
        }
        aria-valuemin={0}
        aria-valuemax={count - 1}
        aria-valuenow={now}
        aria-valuetext={textOf(now)}
        onKeyDown={onKeyDown}
        onFocus={() => onAt(now)}
        onBlur={() => onAt(null)}
        onPointerMove={(event) => onAt(placed(event))}
        onPointerLeave={() => onAt(null)}
        onClick={(event) => {
          const taken = placed(event);
          onAt(taken);
          onTake?.(taken);
        }}
      />
      {at !== null && (
        <div
          className="v-bubble tool-bubble"
          style={
            share < 0.5
              ? { left: `calc(${percent(share)} + 0.75rem)` }
              : { right: `calc(${percent(1 - share)} + 0.75rem)` }
          }
        >
          {children}
        </div>
      )}
    </>
  );
}

const STEPS: Readonly<Record<string, (now: number, count: number) => number>> = {
  ArrowLeft: (now) => now - 1,
  ArrowDown: (now) => now - 1,
  ArrowRight: (now) => now + 1,
  ArrowUp: (now) => now + 1,
  PageDown: (now) => now - 5,
  PageUp: (now) => now + 5,
  Home: () => 0,
  End: (_, count) => count - 1,
};
