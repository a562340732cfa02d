/**
 * Compresses the built site once, at the highest level, for servers that then send the file beside
 * the file (nginx: gzip_static, brotli_static):
 *
 *     node deploy/compress.mjs [folder, out/ by default]
 *
 * What is larger afterwards, or small enough for one packet, is left alone.
 */
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(html|js|css|json|svg|xml|atom|md|txt|webmanifest)$/;
const BYTES_MIN = 1024;

/** @returns {{ files: number, before: number, gzip: number, brotli: number }} bytes of what was compressed */
export function compressFolder(folder) {
  const totals = { files: 0, before: 0, gzip: 0, brotli: 0 };
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name);
    // Of an earlier run, whose original may have changed since.
    if (/\.(gz|br)$/.test(file)) rmSync(file);
    if (!TEXT.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < BYTES_MIN) continue;
    const made = {
      gzip: gzipSync(bytes, { level: 9 }),
      brotli: brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      }),
    };
    const { atime, mtime } = statSync(file);
    for (const [kind, ending] of [
      ['gzip', 'gz'],
      ['brotli', 'br'],
    ]) {
      if (made[kind].length >= bytes.length) continue;
      writeFileSync(`${file}.${ending}`, made[kind]);
      // The same time as the original: validators are made of it.
      utimesSync(`${file}.${ending}`, atime, mtime);
      totals[kind] += made[kind].length;
    }
    totals.files++;
    totals.before += bytes.length;
  }
  return totals;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.argv[2] ?? fileURLToPath(new URL('../out', import.meta.url));
  if (existsSync(folder)) {
    const { files, before, gzip, brotli } = compressFolder(folder);
    const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
    console.log(`${files} files: ${kB(before)}, gzip ${kB(gzip)}, brotli ${kB(brotli)}.`);
  } else {
    console.error(
      `Expected a built site to compress, got no folder ${folder}. Build it first: npm run build`,
    );
    process.exitCode = 1;
  }
}
