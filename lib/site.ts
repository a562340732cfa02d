/** Where the site lies; set by SITE_URL and BASE_PATH when it is built (next.config.mjs). */

const basePath = process.env.SITE_BASE_PATH ?? '';
const origin = process.env.SITE_URL ?? 'http://localhost:3000';

export const SITE_NAME = 'Steady State';
export const SITE_DESCRIPTION =
  'An interactive handbook of backend engineering. Every figure is a simulation that runs in your browser.';

/** The address of a page or file of this site, given from its root: `/gallery/` → `/handbook/gallery/`. */
export function href(path: string): string {
  return path.startsWith('/') && !path.startsWith('//') ? basePath + path : path;
}

/** The full address of a page, for canonical links and feeds. */
export function absoluteUrl(path: string): string {
  return origin + href(path);
}

/**
 * Where a reader edits a guide or reports an error in it; configured by the host, absent by default,
 * since a copy of the site must not send its readers to somebody else's tracker.
 */
export const EDIT_URL = process.env.EDIT_URL;
export const REPORT_URL = process.env.REPORT_URL;
