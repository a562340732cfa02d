/** Counts what happened within the last `lengthMs`, a half-open interval that ends now. */
export class RecentCount {
  private readonly atMs: number[] = [];
  private first = 0;

  /** @param lengthMs above 0 */
  constructor(private readonly lengthMs: number) {}

  /** It happens now; times never fall. */
  add(nowMs: number): void {
    this.atMs.push(nowMs);
  }

  /** How many lie in (nowMs − lengthMs, nowMs]; times never fall. */
  at(nowMs: number): number {
    while ((this.atMs[this.first] ?? Number.POSITIVE_INFINITY) <= nowMs - this.lengthMs)
      this.first++;
    return this.atMs.length - this.first;
  }
}
