import type { CreateBackoff } from './backoff';

/** Tries again at once. */
export const noBackoff: CreateBackoff = () => ({ waitMs: () => 0 });
