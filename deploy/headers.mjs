/**
 * The headers of every response: the one place that says them. The server behind `npm start`, the
 * nginx configuration and the `_headers` file of static hosts are all made from this table.
 *
 * A page carries its own content security policy (scripts/policy.ts), which no header could: its
 * hashes differ from page to page. Here is what only a header can say.
 */

/** Files whose name holds a hash of their content: fetched once, for good. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * A path from the root of the site, exact or with "*" at its end, and its headers. A later rule
 * replaces, header by header, what an earlier one says about the same path.
 *
 * @type {readonly { readonly path: string, readonly headers: Readonly<Record<string, string>> }[]}
 */
export const RULES = [
  {
    path: '/*',
    headers: {
      // Kept by the browser, but asked about each time: the answer is mostly 304.
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': "frame-ancestors 'none'",
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy':
        'browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  },
  {
    // A worker does not inherit the policy of its page but has that of its own response: this one is
    // for the worker that searches, which loads its parts and its index from here.
    path: '/_next/static/*',
    headers: {
      'Cache-Control': FOR_EVER,
      'Content-Security-Policy': "default-src 'none'; script-src 'self'; connect-src 'self'",
    },
  },
  {
    path: '/styles/*',
    headers: { 'Cache-Control': FOR_EVER },
  },
  {
    // A simulation computes, and may reach nothing at all.
    path: '/sim/*',
    headers: { 'Cache-Control': FOR_EVER, 'Content-Security-Policy': "default-src 'none'" },
  },
  {
    // The engine of a lab (lib/engines) computes as well, and may reach nothing either.
    path: '/engines/*',
    headers: { 'Cache-Control': FOR_EVER, 'Content-Security-Policy': "default-src 'none'" },
  },
  {
    // PostgreSQL is WebAssembly, which has to be allowed, and is fetched from beside its script
    // (docs/decisions/011-real-engines.md). No other engine may do either.
    path: '/engines/sql/*',
    headers: {
      'Content-Security-Policy':
        "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'",
    },
  },
  {
    // The reader's own code runs in this document: from an origin of its own, with no connection to
    // anything. Its meta element says the same and admits one script by its hash; both hold.
    path: '/sandbox/*',
    headers: {
      'Cache-Control': FOR_EVER,
      'Content-Security-Policy':
        "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    },
  },
  // Texts for the search, named by the titles, which are revalidated (docs/search.md).
  { path: '/search/texts/*', headers: { 'Cache-Control': FOR_EVER } },
  // What a build is made of, by the hash of that list (lib/offline).
  { path: '/builds/*', headers: { 'Cache-Control': FOR_EVER } },
  {
    // Fetches what pages ask for, from here alone.
    path: '/sw.js',
    headers: { 'Content-Security-Policy': "default-src 'none'; connect-src 'self'" },
  },
  // Made to be shown by other sites.
  { path: '/cards/*', headers: { 'Cross-Origin-Resource-Policy': 'cross-origin' } },
  {
    // The only pages that others may put into a frame.
    path: '/embed/*',
    headers: {
      'Content-Security-Policy': 'frame-ancestors *',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
  },
];

/**
 * Sent over HTTPS alone: browsers ignore it elsewhere, and a host without HTTPS must not promise it.
 * One year, for this host and not for its subdomains, which are not ours to promise for.
 */
export const STRICT_TRANSPORT_SECURITY = 'max-age=31536000';

/**
 * Files that are text in UTF-8, which the header has to say where they cannot say it themselves; by
 * ending, since not every server knows all of them.
 */
export const TEXT_TYPES = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.xml': 'text/xml',
  '.atom': 'application/atom+xml',
  '.txt': 'text/plain',
  '.md': 'text/markdown',
  '.webmanifest': 'application/manifest+json',
};

/** Whether a rule's path covers this address. */
export function covers(rulePath, address) {
  return rulePath.endsWith('*') ? address.startsWith(rulePath.slice(0, -1)) : address === rulePath;
}

/**
 * All headers of a response, by its address from the root of the site.
 *
 * @param {string} address
 * @returns {Record<string, string>}
 */
export function headersOf(address) {
  return Object.assign(
    {},
    ...RULES.filter(({ path }) => covers(path, address)).map(({ headers }) => headers),
  );
}
