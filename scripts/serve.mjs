/**
 * Serves the built site in `out/` on PORT (3000 unless set), compressed, with the headers of
 * deploy/headers.mjs. `next start` cannot serve an export.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import compression from '@polka/compression';
import send from 'send';
import { headersOf, TEXT_TYPES } from '../deploy/headers.mjs';
import { basePathOf, configured, portOf, portTaken } from './environment.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

/**
 * Not for readers: what other hosts read and do not send either, and the page that stands in for what is
 * not there. Two slashes in front would make of a redirect one to another host.
 */
const UNSERVED = /^\/(_headers$|404\.html$|\/)/;

/**
 * Each file is looked at when it is asked for, so that a build made meanwhile is served as it is. Nothing
 * here asks for a part of a file, and one of a compressed file would not be the part that was asked for.
 */
const SENT = { acceptRanges: false, cacheControl: false };

/** @returns {import('node:http').Server} not yet listening */
export function createSiteServer({ folder = OUT, basePath = '' } = {}) {
  const compress = compression({ threshold: 1024 });
  const notFoundPage = join(folder, '404.html');

  const setHeaders = (response, address) => {
    for (const [name, value] of Object.entries(headersOf(address))) response.setHeader(name, value);
    const type = TEXT_TYPES[extname(address) || '.html'];
    if (type === undefined) return;
    response.setHeader('Content-Type', `${type}; charset=utf-8`);
    response.setHeader('Vary', 'Accept-Encoding');
  };
  const notFound = (response) => {
    // Of a file that has gone while it was being opened.
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    setHeaders(response, '/404.html');
    response.statusCode = 404;
    response.end(contentOf(notFoundPage) ?? 'Not found');
  };
  const refused = (response, { statusCode, message }) => {
    // Too late to say so: the answer has begun.
    if (response.headersSent) return response.destroy();
    if (statusCode < 500) return notFound(response);
    response.statusCode = statusCode;
    return response.end(message);
  };

  return createServer((request, response) => {
    compress(request, response, () => {
      const full = `http://localhost${request.url}`;
      const { pathname, search } = new URL(URL.canParse(full) ? full : 'http://localhost/404.html');
      if (!`${pathname}/`.startsWith(`${basePath}/`)) return notFound(response);
      const address = pathname.slice(basePath.length);
      if (UNSERVED.test(address)) return notFound(response);
      // A page has one address: with the slash.
      if (/\/[^/.]+$|^$/.test(address) && existsSync(join(folder, address, 'index.html'))) {
        response.writeHead(301, { Location: `${pathname}/${search}` });
        return response.end();
      }
      // Before the file is looked for, so that they stand on a 304 as well.
      setHeaders(response, address);
      send(request, address, { ...SENT, root: folder })
        .on('error', (error) => refused(response, error))
        .on('directory', () => notFound(response))
        .pipe(response);
    });
  });
}

/** Undefined where there is no such file, as while a build is being put in its place. */
function contentOf(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Listens, or ends the process with the port and the remedy if it is taken. */
export function serve({ port, basePath }) {
  if (!existsSync(join(OUT, 'index.html'))) {
    console.error('There is no built site in out/. Build it first: npm run build');
    process.exit(1);
  }
  const server = createSiteServer({ basePath });
  server.on('error', (error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    console.error(portTaken(port, 'npm start'));
    process.exit(1);
  });
  server.listen(port, () => {
    console.log(`Steady State is served on http://localhost:${server.address().port}${basePath}/`);
  });
  return server;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  serve({ port: configured(portOf), basePath: configured(basePathOf) });
