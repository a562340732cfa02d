import type { LoaderFactory } from './loader';

/** Each resolver asks for the row of its own object, and knows of no other. */
export const direct: LoaderFactory = ({ query }) => ({
  // #region load
  load(key, then) {
    query([key], ([row]) => then(row ?? null)); // (1)
  },
  // #endregion
});

// (1) One query for each call: N objects, N queries.
