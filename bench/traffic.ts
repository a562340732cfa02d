/**
 * How long a million lines of a log take to be read, and how much memory: in a process of its own for
 * each format, as a worker of the page has it. Reports, and holds nothing to a number.
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { guess } from '../lib/tools/traffic/guess';
import { firstLines, readLog } from '../lib/tools/traffic/read-log';
import type { Source } from '../lib/tools/traffic/source';

const LINES = 1_000_000;
const CLIENTS = 50_000;
const START_MS = Date.UTC(2026, 10, 21);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

interface Request {
  readonly at: Date;
  readonly client: string;
  readonly path: string;
}

/** The requests of the bench: a hundred a second, of clients and paths that follow from the number. */
function requestOf(index: number): Request {
  const client = (index * 7919) % CLIENTS;
  return {
    at: new Date(START_MS + index * 10),
    client: `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`,
    path: `/items/${(index * 104_729) % 9973}?page=${index % 40}`,
  };
}

const clock = (at: Date): string =>
  [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map(twoDigits).join(':');

const FORMATS: Readonly<Record<string, (request: Request) => string>> = {
  combined: ({ at, client, path }) =>
    `${client} - - [${twoDigits(at.getUTCDate())}/Nov/2026:${clock(at)} +0000] "GET ${path} HTTP/1.1" 200 5123 "https://www.example.com/" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"`,
  caddy: ({ at, client, path }) =>
    `{"level":"info","ts":${at.getTime() / 1000},"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"${client}","remote_port":"41342","client_ip":"${client}","proto":"HTTP/2.0","method":"GET","host":"www.example.com","uri":"${path}","headers":{"User-Agent":["curl/8.9.0"]}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200}`,
  csv: ({ at, client, path }) => `${at.toISOString()},${client},"${path}",200,12`,
  epochs: ({ at }) => String(at.getTime()),
};

async function write(file: string, line: (request: Request) => string): Promise<void> {
  const packed = file.endsWith('.gz');
  const out = createWriteStream(file);
  const stream = Readable.from(
    (function* () {
      for (let index = 0; index < LINES; index += 1000)
        yield Array.from({ length: 1000 }, (_, i) => `${line(requestOf(index + i))}\n`).join('');
    })(),
  );
  await finished((packed ? stream.pipe(createGzip({ level: 1 })) : stream).pipe(out));
}

async function measure(file: string): Promise<void> {
  const source: Source = {
    sizeBytes: statSync(file).size,
    stream: () =>
      Readable.toWeb(createReadStream(file, { highWaterMark: 2 ** 16 })) as ReadableStream<
        Uint8Array<ArrayBuffer>
      >,
  };
  const startMs = performance.now();
  const found = guess(await firstLines(source), { times: 'kept', keys: ['client', 'path', 'key'] });
  if (!found) throw new Error(`No format was found for ${file}.`);
  const log = await readLog(source, found.reading);
  const tookMs = performance.now() - startMs;
  const rssMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${found.reading.layout.format.padEnd(7)} ${log.rows} rows, ${log.keys.length} keys, ${log.badCount} bad: ${(tookMs / 1000).toFixed(2)} s, at most ${rssMb.toFixed(0)} MB in use`,
  );
}

const [file] = process.argv.slice(2);
if (file) await measure(file);
else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-traffic-'));
  try {
    for (const [name, line] of Object.entries(FORMATS)) {
      for (const ending of name === 'combined' ? ['log', 'log.gz'] : ['log']) {
        const path = join(folder, `${name}.${ending}`);
        await write(path, line);
        process.stdout.write(
          `${`${name}.${ending}`.padEnd(16)} ${(statSync(path).size / 2 ** 20).toFixed(0).padStart(4)} MB  `,
        );
        spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), path], {
          stdio: 'inherit',
        });
        rmSync(path);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
