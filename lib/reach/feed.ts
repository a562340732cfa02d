/** The guides as a feed: Atom (RFC 4287), newest change first. */
import type { Guide, Manifest } from '../content/manifest';
import { canonical, SITE_DESCRIPTION, SITE_NAME } from '../site';
import { FEED_PATH } from './addresses';
import { element, type XmlElement, xmlDocument } from './xml';

/** What a reader of feeds fetches every hour stays small; older guides are in the sitemap. */
const ENTRIES_MAX = 50;

export function feed(manifest: Manifest): string {
  const guides = Object.values(manifest.guides)
    .toSorted((a, b) => compare(b.updated, a.updated) || compare(a.slug, b.slug))
    .slice(0, ENTRIES_MAX);
  return xmlDocument(
    element(
      'feed',
      { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en' },
      element('id', {}, canonical('/')),
      element('title', {}, SITE_NAME),
      element('subtitle', {}, SITE_DESCRIPTION),
      element('updated', {}, moment(guides[0]?.updated ?? '1970-01-01')),
      element('author', {}, element('name', {}, SITE_NAME), element('uri', {}, canonical('/'))),
      element('link', { rel: 'self', type: 'application/atom+xml', href: canonical(FEED_PATH) }),
      element('link', { rel: 'alternate', type: 'text/html', href: canonical('/') }),
      ...guides.map((guide) => entry(guide, manifest)),
    ),
  );
}

function entry(guide: Guide, { categories }: Manifest): XmlElement {
  const url = canonical(`/${guide.slug}/`);
  const category = categories.find(({ slug }) => slug === guide.category);
  return element(
    'entry',
    {},
    element('id', {}, url),
    element('title', {}, guide.title),
    element('published', {}, moment(guide.published)),
    element('updated', {}, moment(guide.updated)),
    element('link', { rel: 'alternate', type: 'text/html', href: url }),
    element('category', { term: guide.category, label: category?.title ?? guide.category }),
    ...guide.tags.map((tag) => element('category', { term: tag })),
    element('summary', {}, guide.description),
  );
}

/** A day as Atom wants it: a guide is dated by the day, so its hour is midnight UTC. */
function moment(day: string): string {
  return `${day}T00:00:00Z`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
