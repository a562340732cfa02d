/** One object through every codec. */
import type { DescMessage, JsonValue } from '@bufbuild/protobuf';
import { grouped } from '../../kernel/grouped';
import { CODECS, type Taken } from './codecs';
import { readSchema } from './schema';
import { measure } from './speed';
import type {
  CodecId,
  CodecOutcome,
  CodecsOutput,
  CompareInput,
  EncodedOutcome,
  Part,
  Role,
  Shown,
  Spread,
} from './types';

/** Larger objects take long to read for those who look at bytes, and are none of a lab's. */
const OBJECT_BYTES_MAX = 65_536;
/** Arrays and objects within each other; the codecs go through them by recursion. */
const OBJECT_DEPTH_MAX = 64;
/** As many parts of the bytes are shown. */
const PARTS_MAX = 64;
const DIFFERENCES_MAX = 5;

export async function compare(
  codecs: readonly CodecId[],
  { json, proto, isTimed }: CompareInput,
): Promise<CodecsOutput> {
  const read = readObject(json);
  if ('message' in read) return { task: 'refused', what: 'The object', message: read.message };
  const { object } = read;
  const taken = codecs.map((id) => ({ id, ...take(id, object, () => readSchema(proto)) }));
  const outcomes = await Promise.all(
    taken.map((one) => ('refused' in one ? one : outcomeOf(one.id, one, object))),
  );
  return { task: 'compared', codecs: isTimed ? withSpeeds(outcomes, taken) : outcomes };
}

type Attempt = (Taken & { readonly bytes: Uint8Array }) | { readonly refused: string };

function take(id: CodecId, object: JsonValue, schema: () => DescMessage): Attempt {
  try {
    const codec = CODECS[id].take(object, schema);
    const bytes = codec.encode();
    // What a codec writes and then does not read, it does not hold.
    codec.decode(bytes);
    return { ...codec, bytes };
  } catch (error) {
    return { refused: messageOf(error) };
  }
}

/** An object from JSON, or why it is none. */
export function readObject(json: string): { object: JsonValue } | { message: string } {
  const { length } = new TextEncoder().encode(json);
  if (length > OBJECT_BYTES_MAX)
    return {
      message: `It may have at most ${grouped(OBJECT_BYTES_MAX)} bytes here; it has ${grouped(length)}.`,
    };
  try {
    const object: JsonValue = JSON.parse(json);
    return isTooDeep(object)
      ? { message: `It may be nested ${OBJECT_DEPTH_MAX} deep here; it is deeper.` }
      : { object };
  } catch (error) {
    return { message: messageOf(error) };
  }
}

function isTooDeep(object: JsonValue): boolean {
  let level: unknown[] = [object];
  for (let depth = 0; level.length > 0; depth++) {
    level = level.filter(isObject).flatMap((member) => Object.values(member));
    if (depth === OBJECT_DEPTH_MAX) return level.length > 0;
  }
  return false;
}

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : `${error}`;

async function outcomeOf(
  id: CodecId,
  { bytes, annotate, toJson }: Taken & { readonly bytes: Uint8Array },
  object: JsonValue,
): Promise<EncodedOutcome> {
  const parts = annotate(bytes);
  return {
    id,
    refused: null,
    bytes: bytes.length,
    gzipBytes: await gzipBytesOf(bytes),
    bytesBy: sumByRole(parts),
    ...shownOf(parts, PARTS_MAX),
    differences: differencesOf(object, toJson(bytes)).slice(0, DIFFERENCES_MAX),
    speed: null,
  };
}

const lengthOf = ({ hex }: Part): number => hex.length / 2;

/** The first parts, and how many bytes the others have. */
export function shownOf(parts: readonly Part[], max: number): Shown {
  const hidden = parts.slice(max).reduce((sum, part) => sum + lengthOf(part), 0);
  return { parts: parts.slice(0, max), bytesHidden: hidden };
}

function sumByRole(parts: readonly Part[]): Record<Role, number> {
  const sums: Record<Role, number> = { tag: 0, length: 0, name: 0, value: 0, mark: 0 };
  for (const part of parts) sums[part.role] += lengthOf(part);
  return sums;
}

async function gzipBytesOf(bytes: Uint8Array): Promise<number> {
  const stream = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** Where what came back is not what went in, by path. */
function differencesOf(before: unknown, after: unknown, path = ''): string[] {
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      differencesOf(
        memberOf(before, key),
        memberOf(after, key),
        Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
      ),
    );
  }
  if (Object.is(before, after)) return [];
  const name = path === '' ? 'The object' : path;
  if (after === undefined) return [`${name}: ${said(before)} does not come back`];
  return before === undefined
    ? [`${name}: ${said(after)} comes back, which was not there`]
    : [`${name}: ${said(before)} comes back as ${said(after)}`];
}

function isObject<T>(value: T): value is T & Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Its own alone: a field may be named like what every object inherits, "constructor" for one. */
const memberOf = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const SAID_MAX = 60;

function said(value: unknown): string {
  // JSON has no word for some numbers: infinity would be said as null, and -0 as 0.
  const text = Object.is(value, -0)
    ? '-0'
    : typeof value === 'number'
      ? String(value)
      : JSON.stringify(value);
  return text.length > SAID_MAX ? `${text.slice(0, SAID_MAX)}…` : text;
}

function withSpeeds(
  outcomes: readonly CodecOutcome[],
  taken: readonly ({ readonly id: CodecId } & Attempt)[],
): CodecOutcome[] {
  const operations = taken.flatMap((one) =>
    'refused' in one ? [] : [one.encode, () => one.decode(one.bytes)],
  );
  const spreads = measure(operations, () => performance.now());
  let next = 0;
  return outcomes.map((outcome) => {
    if (outcome.refused !== null) return outcome;
    const [encode, decode]: (Spread | undefined)[] = [spreads[next], spreads[next + 1]];
    next += 2;
    return { ...outcome, speed: encode && decode ? { encode, decode } : null };
  });
}
