import { REFUSED, type TokenStoreFactory } from './token-store';

interface Family {
  readonly id: string;
  current: string;
}

/** A refresh token is used once; one that comes again ends its family. */
export const reuseDetected: TokenStoreFactory = ({ newToken }) => {
  // Replaced tokens too, for as long as their family lives; in a database, their hashes.
  const known = new Map<string, Family>();
  /** Nothing is kept of a family that has ended: its tokens are refused as any that never were. */
  const forget = (id: string): void => {
    for (const [token, family] of known) if (family.id === id) known.delete(token);
  };

  return {
    open(id) {
      const current = newToken();
      known.set(current, { id, current });
      return current;
    },

    // #region refresh
    refresh(token) {
      const family = known.get(token);
      if (family === undefined) return REFUSED;
      if (token !== family.current) {
        forget(family.id); // (1)
        return { kind: 'refused', ended: family.id };
      }
      family.current = newToken();
      known.set(family.current, family);
      return { kind: 'granted', token: family.current, family: family.id };
    },
    // #endregion

    end: forget,
  };
};

// (1) Two parties hold this family, and there is no telling which of them is the user. Both are shut
//     out; the user can log in again.
