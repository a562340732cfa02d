import { REFUSED, type TokenStoreFactory } from './token-store';

/** One refresh token for the whole login. */
export const neverRotated: TokenStoreFactory = ({ newToken }) => {
  const families = new Map<string, string>();

  return {
    open(family) {
      const token = newToken();
      families.set(token, family);
      return token;
    },

    // #region refresh
    refresh(token) {
      const family = families.get(token);
      if (family === undefined) return REFUSED;
      return { kind: 'granted', token, family }; // (1)
    },
    // #endregion

    end(ended) {
      for (const [token, family] of families) if (family === ended) families.delete(token);
    },
  };
};

// (1) Whoever has a copy may come again, and the two are not told apart.
