/** The places of the site that its frame leads to. */

interface Place {
  readonly path: string;
  readonly title: string;
}

/** What one reads. */
export const HANDBOOK_PAGES: readonly Place[] = [
  { path: '/#guides', title: 'Guides' },
  { path: '/simulations/', title: 'Simulations' },
  { path: '/glossary/', title: 'Glossary' },
];

/** What is about it. */
export const SITE_PAGES: readonly Place[] = [
  { path: '/tags/', title: 'Tags' },
  { path: '/about/', title: 'How the numbers are made' },
  { path: '/settings/', title: 'Settings' },
];
