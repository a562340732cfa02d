/** What a host configures by environment variables, checked in one place. */

/**
 * The path under which the site lies: '' or '/handbook', without a slash at the end.
 *
 * @throws Error if it is not such a path
 */
export function basePathOf({ BASE_PATH = '' }) {
  const path = BASE_PATH.replace(/\/+$/, '');
  if (path === '' || /^(\/[\w.~-]+)+$/.test(path)) return path;
  throw new Error(`BASE_PATH must be empty or a path such as /handbook, got "${BASE_PATH}".`);
}

/**
 * The origin under which the site is reached, such as https://example.org, without a path.
 *
 * @throws Error if it is not an http(s) origin
 */
export function siteUrlOf({ SITE_URL = 'http://localhost:3000' }) {
  const url = URL.canParse(SITE_URL) ? new URL(SITE_URL) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash)
    return url.origin;
  throw new Error(
    `SITE_URL must be an origin such as https://example.org, got "${SITE_URL}". A path goes into BASE_PATH.`,
  );
}

/**
 * The port to serve on, 3000 unless PORT says otherwise.
 *
 * @throws Error if PORT is no port
 */
export function portOf({ PORT = '3000' }) {
  const port = Number(PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65535 && PORT.trim() !== '') return port;
  throw new Error(`PORT must be a whole number from 0 to 65535, got "${PORT}".`);
}

/**
 * What a function of this file reads from the environment; ends the process with its sentence if that
 * is malformed. Whoever sets a variable wants to know what is wrong with it, not where it was read.
 *
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => T} read
 */
export function configured(read) {
  try {
    return read(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

/** What to say where a port cannot be had, with the command that was given. */
export function portTaken(port, command) {
  const other = port === 65535 ? port - 1 : port + 1;
  return (
    `Port ${port} is taken by another program. End it, or choose another port: PORT=${other} ${command}` +
    (process.platform === 'win32' ? ` (PowerShell: $env:PORT=${other}; ${command})` : '')
  );
}
