import type { Waiting } from './request-queue';

/** A line that gives up its first or its last in constant time, however long it is. */
export class Line {
  private items: (Waiting | undefined)[] = [];
  private first = 0;

  get length(): number {
    return this.items.length - this.first;
  }

  /** How long the first has waited, ms; 0 if nobody waits. */
  ageMs(nowMs: number): number {
    const oldest = this.items[this.first];
    return oldest ? nowMs - oldest.sinceMs : 0;
  }

  push(request: Waiting): void {
    this.items.push(request);
  }

  takeFirst(): Waiting | undefined {
    const request = this.items[this.first];
    if (!request) return undefined;
    this.items[this.first++] = undefined;
    // Half of the array lies behind the front: copying the rest now costs one step per request.
    if (this.first * 2 > this.items.length) {
      this.items = this.items.slice(this.first);
      this.first = 0;
    }
    return request;
  }

  takeLast(): Waiting | undefined {
    return this.length > 0 ? this.items.pop() : undefined;
  }

  clear(): readonly Waiting[] {
    const waiting = this.items.slice(this.first).filter((item) => item !== undefined);
    this.items = [];
    this.first = 0;
    return waiting;
  }
}
