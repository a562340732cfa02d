/** How a verifier's way through its checks is written down: each answered, up to the one that refuses. */
import type { Answer, Judged } from './types';

const UNREACHED: Answer = { result: 'unreached', why: '' };

export interface Verdict<Check extends string> {
  readonly accepts: boolean;
  readonly answers: Readonly<Partial<Record<Check, Answer>>>;
}

/** Writes down what a verifier does. */
export class Protocol<Check extends string> {
  private readonly answers: Partial<Record<Check, Answer>> = {};

  passed(check: Check, why = ''): void {
    this.answers[check] = { result: 'passed', why };
  }

  /** The verifier does not look at it, or has nothing to look at. */
  unasked(check: Check, why: string): void {
    this.answers[check] = { result: 'unasked', why };
  }

  refused(check: Check, why: string): Verdict<Check> {
    this.answers[check] = { result: 'failed', why };
    return { accepts: false, answers: this.answers };
  }

  accepted(): Verdict<Check> {
    return { accepts: true, answers: this.answers };
  }
}

/** Both verdicts by check; what a verifier did not come to is `unreached`. */
export function judged<Check extends string>(
  checks: Readonly<Record<Check, string>>,
  naive: Verdict<Check>,
  strict: Verdict<Check>,
): Judged {
  return {
    rulings: (Object.keys(checks) as Check[]).map((check) => ({
      check: checks[check],
      naive: naive.answers[check] ?? UNREACHED,
      strict: strict.answers[check] ?? UNREACHED,
    })),
    naiveAccepts: naive.accepts,
    strictAccepts: strict.accepts,
  };
}
