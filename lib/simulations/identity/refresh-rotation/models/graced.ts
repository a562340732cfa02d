import { REFUSED, type TokenStoreFactory } from './token-store';

interface Family {
  readonly id: string;
  current: string;
  previous: string | null;
  replacedAtMs: number;
  isEnded: boolean;
}

/** As with reuse detection, but the token before the present one is let pass for a while. */
export const graced: TokenStoreFactory = ({ newToken, graceMs }) => {
  const known = new Map<string, Family>();

  return {
    open(id) {
      const current = newToken();
      known.set(current, { id, current, previous: null, replacedAtMs: 0, isEnded: false });
      return current;
    },

    // #region refresh
    refresh(token, nowMs) {
      const family = known.get(token);
      if (family === undefined || family.isEnded) return REFUSED;
      if (token === family.previous && nowMs - family.replacedAtMs < graceMs()) {
        return { kind: 'granted', token: family.current, family: family.id }; // (1)
      }
      if (token !== family.current) {
        family.isEnded = true;
        return { kind: 'refused', ended: family.id };
      }
      family.previous = token;
      family.current = newToken();
      family.replacedAtMs = nowMs;
      known.set(family.current, family);
      return { kind: 'granted', token: family.current, family: family.id };
    },
    // #endregion

    end(id) {
      for (const family of known.values()) if (family.id === id) family.isEnded = true;
    },
  };
};

// (1) The same answer again: for a second tab that asked at the same time, and for a client that never
//     got the first one. A thief who is as quick gets it as well.
