/** A lock that all instances share, granted in the order in which it was asked for. */

/** Called once the lock is its caller's. */
export type Holder = () => void;

export class Lock {
  private holder: Holder | undefined;
  private waiting: Holder[] = [];

  ask(holder: Holder): void {
    if (this.holder) this.waiting.push(holder);
    else this.grant(holder);
  }

  /** Gives the lock back, or gives up waiting for it. */
  leave(holder: Holder): void {
    if (holder === this.holder) this.grant(this.waiting.shift());
    else this.waiting = this.waiting.filter((each) => each !== holder);
  }

  private grant(holder: Holder | undefined): void {
    this.holder = holder;
    holder?.();
  }
}
