/**
 * The page that computes in a browser what `determinism.spec.ts` computes in Node. It needs no driver:
 * any browser that opens it sends its report to the server that it came from.
 */
import { engineOf } from '../components/figure/engine';
import { MATH_HASH, mathHash, mathVectorFailures } from '../lib/kernel/math.vectors';
import { hashRecording } from '../lib/kernel/recording';
import type { RunRequest } from '../lib/simulation/protocol';

/** One run of a scenario that the page is asked for. */
export interface Job {
  readonly name: string;
  /** Address of the simulation's script. */
  readonly bundle: string;
  readonly request: RunRequest;
}

export type Report =
  | {
      readonly kind: 'done';
      readonly userAgent: string;
      /** Job name → the hashes of its recordings, one for each variant. */
      readonly hashes: Readonly<Record<string, readonly string[]>>;
      readonly mathFailures: readonly string[];
      readonly isMathHashSame: boolean;
    }
  | { readonly kind: 'failed'; readonly message: string };

async function compute(): Promise<Report> {
  const jobs = (await (await fetch('/jobs')).json()) as readonly Job[];
  const hashes: Record<string, readonly string[]> = {};
  for (const { name, bundle, request } of jobs) {
    const { race } = await engineOf(bundle).run(request, { tasks: [], predictions: [] });
    hashes[name] = race.runs.map((run) => hashRecording(run.recording));
  }
  return {
    kind: 'done',
    userAgent: navigator.userAgent,
    hashes,
    mathFailures: mathVectorFailures(),
    isMathHashSame: mathHash() === MATH_HASH,
  };
}

compute()
  .catch((error): Report => ({ kind: 'failed', message: String(error) }))
  .then((report) => fetch('/report', { method: 'POST', body: JSON.stringify(report) }));
