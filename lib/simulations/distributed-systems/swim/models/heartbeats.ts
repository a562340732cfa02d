import type { Member, MemberOptions, Message } from './membership';

/** A member of which nothing is heard for so many periods is dead. */
const MISSED_MAX = 3;

/** Everybody tells everybody in each period that it is there; nobody asks. */
export function heartbeats({ self, members, periodMs, uniform }: MemberOptions): Member {
  const others = Array.from({ length: members }, (_, i) => i).filter((i) => i !== self);
  let nextMs = uniform() * periodMs;
  const heardMs = new Map<number, number>();
  /** Since when it listens: who has not been heard yet is not silent for longer than that. */
  let sinceMs: number | undefined;
  let nowMs = 0;
  // #region heartbeats
  const isSilent = (member: number): boolean =>
    nowMs - (heardMs.get(member) ?? sinceMs ?? nowMs) > MISSED_MAX * periodMs; // (1)
  return {
    dueMs: () => nextMs,
    tick: (atMs) => {
      sinceMs ??= atMs;
      nowMs = atMs;
      nextMs = atMs + periodMs;
      return others.map((to): Message => ({ kind: 'heartbeat', from: self, to, updates: [] })); // (2)
    },
    receive: ({ from }, atMs) => {
      nowMs = atMs;
      heardMs.set(from, atMs);
      return [];
    },
    holds: (member) => (member !== self && isSilent(member) ? 'dead' : 'alive'),
  };
  // #endregion
}
