/** Which of several settings nobody could better in both of two measures at once. */

export type Direction = 'higher' | 'lower';

/**
 * Indexes of the points that no other dominates, best in x first. A point dominates another if it is
 * at least as good in both measures and better in one; equal points stand or fall together.
 */
export function paretoFront(
  points: readonly { readonly x: number; readonly y: number }[],
  better: { readonly x: Direction; readonly y: Direction },
): readonly number[] {
  const sign = (direction: Direction): number => (direction === 'lower' ? 1 : -1);
  const costs = points.map(({ x, y }, index) => ({
    index,
    x: sign(better.x) * x,
    y: sign(better.y) * y,
  }));
  costs.sort((a, b) => a.x - b.x || a.y - b.y || a.index - b.index);
  const front: typeof costs = [];
  for (const point of costs) {
    const last = front.at(-1);
    if (last === undefined || point.y < last.y || (point.y === last.y && point.x === last.x))
      front.push(point);
  }
  return front.map(({ index }) => index);
}
