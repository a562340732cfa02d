/** What one node tells another: the newest version that it knows of, and whether it asks for a newer one. */
export interface Digest {
  readonly version: number;
  readonly asks: boolean;
}

/** What a node may go by when it decides whether to talk. */
export interface Occasion {
  /** How many times it has told anybody what it knows. */
  readonly told: number;
  /** How many times it is to tell it, if it is to fall silent at all. */
  readonly tellings: number;
  /** Number of its round; nodes count from different numbers. */
  readonly round: number;
}

/** What a node says, once in a round to a peer of its choice and to a peer that has spoken to it, and what it learns. */
export interface Protocol {
  /** Opens a conversation; undefined if there is nothing to be said. */
  readonly open: (known: number, occasion: Occasion) => Digest | undefined;
  /** Answers; undefined if there is nothing to be said. */
  readonly answer: (known: number, heard: Digest) => Digest | undefined;
  /** What a node knows after it has heard something. */
  readonly learn: (known: number, heard: Digest) => number;
}

/** Never less than before. */
export const newest = (known: number, heard: Digest): number => Math.max(known, heard.version);
