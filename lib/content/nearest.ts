/**
 * "Did you mean …": the name that was most likely meant, and which names there are. Used by every
 * message about an unknown name, so that the remedy is in the message.
 */

/** Of more names than these, the message tells the nearest. */
const LISTED_MAX = 8;
const NEAREST_COUNT = 3;

/** The remedy for an unknown name: the nearest name if one is near, and what else there is. */
export function suggest(given: string, names: readonly string[], what: string): string {
  if (names.length === 0) return `There is no ${what} yet`;
  const near = nearest(given, names);
  const isLong = names.length > LISTED_MAX;
  const listed = isLong ? byDistance(given, names).slice(0, NEAREST_COUNT) : names;
  const which = isLong ? `the nearest of ${names.length}` : 'there';
  const list = `${which} ${listed.length === 1 ? 'is' : 'are'} ${listed.join(', ')}`;
  if (near === undefined) return `Use ${withArticle(what)} that exists: ${list}`;
  // Of one name alone the question has said it.
  return names.length === 1
    ? `Did you mean "${near}"?`
    : `Did you mean "${near}"? ${capital(list)}`;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function withArticle(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

/** The name at the smallest edit distance, if that is at most a third of its length (at least 1). */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const [best] = byDistance(given, names);
  if (best === undefined) return undefined;
  return distanceOf(given, best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}

/** The nearest name first; equally near ones as they were given. */
function byDistance(given: string, names: readonly string[]): string[] {
  const distances = new Map(names.map((name) => [name, distanceOf(given, name)]));
  return [...names].sort((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

function distanceOf(given: string, name: string): number {
  return editDistance(given.toLowerCase(), name.toLowerCase());
}

/**
 * Single-character insertions, deletions, substitutions and swaps of neighbours that turn one text
 * into the other (Damerau–Levenshtein in its restricted form, "optimal string alignment").
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let distance = Math.min(
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
        (last[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
      );
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
