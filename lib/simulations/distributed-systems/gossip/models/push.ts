import { newest, type Protocol } from './protocol';

/** Who knows something tells it; who does not is silent. */
export const push: Protocol = {
  // #region open
  open: (known) => (known > 0 ? { version: known, asks: false } : undefined), // (1)
  // #endregion
  answer: () => undefined,
  learn: newest,
};
