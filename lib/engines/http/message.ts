import { grouped } from '../../kernel/grouped';
import { type Fields, fieldValue, spelt } from './fields';
import type { Log } from './log';
import { Problem } from './problem';
import { reasonPhrase } from './status';
import type { HttpInput, WireMessage } from './types';

/** Methods that the server knows, whatever a resource allows; another one gets 501 (RFC 9110 section 9.1). */
export const METHODS = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
];

const TARGET_BYTES_MAX = 2000;
const FIELDS_BYTES_MAX = 8000;
const SHOWN_CHARS_MAX = 16_000;

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** RFC 9110 section 5.5: visible characters, spaces and tabs; beyond ASCII a byte each. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** RFC 9112 section 3.2.1, and the asterisk of OPTIONS. Brackets and quotes are let pass, as most servers do. */
const TARGET = /^(\/[\x21\x22\x24-\x7e]*|\*)$/;

const encoder = new TextEncoder();

/** A request as plain data: a browser's own `Request` would leave out fields such as Cookie. */
export interface RequestMessage {
  readonly method: string;
  readonly target: string;
  readonly fields: Fields;
  readonly body: string;
  readonly bodyBytes: number;
}

/**
 * Puts the reader's request on the wire, as a client does: the fields that frame the message are its
 * own to write. Malformed fields are sent as they are.
 */
export function writeRequest(input: HttpInput, origin: string, log: Log): RequestMessage {
  const bodyBytes = encoder.encode(input.body).length;
  const written = input.headers
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(splitField);
  const own = written.filter(([name]) => !/^(content-length|transfer-encoding)$/i.test(name));
  if (own.length < written.length) {
    log.noted(
      'client',
      'Content-Length and Transfer-Encoding frame the message, so the client writes them itself.',
    );
  }
  const fields: [string, string][] = [...own];
  if (fieldValue(own, 'host') === undefined)
    fields.unshift(['Host', origin.replace(/^\w+:\/\//, '')]);
  // RFC 9110 section 8.6: a method that anticipates content says when there is none.
  if (bodyBytes > 0 || ['POST', 'PUT', 'PATCH'].includes(input.method)) {
    fields.push(['Content-Length', String(bodyBytes)]);
  }
  return { method: input.method, target: input.target, fields, body: input.body, bodyBytes };
}

/** Up to the colon; a line without one is a name that has no value, which no server takes. */
function splitField(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, NO_COLON] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}
const NO_COLON = '\n';

/** What a server refuses before it looks for a route. Throws a `Problem`. */
export function checkMessage({ method, target, fields }: RequestMessage): void {
  if (!TOKEN.test(method)) {
    throw new Problem(400, {
      detail: `A method is letters without a space, such as GET; got "${method}".`,
    });
  }
  if (!METHODS.includes(method)) {
    const detail = METHODS.includes(method.toUpperCase())
      ? `Methods are case-sensitive: "${method}" is not ${method.toUpperCase()}.`
      : `This server does not know the method ${method}.`;
    throw new Problem(501, { detail });
  }
  if (target.length > TARGET_BYTES_MAX) {
    throw new Problem(414, {
      detail: `A target has at most ${grouped(TARGET_BYTES_MAX)} bytes here; got ${grouped(target.length)}.`,
    });
  }
  if (!TARGET.test(target) || (target === '*' && method !== 'OPTIONS')) {
    throw new Problem(400, {
      detail:
        'A target begins with "/" and is ASCII without spaces; other characters are percent-encoded.',
    });
  }
  let bytes = 0;
  for (const [name, value] of fields) {
    bytes += fieldBytes([name, value]);
    if (value === NO_COLON) {
      throw new Problem(400, { detail: `A field is "Name: value"; "${name}" has no colon.` });
    }
    if (!TOKEN.test(name)) {
      throw new Problem(400, {
        detail: `The name of a field has no space, and none before its colon; got "${name}".`,
      });
    }
    if (!FIELD_VALUE.test(value)) {
      throw new Problem(400, {
        detail: `The value of ${name} holds a character that a field cannot carry.`,
      });
    }
  }
  if (bytes > FIELDS_BYTES_MAX) {
    throw new Problem(431, {
      detail: `The fields have at most ${grouped(FIELDS_BYTES_MAX)} bytes here; got ${grouped(bytes)}.`,
    });
  }
  // RFC 9112 section 3.2.
  if (fields.filter(([name]) => name.toLowerCase() === 'host').length > 1) {
    throw new Problem(400, { detail: 'A request names one host; got several Host fields.' });
  }
}

/** The message as Fetch's `Request`, with what a browser's own would refuse or leave out. */
export function asRequest(message: RequestMessage, origin: string): Request {
  return new WireRequest(message, origin);
}

/**
 * In a page, `Request` takes no Cookie, Accept-Encoding or TRACE, and no content with GET, since a page
 * must not send them; a server receives them all. Free-standing `Headers` take every field.
 */
class WireRequest extends Request {
  readonly #method: string;
  readonly #headers: Headers;

  constructor({ method, target, fields, body }: RequestMessage, origin: string) {
    super(origin + target, { method: 'POST', body });
    this.#method = method;
    this.#headers = new Headers();
    for (const [name, value] of fields) this.#headers.append(name, value);
  }

  override get method(): string {
    return this.#method;
  }

  override get headers(): Headers {
    return this.#headers;
  }
}

export function requestOnWire({ method, target, fields, body }: RequestMessage): WireMessage {
  return onWire(`${method} ${target} HTTP/1.1`, fields, body);
}

export async function responseOnWire(
  response: Response,
): Promise<WireMessage & { readonly status: number }> {
  const { status } = response;
  const startLine = `HTTP/1.1 ${status} ${reasonPhrase(status)}`;
  const fields = [...response.headers].map(([name, value]) => [spelt(name), value] as const);
  return { status, ...onWire(startLine, fields, await response.text()) };
}

function onWire(startLine: string, fields: Fields, body: string): WireMessage {
  const lines = fields.map(([name, value]) =>
    value === NO_COLON ? name : `${name}: ${value}`.trimEnd(),
  );
  const shown = body.slice(0, SHOWN_CHARS_MAX);
  const fieldsBytes = fields.reduce((bytes, field) => bytes + fieldBytes(field), 0);
  return {
    head: [startLine, ...lines].join('\n'),
    headBytes: encoder.encode(startLine).length + 2 + fieldsBytes + 2,
    body: shown,
    bodyBytes: encoder.encode(body).length,
    cutChars: body.length - shown.length,
  };
}

/** A line with its CRLF; characters beyond ASCII are a byte each. */
function fieldBytes([name, value]: Fields[number]): number {
  return value === NO_COLON ? name.length + 2 : `${name}: ${value}`.trimEnd().length + 2;
}
