/**
 * What a page needs in order to work, read off its markup. All such files carry a hash of their
 * content in their name, so that pages of two builds never disagree about what an address holds.
 */

import { labDescriptionAddress } from '../engines/description';
import { descriptionAddress, wholeAddress } from '../simulation-files';

/** Names the build that a page belongs to; put into each page when the export is finished. */
export const BUILD_META = 'steady-state-build';

/** The shell of a build: everything that any of its pages may load, simulations aside. */
export function buildListPath(build: string): string {
  return `/builds/${build}.json`;
}

/** The page shown in the place of one that is neither reachable nor kept. */
export const OFFLINE_PATH = '/offline/';

/** The service worker's own script. */
export const SERVICE_WORKER_PATH = '/sw.js';

/** Whether an address (from the root of the site) holds the same bytes for ever. */
export function isHashed(path: string): boolean {
  return /^\/(_next\/static|sim|sandbox|engines|styles|builds|search\/texts)\//.test(path);
}

/** The build of a page; null for a page that no finished build has written. */
export function buildOf(html: string): string | null {
  return new RegExp(`<meta name="${BUILD_META}" content="([0-9a-f]{12})"`).exec(html)?.[1] ?? null;
}

/** The page, marked as belonging to a build, or to none; finishing twice replaces the mark. */
export function withBuild(html: string, build: string | null): string {
  const bare = html.replace(new RegExp(`<meta name="${BUILD_META}"[^>]*>`), '');
  if (build === null) return bare;
  return bare.replace('</head>', `<meta name="${BUILD_META}" content="${build}"/></head>`);
}

/**
 * Addresses of what the simulations and labs that a page names are made of, from the root of the host.
 * Sources for the tool "Code" are not among them, nor are engines: they are large, and kept once they
 * have been used (`isEngine`).
 */
export function namedIn(html: string, basePath: string): string[] {
  const escaped = basePath.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const named = (pattern: string): string[] => [
    ...new Set(html.match(new RegExp(`${escaped}${pattern}`, 'g')) ?? []),
  ];
  return [
    ...named('/sim/[\\w.-]+\\.js').flatMap((bundle) => [
      bundle,
      descriptionAddress(bundle),
      wholeAddress(bundle),
    ]),
    ...named('/engines/[a-z]+/[\\w.-]+\\.js').map(labDescriptionAddress),
  ];
}

/** Whether an address (from the root of the site) is a part of an engine, kept when it is used. */
export function isEngine(path: string): boolean {
  return /^\/engines\/[a-z]+\/([\w.-]+\.js|assets\/[\w.-]+)$/.test(path);
}

export function titleOf(html: string): string {
  const text = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
