/** Decides which of several nodes keep a key. All who ask must have heard of the same changes. */
export interface Placement {
  readonly join: (node: string) => void;
  readonly leave: (node: string) => void;
  /**
   * The nodes that keep the key, the first choice first: `count` different ones, or all members if
   * they are fewer. None while there is no member.
   */
  readonly ownersOf: (key: string, count: number) => readonly string[];
  /** Where a node stands on the circle of hashes, from 0 to 2³² − 1; empty if the scheme has no circle. */
  readonly positionsOf: (node: string) => readonly number[];
}

export interface PlacementOptions {
  /** Positions of each node on the circle, at least 1; schemes without a circle ignore it. */
  readonly positions: number;
  /** How many times the mean load a node may have, above 1; schemes without a bound ignore it. */
  readonly loadFactor: number;
  /** Present load of a node, at least 0, in a unit of your choice: requests under way, or of late. */
  readonly loadOf: (node: string) => number;
}

export type PlacementFactory = (options: PlacementOptions) => Placement;
