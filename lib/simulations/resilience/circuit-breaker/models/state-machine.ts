import type { BreakerOptions, BreakerState, CallResult, CircuitBreaker, Tally } from './breaker';

/** What the results seen so far amount to. */
export type Verdict = 'well' | 'sick' | 'undecided';

/** Looks at the results of one stretch of calls; a new one is taken for each stretch. */
export interface Judge {
  readonly hear: (result: CallResult, nowMs: number) => Verdict;
  readonly tally: (nowMs: number) => Tally;
}

export interface Rules {
  /** Judges all calls while the breaker is closed: `sick` opens it. */
  readonly closed: () => Judge;
  /** Judges the probes: `sick` opens it again, `well` closes it. */
  readonly halfOpen: () => Judge;
}

// #region phases
/** What the breaker knows differs by state: only an open one has a time, only a half-open one probes. */
type Phase =
  | { readonly state: 'closed'; readonly judge: Judge }
  | { readonly state: 'open'; sinceMs: number }
  | { readonly state: 'half-open'; readonly judge: Judge; probesLeft: number };
// #endregion

/** Stands for every call that is let through while the breaker is held closed: nobody hears of it. */
const UNHEARD = -1;
const NOTHING: Tally = { calls: 0, failures: 0, slow: 0 };

/** The machine that all breakers share; they differ in what they take for sick and for well. */
export function stateMachine(
  { openMs, probes }: Pick<BreakerOptions, 'openMs' | 'probes'>,
  rules: Rules,
): CircuitBreaker {
  let phase: Phase = { state: 'closed', judge: rules.closed() };
  let generation = 0;
  let heldIn: 'open' | 'closed' | undefined;

  // #region transitions
  function enter(next: Phase): void {
    phase = next;
    generation++; // (1)
  }

  function advance(nowMs: number): void {
    if (phase.state !== 'open') return;
    phase.sinceMs = Math.min(phase.sinceMs, nowMs); // (2)
    if (nowMs - phase.sinceMs < openMs) return; // (3)
    enter({ state: 'half-open', judge: rules.halfOpen(), probesLeft: probes });
  }
  // #endregion

  return {
    // #region acquire
    acquire(nowMs) {
      if (heldIn === 'closed') return { allowed: true, permit: UNHEARD };
      if (heldIn === 'open') return { allowed: false, retryAfterMs: Infinity };
      advance(nowMs);
      switch (phase.state) {
        case 'closed':
          return { allowed: true, permit: generation };
        case 'open':
          return { allowed: false, retryAfterMs: phase.sinceMs + openMs - nowMs };
        case 'half-open':
          if (phase.probesLeft === 0) return { allowed: false, retryAfterMs: 0 }; // (4)
          phase.probesLeft--;
          return { allowed: true, permit: generation };
        default:
          return phase satisfies never;
      }
    },
    // #endregion

    // #region report
    report(permit, result, nowMs) {
      if (permit !== generation || phase.state === 'open') return; // (5)
      if (result.outcome === 'ignored') {
        if (phase.state === 'half-open') phase.probesLeft++; // (6)
        return;
      }
      const verdict = phase.judge.hear(result, nowMs);
      if (verdict === 'sick') enter({ state: 'open', sinceMs: nowMs });
      else if (verdict === 'well' && phase.state === 'half-open') {
        enter({ state: 'closed', judge: rules.closed() });
      }
    },
    // #endregion

    state(nowMs): BreakerState {
      if (heldIn !== undefined) return heldIn;
      advance(nowMs);
      return phase.state;
    },
    tally: (nowMs) => (phase.state === 'open' ? NOTHING : phase.judge.tally(nowMs)),
    hold(state) {
      heldIn = state;
    },
    reset() {
      heldIn = undefined;
      enter({ state: 'closed', judge: rules.closed() });
    },
  };
}
