/** Published and exact results that the checks hold the rules to. */
import type { Rule } from './variants';

/**
 * Mean writes and mean time until all have written, ms: the published simulator
 * (aws-samples/aws-arch-backoff-simulator, src/backoff_simulator.py, of the article "Exponential
 * Backoff And Jitter") run under Python 3 with the seed 20150304, 100 repetitions each; base 5 ms,
 * cap 2,000 ms, hops |N(10, 2)| ms.
 */
export const PUBLISHED: readonly {
  readonly clients: number;
  readonly calls: Readonly<Record<Rule, number>>;
  readonly finishMs: Readonly<Record<Rule, number>>;
}[] = [
  {
    clients: 10,
    calls: {
      'no-backoff': 50.35,
      exponential: 50.82,
      'equal-jitter': 42.41,
      'full-jitter': 39.17,
      'decorrelated-jitter': 37.55,
    },
    finishMs: {
      'no-backoff': 374.1,
      exponential: 3485.62,
      'equal-jitter': 723.59,
      'full-jitter': 462.59,
      'decorrelated-jitter': 442.75,
    },
  },
  {
    clients: 50,
    calls: {
      'no-backoff': 689.87,
      exponential: 623.94,
      'equal-jitter': 346.83,
      'full-jitter': 332.83,
      'decorrelated-jitter': 373.11,
    },
    finishMs: {
      'no-backoff': 1137.46,
      exponential: 36_605.76,
      'equal-jitter': 4310.64,
      'full-jitter': 2970.33,
      'decorrelated-jitter': 2227.5,
    },
  },
  {
    clients: 100,
    calls: {
      'no-backoff': 2427.64,
      exponential: 1864.37,
      'equal-jitter': 811.37,
      'full-jitter': 794.95,
      'decorrelated-jitter': 1000.5,
    },
    finishMs: {
      'no-backoff': 2025.58,
      exponential: 63_614.79,
      'equal-jitter': 6531.69,
      'full-jitter': 4815.05,
      'decorrelated-jitter': 4515.29,
    },
  },
];

/**
 * Clients in lockstep: every hop takes as long as any other and all wait alike. Each round lets one
 * of those that are left write, so that n clients need n rounds of four hops, with the waits between
 * them, and n + (n − 1) + … + 1 writes.
 */
export function lockstep({
  clients,
  hopMs,
  waitMs,
}: {
  readonly clients: number;
  readonly hopMs: number;
  readonly waitMs: (failures: number) => number;
}): { readonly calls: number; readonly finishMs: number } {
  let finishMs = 4 * hopMs * clients;
  for (let failures = 1; failures < clients; failures++) finishMs += waitMs(failures);
  return { calls: (clients * (clients + 1)) / 2, finishMs };
}
