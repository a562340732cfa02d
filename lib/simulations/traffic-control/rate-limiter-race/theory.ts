/** Closed forms that the limiters are held to under Poisson arrivals. */
import { exp } from '../../../kernel/math';

/**
 * Share of requests that a bucket of `burst` refuses, in (0, 1), when they arrive as a Poisson
 * process at `load` times the rate of the bucket.
 *
 * A request is admitted while at most `burst − 1` are unfinished work ahead of it, each of which
 * takes 1/rate to leak: the queue M/D/1 with room for `burst`, whose loss this is.
 *
 * With room without end, who leaves sees n behind with the Pollaczek–Khinchine generating function
 * (1 − ρ)(1 − z) / (1 − z e^ρ(1−z)). Divided by 1 − z and expanded in powers of z e^ρ(1−z), it gives
 * at most n behind the probability (1 − ρ) bₙ, with bₙ = Σₖ (−ρ(n − k))ᵏ / k! × e^ρ(n−k). A limit to
 * the room cuts this off at burst − 1 and changes no proportion below, so who leaves sees nobody with
 * probability 1 / b, b for the last of them. Who is let in sees the same, so that the bucket is empty
 * for a share (1 − loss) / b of the time; and what is let in is what leaks: ρ (1 − loss) =
 * 1 − (1 − loss) / b. Hence loss = 1 − b / (1 + ρ b), for any load. (O. Brun and J.-M. Garcia
 * published it in 2000, Journal of Applied Probability 37(4).) The sum alternates in sign; doubles
 * carry it to a burst of about 20.
 */
export function bucketLoss({ burst, load }: { readonly burst: number; readonly load: number }) {
  let sum = 0;
  for (let k = 0; k < burst; k++) {
    // Term k: (−load × (burst − 1 − k))^k / k! × e^(load × (burst − 1 − k)).
    const x = load * (burst - 1 - k);
    let term = exp(x);
    for (let i = 1; i <= k; i++) term *= -x / i;
    sum += term;
  }
  return 1 - sum / (1 + load * sum);
}

/**
 * Mean and variance of what a fixed window admits in one window: min(N, limit), where N, the number
 * that comes, has a Poisson distribution with mean `offered`.
 */
export function admittedPerWindow({
  limit,
  offered,
}: {
  readonly limit: number;
  readonly offered: number;
}): { readonly mean: number; readonly variance: number } {
  let probability = exp(-offered);
  let below = 0;
  let mean = 0;
  let square = 0;
  for (let n = 0; n < limit; n++) {
    below += probability;
    mean += n * probability;
    square += n * n * probability;
    probability *= offered / (n + 1);
  }
  mean += limit * (1 - below);
  square += limit * limit * (1 - below);
  return { mean, variance: square - mean * mean };
}
