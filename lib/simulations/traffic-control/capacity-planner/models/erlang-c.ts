import { waitsBeyond } from './erlang';
import { erlangs, type SizingRule } from './sizing';

/** The fewest instances with which no more requests than agreed wait longer than the target. */
export const erlangC: SizingRule = (need, maths) => {
  // #region rule
  const offered = erlangs(need);
  const times = need.targetMs / need.serviceMs;
  const tooLate = 1 - need.percentile / 100;
  let servers = Math.floor(offered) + 1; // (1)
  while (waitsBeyond({ servers, offered }, times, maths) > tooLate) servers++;
  return servers;
  // #endregion
};
