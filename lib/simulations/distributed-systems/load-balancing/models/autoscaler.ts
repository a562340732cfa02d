/** The rule of the Kubernetes Horizontal Pod Autoscaler for a target utilisation. */

export interface Load {
  /** Instances that take requests, a whole number from 1. */
  readonly ready: number;
  /** Instances that have been ordered and have not started yet, from 0. */
  readonly starting: number;
  /** Mean share of the ready ones' time that was busy since the last look, 0 to 1. */
  readonly utilisation: number;
}

export interface AutoscalerOptions {
  /** Utilisation that is aimed at, above 0, at most 1. */
  readonly target: number;
  readonly least: number;
  readonly most: number;
  /** Instances are taken away only when none of the looks within so long wanted as many, ms. */
  readonly stabiliseMs: number;
}

/** Ratios this near to 1 change nothing (flag --horizontal-pod-autoscaler-tolerance, default 0.1). */
const TOLERANCE = 0.1;

// #region rule
/** How many instances this load asks for, before bounds and stabilisation. */
export function desiredInstances({ ready, starting, utilisation }: Load, target: number): number {
  const ratio = utilisation / target;
  const present = ready + starting;
  if (Math.abs(ratio - 1) <= TOLERANCE) return present; // (1)
  const desired = Math.ceil(ready * ratio); // (2)
  return ratio > 1 ? Math.max(present, desired) : desired; // (3)
}
// #endregion

/** Looks at the load again and again, and says how many instances there should be. */
export function autoscaler(options: AutoscalerOptions): (load: Load, nowMs: number) => number {
  let looks: { readonly atMs: number; readonly desired: number }[] = [];

  return (load, nowMs) => {
    const { target, least, most, stabiliseMs } = options;
    const wanted = desiredInstances(load, target);
    const desired = Math.min(most, Math.max(least, wanted));
    looks = [...looks.filter(({ atMs }) => atMs > nowMs - stabiliseMs), { atMs: nowMs, desired }];
    const present = load.ready + load.starting;
    // Up at once; down only to the highest of the recent answers, and never up by an old one.
    const highest = Math.max(...looks.map((look) => look.desired));
    return desired >= present ? desired : Math.min(present, highest);
  };
}
