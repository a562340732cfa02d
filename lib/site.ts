/** What the site is called and where it lies. Configured by environment variables at build time. */

export const SITE_NAME = 'Steady State';
export const SITE_TAGLINE = 'An interactive handbook of backend engineering';
export const SITE_DESCRIPTION =
  'A handbook of backend engineering in which every figure is a simulation that runs in your browser, and every number in the text comes out of a run.';

/** "/handbook" for a site that lies in a folder of its host (BASE_PATH), "" for one at its root. */
export const BASE_PATH = trimmedPath(process.env.BASE_PATH ?? '');

/** Scheme and host that the site is published under (SITE_URL), for canonical addresses. */
export const SITE_URL = originOf(process.env.SITE_URL || 'http://localhost:3000');

/**
 * The address to link to for a path of the site.
 *
 * @param path from the root of the site, with a leading slash; anything else is returned as it is
 */
export function href(path: string): string {
  return path.startsWith('/') && !path.startsWith('//') ? `${BASE_PATH}${path}` : path;
}

/** The full address of a page. */
export function canonical(path: string): string {
  return `${SITE_URL}${href(path)}`;
}

/** Where a guide's source is edited, if EDIT_URL is set: its "{path}" is the file in the repository. */
export function editUrl(slug: string): string | null {
  const template = process.env.EDIT_URL || null;
  return template?.replaceAll('{path}', `content/${slug}.mdx`) ?? null;
}

/** Where a mistake on a page is reported, if REPORT_URL is set: its "{page}" is the page's address. */
export function reportUrl(path: string): string | null {
  const template = process.env.REPORT_URL || null;
  return template?.replaceAll('{page}', encodeURIComponent(canonical(path))) ?? null;
}

function trimmedPath(path: string): string {
  const inner = path.replace(/^\/+|\/+$/g, '');
  return inner === '' ? '' : `/${inner}`;
}

function originOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new Error(
      `SITE_URL must be the address of the site with its scheme, got "${url}". ` +
        'Write for example SITE_URL=https://example.org; a folder belongs into BASE_PATH.',
    );
  }
  return new URL(url).origin;
}
