/** Decides which of several nodes keeps a key. All who ask must have heard of the same changes. */
export interface Placement {
  readonly join: (node: string) => void;
  readonly leave: (node: string) => void;
  /** The node that keeps the key; undefined while there is none. */
  readonly ownerOf: (key: string) => string | undefined;
  /** Where a node stands on the circle of hashes, from 0 to 2³² − 1; empty if the scheme has no circle. */
  readonly positionsOf: (node: string) => readonly number[];
}

export interface PlacementOptions {
  /** Positions of each node on the circle, at least 1; schemes without a circle ignore it. */
  readonly positions: number;
}

export type PlacementFactory = (options: PlacementOptions) => Placement;
