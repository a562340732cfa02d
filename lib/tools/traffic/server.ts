/** The side of the worker that reads logs, without the worker. */
import type { FromLogWorker, LogSummary, ToLogWorker } from './protocol';
import { firstLines, readLog, type WholeLog } from './read-log';
import type { Source } from './source';
import { cutOut, hasWholeSeconds, stretchOf } from './stretch';

/** Progress is told when so many more rows have been read. */
const PROGRESS_ROWS = 50_000;

export function createLogServer(
  post: (message: FromLogWorker, transfer: ArrayBuffer[]) => void,
): (message: ToLogWorker) => Promise<void> {
  let log: WholeLog | null = null;

  const answer = async (message: ToLogWorker): Promise<void> => {
    const { requestId } = message;
    switch (message.type) {
      case 'look': {
        const lines = await firstLines(sourceOf(message.file));
        post({ type: 'looked', requestId, lines }, []);
        return;
      }
      case 'read': {
        let told = 0;
        log = await readLog(sourceOf(message.file), message.reading, (progress) => {
          if (progress.rows < told + PROGRESS_ROWS) return;
          told = progress.rows;
          post({ type: 'progress', requestId, progress }, []);
        });
        post({ type: 'read', requestId, summary: summaryOf(log) }, []);
        return;
      }
      case 'cut': {
        if (!log)
          throw new Error('Expected a log that has been read, there is none. Read it first.');
        const stretch = stretchOf(log, message.choice, message.rowsMax);
        if (stretch.first === stretch.end) {
          post({ type: 'cut', requestId, cut: null }, []);
          return;
        }
        const cut = cutOut(log, stretch, message);
        const { atMs, key } = cut.traffic;
        post({ type: 'cut', requestId, cut }, [
          atMs.buffer as ArrayBuffer,
          key.buffer as ArrayBuffer,
        ]);
        return;
      }
      default:
        message satisfies never;
    }
  };

  return async (message) => {
    try {
      await answer(message);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      post({ type: 'failed', requestId: message.requestId, message: text }, []);
    }
  };
}

function sourceOf(file: Blob): Source {
  return { sizeBytes: file.size, stream: () => file.stream() as ReturnType<Source['stream']> };
}

function summaryOf(log: WholeLog): LogSummary {
  const { rows, lines, keys, atMs, badCount, bad, outOfOrder, isCut, brokenOff } = log;
  return {
    ...{ rows, lines, badCount, bad, outOfOrder, isCut, brokenOff },
    keys: keys.length,
    firstMs: atMs[0] ?? 0,
    lastMs: atMs[rows - 1] ?? 0,
    wholeSeconds: hasWholeSeconds(log),
  };
}
