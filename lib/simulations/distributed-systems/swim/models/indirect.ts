import type { Member, MemberOptions } from './membership';
import { prober } from './prober';

/** Whoever answers neither itself nor through others within the period is dead. */
export function indirect(options: MemberOptions): Member {
  return prober(options, { asksOthers: true, suspects: false, doubtsItself: false });
}
