import type { Priority, QueueOptions } from './request-queue';

// #region shed
/**
 * Whether a new request is turned away so that those that matter more find room. The rule is the
 * trunk reservation of telephone exchanges: the last places are kept for calls of high priority.
 */
export function isShed(
  { shedding, lowRoom }: QueueOptions,
  priority: Priority,
  waiting: number,
): boolean {
  return shedding && priority === 'low' && waiting >= lowRoom; // (1)
}
// #endregion
