import { createFamilies } from './families';
import { REFUSED, type TokenStoreFactory } from './token-store';

interface Family {
  readonly id: string;
  current: string;
}

/** A refresh token is used once; one that comes again ends its family. */
export const reuseDetected: TokenStoreFactory = ({ newToken }) => {
  // Replaced tokens too, for as long as their family lives; in a database, their hashes.
  const families = createFamilies<Family>();

  return {
    open(id) {
      const current = newToken();
      families.add(current, { id, current });
      return current;
    },

    // #region refresh
    refresh(token) {
      const family = families.of(token);
      if (family === undefined) return REFUSED;
      if (token !== family.current) {
        families.end(family.id); // (1)
        return { kind: 'refused', ended: family.id };
      }
      family.current = newToken();
      families.add(family.current, family);
      return { kind: 'granted', token: family.current, family: family.id };
    },
    // #endregion

    end: families.end,
  };
};

// (1) Two parties hold this family, and there is no telling which of them is the user. Both are shut
//     out; the user can log in again.
