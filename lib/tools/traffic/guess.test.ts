/** Example lines as vendors publish them, and what is made of them. */
import { describe, expect, test } from 'vitest';
import type { FormatId } from './formats';
import { guess, guessAs, type Wish } from './guess';
import { type ReadRow, rowReader } from './reading';

const clients: Wish = { times: 'kept', keys: ['client', 'user', 'key'] };
const objects: Wish = { times: { everyMs: 1 }, keys: ['key', 'path'] };

function guessed(lines: readonly string[], wish = clients) {
  const found = guess(lines, wish);
  if (!found) throw new Error('Nothing was guessed.');
  const read = rowReader(found.reading);
  const rows = lines.flatMap((line): ReadRow[] => {
    try {
      const row = read(line);
      return row ? [{ ...row }] : [];
    } catch {
      return [];
    }
  });
  return { ...found, rows };
}

interface Example {
  readonly source: string;
  readonly line: string;
  readonly format: FormatId;
  readonly at: string;
  readonly key: string;
  readonly durationMs?: number;
}

/** One line each, joined where the source breaks it for print. */
const EXAMPLES: readonly Example[] = [
  {
    source: 'Apache HTTP Server documentation, Log Files, Common Log Format',
    line: '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
    ...{ format: 'access', at: '2000-10-10T20:55:36.000Z', key: '127.0.0.1' },
  },
  {
    source: 'Apache HTTP Server documentation, Log Files, Combined Log Format',
    line: '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
    ...{ format: 'access', at: '2000-10-10T20:55:36.000Z', key: '127.0.0.1' },
  },
  {
    source: 'Caddy documentation, How Logging Works (there with commas that JSON does not have)',
    line: '{"level":"info","ts":1646861401.5241024,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"127.0.0.1","remote_port":"41342","client_ip":"127.0.0.1","proto":"HTTP/2.0","method":"GET","host":"localhost","uri":"/","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],"Accept-Encoding":["gzip, deflate, br"]},"tls":{"resumed":false,"version":772,"cipher_suite":4865,"proto":"h2","server_name":"example.com"}},"bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,"resp_headers":{"Server":["Caddy"],"Content-Encoding":["gzip"],"Content-Type":["text/html; charset=utf-8"],"Vary":["Accept-Encoding"]}}',
    ...{ format: 'json', at: '2022-03-09T21:30:01.523Z', key: '127.0.0.1', durationMs: 0.929675 },
  },
  ...[
    'http 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.000 0.001 0.000 200 200 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337262-36d228ad5d99923122bbe354" "-" "-" 0 2018-07-02T22:22:48.364000Z "forward" "-" "-"',
    'https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "-"',
    'http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse"',
  ].map(
    (line): Example => ({
      source: 'AWS, Access logs for your Application Load Balancer, examples',
      line,
      format: 'alb',
      // When the load balancer received the request, not when it answered.
      at: `${/(2018-\S+)T22:22/.exec(line)?.[1]}T22:22:48.364Z`,
      key: '192.168.131.39',
      durationMs: Number(/ 0\.\d+ (0\.\d+) /.exec(line)?.[1]) * 1000,
    }),
  ),
];

describe('what vendors publish', () => {
  test.each(EXAMPLES)('$source ($format)', ({ line, format, at, key, durationMs = Number.NaN }) => {
    const { reading, confidence, rows } = guessed([line]);
    expect(reading.layout.format).toBe(format);
    expect(confidence).toBe(1);
    expect(new Date(rows[0]?.atMs ?? 0).toISOString()).toBe(at);
    expect(rows[0]?.key).toBe(key);
    if (Number.isNaN(durationMs)) expect(rows[0]?.durationMs).toBeNaN();
    else expect(rows[0]?.durationMs).toBeCloseTo(durationMs, 9);
  });
});

