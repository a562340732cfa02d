/**
 * The `_headers` file that Netlify, Cloudflare Pages and hosts like them read at the root of a site,
 * made from deploy/headers.mjs.
 *
 * Such a host adds up all rules that match an address, and joins two values of one header by a comma.
 * So a header that differs anywhere stands in no rule for the whole site, but in one for each part of
 * it, and no two of those cover the same address.
 */
import { covers, headersOf, RULES, STRICT_TRANSPORT_SECURITY } from './headers.mjs';

/** Cloudflare Pages reads no more. */
const RULES_MAX = 100;

/** What these hosts say about everything that no rule names. */
const BY_ITSELF = { 'Cache-Control': 'no-cache' };

/**
 * @param {readonly string[]} entries what lies at the root of the export, folders with a slash at the end
 * @param {string} basePath
 * @returns {string}
 * @throws Error if the site has more parts than a host takes rules
 */
export function headersFile(entries, basePath = '') {
  const special = RULES.filter(({ path }) => path !== '/*');
  const varied = new Set(special.flatMap(({ headers }) => Object.keys(headers)));
  const parts = entries
    .map((entry) => (entry.endsWith('/') ? `/${entry}*` : `/${entry}`))
    .filter((part) =>
      special.every(({ path }) => !covers(path, part) && !covers(part, path.replace(/\*$/, ''))),
    );
  const shared = Object.entries(headersOf('/')).filter(([name]) => !varied.has(name));
  const blocks = [
    block('/*', [...shared, ['Strict-Transport-Security', STRICT_TRANSPORT_SECURITY]]),
    ...['/', ...parts, ...special.map(({ path }) => path)].map((path) =>
      block(
        path,
        Object.entries(headersOf(path.replace(/\*$/, ''))).filter(
          ([name, value]) => varied.has(name) && BY_ITSELF[name] !== value,
        ),
      ),
    ),
  ];
  if (blocks.length > RULES_MAX) {
    throw new Error(
      `Expected at most ${RULES_MAX} rules in _headers, which is what Cloudflare Pages reads, got ${blocks.length}. ` +
        'Bring pages together in folders: each folder and file at the root of the site needs one.',
    );
  }
  return `# Made by deploy/static-host.mjs from deploy/headers.mjs.\n${blocks.join('')}`;

  function block(path, headers) {
    const lines = headers.map(([name, value]) => `  ${name}: ${value}\n`);
    return `${basePath}${path}\n${lines.join('')}`;
  }
}
