/**
 * The nginx configuration, made from deploy/headers.mjs:
 *
 *     node deploy/nginx.mjs > deploy/nginx.conf
 *
 * ROOT is the folder that holds the site (/var/www/steady-state), BASE_PATH the path below it at
 * which the site lies, SERVER_NAME the name of the host.
 */
import { pathToFileURL } from 'node:url';
import { basePathOf } from '../scripts/environment.mjs';
import { headersOf, RULES, STRICT_TRANSPORT_SECURITY, TEXT_TYPES } from './headers.mjs';

/** Endings that the lists of types of all nginx versions lack. */
const UNKNOWN_ENDINGS = ['.md', '.webmanifest'];

/** As nginx calls them, older versions included; text/html is always among them, and must not be named. */
const TYPES = [
  ...Object.values(TEXT_TYPES).filter((type) => type !== 'text/html'),
  'application/javascript',
  'application/xml',
].join(' ');

/**
 * @param {{ root?: string, basePath?: string, serverName?: string, listen?: string }} options
 * @returns {string} for a file that is included within the http block, as those of conf.d/ are
 */
export function nginxConfig({
  root = '/var/www/steady-state',
  basePath = '',
  serverName = '_',
  listen = '80',
} = {}) {
  const names = [...new Set(RULES.flatMap(({ headers }) => Object.keys(headers)))];
  const varied = names.filter((name) => RULES.filter(({ headers }) => name in headers).length > 1);
  const written = (name) =>
    varied.includes(name) ? `$${variable(name)}` : `"${headersOf('/')[name]}"`;
  return `# Made by deploy/nginx.mjs from deploy/headers.mjs: change it there. See docs/hosting.md.
#
# A header that differs is a map from the address to its value. All are added once, for the whole
# server: a location must not add one of its own, since nginx would then leave out all of these.

${varied.map((name) => map(name, basePath)).join('\n\n')}

# Only over HTTPS. Behind a proxy that ends TLS, let the proxy add it.
map $https $steady_strict_transport_security {
  default "";
  on "${STRICT_TRANSPORT_SECURITY}";
}

server {
  listen ${listen};
  server_name ${serverName};
  root ${root};
  index index.html;

  charset utf-8;
  charset_types ${TYPES};
  server_tokens off;
  sendfile on;
  # The proxy in front may have another name, port or scheme.
  absolute_redirect off;

${names.map((name) => `  add_header ${name} ${written(name)} always;`).join('\n')}
  add_header Strict-Transport-Security $steady_strict_transport_security always;

  gzip on;
  gzip_comp_level 6;
  gzip_min_length 1024;
  gzip_proxied any;
  gzip_vary on;
  # Fonts and pictures are compressed already.
  gzip_types ${TYPES};
  # Takes page.html.gz in place of page.html if it is there (node deploy/compress.mjs).
  gzip_static on;
  # Where the Brotli module is installed: deploy/nginx-brotli.conf. No such file, no error.
  include steady-state.d/*.conf;

  error_page 404 ${basePath}/404.html;
  location = ${basePath}/404.html {
    internal;
  }
  # For other hosts.
  location = ${basePath}/_headers {
    return 404;
  }
${UNKNOWN_ENDINGS.map(
  (ending) => `  location ~ \\${ending}$ {
    default_type ${TEXT_TYPES[ending]};
  }`,
).join('\n')}
}
`;
}

function variable(name) {
  return `steady_${name.toLowerCase().replaceAll('-', '_')}`;
}

/** Exact addresses are looked up first, then patterns in order: the rule that counts comes first. */
function map(name, basePath) {
  const lines = RULES.filter(({ headers }) => name in headers)
    .toReversed()
    .map(({ path, headers }) => {
      if (path === '/*') return `  default "${headers[name]}";`;
      const address = `${basePath}${path}`;
      const pattern = address.endsWith('*')
        ? `~^${address.slice(0, -1).replaceAll('.', '\\.')}`
        : address;
      return `  ${pattern} "${headers[name]}";`;
    });
  return [`map $uri $${variable(name)} {`, ...lines, '}'].join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ROOT: root, SERVER_NAME: serverName } = process.env;
  process.stdout.write(nginxConfig({ root, serverName, basePath: basePathOf(process.env) }));
}
