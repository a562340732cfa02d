/** Closed forms that the checks hold queues and runs to. */
import { exp } from '../../../kernel/math';

interface Station {
  /** Workers, a whole number from 1. */
  readonly workers: number;
  /** Arrivals per second times mean service time in seconds, in erlangs, above 0. */
  readonly offered: number;
}

/** Weights of 0 … workers − 1 requests present, up to a common factor: offeredⁿ / n!. */
function weightsBelow({ workers, offered }: Station): number[] {
  const weights = [1];
  for (let n = 1; n < workers; n++) weights.push(((weights[n - 1] ?? 0) * offered) / n);
  return weights;
}

/** Mean wait in mean service times of M/M/c, by Erlang’s delay formula; offered < workers. */
export function meanWait({ workers, offered }: Station): number {
  const below = weightsBelow({ workers, offered });
  const all = ((below.at(-1) ?? 0) * offered) / workers;
  const waits = (all * workers) / (workers - offered);
  const share = waits / (below.reduce((sum, weight) => sum + weight, 0) + waits);
  return share / (workers - offered);
}

/**
 * M/M/c with room for a limited queue, in which low priority is let in only while fewer than
 * `lowRoom` wait (trunk reservation): the shares of high and low that are turned away, and the mean
 * number that wait. A birth–death chain: as often up as down between two neighbours, so each state
 * weighs as the one below it times the arrivals that are let in there over the services here.
 */
export function reservedRoom({
  workers,
  offered,
  lowShare,
  lowRoom,
  queueLimit,
}: Station & {
  /** Part of the arrivals that is of low priority, 0 to 1. */
  readonly lowShare: number;
  readonly lowRoom: number;
  readonly queueLimit: number;
}): { readonly lossHigh: number; readonly lossLow: number; readonly meanWaiting: number } {
  let weight = 1;
  let sum = 1;
  let waiting = 0;
  let noLow = 0;
  for (let n = 1; n <= workers + queueLimit; n++) {
    const isLowIn = n - 1 < workers + lowRoom;
    weight *= (offered * (isLowIn ? 1 : 1 - lowShare)) / Math.min(n, workers);
    sum += weight;
    waiting += Math.max(0, n - workers) * weight;
    if (n >= workers + lowRoom || n === workers + queueLimit) noLow += weight;
  }
  return { lossHigh: weight / sum, lossLow: noLow / sum, meanWaiting: waiting / sum };
}

/**
 * M/M/c with a deadline: the share of requests whose wait would be longer than `patience` mean
 * service times, and that are therefore never begun, as D. Y. Barrer found it in 1957 (Operations
 * Research 5(5)). Any load; not offered = workers.
 *
 * The wait that an arrival would meet falls by itself, and leaps up by an exponential time of mean
 * 1/(cμ) whenever somebody joins who finds all c busy. It passes a level v as often down as up, so its
 * density is f(v) = λ p(c − 1) e^(−cμ v) + λ ∫ f(u) e^(−cμ (v − u)) du, u up to v and to the deadline.
 */
export function lossByDeadline({
  workers,
  offered,
  patience,
}: Station & { readonly patience: number }): number {
  const below = weightsBelow({ workers, offered });
  // Differentiated: f' = (λ − cμ) f up to the deadline, hence λ p(c − 1) e^((λ − cμ) v); beyond it
  // nobody joins, and f' = −cμ f. The mean service time is 1.
  const factor = offered * (below.at(-1) ?? 0);
  const decay = exp((offered - workers) * patience);
  const within = (factor * (1 - decay)) / (workers - offered);
  const beyond = (factor * decay) / workers;
  return beyond / (below.reduce((sum, weight) => sum + weight, 0) + within + beyond);
}
