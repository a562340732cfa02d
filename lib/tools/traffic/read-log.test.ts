import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { delimitedField } from './fields';
import { guess, type Wish } from './guess';
import { BAD_LINES_SHOWN, type Log, LogBuilder } from './log';
import { firstLines, readLog, type WholeLog } from './read-log';
import { type Reading, rowReader } from './reading';
import { SOURCE_BYTES_MAX, type Source, SourceError } from './source';

const wish: Wish = { times: 'kept', keys: ['client', 'key'] };

/** A source whose pieces end anywhere, also inside of a letter. */
function sourceOf(bytes: Uint8Array, pieceBytes = bytes.length): Source {
  return {
    sizeBytes: bytes.length,
    stream: () =>
      new ReadableStream({
        start: (controller) => {
          for (let at = 0; at < bytes.length; at += pieceBytes)
            controller.enqueue(Uint8Array.from(bytes.subarray(at, at + pieceBytes)));
          controller.close();
        },
      }),
  };
}
const textSource = (text: string, pieceBytes?: number): Source =>
  sourceOf(new TextEncoder().encode(text), pieceBytes);

async function whole(source: Source): Promise<WholeLog> {
  const found = guess(await firstLines(source), wish);
  if (!found) throw new Error('Nothing was guessed.');
  return readLog(source, found.reading);
}
const rowsOf = (log: Log): [number, string][] =>
  Array.from({ length: log.rows }, (_, row) => [
    log.atMs[row] ?? Number.NaN,
    log.keys[log.key[row] ?? 0] ?? '',
  ]);

