/** The requests of a run: who sends when, drawn before any limiter has seen one. */
import type { RandomStream } from '../../../kernel/random';
import type { Values } from '../../../simulation/parameters';
import {
  evenTimes,
  poissonTimes,
  type Row,
  type Workload,
  workloadOf,
} from '../../../simulation/workload';
import type { parameters } from './parameters';

type Settings = Values<typeof parameters>;

/** Senders by key: the first follows the pattern, the second is the well-behaved one. */
export const CLIENT = 'client';
export const QUIET = 'quiet';
const KEYS = [CLIENT, QUIET];

/** The workload: rows are requests at the moment they are sent, `latencyMs` before they arrive. */
export function drawArrivals({
  parameters: settings,
  random,
  untilMs,
}: {
  readonly parameters: Settings;
  readonly random: (stream: string) => RandomStream;
  readonly untilMs: number;
}): Workload {
  // At random, not evenly: a rhythm of its own could fall in step with that of the limiter.
  const quiet = poissonTimes(random('second client'), {
    ratePerSecond: settings.quietPerSecond,
    untilMs,
  });
  const onGrid = settings.clock === 'whole-ms' ? Math.round : (atMs: number) => atMs;
  const rows: Row[] = [
    ...clientTimes(settings, random, untilMs).map((atMs) => ({ atMs: onGrid(atMs), key: 0 })),
    ...quiet.map((atMs) => ({ atMs: onGrid(atMs), key: 1 })),
  ];
  return workloadOf(rows, KEYS);
}

function clientTimes(
  settings: Settings,
  random: (stream: string) => RandomStream,
  untilMs: number,
): number[] {
  const { pattern, offeredPerSecond: ratePerSecond } = settings;
  switch (pattern) {
    case 'steady':
      return evenTimes({ ratePerSecond, untilMs });
    case 'poisson':
      return poissonTimes(random('arrivals'), { ratePerSecond, untilMs });
    case 'on-off':
      return onOffTimes(settings, untilMs);
    case 'boundary':
      return boundaryTimes(settings, untilMs);
    default:
      return pattern satisfies never;
  }
}

function onOffTimes({ onMs, offMs, offeredPerSecond }: Settings, untilMs: number): number[] {
  const times: number[] = [];
  for (let startMs = 0; startMs < untilMs; startMs += onMs + offMs) {
    const endMs = Math.min(startMs + onMs, untilMs);
    times.push(...evenTimes({ ratePerSecond: offeredPerSecond, startMs, untilMs: endMs }));
  }
  return times;
}

/**
 * Two volleys around every second boundary, sent early by the latency so that they arrive on time.
 * Only every second one: the volley after a boundary uses up the window in which the next would be
 * prepared. One volley arrives up to 1 ms before the boundary, the other from the boundary on.
 */
function boundaryTimes(settings: Settings, untilMs: number): number[] {
  const { windowMs, volley, beforeMs, afterMs, latencyMs } = settings;
  const times: number[] = [];
  // So long before its boundary the first of its requests may set out, which can be windows before.
  const leadMs = 1 + beforeMs + latencyMs;
  for (let boundaryMs = windowMs; boundaryMs < untilMs + leadMs; boundaryMs += 2 * windowMs) {
    for (let i = 0; i < volley; i++) {
      times.push(boundaryMs - 1 - (i * beforeMs) / volley, boundaryMs + (i * afterMs) / volley);
    }
  }
  return times
    .map((arrivesAtMs) => arrivesAtMs - latencyMs)
    .filter((atMs) => atMs >= 0 && atMs < untilMs);
}
