import type { MemberOptions } from './membership';

/** With so many others of the same opinion the shortest time will do (Lifeguard, §V: K = 3). */
const CONFIRMATIONS_ENOUGH = 3;
/** Alone, a member waits this many times as long (Lifeguard, §V: β = 6). */
const ALONE_TIMES = 6;

/** How long a suspect has at least, ms: it grows as news takes longer to get round. */
export const suspicionMs = ({
  suspicionMult,
  members,
  periodMs,
  log10,
}: Pick<MemberOptions, 'suspicionMult' | 'members' | 'periodMs' | 'log10'>): number =>
  suspicionMult * Math.max(1, log10(members)) * periodMs;

// #region patience
/** From `maxMs` while nobody shares a suspicion down to `minMs` when `enough` others do, ms. */
export const patienceMs = (
  confirmations: number,
  { enough, minMs, maxMs }: { enough: number; minMs: number; maxMs: number },
  log10: (x: number) => number,
): number =>
  Math.max(minMs, maxMs - ((maxMs - minMs) * log10(confirmations + 1)) / log10(enough + 1));
// #endregion

/** The clocks of those who are suspected. */
export interface Suspicions {
  readonly open: (about: number, by: number, nowMs: number) => void;
  readonly close: (about: number) => void;
  /** Another's suspicion of the same member; whether it is news that counts. */
  readonly confirm: (about: number, by: number) => boolean;
  /** When the first of them runs out, ms; Infinity if there is none. */
  readonly dueMs: () => number;
  /** Those whose time has run out. */
  readonly expired: (nowMs: number) => readonly number[];
}

export function suspicionsOf(options: MemberOptions, waitsForOthers: boolean): Suspicions {
  const minMs = suspicionMs(options);
  const open = new Map<number, { readonly sinceMs: number; readonly by: Set<number> }>();
  const enough = Math.min(CONFIRMATIONS_ENOUGH, options.members - 3);
  const lengthMs = (by: ReadonlySet<number>): number =>
    waitsForOthers && enough > 0
      ? patienceMs(by.size - 1, { enough, minMs, maxMs: ALONE_TIMES * minMs }, options.log10)
      : minMs;
  const ends = (): [number, number][] =>
    [...open].map(([about, { sinceMs, by }]) => [about, sinceMs + lengthMs(by)]);
  return {
    open: (about, by, nowMs) => open.set(about, { sinceMs: nowMs, by: new Set([by]) }),
    close: (about) => open.delete(about),
    confirm: (about, by) => {
      const suspicion = open.get(about);
      if (!suspicion || suspicion.by.has(by) || suspicion.by.size > enough) return false;
      suspicion.by.add(by);
      return waitsForOthers;
    },
    dueMs: () => Math.min(Number.POSITIVE_INFINITY, ...ends().map(([, endMs]) => endMs)),
    expired: (nowMs) =>
      ends()
        .filter(([, endMs]) => endMs <= nowMs)
        .map(([about]) => about),
  };
}
