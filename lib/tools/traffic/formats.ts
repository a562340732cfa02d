/**
 * The formats of logs. Each turns a line into fields; which of them is the time, the key and the
 * duration is decided elsewhere (`guess.ts`), and the reader may decide otherwise.
 */
import { blankFields, type Delimiter, delimitedFields, LineError, shortened } from './fields';

export const FORMATS = {
  access: {
    title: 'Access log',
    describe: 'Common and combined log format, as Apache and nginx write them, with further fields',
  },
  json: { title: 'JSON lines', describe: 'One object a line; Caddy, and nginx with escape=json' },
  alb: { title: 'AWS load balancer', describe: 'Access log of an Application Load Balancer' },
  csv: { title: 'CSV', describe: 'Columns between delimiters, quoted by RFC 4180' },
  lines: { title: 'One value a line', describe: 'Timestamps or keys alone' },
} as const;

export type FormatId = keyof typeof FORMATS;

/** A format with what a file of it has of its own. */
export type Layout =
  | { readonly format: 'access'; readonly names: readonly string[] }
  | { readonly format: 'json'; readonly names: readonly string[] }
  | { readonly format: 'alb'; readonly names: readonly string[] }
  | {
      readonly format: 'csv';
      readonly names: readonly string[];
      readonly delimiter: Delimiter;
      readonly hasHeader: boolean;
    }
  | { readonly format: 'lines'; readonly names: readonly string[] };

/** The fields of a line, by the places of the layout's names; undefined for those it does not have. */
type Fields = readonly (string | undefined)[];

/**
 * Reads the fields at these places off a line; null if the record goes on in the next line.
 *
 * @throws LineError if the line is none of the format
 */
type LineReader = (line: string) => Fields | null;

/** A reader of the named fields alone, in the order in which they are named. */
export function lineReader(layout: Layout, wanted: readonly string[]): LineReader {
  switch (layout.format) {
    case 'access':
      return accessReader(layout.names, wanted);
    case 'alb':
      return albReader(wanted);
    case 'json': {
      const paths = wanted.map((name) => name.split(PATH_SEPARATOR));
      return (line) => {
        const object = parsedObject(line);
        return paths.map((path) => textAt(object, path));
      };
    }
    case 'csv': {
      const places = wanted.map((name) => layout.names.indexOf(name));
      return (record) => {
        const fields = delimitedFields(record, layout.delimiter);
        if (fields && fields.length < layout.names.length && !isRagged(fields))
          throw new LineError(
            `expected ${layout.names.length} columns, got ${fields.length} in “${shortened(record)}”`,
          );
        return fields && places.map((place) => fields[place]);
      };
    }
    case 'lines':
      return (line) => wanted.map(() => line.trim());
    default:
      return layout satisfies never;
  }
}

/** A line of blanks alone counts as empty and not as short. */
function isRagged(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0]?.trim() === '';
}

// --- Access logs -----------------------------------------------------------------------------------

/**
 * Names of the fields of an access log, read off one line: what stands before the bracketed time, the
 * request, and what comes after it in the order of the combined format. Further fields of the form
 * `rt=0.12` have the name that they say.
 *
 * @throws LineError if it has no time in brackets followed by a request
 */
export function accessNames(line: string): string[] {
  const fields = blankFields(line);
  const time = fields.findIndex((field) => isBracketed(field));
  if (time < 1 || time > 4)
    throw new LineError('expected a time in brackets after the client’s address');
  const request = fields[time + 1];
  if (request === undefined) throw new LineError('expected a request after the time');
  const before = BEFORE_TIME[time] ?? [];
  const after = fields.slice(time + 1).map((field, index) => {
    const named = /^([a-z][\w-]*)=/i.exec(field)?.[1];
    return COMBINED[index] ?? named ?? `field ${time + 2 + index}`;
  });
  return [...before, 'time', ...after, ...REQUEST_PARTS];
}

/** What stands before the time, by how much it is; the fourth is Apache’s format with the virtual host. */
const BEFORE_TIME: Readonly<Record<number, readonly string[]>> = {
  1: ['client'],
  2: ['client', 'user'],
  3: ['client', 'ident', 'user'],
  4: ['host', 'client', 'ident', 'user'],
};
const COMBINED = ['request', 'status', 'bytes', 'referer', 'agent'];
const REQUEST_PARTS = ['method', 'url', 'path'];

function isBracketed(field: string): boolean {
  return field.startsWith('[') && field.endsWith(']');
}

function accessReader(names: readonly string[], wanted: readonly string[]): LineReader {
  const time = names.indexOf('time');
  const request = names.indexOf('request');
  const getters = wanted.map((name) => getterOf(names, name, request));
  return (line) => {
    const fields = blankFields(line);
    const bracketed = fields[time];
    if (bracketed === undefined || !isBracketed(bracketed))
      throw new LineError(
        `expected a time in brackets as field ${time + 1}, got “${shortened(bracketed ?? line)}”`,
      );
    fields[time] = bracketed.slice(1, -1);
    return getters.map((get) => get(fields));
  };
}

