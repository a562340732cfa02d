/**
 * What a simulator knows of processes. Apart from them, so that a simulation without processes does
 * not carry their program into the page.
 */
import type { Handler } from './event-queue';
import type { Process } from './process';

/** The processes of a simulator that have not ended. */
export class ProcessTable {
  /** The process whose body is being executed, or null within a callback. */
  current: Process<unknown> | null = null;
  /** How many processes have been started. */
  started = 0;
  /** The one handler of all processes' events, so that none of them needs a closure. */
  readonly resume: Handler = (index) => {
    this.table[index]?.resume();
  };

  private readonly table: (Process<unknown> | null)[] = [];
  private readonly freeIndices: number[] = [];

  add(process: Process<unknown>): number {
    this.started += 1;
    const index = this.freeIndices.pop() ?? this.table.length;
    this.table[index] = process;
    return index;
  }

  remove(index: number): void {
    this.table[index] = null;
    this.freeIndices.push(index);
  }
}
