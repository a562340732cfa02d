import type { OpenEngine } from '../lab';
import { FIRST_REQUEST_AT_MS } from './clock';
import { Log } from './log';
import {
  asRequest,
  checkMessage,
  METHODS,
  type RequestMessage,
  requestOnWire,
  responseOnWire,
  writeRequest,
} from './message';
import { Problem } from './problem';
import { frame, openService, routesOf } from './service';
import type { HttpAbout, HttpInput, HttpOutput, HttpSetup, Service } from './types';

/** Held to the installed packages by a test. */
export const VERSION = 'Hono 4.13.19, negotiator 1.1.0';

/**
 * A service in the page: Hono routes plain messages to the handlers of the lab. Nothing leaves the
 * machine, and the same requests get the same answers.
 */
export const open: OpenEngine<HttpSetup, HttpInput, HttpOutput, HttpAbout> = async (setup) => {
  const service = openService(setup);
  let requests = 0;

  async function run(input: HttpInput): Promise<HttpOutput> {
    const log = new Log();
    const request = writeRequest(input, setup.origin, log);
    const nowMs = FIRST_REQUEST_AT_MS + requests * 1000;
    requests += 1;
    const response = await answer(request, log, nowMs);
    return {
      request: requestOnWire(request),
      response: await responseOnWire(response),
      route: log.route,
      decisions: log.decisions,
    };
  }

  async function answer(request: RequestMessage, log: Log, nowMs: number): Promise<Response> {
    try {
      checkMessage(request);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      log.refused('message', error.members.detail);
      return frame(error.response(), nowMs);
    }
    if (request.target === '*') {
      log.passed('message', 'OPTIONS * asks about the server as a whole.');
      const headers = { Allow: methodsOf(service) };
      return frame(new Response(null, { status: 204, headers }), nowMs);
    }
    return service.fetch(asRequest(request, setup.origin), { log, nowMs });
  }

  return { version: VERSION, about: { origin: setup.origin, routes: routesOf(service) }, run };
};

/** What any of the routes allows. */
function methodsOf(service: Service): string {
  const taken = new Set(routesOf(service).flatMap(({ methods }) => methods));
  if (taken.has('GET')) taken.add('HEAD');
  taken.add('OPTIONS');
  return METHODS.filter((method) => taken.has(method)).join(', ');
}