type Getter = (fields: readonly string[]) => string | undefined;

function getterOf(names: readonly string[], name: string, request: number): Getter {
  const part = REQUEST_PARTS.indexOf(name);
  if (part >= 0) return (fields) => requestPart(fields[request], name);
  const place = names.indexOf(name);
  const prefix = `${name}=`;
  return (fields) => {
    const field = fields[place];
    return field?.startsWith(prefix) ? field.slice(prefix.length) : field;
  };
}

/** Method, address or path of `GET /items?id=1 HTTP/1.1`; undefined if it is no such request. */
function requestPart(request: string | undefined, name: string): string | undefined {
  if (request === undefined) return undefined;
  const method = request.indexOf(' ');
  if (method < 0) return undefined;
  if (name === 'method') return request.slice(0, method);
  const end = request.indexOf(' ', method + 1);
  const url = request.slice(method + 1, end < 0 ? undefined : end);
  return name === 'url' ? url : pathOf(url);
}

/** The path of an address, with or without its origin, and without what follows a question mark. */
function pathOf(url: string): string {
  // Only at the beginning: a query may hold another address.
  const origin = /^[a-z][a-z\d+.-]*:\/\//i.exec(url)?.[0];
  const start = origin === undefined ? 0 : url.indexOf('/', origin.length);
  if (start < 0) return '/';
  const query = url.indexOf('?', start);
  return url.slice(start, query < 0 ? undefined : query);
}

// --- AWS Application Load Balancer -----------------------------------------------------------------

/**
 * The fields in their order, as "Access logs for your Application Load Balancer" of the AWS
 * documentation gives them; new ones are added at the end and are to be ignored.
 */
const ALB = [
  ...['type', 'time', 'elb', 'client:port', 'target:port'],
  ...['request_processing_time', 'target_processing_time', 'response_processing_time'],
  ...['elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes'],
  ...['request', 'user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id'],
  ...['domain_name', 'chosen_cert_arn', 'matched_rule_priority', 'request_creation_time'],
];
const ALB_TYPES = new Set(['http', 'https', 'h2', 'grpcs', 'ws', 'wss']);

export const ALB_NAMES: readonly string[] = [...ALB, 'client', ...REQUEST_PARTS];

function albReader(wanted: readonly string[]): LineReader {
  const request = ALB.indexOf('request');
  const client = ALB.indexOf('client:port');
  const getters = wanted.map(
    (name): Getter =>
      name === 'client'
        ? (fields) => withoutPort(fields[client])
        : getterOf(ALB_NAMES, name, request),
  );
  return (line) => {
    const fields = blankFields(line);
    const [type = ''] = fields;
    if (!ALB_TYPES.has(type))
      throw new LineError(
        `expected a type of connection (${[...ALB_TYPES].join(', ')}), got “${shortened(type)}”`,
      );
    if (fields.length < ALB.length)
      throw new LineError(`expected at least ${ALB.length} fields, got ${fields.length}`);
    return getters.map((get) => get(fields));
  };
}

function withoutPort(address: string | undefined): string | undefined {
  const colon = address?.lastIndexOf(':') ?? -1;
  return colon < 0 ? address : address?.slice(0, colon);
}

// --- JSON lines ------------------------------------------------------------------------------------

/** Between the names on the way to a nested field; names of headers hold dots, but no such arrow. */
export const PATH_SEPARATOR = ' › ';
/** Deeper than this nothing is offered as a field. */
const DEPTH_MAX = 4;

function parsedObject(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LineError(`expected a JSON object, got “${shortened(line)}”`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LineError(`expected a JSON object, got “${shortened(line)}”`);
  return value as Readonly<Record<string, unknown>>;
}

/** Names of all fields that hold a text, a number or a truth, and so of those inside of objects. */
export function jsonNames(line: string): string[] {
  const names: string[] = [];
  const collect = (object: Readonly<Record<string, unknown>>, path: readonly string[]): void => {
    for (const [name, value] of Object.entries(object)) {
      const here = [...path, name];
      if (isObject(value)) {
        if (here.length < DEPTH_MAX) collect(value, here);
      } else names.push(here.join(PATH_SEPARATOR));
    }
  };
  collect(parsedObject(line), []);
  return names;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textAt(
  object: Readonly<Record<string, unknown>>,
  path: readonly string[],
): string | undefined {
  let value: unknown = object;
  for (const name of path) value = isObject(value) ? value[name] : undefined;
  // Caddy writes each header as a list of its values.
  if (Array.isArray(value)) [value] = value as unknown[];
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

// --- CSV -------------------------------------------------------------------------------------------

/** Names for the columns of a record: those it says itself, if it is a header. */
export function columnNames(fields: readonly string[], hasHeader: boolean): string[] {
  const seen = new Map<string, number>();
  return fields.map((field, index) => {
    const name = (hasHeader ? field.trim() : '') || `column ${index + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
