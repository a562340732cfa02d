import type { MemberOptions } from './membership';

/** Up to `count` different ones of `from`, by chance. */
export function pick(
  count: number,
  from: readonly number[],
  uniform: () => number,
): readonly number[] {
  const left = [...from];
  const picked: number[] = [];
  while (picked.length < count && left.length > 0)
    picked.push(...left.splice(Math.floor(uniform() * left.length), 1));
  return picked;
}

// #region targets
/** Whom to probe next; undefined if nobody is left. */
export function targetsOf(
  { self, members, order, uniform }: MemberOptions,
  isProbed: (member: number) => boolean,
): () => number | undefined {
  const others = Array.from({ length: members }, (_, i) => i).filter((i) => i !== self);
  if (order === 'random') return () => pick(1, others.filter(isProbed), uniform)[0];
  let deck: number[] = []; // (1)
  return () => {
    for (let pass = 0; pass < 2; pass++) {
      for (let next = deck.pop(); next !== undefined; next = deck.pop())
        if (isProbed(next)) return next;
      deck = [...pick(others.length, others, uniform)]; // (2)
    }
    return undefined;
  };
}
// #endregion
