/** The cores of the database: first come, first served. */
import type { Simulator } from '../../../kernel/simulator';

export class Cores {
  busy = 0;
  /** Statements that wait for a core. */
  private readonly line: { readonly workMs: number; readonly onDone: () => void }[] = [];
  private first = 0;

  constructor(
    private readonly simulator: Simulator,
    private readonly count: number,
    private readonly onChange: () => void,
  ) {}

  get waiting(): number {
    return this.line.length - this.first;
  }

  work(workMs: number, onDone: () => void): void {
    if (this.busy < this.count) this.begin(workMs, onDone);
    else this.line.push({ workMs, onDone });
  }

  private begin(workMs: number, onDone: () => void): void {
    this.busy++;
    this.onChange();
    this.simulator.after(workMs, () => {
      this.busy--;
      const next = this.line[this.first];
      if (next) {
        this.first++;
        // What has been served is let go of now and then, and not with each statement.
        if (this.first > 1000) {
          this.line.splice(0, this.first);
          this.first = 0;
        }
        this.begin(next.workMs, next.onDone);
      } else this.onChange();
      onDone();
    });
  }
}
