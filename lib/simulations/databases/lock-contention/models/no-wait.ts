import { locking } from './locking';
import type { SchedulerFactory } from './scheduler';

/** The same locks, but nobody waits: who does not get a row at once starts over. */
export const noWait: SchedulerFactory = () => {
  const scheduler = locking();

  return {
    ...scheduler,
    // #region policy
    access(transaction, access) {
      const answer = scheduler.access(transaction, access);
      return answer === 'granted' ? 'granted' : 'refused'; // (1)
    },
    victim: () => undefined, // (2)
    // #endregion
  };
};
