/**
 * Serves the built site in `out/` on PORT (3000 unless set), compressed, with the headers that a
 * page cannot give itself. `next start` cannot serve an export.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import compression from '@polka/compression';
import sirv from 'sirv';
import { basePathOf, portOf, portTaken } from './environment.mjs';

const OUT = fileURLToPath(new URL('../out', import.meta.url));

/** What only a header can say; the rest of the policy is in each page. */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': "frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
};

/** A worker's script answers for its own policy: it may reach nothing at all. */
export const WORKER_POLICY = "default-src 'none'";

/** Files whose name holds a hash of their content. */
const HASHED = /^\/(_next\/static|sim)\//;
const WORKER_SCRIPT = /^\/sim\//;

/** @returns {import('node:http').Server} not yet listening */
export function createSiteServer({ folder = OUT, basePath = '' } = {}) {
  const files = sirv(folder, {
    etag: true,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      if (WORKER_SCRIPT.test(path)) response.setHeader('Content-Security-Policy', WORKER_POLICY);
      response.setHeader(
        'Cache-Control',
        HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  const compress = compression({ threshold: 1024 });
  const notFoundPage = join(folder, '404.html');

  const notFound = (response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    response.writeHead(404, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-cache',
    });
    response.end(existsSync(notFoundPage) ? readFileSync(notFoundPage) : 'Not found');
  };

  return createServer((request, response) => {
    compress(request, response, () => {
      const url = request.url ?? '/';
      if (basePath && url !== basePath && !url.startsWith(`${basePath}/`))
        return notFound(response);
      if (url === basePath && basePath) {
        response.writeHead(308, { Location: `${basePath}/` });
        return response.end();
      }
      request.url = url.slice(basePath.length);
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
  serve({ port: portOf(process.env), basePath: basePathOf(process.env) });
