/** Levels: numbers that a view names by the parameter which sets them. */
import { type ParameterValue, type Schedule, scheduledAt } from './parameters';
import type { Level } from './views';

/**
 * The values that a level takes over time. A constant and most parameters hold throughout; a
 * schedule has its steps. Empty if the level names a parameter without a number.
 */
export function levelSteps(
  level: Level,
  parameters: Readonly<Record<string, ParameterValue>>,
): Schedule {
  if (typeof level === 'number') return [{ atMs: 0, value: level }];
  const times = level.times ?? 1;
  const value = parameters[level.parameter];
  if (typeof value === 'number') return [{ atMs: 0, value: value * times }];
  if (typeof value !== 'object') return [];
  return value.map((step) => ({ atMs: step.atMs, value: step.value * times }));
}

/** The value of a level at `t` (simulated ms); undefined if it names a parameter without a number. */
export function levelAt(
  level: Level,
  parameters: Readonly<Record<string, ParameterValue>>,
  t: number,
): number | undefined {
  const steps = levelSteps(level, parameters);
  return steps.length === 0 ? undefined : scheduledAt(steps, t);
}
