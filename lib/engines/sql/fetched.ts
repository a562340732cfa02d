/** What PGlite is started with in a browser: its files, fetched here so that their progress can be told. */
import type { PGliteOptions } from '@electric-sql/pglite';
import type { Surroundings } from '../lab';
import { contentOf } from '../packed';
import type { Extension } from './types';

/** Sizes of what is fetched first, bytes; held to the files by `fetched.test.ts`. */
export const BYTES = {
  'pglite.wasm': 9_086_480,
  'pglite.data': 6_242_272,
  'initdb.wasm': 298_788,
} as const;

/** @throws Error if a file cannot be fetched */
export async function fetchedOptions(
  extensions: readonly Extension[],
  { addressOf, progress }: Surroundings,
): Promise<PGliteOptions> {
  const bytesInAll = Object.values(BYTES).reduce((sum, bytes) => sum + bytes, 0);
  let bytesHere = 0;
  const came = (bytes: number): void => {
    bytesHere += bytes;
    progress({ label: 'Fetching PostgreSQL', share: Math.min(1, bytesHere / bytesInAll) });
  };
  came(0);
  const load = (asset: keyof typeof BYTES): Promise<ArrayBuffer> =>
    fetchCounted(addressOf(asset), came);
  const compile = async (asset: keyof typeof BYTES): Promise<WebAssembly.Module> =>
    WebAssembly.compile(await load(asset));
  const [pgliteWasmModule, files, initdbWasmModule] = await Promise.all([
    compile('pglite.wasm'),
    load('pglite.data'),
    compile('initdb.wasm'),
  ]);
  progress({ label: 'Starting PostgreSQL' });
  return {
    pgliteWasmModule,
    fsBundle: new Blob([files]),
    initdbWasmModule,
    extensions: Object.fromEntries(
      extensions.map((name) => [name, new URL(addressOf(`${name}.tar.gz`))]),
    ),
  };
}

/** @param counts told of each piece, bytes after decompression */
async function fetchCounted(
  address: string,
  counts: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const response = await fetch(address).catch(() => undefined);
  if (!response?.ok || !response.body) {
    const got = response ? `status ${response.status}` : 'no answer';
    throw new Error(
      `Expected a part of PostgreSQL at ${address}, got ${got}. Check the connection.`,
    );
  }
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, to) => {
      counts(piece.byteLength);
      to.enqueue(piece);
    },
  });
  return new Response(contentOf(address, response.body).pipeThrough(counted)).arrayBuffer();
}
