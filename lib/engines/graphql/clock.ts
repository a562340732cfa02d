/**
 * A clock on which only waiting takes time. The same code gives the same times on every machine, in a
 * page as in a build, and a lab whose database takes a second answers at once.
 *
 * Time moves when nothing else can happen: when all promise jobs have run, what was to come after the
 * turn runs, and only when there is nothing of that either, the next who waits goes on.
 */
export class Clock {
  /** ms from the start. */
  now = 0;
  private readonly waiting: { readonly atMs: number; readonly resume: () => void }[] = [];
  private jobs: (() => void)[] = [];

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resume) => {
      const atMs = this.now + ms;
      // Behind those of the same moment: who came first goes on first.
      const before = this.waiting.findLastIndex((other) => other.atMs <= atMs);
      this.waiting.splice(before + 1, 0, { atMs, resume });
    });

  /** Runs the job when all promise jobs of this turn have run. */
  readonly afterTurn = (job: () => void): void => {
    this.jobs.push(job);
  };

  /**
   * Does the work on this clock, to the end.
   *
   * @throws what the work throws; an Error if it waits for something that this clock never brings
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const turns = new Turns();
    let isDone = false;
    const result = work().finally(() => {
      isDone = true;
    });
    // Whoever awaits `run` is told; until then nobody should call the failure unnoticed.
    result.catch(() => undefined);
    try {
      for (;;) {
        await turns.next();
        if (isDone) return await result;
        const jobs = this.jobs;
        this.jobs = [];
        for (const job of jobs) job();
        if (jobs.length > 0) continue;
        const first = this.waiting.shift();
        if (!first) {
          throw new Error(
            'The work should wait for this clock alone, but it goes on waiting when nobody is left to wake it. Let it sleep on the clock.',
          );
        }
        this.now = first.atMs;
        first.resume();
      }
    } finally {
      turns.close();
    }
  }
}

/** Turns of the event loop: the next begins when all promise jobs have run. */
class Turns {
  // A timer would do the same, but in a page it takes four ms.
  private readonly channel = new MessageChannel();

  next(): Promise<void> {
    const { port1, port2 } = this.channel;
    return new Promise((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  }

  close(): void {
    this.channel.port1.close();
  }
}
