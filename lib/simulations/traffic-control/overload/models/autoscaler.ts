/** The rule of the Kubernetes Horizontal Pod Autoscaler, for scaling up by utilisation. */

export interface Load {
  /** Instances that take requests, a whole number from 1. */
  readonly ready: number;
  /** Instances that have been ordered and have not started yet. */
  readonly starting: number;
  /** Mean share of the ready ones' workers that were busy since the last look, 0 to 1. */
  readonly utilisation: number;
}

/** Ratios this near to 1 change nothing (flag --horizontal-pod-autoscaler-tolerance, default 0.1). */
const TOLERANCE = 0.1;

// #region rule
/** How many instances there should be, those that are starting included; never fewer than there are. */
export function desiredInstances(
  { ready, starting, utilisation }: Load,
  { target, most }: { readonly target: number; readonly most: number },
): number {
  const ratio = utilisation / target; // (1)
  const present = ready + starting;
  if (ratio <= 1 + TOLERANCE) return present;
  return Math.min(most, Math.max(present, Math.ceil(ready * ratio))); // (2)
}
// #endregion
