import { batching } from './batch';
import type { LoaderFactory } from './loader';

/** Gathers what is asked for in one tick: what DataLoader does unless told otherwise. */
export const batched: LoaderFactory = (context) => batching(context, context.afterTick);
