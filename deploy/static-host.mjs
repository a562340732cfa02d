/**
 * The `_headers` file that Netlify, Cloudflare Pages and hosts like them read at the root of a site,
 * made from deploy/headers.mjs.
 *
 * Such a host adds up all rules that match an address, and joins two values of one header by a comma.
 * So a header that differs anywhere stands in no rule for the whole site, but in one for each part of
 * it, and no two of those cover the same address: a folder of which a part is different has a rule for
 * each of its parts, and none of its own.
 */
import { covers, headersOf, RULES, STRICT_TRANSPORT_SECURITY } from './headers.mjs';

/** Cloudflare Pages reads no more. */
const RULES_MAX = 100;

/** What these hosts say about everything that no rule names. */
const BY_ITSELF = { 'Cache-Control': 'no-cache' };

/**
 * @param {(folder: string) => readonly string[]} entriesIn what lies in a folder of the export ("/" is
 *   its root, "/engines/" one in it), folders with a slash at the end
 * @param {string} basePath
 * @returns {string}
 * @throws Error if the site has more parts than a host takes rules
 */
export function headersFile(entriesIn, basePath = '') {
  const special = RULES.filter(({ path }) => path !== '/*');
  const varied = new Set(special.flatMap(({ headers }) => Object.keys(headers)));
  const paths = special.map(({ path }) => path);
  const holdsAnother = (part) => paths.some((path) => path !== part && covers(part, path));
  const whole = paths.filter((path) => !holdsAnother(path));
  const partsOf = (folder) => {
    const entries = entriesIn(folder);
    return [
      // The page of a folder is asked for by the folder's own address.
      ...(entries.includes('index.html') ? [folder] : []),
      ...entries.flatMap((entry) => {
        const part = `${folder}${entry}${entry.endsWith('/') ? '*' : ''}`;
        if (holdsAnother(part)) return partsOf(`${folder}${entry}`);
        return whole.some((path) => covers(path, part)) ? [] : [part];
      }),
    ];
  };
  const shared = Object.entries(headersOf('/')).filter(([name]) => !varied.has(name));
  const blocks = [
    block('/*', [...shared, ['Strict-Transport-Security', STRICT_TRANSPORT_SECURITY]]),
    ...[...partsOf('/'), ...whole].map((path) =>
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
