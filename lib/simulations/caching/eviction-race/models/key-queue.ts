import type { Entry, Key } from './cache';

/** A place in the queue. */
export interface Place {
  readonly key: Key;
  /** What a policy counts: uses since it came in, or a bit. */
  uses: number;
  newer: Place | undefined;
  older: Place | undefined;
}

/**
 * Keys in the order in which they came, as a doubly linked list with an index: every step takes
 * constant time. A `Map` keeps its keys in order, too, but finding the first of them has to step
 * over all those deleted before it.
 */
export class KeyQueue {
  newest: Place | undefined;
  oldest: Place | undefined;
  private readonly places = new Map<Key, Place>();

  get size(): number {
    return this.places.size;
  }

  get(key: Key): Place | undefined {
    return this.places.get(key);
  }

  /** Adds a key as the newest; it must not be there already. */
  push(key: Key, uses = 0): Place {
    const place: Place = { key, uses, newer: undefined, older: undefined };
    this.places.set(key, place);
    this.link(place);
    return place;
  }

  /** Takes the oldest out; undefined if there is none. */
  shift(): Place | undefined {
    const { oldest } = this;
    if (oldest) this.remove(oldest);
    return oldest;
  }

  remove(place: Place): void {
    this.places.delete(place.key);
    this.unlink(place);
  }

  /** Takes out the key if it is there, and says whether it was. */
  delete(key: Key): boolean {
    const place = this.places.get(key);
    if (place) this.remove(place);
    return place !== undefined;
  }

  makeNewest(place: Place): void {
    this.unlink(place);
    this.link(place);
  }

  /** For those who look on, from the newest to the oldest. */
  entries(part?: string): Entry[] {
    const entries: Entry[] = [];
    for (let place = this.newest; place; place = place.older)
      entries.push({ key: place.key, uses: place.uses, part });
    return entries;
  }

  private link(place: Place): void {
    place.older = this.newest;
    place.newer = undefined;
    if (this.newest) this.newest.newer = place;
    else this.oldest = place;
    this.newest = place;
  }

  private unlink({ newer, older }: Place): void {
    if (newer) newer.older = older;
    else this.newest = older;
    if (older) older.newer = newer;
    else this.oldest = newer;
  }
}
