/** The one interface of all eviction policies here: which keys a cache of bounded size keeps. */

export type Key = string | number;

export interface CacheOptions {
  /** The most keys kept at a time, a whole number from 1. */
  readonly capacity: number;
  /**
   * The number of the request that asks for this key next, after the present one; Infinity if none
   * will. Only the optimal policy calls it, which can therefore be run on a trace, not in a service.
   */
  readonly nextUse: (key: Key) => number;
}

export interface Access {
  /** Whether the key was there. */
  readonly hit: boolean;
  /**
   * A key that is no longer there after a miss, whose value the caller drops. A policy that guards
   * its door may name the very key that was asked for.
   */
  readonly evicted?: Key | undefined;
}

/** A key in the cache, with what the policy has noted about it. */
export interface Entry {
  readonly key: Key;
  /** The part of the cache it is in, where the policy has several. */
  readonly part?: string | undefined;
  /** Uses noted, or 1 for a bit that is set; 0 for none. */
  readonly uses: number;
  /** Whether the hand of the policy points at it. */
  readonly hand?: boolean;
}

/** Decides which keys stay. Values live beside it, in a map from key to value. */
export interface Cache {
  /** Asks for a key. After a miss it is there, unless the policy refuses it. */
  readonly access: (key: Key) => Access;
  /** Forgets a key that was deleted, has expired, or was changed elsewhere; unknown keys are ignored. */
  readonly remove: (key: Key) => void;
  /** What is there, for those who look on, roughly from what came last to what goes first. */
  readonly entries: () => Entry[];
}

export type CacheFactory = (options: CacheOptions) => Cache;

export const HIT: Access = { hit: true };
