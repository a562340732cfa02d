import type { Key } from './cache';

const ROWS = 4;
/** Counters are of four bits. */
const MOST = 15;

export interface FrequencySketch {
  readonly add: (key: Key) => void;
  /** At least the uses of the key since it was last halved, up to 15; more where keys share counters. */
  readonly estimate: (key: Key) => number;
}

/**
 * Counts uses of any number of keys in fixed space: a count-min sketch with conservative update
 * whose counters are halved after every `10 × capacity` uses, so that what was popular once fades.
 *
 * G. Einziger, R. Friedman and B. Manes, "TinyLFU: A Highly Efficient Cache Admission Policy", ACM
 * Transactions on Storage 13 (4), 2017.
 */
export function frequencySketch(capacity: number): FrequencySketch {
  let width = 64;
  while (width < 4 * capacity) width *= 2;
  const counters = new Uint8Array(ROWS * width);
  const places = new Uint32Array(ROWS);
  const sample = 10 * capacity;
  let added = 0;

  /** Finds the counters of a key, one in each row, and returns the smallest. */
  function locate(key: Key): number {
    const hash = hashOf(key);
    let smallest = MOST;
    for (let row = 0; row < ROWS; row++) {
      const place = row * width + (mix(hash + Math.imul(row, 0x9e3779b9)) & (width - 1));
      places[row] = place;
      smallest = Math.min(smallest, counters[place] ?? 0);
    }
    return smallest;
  }

  return {
    // #region add
    add(key) {
      const smallest = locate(key);
      if (smallest < MOST) {
        for (const place of places) {
          // Only the smallest of its counters: the others are too high already, by other keys.
          if (counters[place] === smallest) counters[place] = smallest + 1;
        }
      }
      if (++added >= sample) {
        for (let i = 0; i < counters.length; i++) counters[i] = (counters[i] ?? 0) >>> 1;
        added = Math.floor(added / 2);
      }
    },
    // #endregion
    estimate: locate,
  };
}

/** 32 bits of a key: FNV-1a over the characters of a string, the number itself otherwise. */
function hashOf(key: Key): number {
  if (typeof key === 'number') return key | 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

/** The finaliser of MurmurHash3 (A. Appleby, public domain): every bit of x moves all others. */
function mix(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
