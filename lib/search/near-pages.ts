/** Which pages someone may have wanted who came to an address where there is none. */
import { editDistance } from './distance';
import { KINDS, type PageTitles } from './documents';
import { wordsOf } from './words';

/** Share of a word's letters that may differ. */
const TOLERANCE = 0.34;

/** A shorter word is one edit away from too many others. */
const TOLERANT_LENGTH_MIN = 4;

/**
 * Pages whose address or title shares words with an address, best first; of equals, the kind that
 * counts more.
 *
 * @param path the address from the root of the site, percent-encoded or not
 */
export function nearPages(path: string, pages: readonly PageTitles[], limit = 4): PageTitles[] {
  const asked = wordsOf(decoded(path)).map(({ word }) => word);
  if (asked.length === 0) return [];
  return pages
    .filter(({ k }) => k !== 'command')
    .map((page) => ({ page, score: nearness(asked, page) }))
    .filter(({ score }) => score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        KINDS[b.page.k].weight - KINDS[a.page.k].weight ||
        (a.page.u < b.page.u ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ page }) => page);
}

/** Sum over the words asked for of how well the page answers each, 0 … 1 apiece. */
function nearness(asked: readonly string[], page: PageTitles): number {
  const own = wordsOf([page.u, page.t, ...(page.a ?? [])].join(' ')).map(({ word }) => word);
  return asked.reduce((sum, word) => {
    const max = word.length < TOLERANT_LENGTH_MIN ? 0 : Math.floor(word.length * TOLERANCE);
    const best = own.reduce(
      (least, other) => Math.min(least, editDistance(word, other, max)),
      max + 1,
    );
    return best > max ? sum : sum + 1 - best / (max + 1);
  }, 0);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The words of an address as a query: "/traffic/token-buckets/" → "traffic token buckets". */
export function queryOfPath(path: string): string {
  return wordsOf(decoded(path))
    .map(({ word }) => word)
    .join(' ');
}
