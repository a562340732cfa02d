/**
 * The sitemap: every page of the export that asks to be found. It is read off the pages themselves, so
 * that a page is registered nowhere and what it says of itself cannot differ from what is said here.
 */
import { element, xmlDocument } from './xml';

/** A page of the export. */
interface ExportedPage {
  /** From the root of the site: "/" or "/about/". */
  readonly path: string;
  readonly html: string;
}

interface Sitemap {
  readonly xml: string;
  readonly entries: number;
  /** Pages that cannot be listed, a sentence each. */
  readonly problems: readonly string[];
}

/** sitemaps.org: at most so many addresses in one file. */
const ENTRIES_MAX = 50_000;

/**
 * @param canonical the full address of a path of the site
 */
export function sitemap(
  pages: readonly ExportedPage[],
  canonical: (path: string) => string,
): Sitemap {
  const problems: string[] = [];
  const listed = pages.filter(({ html }) => !isHidden(html));
  const entries = listed
    .map(({ path, html }) => {
      const url = canonical(path);
      const named = linkOf(html, 'canonical');
      if (named !== url) {
        problems.push(
          `${path}: expected the canonical address ${url}, got ${named ?? 'none'}. Make its metadata with pageMetadata (lib/reach/metadata.ts), or hide it from search engines with robots: { index: false }.`,
        );
      }
      const changed = metaOf(html, 'article:modified_time');
      return element(
        'url',
        {},
        element('loc', {}, url),
        ...(changed === undefined ? [] : [element('lastmod', {}, changed)]),
      );
    })
    .sort((a, b) => (locOf(a) < locOf(b) ? -1 : 1));
  if (entries.length > ENTRIES_MAX) {
    problems.push(
      `Expected at most ${ENTRIES_MAX} pages in the sitemap, got ${entries.length}. Divide it into several with an index.`,
    );
  }
  return {
    xml: xmlDocument(
      element('urlset', { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' }, ...entries),
    ),
    entries: entries.length,
    problems,
  };
}

export function robotsText(sitemapUrl: string): string {
  return `User-agent: *\nAllow: /\n\nSitemap: ${sitemapUrl}\n`;
}

function locOf(entry: { readonly children?: readonly unknown[] }): string {
  return JSON.stringify(entry.children?.[0]);
}

function isHidden(html: string): boolean {
  return metaOf(html, 'robots')?.includes('noindex') ?? false;
}

function metaOf(html: string, name: string): string | undefined {
  return new RegExp(`<meta (?:name|property)="${name}" content="([^"]*)"`).exec(html)?.[1];
}

function linkOf(html: string, rel: string): string | undefined {
  return new RegExp(`<link rel="${rel}" href="([^"]*)"`).exec(html)?.[1];
}
