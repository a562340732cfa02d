/**
 * Serves the built site in `out/` on PORT (3000 unless set), compressed, with the headers of
 * deploy/headers.mjs. `next start` cannot serve an export.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import compression from '@polka/compression';
import sirv from 'sirv';
import { headersOf, TEXT_TYPES } from '../deploy/headers.mjs';
import { basePathOf, configured, portOf, portTaken } from './environment.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

/** For other hosts, who do not send it either. */
const UNSERVED = '/_headers';

/** @returns {import('node:http').Server} not yet listening */
export function createSiteServer({ folder = OUT, basePath = '' } = {}) {
  const files = sirv(folder, { etag: true });
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
    setHeaders(response, '/404.html');
    response.statusCode = 404;
    response.end(existsSync(notFoundPage) ? readFileSync(notFoundPage) : 'Not found');
  };

  return createServer((request, response) => {
    compress(request, response, () => {
      const full = `http://localhost${request.url}`;
      const { pathname, search } = new URL(URL.canParse(full) ? full : 'http://localhost/404.html');
      if (!`${pathname}/`.startsWith(`${basePath}/`)) return notFound(response);
      const address = pathname.slice(basePath.length);
      if (address === UNSERVED) return notFound(response);
      // A page has one address: with the slash.
      if (/\/[^/.]+$|^$/.test(address) && existsSync(join(folder, address, 'index.html'))) {
        response.writeHead(301, { Location: `${pathname}/${search}` });
        return response.end();
      }
      // Before the file is looked for, so that they stand on a 304 as well.
      setHeaders(response, address);
      request.url = `${address}${search}`;
      files(request, response, () => notFound(response));
    });
  });
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
