import { newest, type Protocol } from './protocol';

/** Everybody says what it knows, and hears what the other knows better. */
export const pushPull: Protocol = {
  // #region talk
  open: (known) => ({ version: known, asks: true }), // (1)
  answer: (known, { version, asks }) =>
    asks && known > version ? { version: known, asks: false } : undefined, // (2)
  // #endregion
  learn: newest,
};
