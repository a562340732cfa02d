/**
 * Which transactions a snapshot sees. Ids are given out by the first write, as PostgreSQL does; those
 * that run while the snapshot is taken, and all later ones, are not seen, whatever becomes of them.
 */

/** An id of a transaction that has written something; rising. */
export type Xid = number;

export interface Snapshot {
  /** The oldest that was running. */
  readonly xmin: Xid;
  /** One more than the newest that had ended. */
  readonly xmax: Xid;
  readonly running: ReadonlySet<Xid>;
}

export class Xids {
  private next = 1;
  private latestEnded = 0;
  private readonly running = new Set<Xid>();

  assign(): Xid {
    const xid = this.next++;
    this.running.add(xid);
    return xid;
  }

  end(xid: Xid): void {
    this.running.delete(xid);
    this.latestEnded = Math.max(this.latestEnded, xid);
  }

  isRunning(xid: Xid): boolean {
    return this.running.has(xid);
  }

  /** The id that the next writer will get. */
  upcoming(): Xid {
    return this.next;
  }

  take(): Snapshot {
    const xmax = this.latestEnded + 1;
    const running = new Set([...this.running].filter((xid) => xid < xmax));
    return { xmin: Math.min(xmax, ...running), xmax, running };
  }
}

/** Whether a transaction had ended before the snapshot was taken. */
export const isBefore = ({ xmax, running }: Snapshot, xid: Xid): boolean =>
  xid < xmax && !running.has(xid);
