/** The places of the site that its frame leads to. */
import { SITE_PAGES } from '@/lib/content/site-pages';

interface Place {
  readonly path: string;
  readonly title: string;
}

const place = (path: string): Place => ({ path, title: SITE_PAGES[path]?.title ?? path });

/** What one reads. */
export const READING: readonly Place[] = [
  { path: '/#guides', title: 'Guides' },
  ...['/simulations/', '/labs/', '/incidents/', '/glossary/'].map(place),
];

/** Other ways in, and what is about the site. */
export const BESIDE: readonly Place[] = ['/tags/', '/search/', '/about/', '/settings/'].map(place);
