/**
 * The mean over time of a value that changes in steps, such as a queue length or the number of busy
 * servers: each value counts for as long as it held. Times are simulated milliseconds and never go
 * back.
 */
export class TimeWeighted {
  private value: number;
  private startMs: number;
  private lastMs: number;
  /** The integral of the value over time since the start, in value × ms. */
  private area = 0;
  private largest: number;

  /** Starts with a value (0 unless given) at a time (0 ms unless given). */
  constructor(initial = 0, startMs = 0) {
    assertFinite('The initial value of a time-weighted mean', initial);
    assertFinite('The start of a time-weighted mean (ms)', startMs);
    this.value = initial;
    this.startMs = startMs;
    this.lastMs = startMs;
    this.largest = initial;
  }

  /** The value changes to `value` (a finite number) at `atMs`, which is not before the last change. */
  set(value: number, atMs: number): void {
    if (!(Math.abs(value) < Infinity)) assertFinite('A value of a time-weighted mean', value);
    this.advance(atMs);
    this.value = value;
    if (value > this.largest) this.largest = value;
  }

  /** The value changes by `delta` at `atMs`. */
  add(delta: number, atMs: number): void {
    this.set(this.value + delta, atMs);
  }

  /**
   * Ends the warm-up: what was measured before `atMs` is forgotten, the current value stays.
   * The maximum starts again from the current value.
   */
  reset(atMs: number): void {
    this.advance(atMs);
    this.area = 0;
    this.startMs = atMs;
    this.largest = this.value;
  }

  /** The value that holds now. */
  get current(): number {
    return this.value;
  }

  /** The largest value since the start or the last reset. */
  get max(): number {
    return this.largest;
  }

  /** The integral of the value from the start to `untilMs`, in value × ms. */
  integral(untilMs: number): number {
    this.assertNotBack(untilMs);
    return this.area + this.value * (untilMs - this.lastMs);
  }

  /**
   * The mean from the start (or the last reset) to `untilMs`, which is not before the last change.
   * Over an interval of no length it is the current value.
   */
  mean(untilMs: number): number {
    const lengthMs = untilMs - this.startMs;
    const integral = this.integral(untilMs);
    return lengthMs === 0 ? this.value : integral / lengthMs;
  }

  private advance(atMs: number): void {
    this.area = this.integral(atMs);
    this.lastMs = atMs;
  }

  private assertNotBack(atMs: number): void {
    if (!(atMs >= this.lastMs && atMs < Infinity)) {
      throw new RangeError(
        `The time of a time-weighted mean should be finite and not before its last change at ${this.lastMs} ms, but ${atMs} was given. Pass the simulator's current time.`,
      );
    }
  }
}

function assertFinite(subject: string, value: number): void {
  if (!(Math.abs(value) < Infinity)) {
    throw new RangeError(
      `${subject} should be a finite number, but ${value} was given. Look for a division by zero where it comes from.`,
    );
  }
}
