import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * Whether the page listens already. What it cannot take before is disabled: a choice made in HTML alone
 * would be undone as the page comes to life.
 */
export const useIsLive = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
