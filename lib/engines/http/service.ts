import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { httpDate } from './http-date';
import { METHODS } from './message';
import { Problem } from './problem';
import type { HttpAbout, HttpSetup, Route, Service, ServiceEnv } from './types';

/** A service with the layers that all labs share, from the outside in, and the routes of one of them. */
export function openService({ routes, bodyBytesMax }: HttpSetup): Service {
  const service: Service = new Hono<ServiceEnv>();
  service.use(framing, bodyLimit(bodyBytesMax));
  service.onError((error, c) => {
    if (!(error instanceof Problem)) throw error;
    c.env.log.noted('problem details', `${error.status} ends the request.`);
    return error.response();
  });
  service.notFound(withoutRoute);
  routes(service);
  return service;

  /** Nothing has taken the request: because of its path, or because of its method. */
  function withoutRoute(c: Context<ServiceEnv>): Response {
    const allowed = allowedMethods(service, c.req.path);
    if (allowed.length === 0) {
      throw new Problem(404, { detail: `There is nothing at ${c.req.path}.` });
    }
    const Allow = allowed.join(', ');
    if (c.req.method === 'OPTIONS') {
      c.env.log.passed('router', `OPTIONS is answered for all routes alike: ${Allow}.`);
      return new Response(null, { status: 204, headers: { Allow } });
    }
    throw new Problem(405, { detail: `${c.req.path} does not allow ${c.req.method}.` }, { Allow });
  }
}

/** The fields that every answer has, whoever gives it (RFC 9110 sections 6.6.1 and 8.6). */
export async function frame(response: Response, nowMs: number): Promise<Response> {
  const { headers, status } = response;
  headers.set('Date', httpDate(nowMs));
  if (status !== 204 && status !== 304) {
    const { byteLength } = await response.clone().arrayBuffer();
    headers.set('Content-Length', String(byteLength));
  }
  return response;
}

/** Writes on the way out what frames the answer. Around everything else, so that it sees every answer. */
const framing: MiddlewareHandler<ServiceEnv> = async (c, next) => {
  const { log, nowMs } = c.env;
  await log.within(next);
  // HEAD comes here as GET, and loses its content later.
  await frame(c.res, nowMs);
  const says =
    c.req.method === 'HEAD' ? 'the fields of GET, without its content' : 'Date and length';
  log.noted('framing', `On the way out: ${says}.`);
};

/** Before anything reads the content. */
function bodyLimit(bytesMax: number): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const { log } = c.env;
    const bytes = Number(c.req.header('Content-Length') ?? 0);
    if (bytes > bytesMax) {
      log.refused('body limit', `${bytes} bytes, of at most ${bytesMax}: nobody reads them.`);
      throw new Problem(413, {
        detail: `Content has at most ${bytesMax} bytes here; got ${bytes}.`,
      });
    }
    if (bytes > 0) log.passed('body limit', `${bytes} bytes, of at most ${bytesMax}.`);
    await log.within(async () => {
      logRoute(c);
      await next();
    });
  };
}

function logRoute(c: Context<ServiceEnv>): void {
  const { log } = c.env;
  const { path, method } = c.req;
  const route = routeOf(c);
  log.route = route;
  if (route) {
    const values = route.parameters.map(([name, value]) => `${name} = ${value}`).join(', ');
    log.passed('router', `${path} is ${route.pattern}${values && `, ${values}`}.`);
  } else if (method !== 'OPTIONS') {
    log.refused('router', `No route takes ${method} ${path}.`);
  }
}

/** The route that will take the request, whose handler may not have its turn yet. */
function routeOf(c: Context<ServiceEnv>): Route | null {
  const matched = matchedRoutes(c);
  const index = matched.findIndex(({ method }) => method !== 'ALL');
  const route = matched[index];
  if (!route) return null;
  // Hono tells parameters for the handler whose turn it is.
  const turn = c.req.routeIndex;
  c.req.routeIndex = index;
  const parameters = Object.entries(c.req.param());
  c.req.routeIndex = turn;
  return { pattern: route.path, parameters };
}

/** Methods that a path answers to, OPTIONS and the HEAD of a GET with them; none where there is no resource. */
function allowedMethods(service: Service, path: string): string[] {
  const taken = METHODS.filter((method) =>
    service.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  if (taken.length === 0) return [];
  const implied = taken.includes('GET') ? ['HEAD', 'OPTIONS'] : ['OPTIONS'];
  return METHODS.filter((method) => taken.includes(method) || implied.includes(method));
}

/** The routes as they were declared, the methods of a pattern together. */
export function routesOf(service: Service): HttpAbout['routes'] {
  const methods = new Map<string, string[]>();
  for (const { method, path } of service.routes) {
    if (method === 'ALL') continue;
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  return [...methods].map(([pattern, taken]) => ({ pattern, methods: taken }));
}
