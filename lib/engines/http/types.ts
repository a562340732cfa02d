import type { Hono } from 'hono';
import type { Lab } from '../lab';
import type { Log } from './log';

/** A request as the reader writes it. */
export interface HttpInput {
  /** As it goes into the request line: methods are case-sensitive (RFC 9110 section 9.1). */
  readonly method: string;
  /** Path and query, as they go into the request line; percent-encoded. */
  readonly target: string;
  /** One field a line, `Name: value`; empty lines count for nothing. */
  readonly headers: string;
  /** The content, sent as UTF-8. */
  readonly body: string;
}

/** What the engine gives to each request besides the request: Hono hands it on as `c.env`. */
export interface ServiceEnv {
  readonly Bindings: {
    readonly log: Log;
    /** The service's clock, ms since 1970. */
    readonly nowMs: number;
  };
}

export type Service = Hono<ServiceEnv>;

/** The service that a lab talks to. */
export interface HttpSetup {
  /** Scheme and host, where the service pretends to be: "https://api.example". */
  readonly origin: string;
  /** Larger content is answered with 413; bytes. */
  readonly bodyBytesMax: number;
  /** Adds routes to a service that has its layers. Called once for each opening: what it keeps is made in it. */
  readonly routes: (service: Service) => void;
}

/** One of what a server could answer with, and how welcome it is. */
export interface Candidate {
  readonly offer: string;
  /** The range of the request's field that speaks about it (the most specific); null if none does. */
  readonly range: string | null;
  /** 0 to 1; 0 is not acceptable. */
  readonly q: number;
  readonly chosen: boolean;
}

/** One thing that was decided on the way of a request to its answer, in the order of deciding. */
export interface Decision {
  /** Layer, field or handler that decided: "body limit", "If-Match". */
  readonly by: string;
  /** What was found, and what follows, one or two sentences. */
  readonly says: string;
  readonly verdict: 'passed' | 'refused' | 'noted';
  /** How many layers of the service are around it. */
  readonly depth: number;
  /** Where something was chosen: among what. */
  readonly candidates?: readonly Candidate[];
}

/** A message of HTTP/1.1 as it stands on the wire. */
export interface WireMessage {
  /** Start line and fields, a line each, without the empty line at the end. */
  readonly head: string;
  /** Bytes of the head, line ends and the empty line with it. */
  readonly headBytes: number;
  /** The content, or its beginning. */
  readonly body: string;
  readonly bodyBytes: number;
  /** Characters of the content that are not in `body`, because it is long. */
  readonly cutChars: number;
}

export interface Route {
  /** As it was declared: "/orders/:id". */
  readonly pattern: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

export interface HttpOutput {
  readonly request: WireMessage;
  readonly response: WireMessage & { readonly status: number };
  /** The route that took the request; null if none did. */
  readonly route: Route | null;
  readonly decisions: readonly Decision[];
}

export interface HttpAbout {
  readonly origin: string;
  /** What the service answers to, in the order of declaration. */
  readonly routes: readonly { readonly pattern: string; readonly methods: readonly string[] }[];
}

export type HttpLab = Lab<'http', HttpSetup, HttpInput, HttpOutput>;