describe('what is written is read', () => {
  const row = fc.record({
    at: fc.integer({ min: Date.UTC(2001, 8, 10), max: Date.UTC(2200, 0, 1) }),
    key: fc
      .string({ unit: fc.constantFrom('a', 'ü', '😀', '"', ',', '\n', ' ', '\\', '[', '=') })
      .filter((key) => key.trim() !== ''),
  });
  const FORMATS: Readonly<
    Record<string, { readonly write: (at: number, key: string) => string; readonly head?: string }>
  > = {
    json: { write: (at, client) => JSON.stringify({ ts: at, client }) },
    csv: {
      head: 'timestamp,client',
      write: (at, key) => `${new Date(at).toISOString()},${delimitedField(key)}`,
    },
    access: {
      write: (at, key) =>
        `${key.replace(/[^aü😀]/gu, 'x')} - - [${common(at)}] "GET / HTTP/1.1" 200 0 "${key.replace(/["\\]/g, '\\$&').replaceAll('\n', ' ')}" "-"`,
    },
  };
  const readBack: Readonly<Record<string, (at: number, key: string) => [number, string]>> = {
    json: (at, key) => [at, key],
    csv: (at, key) => [at, key],
    access: (at, key) => [Math.floor(at / 1000) * 1000, key.replace(/[^aü😀]/gu, 'x')],
  };
  const MONTHS = [
    'Jan',
    'Feb',
    'Mar',
    'Apr',
    'May',
    'Jun',
    'Jul',
    'Aug',
    'Sep',
    'Oct',
    'Nov',
    'Dec',
  ];
  function common(at: number): string {
    const iso = new Date(at).toISOString();
    return `${iso.slice(8, 10)}/${MONTHS[new Date(at).getUTCMonth()]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
  }

  test.each(Object.keys(FORMATS))('%s, in pieces of any size, packed or not', async (name) => {
    const { write, head } = FORMATS[name] ?? { write: () => '' };
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom('\n', '\r\n'),
        fc.nat({ max: 3 }),
        async (rows, pieceBytes, ending, members) => {
          const lines = [...(head ? [head] : []), ...rows.map(({ at, key }) => write(at, key))];
          const bytes = new TextEncoder().encode(lines.join(ending));
          const log = await whole(
            sourceOf(members > 0 ? gzipOf(bytes, members) : bytes, pieceBytes),
          );
          expect(log.badCount).toBe(0);
          const expected = rows.map(({ at, key }) => readBack[name]?.(at, key) ?? [0, '']);
          expect(rowsOf(log)).toEqual([...expected].sort(([a], [b]) => Number(a) - Number(b)));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Packed in so many parts, put one after the other: one file of gzip, as nginx and `cat` make it. */
function gzipOf(bytes: Uint8Array, members: number): Uint8Array {
  const length = Math.ceil(bytes.length / members);
  return Buffer.concat(
    Array.from({ length: members }, (_, i) =>
      gzipSync(bytes.subarray(i * length, (i + 1) * length)),
    ),
  );
}

test('what looks like a magic number within packed bytes ends no member', async () => {
  // Stored and not deflated, the text stands in the file as it is: with the first bytes of a header.
  const keys = Array.from({ length: 400 }, (_, i) => `k${i}\u001f\u008b\u0008`).join('\n');
  const stored = gzipSync(Buffer.from(keys, 'latin1'), { level: 0 });
  const reading: Reading = {
    layout: { format: 'lines', names: ['value'] },
    ...{ time: null, key: 'value', duration: null },
  };
  const log = await readLog(sourceOf(stored, 100), reading);
  expect(log).toMatchObject({ rows: 400, brokenOff: null });
});

describe('what cannot be read is said', () => {
  const good = (second: number, client = '203.0.113.9') =>
    `${client} - - [21/Nov/2026:10:00:${`${second}`.padStart(2, '0')} +0000] "GET / HTTP/1.1" 200 5`;

  test('bad lines with their number and reason, the good ones beside them kept', async () => {
    const log = await whole(
      textSource(
        [good(1), 'restarting', '', good(2), good(3).replace('21/Nov', '41/Nov')].join('\n'),
      ),
    );
    expect(log.rows).toBe(2);
    expect(log.lines).toBe(4);
    expect(log.badCount).toBe(2);
    expect(log.bad[0]).toEqual({
      line: 2,
      reason: 'expected a time in brackets as field 4, got “restarting”',
    });
    expect(log.bad[1]?.line).toBe(5);
    expect(log.bad[1]?.reason).toContain('got “41/Nov/2026:10:00:03 +0000”');
  });

  test('all bad lines are counted, the first hundred kept', async () => {
    const bad = Array.from({ length: 500 }, (_, index) => `bad ${index}`);
    const log = await whole(
      textSource([...Array.from({ length: 199 }, (_, i) => good(i % 60)), ...bad].join('\n')),
    );
    expect(log.badCount).toBe(500);
    expect(log.bad).toHaveLength(BAD_LINES_SHOWN);
  });

  test('rows out of order are put in order and counted', async () => {
    const log = await whole(textSource([good(5), good(1), good(7), good(6)].join('\n')));
    expect(log.outOfOrder).toBe(2);
    expect(rowsOf(log).map(([at]) => (at / 1000) % 60)).toEqual([1, 5, 6, 7]);
  });

  test.each([
    ['no other field is quoted', (i: number) => `k${i}`],
    ['every other field is quoted', (i: number) => `"k${i}"`],
    ['one field in three is quoted', (i: number) => (i % 3 === 0 ? `"k,${i}"` : `k${i}`)],
  ])('a quotation mark that nobody closes costs its own line alone; %s', (_, key) => {
    const reading: Reading = {
      layout: { format: 'csv', delimiter: ',', hasHeader: false, names: ['time', 'key'] },
      time: { field: 'time', notation: { kind: 'epoch', unit: 's' }, is: 'arrival' },
      key: 'key',
      duration: null,
    };
    const builder = new LogBuilder(rowReader(reading), { hasHeader: false, hasTimes: true });
    const lines = Array.from({ length: 60 }, (_, i) => (i === 9 ? `${i},"open` : `${i},${key(i)}`));
    for (const line of lines) builder.add(line);
    const log = builder.finish();
    expect(log.rows).toBe(59);
    expect(log.lines).toBe(60);
    expect(log.bad.map(({ line }) => line)).toEqual([10]);
  });

  test.each([
    ['s', 'expected seconds since 1970, got “1795255200000000000”'],
    ['ms', 'expected milliseconds since 1970, got “1795255200000000000”'],
    ['us', 'expected microseconds since 1970, got “1795255200000000000”'],
    ['ns', null],
  ] as const)('nanoseconds taken for %s are no moment of a log', (unit, reason) => {
    const reading: Reading = {
      layout: { format: 'lines', names: ['value'] },
      time: { field: 'value', notation: { kind: 'epoch', unit }, is: 'arrival' },
      ...{ key: null, duration: null },
    };
    const builder = new LogBuilder(rowReader(reading), { hasHeader: false, hasTimes: true });
    builder.add('1795255200000000000');
    expect(builder.finish().bad.map((bad) => bad.reason)).toEqual(reason === null ? [] : [reason]);
  });

  test('a duration that leads back before all times is none', () => {
    const reading: Reading = {
      layout: { format: 'csv', delimiter: ',', hasHeader: false, names: ['time', 'took'] },
      time: { field: 'time', notation: { kind: 'epoch', unit: 's' }, is: 'end' },
      ...{ key: null, duration: { field: 'took', unit: 's' } },
    };
    const builder = new LogBuilder(rowReader(reading), { hasHeader: false, hasTimes: true });
    builder.add('1795255200,1e30');
    expect(builder.finish().bad).toEqual([
      { line: 1, reason: 'expected a duration of a request, got “1e30”' },
    ]);
  });

  test('the bound on rows ends the reading, and is said', () => {
    const reading: Reading = {
      layout: { format: 'lines', names: ['value'] },
      ...{ time: null, key: 'value', duration: null },
    };
    const builder = new LogBuilder(rowReader(reading), {
      ...{ hasHeader: false, hasTimes: false, rowsMax: 3 },
    });
    expect(['a', 'b', 'c'].map((line) => builder.add(line))).toEqual([true, true, false]);
    expect(builder.finish()).toMatchObject({ rows: 3, isCut: true });
  });

  test('a packed file that breaks off gives what was in it until then', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) =>
      good(i % 60, `10.0.${i % 251}.${i % 241}`),
    );
    const packed = gzipSync(lines.join('\n'));
    const log = await whole(sourceOf(packed.subarray(0, packed.length - 200), 4096));
    expect(log.rows).toBeGreaterThan(1000);
    expect(log.rows).toBeLessThan(lines.length);
    expect(log.brokenOff).toMatch(/could not be read to its end/);
  });

  test.each<[string, Source, RegExp]>([
    ['zip', sourceOf(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0)), /got a zip archive. Unpack/],
    ['binary', sourceOf(Uint8Array.of(1, 2, 0, 4, 5, 6, 7, 8)), /zero bytes/],
    [
      'too large',
      { ...textSource('a'), sizeBytes: SOURCE_BYTES_MAX + 1 },
      /at most 2 GB, got 2.0 GB/,
    ],
  ])('%s', async (_, source, message) => {
    await expect(firstLines(source)).rejects.toThrow(SourceError);
    await expect(firstLines(source)).rejects.toThrow(message);
  });

  test('UTF-16 is read by its mark', async () => {
    const text = '\ufeff1795255200,ä\n1795255201,b\n';
    const bytes = new Uint8Array(Uint16Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
    expect(rowsOf(await whole(sourceOf(bytes, 3)))).toEqual([
      [1795255200000, 'ä'],
      [1795255201000, 'b'],
    ]);
  });
});
