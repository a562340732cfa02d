/** What happens to the list while it is read: drawn before the run, the same for every variant. */
import type { RandomStream } from '../../../kernel/random';
import type { Values } from '../../../simulation/parameters';
import { poissonTimes, type Row, type Workload, workloadOf } from '../../../simulation/workload';
import type { parameters } from './parameters';

const KINDS = ['insert', 'delete', 'update'] as const;
type ChangeKind = (typeof KINDS)[number];

export function drawChanges({
  parameters: { insertsPerSecond, deletesPerSecond, updatesPerSecond },
  random,
  untilMs,
}: {
  readonly parameters: Values<typeof parameters>;
  readonly random: (stream: string) => RandomStream;
  readonly untilMs: number;
}): Workload {
  const rates = { insert: insertsPerSecond, delete: deletesPerSecond, update: updatesPerSecond };
  const rows = KINDS.flatMap((kind, key) => {
    const which = random(`which to ${kind}`);
    const times = poissonTimes(random(kind), { ratePerSecond: rates[kind], untilMs });
    return times.map((atMs): Row => ({ atMs, key, draw: which.next() }));
  });
  return workloadOf(rows, KINDS);
}

export const kindOf = ({ key, keys }: Workload, row: number): ChangeKind =>
  keys[key[row] ?? 0] as ChangeKind;
