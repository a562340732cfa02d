/** Which jobs come when, of which priority, and how much work each is. */
import { exponentialQuantile } from '../../../kernel/distributions';
import type { RandomStream } from '../../../kernel/random';
import type { Values } from '../../../simulation/parameters';
import { poissonTimes, type Row, type Workload, workloadOf } from '../../../simulation/workload';
import { BATCH_AT_MS, type parameters as declared } from './parameters';
import { CLASSES } from './views';

const BULK = CLASSES.length - 1;

/** A row is a job: its key the class, its size the work in ms. */
export function jobsOf({
  parameters,
  random,
  untilMs,
}: {
  readonly parameters: Values<typeof declared>;
  readonly random: (stream: string) => RandomStream;
  readonly untilMs: number;
}): Workload {
  const { jobsPerSecond, urgentPercent, bulkPercent, workMs, bulkWorkMs, batch, spreadMs } =
    parameters;
  const classes = random('class');
  const work = random('work');
  const classAt = (percent: number): number => {
    if (percent < urgentPercent) return 0;
    return percent < 100 - bulkPercent ? 1 : BULK;
  };
  const steady = poissonTimes(random('arrivals'), { ratePerSecond: jobsPerSecond, untilMs }).map(
    (atMs): Row => {
      const key = classAt(classes.next() * 100);
      const meanMs = key === BULK ? bulkWorkMs : workMs;
      return { atMs, key, size: exponentialQuantile(work.next(), meanMs) };
    },
  );
  const batchWork = random('batch');
  const scheduled = Array.from(
    { length: batch },
    (_, i): Row => ({
      atMs: BATCH_AT_MS + (i * spreadMs) / Math.max(1, batch),
      key: BULK,
      size: exponentialQuantile(batchWork.next(), bulkWorkMs),
    }),
  );
  return workloadOf(
    [...steady, ...scheduled],
    CLASSES.map(({ id }) => id),
  );
}

/** How many workers the jobs keep busy if each is done once. */
export function offeredOf({
  jobsPerSecond,
  bulkPercent,
  workMs,
  bulkWorkMs,
}: Values<typeof declared>): number {
  const meanMs = workMs + ((bulkWorkMs - workMs) * bulkPercent) / 100;
  return (jobsPerSecond * meanMs) / 1000;
}