describe('what servers are made to write', () => {
  const combined = (rest: string) =>
    `203.0.113.9 - - [21/Nov/2026:10:00:02 +0000] "GET /a?b=1 HTTP/1.1" 200 5 "-" "curl/8" ${rest}`;

  test('nginx with $request_time: the request came so much before the line was written', () => {
    const { reading, rows } = guessed([combined('0.250'), combined('1.500')]);
    expect(reading.duration?.unit).toBe('s');
    expect(reading.time?.is).toBe('end');
    expect(rows.map(({ atMs }) => new Date(atMs).toISOString().slice(14, 23))).toEqual([
      '00:01.750',
      '00:00.500',
    ]);
  });

  test('a path ends where its query begins, whatever address stands in that', () => {
    const pathIn = (target: string): string | undefined =>
      guessed(
        [`203.0.113.9 - - [21/Nov/2026:10:00:02 +0000] "GET ${target} HTTP/1.1" 200 5`],
        objects,
      ).rows[0]?.key;
    expect(pathIn('/login?next=https://shop.example/cart')).toBe('/login');
    expect(pathIn('/proxy/http://x.example?u=1')).toBe('/proxy/http://x.example');
    expect(pathIn('https://shop.example/cart?id=1')).toBe('/cart');
    expect(pathIn('https://shop.example')).toBe('/');
  });

  test('named fields after those of the format: rt=', () => {
    const { reading, rows } = guessed([combined('rt=0.250 urt="0.2"')]);
    expect(reading.duration?.field).toBe('rt');
    expect(rows[0]?.durationMs).toBe(250);
  });

  test('Apache with %D: whole microseconds, and the time is that of the arrival', () => {
    const lines = [combined('1500'), combined('987654')];
    const { reading, rows } = guessed(lines);
    expect(reading.duration?.unit).toBe('us');
    expect(rows[1]?.durationMs).toBeCloseTo(987.654, 9);
  });

  test('Apache with the virtual host before the client', () => {
    const { rows } = guessed([
      'www.example.com:443 203.0.113.9 - - [21/Nov/2026:10:00:02 +0000] "GET / HTTP/1.1" 200 5',
    ]);
    expect(rows[0]?.key).toBe('203.0.113.9');
  });

  test('nginx as JSON, with escape=json: numbers as texts', () => {
    const { reading, rows } = guessed([
      '{"msec":"1795255202.500","remote_addr":"203.0.113.9","request_uri":"/a","status":"200","request_time":"0.250"}',
    ]);
    expect(reading.time?.is).toBe('end');
    expect(rows[0]).toEqual({
      loggedMs: 1795255202500,
      atMs: 1795255202250,
      key: '203.0.113.9',
      durationMs: 250,
    });
  });

  test('CSV with a header, in any order and language of delimiters', () => {
    const { reading, rows } = guessed([
      'status;client_ip;timestamp;latency_ms',
      '200;203.0.113.9;2026-11-21 10:00:00;12',
      '200;"203.0.113.10";2026-11-21 10:00:01;8',
    ]);
    expect(reading.layout).toMatchObject({ format: 'csv', delimiter: ';', hasHeader: true });
    expect(rows.map(({ key }) => key)).toEqual(['203.0.113.9', '203.0.113.10']);
    expect(rows[0]?.durationMs).toBe(12);
  });

  test('CSV without a header: a time, and what is beside it as the key', () => {
    const { reading, rows } = guessed(['1795255200123,anna', '1795255200456,bert']);
    expect(reading.layout).toMatchObject({ format: 'csv', hasHeader: false });
    expect(reading.time?.notation).toEqual({ kind: 'epoch', unit: 'ms' });
    expect(rows[1]).toMatchObject({ atMs: 1795255200456, key: 'bert' });
  });

  test('timestamps alone', () => {
    const { reading } = guessed(['1795255200', '1795255201', '1795255201']);
    expect(reading.layout.format).toBe('lines');
    expect(reading.key).toBeNull();
    expect(guessed(['0.0', '0.25', '3.5']).rows.map(({ atMs }) => atMs)).toEqual([0, 250, 3500]);
  });

  test('keys alone, words or numbers', () => {
    for (const keys of [
      ['apple', 'pear', 'apple'],
      ['7', '3', '7', '12'],
      ['1', '2', '3'],
    ]) {
      const { reading, rows } = guessed(keys, objects);
      expect(reading.time).toBeNull();
      expect(rows.map(({ key }) => key)).toEqual(keys);
    }
  });

  test('a cache asks for what is fetched, a limiter for who fetches it', () => {
    const line = '203.0.113.9 - - [21/Nov/2026:10:00:02 +0000] "GET /a?b=1 HTTP/1.1" 200 5';
    expect(guessed([line], objects).rows[0]?.key).toBe('/a');
    expect(guessed([line]).rows[0]?.key).toBe('203.0.113.9');
  });
});

describe('what is in doubt', () => {
  test('the confidence is the share of lines that can be read', () => {
    const good = '203.0.113.9 - - [21/Nov/2026:10:00:02 +0000] "GET / HTTP/1.1" 200 5';
    expect(guessed([good, good, good, 'restarting']).confidence).toBe(0.75);
  });

  test('an empty file gives no guess', () => {
    expect(guess(['', '  '], clients)).toBeNull();
  });

  test('a format that fits no line is not offered as read', () => {
    expect(guessAs('json', ['no json here'], clients)).toBeNull();
    expect(guessAs('alb', ['no log here'], clients)).toBeNull();
  });

  test('what the reader knows better is kept', () => {
    const lines = ['a,1;x', 'b,2;y'];
    const found = guessAs('csv', lines, objects, { delimiter: ';', hasHeader: true });
    expect(found?.reading.layout).toMatchObject({ delimiter: ';', hasHeader: true });
  });
});
