/** Which parameters can be swept: all that every figure needs to know of it. */
import type {
  CountParameter,
  DurationParameter,
  Parameter,
  QuantityParameter,
} from '@/lib/simulation/parameters';

/** What has a range of numbers. A schedule has one too, but no single value to put on an axis. */
export type SweptParameter = QuantityParameter | DurationParameter | CountParameter;

export function isSwept(parameter: Parameter): parameter is SweptParameter {
  return (
    (parameter.kind === 'quantity' ||
      parameter.kind === 'duration' ||
      parameter.kind === 'count') &&
    parameter.max > parameter.min
  );
}
