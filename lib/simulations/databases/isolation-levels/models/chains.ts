/** The rows of a table, each as the chain of its versions, oldest first. */
import type { Row, Version } from './database';

export class Chains {
  private readonly chains = new Map<number, Version[]>();
  private written = 0;

  constructor(rows: readonly Row[]) {
    for (const { id, value } of rows) this.write({ id, value, by: 0, isNew: true });
  }

  write(version: Omit<Version, 'serial'>): Version {
    const made = { ...version, serial: ++this.written };
    const chain = this.chains.get(version.id);
    if (chain) chain.push(made);
    else this.chains.set(version.id, [made]);
    return made;
  }

  /** Versions of one row, oldest first. */
  of(id: number): readonly Version[] {
    return this.chains.get(id) ?? [];
  }

  latest(id: number): Version | undefined {
    return this.of(id).at(-1);
  }

  /** What became of a version; undefined while it is the latest. */
  after({ id, serial }: Version): Version | undefined {
    return this.of(id).find((version) => version.serial > serial);
  }

  /** All versions in the order in which they were written, as they lie in the heap. */
  all(): readonly Version[] {
    return [...this.chains.values()].flat().sort((a, b) => a.serial - b.serial);
  }

  ids(): readonly number[] {
    return [...this.chains.keys()].sort((a, b) => a - b);
  }

  /** Takes back what a transaction has written. */
  undo(by: number): void {
    for (const [id, chain] of this.chains) {
      this.chains.set(
        id,
        chain.filter((version) => version.by !== by),
      );
    }
  }
}
