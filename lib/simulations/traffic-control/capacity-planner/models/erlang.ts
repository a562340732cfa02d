/** Erlang's formulas of 1917 for several servers with one queue: arrivals at random, exponential work. */
import type { Maths } from './sizing';

/** A station of so many servers under a load of so many erlangs. */
export interface Station {
  readonly servers: number;
  readonly offered: number;
}

// #region formulas
/** Erlang B: the share of calls lost where nobody can wait. */
export function lossProbability({ servers, offered }: Station): number {
  let loss = 1;
  for (let n = 1; n <= servers; n++) loss = (offered * loss) / (n + offered * loss); // (1)
  return loss;
}

/** Erlang C: the share of requests that have to wait; 1 where the load is all that the servers can do. */
export function delayProbability({ servers, offered }: Station): number {
  if (offered >= servers) return 1;
  const loss = lossProbability({ servers, offered });
  return (servers * loss) / (servers - offered * (1 - loss)); // (2)
}

/** The share of requests that wait longer than `times` mean service times. */
export function waitsBeyond(station: Station, times: number, { exp }: Maths): number {
  const { servers, offered } = station;
  return offered >= servers ? 1 : delayProbability(station) * exp(-(servers - offered) * times); // (3)
}
// #endregion

/** Mean wait in mean service times; Infinity where the load is all that the servers can do. */
export function meanWait(station: Station): number {
  const { servers, offered } = station;
  return offered >= servers
    ? Number.POSITIVE_INFINITY
    : delayProbability(station) / (servers - offered);
}
