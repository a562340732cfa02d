/**
 * Files of engines are compressed by the build, since not every host compresses what is neither text
 * nor picture: what a page says it fetches is then what it fetches, wherever it lies.
 */

/** Ending of a compressed file (gzip). No host has an opinion about it, as some have about ".gz". */
export const PACKED = '.packed';

/** The content of a response, decompressed if its address says that it has to be. */
export function contentOf(
  address: string,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return address.endsWith(PACKED) ? body.pipeThrough(new DecompressionStream('gzip')) : body;
}
