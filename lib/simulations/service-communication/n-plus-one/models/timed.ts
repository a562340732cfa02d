import { batching } from './batch';
import type { LoaderFactory } from './loader';

/** Gathers what is asked for within a while of the first key. */
export const timed: LoaderFactory = (context) =>
  batching(context, (job) => context.after(context.windowMs, job));
