/** What the search costs a reader for each guide: bytes, compressed as a host sends them. */
import { brotliCompressSync } from 'node:zlib';
import { checkedTitles, type PageTexts, type TitlesFile } from '@/lib/search/documents';

/** For each guide, its title, names and headings, which are sent first. */
const TITLES_PER_GUIDE_MAX = 300;

/** For each guide, all that is sent about it. */
const ALL_PER_GUIDE_MAX = 3_000;

/** What two files take up whatever is in them; felt only where there are few guides. */
const FRAME = 100;

export interface SearchSize {
  readonly guides: number;
  /** Bytes of all guides together. */
  readonly titles: number;
  readonly texts: number;
}

/** @param read the content of a file of texts by its address */
export function measureSearch(
  file: TitlesFile,
  read: (url: string) => readonly PageTexts[],
): SearchSize {
  const { pages, texts } = checkedTitles(file);
  const guides = pages.filter(({ k }) => k === 'guide');
  const urls = new Set(guides.map(({ u }) => u));
  return {
    guides: guides.length,
    titles: compressed(guides),
    texts: texts.reduce((sum, url) => {
      const own = read(url).filter(({ u }) => urls.has(u));
      return own.length === 0 ? sum : sum + compressed(own);
    }, 0),
  };
}

/** What is over budget, a sentence each, with both numbers. */
export function searchOverBudget({ guides, titles, texts }: SearchSize): string[] {
  const problems: string[] = [];
  const titlesMax = FRAME + TITLES_PER_GUIDE_MAX * guides;
  const allMax = 2 * FRAME + ALL_PER_GUIDE_MAX * guides;
  if (titles > titlesMax) {
    problems.push(
      `search titles: expected at most ${titlesMax} bytes (brotli) for ${guides} guides, got ${titles}. Lower TITLES_LENGTH_MAX in lib/content/search-documents.ts.`,
    );
  }
  if (titles + texts > allMax) {
    problems.push(
      `search: expected at most ${allMax} bytes (brotli) for ${guides} guides, got ${titles + texts}. Lower SENTENCES_LENGTH_MAX in lib/content/digest.ts.`,
    );
  }
  return problems;
}

function compressed(value: unknown): number {
  return brotliCompressSync(JSON.stringify(value)).length;
}
