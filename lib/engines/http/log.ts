import type { Candidate, Decision, Route } from './types';

/** What is decided about one request, written down by whoever decides. */
export class Log {
  /** The route that takes the request, once the router has found one. */
  route: Route | null = null;
  readonly #decisions: Decision[] = [];
  #depth = 0;

  get decisions(): readonly Decision[] {
    return this.#decisions;
  }

  passed(by: string, says: string, candidates?: readonly Candidate[]): void {
    this.#add({ by, says, verdict: 'passed', depth: this.#depth, candidates });
  }

  refused(by: string, says: string, candidates?: readonly Candidate[]): void {
    this.#add({ by, says, verdict: 'refused', depth: this.#depth, candidates });
  }

  noted(by: string, says: string): void {
    this.#add({ by, says, verdict: 'noted', depth: this.#depth });
  }

  /** What is decided meanwhile stands one layer further in. */
  async within(inner: () => Promise<void>): Promise<void> {
    this.#depth += 1;
    try {
      await inner();
    } finally {
      this.#depth -= 1;
    }
  }

  #add({ candidates, ...decision }: Decision): void {
    this.#decisions.push(candidates ? { ...decision, candidates } : decision);
  }
}
