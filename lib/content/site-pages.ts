/** The pages that no content makes: what links may point at, and what a reader may search for. */

interface SitePage {
  /** What readers call it; null for a page that nobody searches for. */
  readonly title: string | null;
  /** Other names that it is searched by. */
  readonly names: readonly string[];
  /** One sentence, shown below its title. */
  readonly description: string;
  readonly anchors: readonly string[];
}

const page = (
  title: string | null,
  names: readonly string[],
  description: string,
  anchors: readonly string[] = [],
): SitePage => ({ title, names, description, anchors });

export const SITE_PAGES: Readonly<Record<string, SitePage>> = {
  '/': page('Contents', ['home', 'all guides', 'categories'], 'All guides by category.', [
    'guides',
  ]),
  '/about/': page(
    'How the numbers are made',
    ['about this handbook', 'seeds and standard errors', 'cite', 'privacy'],
    'From a run to a number, what holds it to theory, and how to cite it.',
    ['numbers', 'chance', 'error', 'checks', 'privacy', 'cite'],
  ),
  '/gallery/': page(null, [], ''),
  '/glossary/': page(
    'Glossary',
    ['terms', 'definitions'],
    'The terms of the field, a paragraph each.',
  ),
  '/incidents/': page(
    'Incidents',
    ['on call', 'incident mode', 'game day', 'outage'],
    'Outages made by the simulations, for you to mitigate against the clock.',
  ),
  '/labs/': page(
    'Labs',
    ['real engines', 'try PostgreSQL', 'playground', 'console'],
    'Real engines in the page: databases, servers, tokens, codecs, to be used and broken.',
  ),
  '/offline/': page(null, [], ''),
  '/search/': page(
    'Index',
    ['search', 'A to Z', 'site map'],
    'Everything in the handbook, from A to Z.',
  ),
  '/settings/': page(
    'Settings',
    ['preferences', 'stored data', 'clear recent searches', 'keyboard shortcuts', 'reset progress'],
    'What is kept in this browser, and how to clear it.',
  ),
  '/simulations/': page(
    'Simulations',
    ['catalogue', 'all simulations'],
    'Every simulation of the handbook, with the guides that use it.',
  ),
  '/tags/': page('Tags', ['subjects', 'topics'], 'Guides by subject.'),
};
