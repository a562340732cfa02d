/**
 * What a page says about itself to those who link to it: canonical address, feed, and the card that
 * is shown where it is shared. One function for all pages, since Next does not merge what a layout
 * and a page say about Open Graph.
 */
import type { Metadata } from 'next';
import { canonical, href, SITE_NAME } from '../site';
import { CARD_HEIGHT, CARD_WIDTH, cardPath, FEED_PATH, markdownPath, SITE_CARD } from './addresses';

interface PageFacts {
  /** From the root of the site, with slashes at both ends. */
  readonly path: string;
  /** Without the name of the site, which the browser's title gets by itself. */
  readonly title: string;
  readonly description: string;
  /** True where the title already stands for the whole site. */
  readonly isHome?: boolean;
  /** Slug of the category or guide that has a card of its own; the site's card otherwise. */
  readonly card?: string;
  /** Facts of an article; only for guides. */
  readonly article?: {
    /** "category/name". */
    readonly slug: string;
    /** Days, as YYYY-MM-DD. */
    readonly published: string;
    readonly updated: string;
    readonly tags: readonly string[];
    readonly section: string;
  };
}

export function pageMetadata(page: PageFacts): Metadata {
  const { path, title, description, isHome = false, card, article } = page;
  const url = canonical(path);
  const image = {
    url: canonical(card === undefined ? SITE_CARD : cardPath(card)),
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
    type: 'image/png',
    alt: `${title}. ${description}`,
  };
  const shared = { siteName: SITE_NAME, locale: 'en', url, title, description, images: [image] };
  return {
    title: isHome ? { absolute: `${SITE_NAME}: ${title}` } : title,
    description,
    alternates: {
      canonical: url,
      types: {
        'application/atom+xml': [{ url: href(FEED_PATH), title: `${SITE_NAME}: guides` }],
        ...(article === undefined
          ? {}
          : { 'text/markdown': [{ url: href(markdownPath(article.slug)), title }] }),
      },
    },
    openGraph:
      article === undefined
        ? { ...shared, type: 'website' }
        : {
            ...shared,
            type: 'article',
            publishedTime: article.published,
            modifiedTime: article.updated,
            section: article.section,
            tags: [...article.tags],
          },
    // All that networks read besides Open Graph is the size of the card.
    twitter: { card: 'summary_large_image' },
  };
}
