import { createFamilies } from './families';
import { REFUSED, type TokenStoreFactory } from './token-store';

interface Family {
  readonly id: string;
  current: string;
  previous: string | null;
  replacedAtMs: number;
}

/** As with reuse detection, but the token before the present one is let pass for a while. */
export const graced: TokenStoreFactory = ({ newToken, graceMs }) => {
  // Replaced tokens too, for as long as their family lives. Here a hash is not enough: the present token
  // is given once more, so it has to be readable for as long as its grace lasts.
  const families = createFamilies<Family>();

  return {
    open(id) {
      const current = newToken();
      families.add(current, { id, current, previous: null, replacedAtMs: 0 });
      return current;
    },

    // #region refresh
    refresh(token, nowMs) {
      const family = families.of(token);
      if (family === undefined) return REFUSED;
      if (token === family.previous && nowMs - family.replacedAtMs < graceMs()) {
        return { kind: 'granted', token: family.current, family: family.id }; // (1)
      }
      if (token !== family.current) {
        families.end(family.id);
        return { kind: 'refused', ended: family.id };
      }
      family.previous = token;
      family.current = newToken();
      family.replacedAtMs = nowMs;
      families.add(family.current, family);
      return { kind: 'granted', token: family.current, family: family.id };
    },
    // #endregion

    end: families.end,
  };
};

// (1) The same answer again: for a second tab that asked at the same time, and for a client that never
//     got the first one. A thief who is as quick gets it as well.
