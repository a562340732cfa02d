/** What a page costs its reader before anything is clicked: bytes and counts, never times. */
import { gzipSync } from 'node:zlib';

export interface Budgets {
  /** Bytes, gzipped: all scripts that the page names. */
  readonly scriptsGz: number;
  readonly stylesGz: number;
  readonly htmlGz: number;
  readonly fontsPreloaded: number;
  /** Files that the page names and loads, itself included. */
  readonly requests: number;
}

interface PageSize extends Budgets {
  /** Addresses on another host that the page would load. */
  readonly foreign: readonly string[];
  /** Addresses on this site that lead to no file. */
  readonly missing: readonly string[];
}

/**
 * What an address of this site holds, or undefined if there is no such file. What is given as the same
 * array for several pages is compressed once.
 */
type Read = (url: string) => Uint8Array | undefined;

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** Reads off a page's markup what it loads; `noModule` scripts are for browsers we do not support. */
export function measurePage(html: string, read: Read): PageSize {
  const tags = [...html.matchAll(/<(script|link|img)\b[^>]*>/g)].map(([tag]) => tag);
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const fonts = new Set<string>();
  const others = new Set<string>();
  for (const tag of tags) {
    const rel = attribute(tag, 'rel');
    const as = attribute(tag, 'as');
    // Asked for after the first paint (late-scripts.ts), but without being asked.
    for (const late of attribute(tag, 'data-late')?.split(' ') ?? []) scripts.add(late);
    const url = attribute(tag, 'src') ?? attribute(tag, 'href');
    if (!url || url.startsWith('data:')) continue;
    if (tag.startsWith('<script')) {
      if (!/\snomodule/i.test(tag)) scripts.add(url);
    } else if (tag.startsWith('<img')) others.add(url);
    else if (rel === 'stylesheet') styles.add(url);
    else if (rel === 'preload' && as === 'font') fonts.add(url);
    else if ((rel === 'preload' && as === 'script') || rel === 'modulepreload') scripts.add(url);
    else if (rel === 'preload' || rel === 'prefetch') others.add(url);
  }
  const loaded = [...scripts, ...styles, ...fonts, ...others];
  const isForeign = (url: string): boolean => /^(https?:)?\/\//.test(url);
  const local = (urls: Iterable<string>): Uint8Array[] =>
    [...urls].flatMap((url) => (isForeign(url) ? [] : (read(url.replace(/[?#].*$/, '')) ?? [])));
  const gzipped = (urls: Iterable<string>): number =>
    local(urls).reduce((sum, bytes) => sum + gzippedLength(bytes), 0);
  return {
    scriptsGz: gzipped(scripts),
    stylesGz: gzipped(styles),
    htmlGz: gzipSync(html, { level: 9 }).length,
    fontsPreloaded: fonts.size,
    requests: loaded.length + 1,
    foreign: loaded.filter(isForeign),
    missing: loaded.filter((url) => !isForeign(url) && !read(url.replace(/[?#].*$/, ''))),
  };
}

/** Most pages name the same scripts; to compress them for each would take most of the time. */
const lengths = new WeakMap<Uint8Array, number>();

function gzippedLength(bytes: Uint8Array): number {
  const length = lengths.get(bytes) ?? gzipSync(bytes, { level: 9 }).length;
  lengths.set(bytes, length);
  return length;
}

const NAMES: Record<keyof Budgets, string> = {
  scriptsGz: 'bytes of JavaScript (gzip)',
  stylesGz: 'bytes of CSS (gzip)',
  htmlGz: 'bytes of HTML (gzip)',
  fontsPreloaded: 'preloaded fonts',
  requests: 'requests',
};

/** What is over budget, a sentence each, with both numbers. */
export function overBudget(size: PageSize, budgets: Budgets): string[] {
  const exceeded = (Object.keys(NAMES) as (keyof Budgets)[])
    .filter((key) => size[key] > budgets[key])
    .map((key) => `expected at most ${budgets[key]} ${NAMES[key]}, got ${size[key]}.`);
  return [
    ...exceeded,
    ...size.foreign.map((url) => `expected no request to another host, got ${url}.`),
    ...size.missing.map((url) => `expected every file to exist, got ${url}, which does not.`),
  ];
}
