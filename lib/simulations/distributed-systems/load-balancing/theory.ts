/** Closed forms and exact chains that the checks hold strategies to. The mean service time is 1. */
import { exp, log } from '../../../kernel/math';

/** Mean time in M/M/1 at a load below 1. */
export const meanTimeRandom = (load: number): number => 1 / (1 - load);

/**
 * Mean time in M/G/1, by Pollaczek and Khinchine.
 *
 * @param squaredCv variance of the service time over its squared mean
 */
export const meanTimeMG1 = (load: number, squaredCv: number): number =>
  1 + (load * (1 + squaredCv)) / (2 * (1 - load));

/**
 * Mean time in E_n/M/1: round robin gives each of n instances every n-th request of a Poisson stream,
 * so that its gaps are sums of n exponentials. An arrival of G/M/1 finds k present with probability
 * (1 − s) sᵏ: for k ≥ 1 the one before it found k − 1 + i, joined them, and i have left since, so that
 * s = Σᵢ sⁱ P(i services fit into a gap) = A*(1 − s), with A* the Laplace transform of the gaps at a
 * service rate of 1. The root below 1 is meant.
 */
export function meanTimeRoundRobin(load: number, instances: number): number {
  const rate = load * instances;
  let found = load;
  // A fixed-point iteration from above 0 falls or rises to the root monotonically.
  for (let i = 0; i < 10_000; i++) {
    const next = exp(instances * log(rate / (rate + 1 - found)));
    if (Math.abs(next - found) < 1e-14) break;
    found = next;
  }
  return 1 / (1 - found);
}

/**
 * Mean time where each request joins the shortest of d queues, with infinitely many of them: the sum
 * of load^((dⁱ − d) / (d − 1)) over i ≥ 1. Of the queues a share sᵢ holds at least i. A request makes
 * one of them the i-th longer if all d that it looks at hold at least i − 1 and not all i, so that in
 * balance load (sᵢ₋₁ᵈ − sᵢᵈ) = sᵢ − sᵢ₊₁, hence sᵢ = load sᵢ₋₁ᵈ; the mean number Σ sᵢ over the load is
 * the mean time. As in M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE
 * TPDS 12(10), 2001, and N. Vvedenskaya, R. Dobrushin, F. Karpelevich, 1996.
 */
export function meanTimeOfChoices(load: number, choices: number): number {
  if (choices === 1) return meanTimeRandom(load);
  let exponent = 0;
  let sum = 0;
  for (let term = 1; term > 1e-16; exponent = choices * exponent + choices) {
    term = exp(exponent * log(load));
    sum += term;
  }
  return sum;
}

/** Mean time in M/M/c, one line for all instances, by Erlang: no strategy can do better. */
export function meanTimePooled(load: number, instances: number): number {
  const offered = load * instances;
  // Erlang's loss, by its recursion over the number of servers.
  let loss = 1;
  for (let n = 1; n <= instances; n++) loss = (offered * loss) / (n + offered * loss);
  const waits = loss / (1 - load * (1 - loss));
  return 1 + waits / (instances - offered);
}

/**
 * Mean time where each request joins the shorter of two queues: the chain of both lengths, cut off
 * at 25 each (beyond lies less than 10⁻¹² at a load of 0.5), followed until it stands still.
 */
export function meanTimeShorterOfTwo(load: number): number {
  const most = 25;
  const size = most + 1;
  let chain = new Float64Array(size * size);
  chain[0] = 1;
  // Uniformised: a step is an arrival with probability `arrives`, or an end of service at either.
  const total = 2 * load + 2;
  const [arrives, ends] = [(2 * load) / total, 1 / total];
  for (let step = 0; step < 20_000; step++) {
    const next = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const weight = chain[a * size + b] ?? 0;
        if (weight === 0) continue;
        const add = (x: number, y: number, share: number): void => {
          const place = Math.min(x, most) * size + Math.min(y, most);
          next[place] = (next[place] ?? 0) + weight * share;
        };
        if (a < b) add(a + 1, b, arrives);
        else if (b < a) add(a, b + 1, arrives);
        else {
          add(a + 1, b, arrives / 2);
          add(a, b + 1, arrives / 2);
        }
        add(Math.max(0, a - 1), b, ends);
        add(a, Math.max(0, b - 1), ends);
      }
    }
    let moved = 0;
    for (let i = 0; i < next.length; i++) moved += Math.abs((next[i] ?? 0) - (chain[i] ?? 0));
    chain = next;
    if (moved < 1e-11) break;
  }
  let present = 0;
  for (let a = 0; a < size; a++)
    for (let b = 0; b < size; b++) present += (a + b) * (chain[a * size + b] ?? 0);
  return present / (2 * load);
}

interface Locked {
  readonly instances: number;
  /** Work of a request outside the lock, and under it, in the same unit of time. */
  readonly work: number;
  readonly lock: number;
  /** How much longer the lock is held for each other instance. */
  readonly tell: number;
}

/**
 * Requests per unit of time of instances that are never idle, each in turn working and holding the
 * one lock, both exponentially distributed: the machine repairman (M/M/1//N).
 */
export function throughputLocked({ instances, work, lock, tell }: Locked): number {
  const held = lock + tell * (instances - 1);
  if (held === 0) return instances / work;
  let weight = 1;
  let sum = 1;
  for (let k = 1; k <= instances; k++) {
    weight *= ((instances - k + 1) * held) / work;
    sum += weight;
  }
  return (1 - 1 / sum) / held;
}

/**
 * The same by the Universal Scalability Law, with σ = lock / (work + lock) and κ = tell / (work +
 * lock). It is what is left if all instances come to the lock at once, the worst case: N. Gunther,
 * "A General Theory of Computational Scalability Based on Rational Functions", arXiv:0808.1431.
 */
export function throughputByLaw({ instances: n, work, lock, tell }: Locked): number {
  const [sigma, kappa] = [lock / (work + lock), tell / (work + lock)];
  return n / (work + lock) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}
