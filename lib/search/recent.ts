/** The reader's last searches, newest first, as kept in the browser. */

export const RECENT_KEY = 'steady-state:searches';

const RECENT_MAX = 5;
const LENGTH_MAX = 80;

/** What storage holds is not ours to trust: anything else than short texts is dropped. */
export function readRecent(stored: string | null): string[] {
  if (stored === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(stored);
  } catch {
    return [];
  }
  if (!Array.isArray(value)) return [];
  return value
    .filter((each): each is string => typeof each === 'string')
    .filter((each) => each.trim() !== '' && each.length <= LENGTH_MAX)
    .slice(0, RECENT_MAX);
}

/** The list with this query in front; the same query, in other case or spacing, stands in it once. */
export function addRecent(recent: readonly string[], query: string): string[] {
  const kept = query.trim().replace(/\s+/g, ' ').slice(0, LENGTH_MAX);
  if (kept === '') return [...recent];
  const isOther = (each: string): boolean => each.toLowerCase() !== kept.toLowerCase();
  return [kept, ...recent.filter(isOther)].slice(0, RECENT_MAX);
}
