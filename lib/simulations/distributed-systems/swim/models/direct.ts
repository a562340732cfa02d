import type { Member, MemberOptions } from './membership';
import { prober } from './prober';

/** Whoever does not answer within the period is dead. */
export function direct(options: MemberOptions): Member {
  return prober(options, { asksOthers: false, suspects: false, doubtsItself: false });
}
