/** A log in columns, and how it grows line by line. */
import { LineError, shortened } from './fields';
import type { ReadRow, RowReader } from './reading';

/** The most rows that are kept of a file; about 100 MB of columns. */
const LOG_ROWS_MAX = 5_000_000;
/** How many of the lines that could not be read are kept to be shown. */
export const BAD_LINES_SHOWN = 100;
/** A record over so many lines has a quotation mark that nobody closes. */
const RECORD_LINES_MAX = 20;
/** Characters; longer than any line of a log. */
const LINE_MAX = 1_000_000;

export interface BadLine {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

export interface Log {
  readonly rows: number;
  /** Epoch ms as logged, rising; the number of the row where the file has no times. */
  readonly atMs: Float64Array;
  /** How much earlier each request came; null where the log says when requests came. */
  readonly leadMs: Float32Array | null;
  /** Index into `keys`, which stand in the order in which they were met. */
  readonly key: Uint32Array;
  readonly keys: readonly string[];
  /** Lines of the file, those that could not be read included, empty ones not. */
  readonly lines: number;
  readonly badCount: number;
  /** The first of them. */
  readonly bad: readonly BadLine[];
  /** Rows that stood after a later one. */
  readonly outOfOrder: number;
  /** Whether the bound on rows ended the reading. */
  readonly isCut: boolean;
}

/** A record whose quotation mark is still open. */
interface OpenRecord {
  readonly lines: string[];
  /** Number of its first line. */
  readonly first: number;
}

/** Takes lines and makes a log of them. */
export class LogBuilder {
  private atMs = new Float64Array(1024);
  private key = new Uint32Array(1024);
  private leadMs: Float32Array | null = null;
  private rows = 0;
  private readonly keys: string[] = [];
  private readonly keyIds = new Map<string, number>();
  private lines = 0;
  private badCount = 0;
  private readonly bad: BadLine[] = [];
  private outOfOrder = 0;
  private latestMs = Number.NEGATIVE_INFINITY;
  private open: OpenRecord | null = null;
  private number = 0;
  private headerIsDue: boolean;

  constructor(
    private readonly read: RowReader,
    private readonly options: {
      readonly hasHeader: boolean;
      readonly hasTimes: boolean;
      /** Whether lines were written when the answer was sent. */
      readonly isLate?: boolean;
      readonly rowsMax?: number;
    },
  ) {
    this.headerIsDue = options.hasHeader;
    if (options.isLate) this.leadMs = new Float32Array(this.atMs.length);
  }

  /** False once the bound on rows has been reached. */
  add(line: string): boolean {
    this.number++;
    this.next(line, this.number);
    return this.rows < (this.options.rowsMax ?? LOG_ROWS_MAX);
  }

  finish(): Log {
    while (this.open)
      this.giveUp(new LineError('expected a closing quotation mark before the end of the file'));
    const isCut = this.rows >= (this.options.rowsMax ?? LOG_ROWS_MAX);
    const { atMs, key, leadMs } = this.inOrder();
    const { rows, keys, lines, badCount, bad, outOfOrder } = this;
    return { rows, atMs, leadMs, key, keys, lines, badCount, bad, outOfOrder, isCut };
  }

  get rowCount(): number {
    return this.rows;
  }

  private take(line: string, first: number): void {
    if (line.trim() === '') return;
    if (this.headerIsDue) {
      this.headerIsDue = false;
      return;
    }
    this.lines++;
    try {
      if (line.length > LINE_MAX)
        throw new LineError(`expected at most ${LINE_MAX} characters, got ${line.length}`);
      const row = this.read(line);
      if (row === null) this.open = { lines: [line], first };
      else this.keep(row);
    } catch (error) {
      this.refuse(first, error);
    }
  }

  private next(line: string, number: number): void {
    if (this.open) this.resume(this.open, line);
    else this.take(line, number);
  }

  /** Tries an open record again with its next line. */
  private resume(open: OpenRecord, line: string): void {
    open.lines.push(line);
    if (open.lines.length > RECORD_LINES_MAX) {
      this.giveUp(
        new LineError(`expected a closing quotation mark within ${RECORD_LINES_MAX} lines`),
      );
      return;
    }
    // Only a quotation mark can close it.
    if (!line.includes('"')) return;
    try {
      const row = this.read(open.lines.join('\n'));
      if (row === null) return;
      this.open = null;
      this.keep(row);
    } catch (error) {
      this.giveUp(error);
    }
  }

  /**
   * The first line of an open record is bad; those after it are read anew, each by itself: the mark
   * that was open may be an error of the first alone, and none of them is to go with it unseen.
   */
  private giveUp(error: unknown): void {
    const { open } = this;
    if (!open) return;
    this.open = null;
    this.refuse(open.first, error);
    for (const [index, line] of open.lines.slice(1).entries())
      this.next(line, open.first + 1 + index);
  }

  private keep({ loggedMs, atMs, key }: ReadRow): void {
    if (this.rows === this.atMs.length) this.grow();
    const at = this.options.hasTimes ? loggedMs : this.rows;
    if (at < this.latestMs) this.outOfOrder++;
    else this.latestMs = at;
    this.atMs[this.rows] = at;
    this.key[this.rows] = this.idOf(key);
    if (this.leadMs) this.leadMs[this.rows] = loggedMs - atMs;
    this.rows++;
  }

  private idOf(key: string): number {
    const known = this.keyIds.get(key);
    if (known !== undefined) return known;
    const id = this.keys.length;
    const own = copied(key);
    this.keys.push(own);
    this.keyIds.set(own, id);
    return id;
  }

  private refuse(line: number, error: unknown): void {
    if (!(error instanceof LineError)) throw error;
    this.badCount++;
    if (this.bad.length < BAD_LINES_SHOWN)
      this.bad.push({ line, reason: copied(shortened(error.message.slice(0, 400), 300)) });
  }

  private grow(): void {
    const atMs = new Float64Array(2 * this.atMs.length);
    const key = new Uint32Array(2 * this.key.length);
    atMs.set(this.atMs);
    key.set(this.key);
    if (this.leadMs) {
      const leadMs = new Float32Array(atMs.length);
      leadMs.set(this.leadMs);
      this.leadMs = leadMs;
    }
    this.atMs = atMs;
    this.key = key;
  }

  /** The columns in the order of time; rows of the same time keep theirs. */
  private inOrder(): Pick<Log, 'atMs' | 'key' | 'leadMs'> {
    const atMs = this.atMs.slice(0, this.rows);
    const key = this.key.slice(0, this.rows);
    const leadMs = this.leadMs?.slice(0, this.rows) ?? null;
    if (this.outOfOrder === 0) return { atMs, key, leadMs };
    const order = orderOf(atMs);
    return {
      leadMs: leadMs && Float32Array.from(order, (row) => leadMs[row] ?? 0),
      atMs: Float64Array.from(order, (row) => atMs[row] ?? 0),
      key: Uint32Array.from(order, (row) => key[row] ?? 0),
    };
  }
}

/** The places of rising values; equal ones stay in their order. */
export function orderOf(values: Float64Array): Uint32Array {
  return Uint32Array.from(values, (_, place) => place).sort(
    (a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b,
  );
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text of its own: one that was cut out of a chunk keeps the whole chunk in memory. */
function copied(text: string): string {
  return decoder.decode(encoder.encode(text));
}
