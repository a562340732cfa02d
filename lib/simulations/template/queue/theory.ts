/** Closed forms that the checks compare runs with. They live in a file of their own to be tested alone. */

interface Load {
  /** Number of servers c, from 1. */
  readonly servers: number;
  /** Arrival rate × mean service time, in erlangs: how many servers are busy if nobody is refused. */
  readonly offered: number;
}

/** Erlang B: probability that all servers are busy when nobody may wait; Erlang 1917. */
export function erlangB({ servers, offered }: Load): number {
  let blocking = 1;
  for (let c = 1; c <= servers; c++) blocking = (offered * blocking) / (c + offered * blocking);
  return blocking;
}

/** Erlang C: probability that an arrival has to wait, for offered < servers; Erlang 1917. */
export function erlangC({ servers, offered }: Load): number {
  const blocking = erlangB({ servers, offered });
  return (servers * blocking) / (servers - offered * (1 - blocking));
}

/** Mean wait in M/M/c, in the unit of the mean service time, which is 1; offered < servers. */
export function meanWait({ servers, offered }: Load): number {
  return erlangC({ servers, offered }) / (servers - offered);
}

/** Probability that an arrival finds M/M/1/K full, K ≥ 1 counting the one in service. */
export function lossWithRoom({
  offered,
  room,
}: {
  readonly offered: number;
  readonly room: number;
}) {
  let weight = 1;
  let sum = 1;
  for (let k = 1; k <= room; k++) {
    weight *= offered;
    sum += weight;
  }
  return weight / sum;
}
