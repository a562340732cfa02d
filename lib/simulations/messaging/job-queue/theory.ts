/** Closed forms that the checks compare runs with. They live in a file of their own to be tested alone. */
import { exp } from '../../../kernel/math';

/** One priority of a queue: arrivals per ms, and the mean and second moment of its work in ms. */
interface PriorityClass {
  readonly ratePerMs: number;
  readonly meanMs: number;
  readonly meanSquareMs2: number;
}

/** Exponential work. */
export const exponentialClass = (ratePerMs: number, meanMs: number): PriorityClass => ({
  ratePerMs,
  meanMs,
  meanSquareMs2: 2 * meanMs * meanMs,
});

/** Erlang C: probability that an arrival has to wait, for offered < workers; Erlang 1917. */
export function erlangC(workers: number, offered: number): number {
  let blocking = 1;
  for (let c = 1; c <= workers; c++) blocking = (offered * blocking) / (c + offered * blocking);
  return (workers * blocking) / (workers - offered * (1 - blocking));
}

/**
 * Mean waits under non-preemptive priorities, most urgent first, ms, which A. Cobham published in 1954
 * (Operations Research 2(1)). Who comes waits R for a worker, then for all of its own class and above
 * who wait already, and then for those above who come meanwhile. By Little's law, with ρ for the load
 * of a class and σ for that of it and all above:
 *
 *     Wₖ = R + Σᵢ≤ₖ ρᵢ Wᵢ + σₖ₋₁ Wₖ,  hence  Wₖ = R / ((1 − σₖ₋₁) (1 − σₖ)).
 *
 * One worker may have any distribution of work: R is then half of Σ λ E[S²], the rest of the job in
 * progress. Several need the same exponential work in all classes: R is then the chance that all are
 * busy, by Erlang C, times the mean time until one of them is free. Without steady state (load ≥ 1) a
 * class waits for ever: Infinity.
 */
export function cobham(classes: readonly PriorityClass[], workers = 1): number[] {
  const offered = classes.reduce((sum, { ratePerMs, meanMs }) => sum + ratePerMs * meanMs, 0);
  const meanMs = offered / classes.reduce((sum, { ratePerMs }) => sum + ratePerMs, 0);
  // How long who comes waits for the first worker to be free, were nobody ahead.
  const residualMs =
    workers === 1
      ? classes.reduce((sum, { ratePerMs, meanSquareMs2 }) => sum + ratePerMs * meanSquareMs2, 0) /
        2
      : (erlangC(workers, offered) * meanMs) / workers;
  let above = 0;
  return classes.map(({ ratePerMs, meanMs: ownMs }) => {
    const here = above + (ratePerMs * ownMs) / workers;
    const waitMs = here < 1 ? residualMs / ((1 - above) * (1 - here)) : Number.POSITIVE_INFINITY;
    above = here;
    return waitMs;
  });
}

/**
 * Mean wait in M/M/1 when the shortest job is first, in units of its mean work, for a load below 1. It
 * is Cobham's formula with a class for each work x, as T. E. Phipps published it in 1956 (Operations
 * Research 4(1)): R = 𝜌, and what is shorter than x is a load of 𝜌 ∫₀ˣ y e⁻ʸ dy = 𝜌(1 − (1 + x)e⁻ˣ). So
 * the wait is 𝜌 / (1 − 𝜌(1 − (1 + x)e⁻ˣ))², weighted with e⁻ˣ over all x, by the midpoint rule.
 */
export function phipps(load: number): number {
  const step = 0.005;
  let sum = 0;
  for (let x = step / 2; x < 40; x += step) {
    const shorter = load * (1 - (1 + x) * exp(-x));
    sum += (load / ((1 - shorter) * (1 - shorter))) * exp(-x) * step;
  }
  return sum;
}
