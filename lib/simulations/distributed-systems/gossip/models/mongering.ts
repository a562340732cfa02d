import { newest, type Protocol } from './protocol';

/** Who knows something tells it a few times and then falls silent. */
export const mongering: Protocol = {
  // #region open
  open: (known, { told, tellings }) =>
    known > 0 && told < tellings ? { version: known, asks: false } : undefined, // (1)
  // #endregion
  answer: () => undefined,
  learn: newest,
};
