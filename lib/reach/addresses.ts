/** Addresses of what is written for machines, from the root of the site. */

/** The ending by which every server knows the type of an Atom feed. */
export const FEED_PATH = '/feed.atom';
export const SITEMAP_PATH = '/sitemap.xml';
export const OPEN_SEARCH_PATH = '/opensearch.xml';
export const LLMS_PATH = '/llms.txt';
export const MANIFEST_PATH = '/manifest.webmanifest';

/** Size of a card in px: what the large form of every network is cut from. */
export const CARD_WIDTH = 1200;
export const CARD_HEIGHT = 630;

/** The card of the site itself, and of every page without one of its own. */
export const SITE_CARD = '/cards/site.png';

/** The card of a category ("traffic-control") or a guide ("traffic-control/…"). */
export function cardPath(slug: string): string {
  return `/cards/${slug}.png`;
}

/** A guide as Markdown: its address with ".md" in the place of the slash. */
export function markdownPath(slug: string): string {
  return `/${slug}.md`;
}
