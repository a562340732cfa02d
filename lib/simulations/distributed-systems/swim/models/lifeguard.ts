import type { Member, MemberOptions } from './membership';
import { prober } from './prober';

/** SWIM with Lifeguard: whoever finds others silent wonders whether it is itself at fault. */
export function lifeguard(options: MemberOptions): Member {
  return prober(options, { asksOthers: true, suspects: true, doubtsItself: true });
}
