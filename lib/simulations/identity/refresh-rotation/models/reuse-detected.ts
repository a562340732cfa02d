import { REFUSED, type TokenStoreFactory } from './token-store';

interface Family {
  readonly id: string;
  current: string;
  isEnded: boolean;
}

/** A refresh token is used once; one that comes again ends its family. */
export const reuseDetected: TokenStoreFactory = ({ newToken }) => {
  // Replaced tokens too, for as long as their family lives; in a database, their hashes.
  const known = new Map<string, Family>();

  return {
    open(id) {
      const current = newToken();
      known.set(current, { id, current, isEnded: false });
      return current;
    },

    // #region refresh
    refresh(token) {
      const family = known.get(token);
      if (family === undefined || family.isEnded) return REFUSED;
      if (token !== family.current) {
        family.isEnded = true; // (1)
        return { kind: 'refused', ended: family.id };
      }
      family.current = newToken();
      known.set(family.current, family);
      return { kind: 'granted', token: family.current, family: family.id };
    },
    // #endregion

    end(id) {
      for (const family of known.values()) if (family.id === id) family.isEnded = true;
    },
  };
};

// (1) Two parties hold this family, and there is no telling which of them is the user. Both are shut
//     out; the user can log in again.
