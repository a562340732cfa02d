import type { MemberOptions, Status, Update } from './membership';

/** As many updates ride on a message; a datagram has no room for more. */
const UPDATES_MAX = 6;

const SEVERITY: Readonly<Record<Status, number>> = { alive: 0, suspect: 1, dead: 2 };

// #region supersedes
/** A later incarnation wins; of the same one, the worse news. */
export function supersedes(update: Update, held: Update): boolean {
  if (update.incarnation !== held.incarnation) return update.incarnation > held.incarnation; // (1)
  return SEVERITY[update.status] > SEVERITY[held.status]; // (2)
}
// #endregion

/** The updates that a member still has to pass on. */
export interface Rumours {
  /** Puts an update in, in place of an older one about the same member. */
  readonly add: (update: Update) => void;
  /** Those that ride on the next message. */
  readonly take: () => readonly Update[];
}

// #region piggyback
export function rumoursOf({ members, retransmitMult, log10 }: MemberOptions): Rumours {
  const limit = retransmitMult * Math.ceil(log10(members + 1)); // (1)
  let waiting: { readonly update: Update; sent: number }[] = [];
  return {
    add: (update) => {
      waiting = waiting.filter((rumour) => rumour.update.about !== update.about);
      waiting.unshift({ update, sent: 0 });
    },
    take: () => {
      waiting.sort((a, b) => a.sent - b.sent); // (2)
      const taken = waiting.slice(0, UPDATES_MAX);
      for (const rumour of taken) rumour.sent++;
      waiting = waiting.filter(({ sent }) => sent < limit);
      return taken.map(({ update }) => update);
    },
  };
}
// #endregion
