import { REFUSED, type TokenStoreFactory } from './token-store';

/** A refresh token is used once and replaced. */
export const rotated: TokenStoreFactory = ({ newToken }) => {
  const families = new Map<string, string>();

  const give = (family: string): string => {
    const token = newToken();
    families.set(token, family);
    return token;
  };

  return {
    open: give,

    // #region refresh
    refresh(token) {
      const family = families.get(token);
      if (family === undefined) return REFUSED; // (1)
      families.delete(token);
      return { kind: 'granted', token: give(family), family };
    },
    // #endregion

    end(ended) {
      for (const [token, family] of families) if (family === ended) families.delete(token);
    },
  };
};

// (1) A token that was replaced looks like one that never was: of a thief and a client, whoever came
//     second is refused, and nothing else happens.
