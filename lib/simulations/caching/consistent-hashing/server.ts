/** What caches and the database are made of: a store of bounded size, and a bound on requests. */

/** How much of a second's requests a server answers at once. */
const AT_ONCE = 0.25;

/** The keys of one cache: what was not asked for the longest goes first. */
export class Store {
  private readonly keys = new Set<number>();

  constructor(private readonly capacity: number) {}

  /** Whether the key is there; it is then the last to go. */
  use(key: number): boolean {
    if (!this.keys.delete(key)) return false;
    this.keys.add(key);
    return true;
  }

  put(key: number): void {
    this.keys.delete(key);
    this.keys.add(key);
    if (this.keys.size <= this.capacity) return;
    for (const oldest of this.keys) {
      this.keys.delete(oldest);
      return;
    }
  }
}

/** Answers so many requests a second, a quarter of them at once: a token bucket. */
export class Limit {
  private filledAtMs = 0;
  private tokens: number;

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond * AT_ONCE;
  }

  /** Whether the request is answered. */
  take(nowMs: number): boolean {
    const { perSecond } = this;
    this.tokens = Math.min(
      perSecond * AT_ONCE,
      this.tokens + ((nowMs - this.filledAtMs) * perSecond) / 1000,
    );
    this.filledAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }
}

/** How many there were within the last second, counted by quarters. */
export class LastSecond {
  private readonly quarters = [0, 0, 0, 0];
  private quarter = 0;
  count = 0;

  add(): void {
    this.quarters[this.quarter] = (this.quarters[this.quarter] ?? 0) + 1;
    this.count++;
  }

  /** To be called every quarter of a second. */
  turn(): void {
    this.quarter = (this.quarter + 1) % this.quarters.length;
    this.count -= this.quarters[this.quarter] ?? 0;
    this.quarters[this.quarter] = 0;
  }
}
