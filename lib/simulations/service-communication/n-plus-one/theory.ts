/** What follows from the shape of a query by arithmetic alone. */
import type { Recording } from '../../../kernel/recording';
import { loadsOf, type Shape } from './shape';

/** Queries of a request whose resolvers ask one by one: the list, and one for each load. */
export const queriesOneByOne = (shape: Omit<Shape, 'sameKey'>): number =>
  loadsOf(shape).reduce((sum, loads) => sum + loads, 1);

/** Different keys of each level below the list. */
export const keysOf = (shape: Shape): readonly number[] =>
  loadsOf(shape).map((loads) => Math.ceil(loads / shape.sameKey));

/** How long the first request of a recording took, ms; NaN if it was not answered in sight. */
export const firstTook = ({ spans, strings }: Recording): number => {
  for (let row = 0; row < spans.length; row++)
    if (strings[spans.kind[row] ?? 0] === 'request')
      return (spans.end[row] ?? Number.NaN) - (spans.start[row] ?? 0);
  return Number.NaN;
};
