import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../lab';
import { PACKED } from '../packed';
import { assets } from './assets.node';
import { BYTES, fetchedOptions } from './fetched';

const root = join(import.meta.dirname, '../../..');
const fileOf = (address: string): string =>
  join(root, assets[address.slice('https://site.example/'.length)] ?? 'none');

const surroundings = (made: Progress[]) => ({
  addressOf: (asset: string) => `https://site.example/${asset}`,
  progress: (progress: Progress) => void made.push(progress),
});

afterEach(() => vi.unstubAllGlobals());

describe('what a browser fetches of PostgreSQL', () => {
  it('is the files of the package, whole, with progress from nothing to all of it', async () => {
    vi.stubGlobal(
      'fetch',
      async (address: string) =>
        new Response(Readable.toWeb(createReadStream(fileOf(address))) as ReadableStream),
    );
    const made: Progress[] = [];
    const options = await fetchedOptions(['pageinspect'], surroundings(made));
    expect(WebAssembly.Module.exports(options.pgliteWasmModule as WebAssembly.Module)).not.toEqual(
      [],
    );
    expect(WebAssembly.Module.exports(options.initdbWasmModule as WebAssembly.Module)).not.toEqual(
      [],
    );
    expect(options.fsBundle?.size).toBe(
      readFileSync(fileOf('https://site.example/pglite.data')).length,
    );
    expect(options.extensions).toEqual({
      pageinspect: new URL('https://site.example/pageinspect.tar.gz'),
    });
    const shares = made.flatMap(({ share }) => share ?? []);
    expect(shares.at(0)).toBe(0);
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    // Every byte is counted, and none twice.
    expect(shares.filter((share) => share === 1)).toHaveLength(1);
    expect(made.at(-1)).toEqual({ label: 'Starting PostgreSQL' });
  });

  it('is the same if the build has compressed it', async () => {
    vi.stubGlobal('fetch', async (address: string) => {
      const file = createReadStream(fileOf(address.slice(0, -PACKED.length)));
      return new Response(Readable.toWeb(file.pipe(createGzip())) as ReadableStream);
    });
    const options = await fetchedOptions([], {
      addressOf: (asset) => `https://site.example/${asset}${PACKED}`,
      progress: () => undefined,
    });
    expect(options.fsBundle?.size).toBe(BYTES['pglite.data']);
  });

  it.each(Object.entries(BYTES))('knows the size of %s', (asset, bytes) => {
    expect(readFileSync(join(root, assets[asset] ?? '')).length).toBe(bytes);
  });

  it('says what could not be fetched', async () => {
    vi.stubGlobal('fetch', async () => new Response('gone', { status: 404 }));
    await expect(fetchedOptions([], surroundings([]))).rejects.toThrow(
      /^Expected a part of PostgreSQL at https:\/\/site\.example\/[a-z.]+, got status 404\. Check/,
    );
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(fetchedOptions([], surroundings([]))).rejects.toThrow(/got no answer\. Check/);
  });
});
