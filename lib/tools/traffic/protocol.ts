/** Messages between a page and the worker that reads logs; it holds the one that was read last. */
import type { OutsideTraffic, TrafficDeclaration } from '@/lib/simulation/traffic';
import type { BadLine } from './log';
import type { Progress } from './read-log';
import type { Reading } from './reading';
import type { StretchChoice } from './stretch';

export type ToLogWorker =
  /** The first lines of a file. */
  | { readonly type: 'look'; readonly requestId: number; readonly file: Blob }
  /** The whole of it. */
  | {
      readonly type: 'read';
      readonly requestId: number;
      readonly file: Blob;
      readonly reading: Reading;
    }
  /** A stretch of the log that was read. */
  | {
      readonly type: 'cut';
      readonly requestId: number;
      readonly choice: StretchChoice;
      readonly rowsMax: number;
      readonly times: TrafficDeclaration['times'];
      readonly spread: boolean;
    };

/** What is told of a log that has been read. */
export interface LogSummary {
  readonly rows: number;
  readonly lines: number;
  readonly keys: number;
  /** Epoch ms; both 0 for a file without rows. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly badCount: number;
  readonly bad: readonly BadLine[];
  readonly outOfOrder: number;
  readonly isCut: boolean;
  readonly brokenOff: string | null;
  /** Whether all times are whole seconds. */
  readonly wholeSeconds: boolean;
}

export interface CutAnswer {
  readonly traffic: OutsideTraffic;
  readonly startMs: number;
}

export type FromLogWorker =
  | { readonly type: 'looked'; readonly requestId: number; readonly lines: readonly string[] }
  | { readonly type: 'progress'; readonly requestId: number; readonly progress: Progress }
  | { readonly type: 'read'; readonly requestId: number; readonly summary: LogSummary }
  /** Null if there is no row in the stretch. */
  | { readonly type: 'cut'; readonly requestId: number; readonly cut: CutAnswer | null }
  | { readonly type: 'failed'; readonly requestId: number; readonly message: string };
