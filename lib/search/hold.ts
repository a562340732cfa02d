/** Results that the reader is choosing from stay where they are, whatever else is found. */
import type { Answer, HitGroup } from './search';

/**
 * A later answer to the same question, laid out so that nothing shown before has moved: what is new
 * comes below. Texts of what is shown may become better; their place is kept by the list.
 */
export function held(shown: Answer, next: Answer): Answer {
  const hits = new Map(next.groups.flatMap((group) => group.hits.map((hit) => [hit.url, hit])));
  const kept = shown.groups.map(
    ({ title, hits: own }): HitGroup => ({
      title,
      hits: own.map((hit) => hits.get(hit.url) ?? hit),
    }),
  );
  const standing = new Set(shown.groups.flatMap((group) => group.hits.map(({ url }) => url)));
  const titles = new Set(shown.groups.map(({ title }) => title));
  // More of a group that stands already would push down what is below it.
  const added = next.groups.filter(
    ({ title, hits: own }) => !titles.has(title) && own.every(({ url }) => !standing.has(url)),
  );
  const groups = [...kept, ...added];
  return { ...next, groups, count: groups.reduce((sum, group) => sum + group.hits.length, 0) };
}
