/** From the bytes of a file to its lines: unpacked, decoded, cut. */

/** A file, a text or anything else that can be read more than once. */
export interface Source {
  /** Compressed, as it lies there. */
  readonly sizeBytes: number;
  readonly stream: () => ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The file is not one that can be read; the message says what to do. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** The most that is read of a file, bytes as they lie there. */
export const SOURCE_BYTES_MAX = 2 * 2 ** 30;

interface Piece {
  readonly text: string;
  /** Bytes of the file that have been read so far, packed if it is. */
  readonly bytesRead: number;
}

/**
 * The text of a file, piece by piece; gzip is unpacked.
 *
 * @throws SourceError if it is too large, packed in another way, no text, or broken off
 */
export async function* piecesOf(source: Source): AsyncGenerator<Piece> {
  if (source.sizeBytes > SOURCE_BYTES_MAX) {
    throw new SourceError(
      `Expected a file of at most 2 GB, got ${(source.sizeBytes / 2 ** 30).toFixed(1)} GB. Cut out the part you want to look at, as with head or split.`,
    );
  }
  let bytesRead = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      bytesRead += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const { start, stream } = await peeked(source.stream().pipeThrough(counted));
  const packed = PACKED.find(({ magic }) => magic.every((byte, index) => start[index] === byte));
  if (packed && packed.name !== 'gzip') {
    throw new SourceError(
      `Expected text or gzip, got ${packed.name}. Unpack the file and choose what was in it.`,
    );
  }
  let decoder: TextDecoder | undefined;
  for await (const part of packed ? membersOf(stream) : [stream]) {
    const bytes = packed ? part.pipeThrough(new DecompressionStream('gzip')) : part;
    const reader = bytes.getReader();
    try {
      for (;;) {
        const { done, value } = await nextOf(reader);
        if (done) break;
        decoder ??= decoderFor(value);
        yield { text: decoder.decode(value, { stream: true }), bytesRead };
      }
    } finally {
      // Whoever stops early needs no more of the file; that it cannot be ended says nothing new.
      reader.cancel().catch(() => undefined);
    }
  }
  yield { text: decoder?.decode() ?? '', bytesRead };
}

const PACKED: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: 'gzip', magic: [0x1f, 0x8b] },
  { name: 'a zip archive', magic: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'Zstandard', magic: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'bzip2', magic: [0x42, 0x5a, 0x68] },
  { name: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
];
const MAGIC_BYTES = 8;

/** The first bytes of a stream, and the whole of it still to be read. */
async function peeked(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<{ start: Uint8Array; stream: ReadableStream<Uint8Array<ArrayBuffer>> }> {
  const reader = stream.getReader();
  const taken: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  while (length < MAGIC_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    taken.push(value);
    length += value.length;
  }
  const start = Uint8Array.from(taken.flatMap((chunk) => [...chunk.subarray(0, MAGIC_BYTES)]));
  return {
    start,
    stream: new ReadableStream({
      pull: async (controller) => {
        const held = taken.shift();
        if (held) {
          controller.enqueue(held);
          return;
        }
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    }),
  };
}

/**
 * The members of a gzip file, each to be read to its end before the next. There may be many (RFC 1952,
 * 2.2): nginx writes one whenever it empties its buffer, `cat` puts files together; and a
 * DecompressionStream takes one alone. Where one ends only its decoder knows, so it is cut where the
 * header of another seems to begin. By chance that happens once in thousands of files of 100 MB, and
 * then the decoder says that the file breaks off.
 */
async function* membersOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const reader = stream.getReader();
  let held = new Uint8Array();
  let isOver = false;
  while (!isOver || held.length > 0) {
    // A member begins with a header of its own.
    let from = 1;
    const pull = async (
      controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>,
    ): Promise<void> => {
      for (;;) {
        const next = headerIn(held, from);
        // The last bytes may be the first of a header.
        const length = next ?? (isOver ? held.length : held.length - HEADER_BYTES + 1);
        if (length > 0) {
          controller.enqueue(held.slice(0, length));
          held = held.slice(length);
          from = 0;
        }
        if (next !== null || isOver) {
          controller.close();
          return;
        }
        if (length > 0) return;
        const { done, value } = await reader.read();
        if (done) isOver = true;
        else held = joined(held, value);
      }
    };
    yield new ReadableStream({ pull, cancel: (reason) => reader.cancel(reason) });
  }
}

const HEADER_BYTES = 10;
/** What follows the magic bytes in a header of deflated data: flags, with or without a name and more. */
const HEADER_FLAGS = new Set([0, 0x04, 0x08, 0x0c, 0x10, 0x18]);
/** How hard it was packed: not said, most, or least. */
const HEADER_EFFORTS = new Set([0, 2, 4]);
/** The last of the operating systems that have a number; 255 is for one that is not known. */
const HEADER_SYSTEM_MAX = 13;

/** Where a header of gzip begins, as programs write it; null if none does from there on. */
function headerIn(bytes: Uint8Array, from: number): number | null {
  for (let at = bytes.indexOf(0x1f, from); at >= 0; at = bytes.indexOf(0x1f, at + 1)) {
    const [, magic, method, flags = -1] = bytes.subarray(at, at + 4);
    const [effort = -1, system = -1] = bytes.subarray(at + 8, at + HEADER_BYTES);
    const isHeader =
      magic === 0x8b &&
      method === 8 &&
      HEADER_FLAGS.has(flags) &&
      HEADER_EFFORTS.has(effort) &&
      ((system >= 0 && system <= HEADER_SYSTEM_MAX) || system === 255);
    if (isHeader) return at;
  }
  return null;
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

async function nextOf(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    return await reader.read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SourceError(
      `The file could not be read to its end (${why}). If it is packed, unpack it and choose what was in it.`,
    );
  }
}

/** By the mark at the beginning, if there is one; UTF-8 otherwise. */
function decoderFor(start: Uint8Array): TextDecoder {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le');
  if (start[0] === 0xfe && start[1] === 0xff) return new TextDecoder('utf-16be');
  if (start.subarray(0, 4096).includes(0)) {
    throw new SourceError('Expected a text file, got one with zero bytes. Choose a log or a CSV.');
  }
  return new TextDecoder('utf-8');
}

/** Cuts pieces of text into lines, whatever ends them (LF, CRLF). */
export class LineCutter {
  private rest = '';

  /** Hands on each line that has ended; stops when `take` says so. */
  push(text: string, take: (line: string) => boolean): boolean {
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0) {
        this.rest += text.slice(start);
        return true;
      }
      const line = this.rest + text.slice(start, end);
      this.rest = '';
      start = end + 1;
      if (!take(line.charCodeAt(line.length - 1) === 0x0d ? line.slice(0, -1) : line)) return false;
    }
  }

  /** What stands after the last end of a line. */
  finish(take: (line: string) => boolean): void {
    if (this.rest !== '') take(this.rest.replace(/\r$/, ''));
    this.rest = '';
  }
}
