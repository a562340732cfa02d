import type { Member, MemberOptions } from './membership';
import { prober } from './prober';

/** SWIM whole: whoever does not answer is suspected first, and can refute it. */
export function swim(options: MemberOptions): Member {
  return prober(options, { asksOthers: true, suspects: true, doubtsItself: false });
}
