import { newest, type Protocol } from './protocol';

/** Everybody asks; who knows more answers. */
export const pull: Protocol = {
  open: () => ({ version: 0, asks: true }),
  // #region answer
  answer: (known, { asks }) => (asks && known > 0 ? { version: known, asks: false } : undefined), // (1)
  // #endregion
  learn: newest,
};
