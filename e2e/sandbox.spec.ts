/**
 * The reader's code tries to get out of the sandbox, and to take the page down with it. Each attempt
 * that is said to be held up is first made where it is not, to show that it could succeed.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { edited, FIFO, openCode, paste, race } from './code';

const PAGE = '/gallery/queue/';

/** A host that lets everybody in, and counts who comes. */
async function openHost() {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    const isPage = request.url === '/page';
    response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
    response.end(isPage ? '<!doctype html><title>Open</title>' : '0;');
  });
  server.on('upgrade', (request, socket) => {
    visits.push(`upgrade ${request.url}`);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    visits,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * A program for a worker that tries every way out and posts what became of each: "out", or why not.
 *
 * @param home where the page is from
 * @param away a host of somebody else
 */
const attempts = (home: string, away: string): string => `
const attempt = (name, way) =>
  Promise.race([
    Promise.resolve().then(way),
    new Promise((resolve) => setTimeout(resolve, 1500, 'no answer')),
  ]).then(
    (result) => [name, result === undefined ? 'out' : String(result)],
    (error) => [name, 'held: ' + (error?.name ?? error?.type ?? error)],
  );
const event = (target, good) =>
  new Promise((resolve, reject) => {
    target['on' + good] = () => resolve();
    target.onerror = reject;
  });
const there = (name) => (typeof self[name] === 'undefined' ? 'absent' : undefined);
const nested = (source) => {
  const worker = new Worker(URL.createObjectURL(new Blob([source])));
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data === 'out' ? resolve() : reject(new Error(data)));
    worker.onerror = reject;
  });
};
const tried = Promise.all([
  attempt('fetch home', async () => { await fetch('${home}/robots.txt', { mode: 'no-cors' }); }),
  attempt('fetch away', async () => { await fetch('${away}/fetch'); }),
  attempt('fetch away, unread', async () => { await fetch('${away}/no-cors', { mode: 'no-cors' }); }),
  attempt('XMLHttpRequest', async () => {
    const request = new XMLHttpRequest();
    request.open('GET', '${away}/xhr');
    request.send();
    await event(request, 'load');
  }),
  attempt('WebSocket', async () => {
    // A host that refuses has been reached all the same: it counts its visits.
    await event(new WebSocket('${away.replace('http', 'ws')}/socket'), 'open');
  }),
  attempt('EventSource', async () => { await event(new EventSource('${away}/events'), 'open'); }),
  attempt('sendBeacon', () => there('sendBeacon')),
  attempt('importScripts', () => { importScripts('${away}/import-scripts'); }),
  attempt('import', async () => { await import('${away}/import'); }),
  attempt('worker from away', async () => { await event(new Worker('${away}/worker'), 'message'); }),
  attempt('nested worker', () => nested("fetch('${away}/nested').then(() => postMessage('out'), (e) => postMessage(e.name))")),
  attempt('eval', () => { (0, eval)('1'); }),
  attempt('Function', () => { new Function('return 1')(); }),
  attempt('indexedDB', async () => { await event(indexedDB.open('escape'), 'success'); }),
  attempt('caches', async () => { await caches.open('escape'); }),
  attempt('private files', async () => { await navigator.storage.getDirectory(); }),
  attempt('locks', () => navigator.locks.request('escape', () => undefined)),
  ...['localStorage', 'sessionStorage', 'document', 'parent', 'top', 'opener', 'open', 'history',
    'cookieStore', 'RTCPeerConnection', 'SharedWorker'].map((name) => attempt(name, () => there(name))),
  attempt('navigation', () => {
    const before = location.href;
    try { location.href = '${away}/navigated'; } catch {}
    return location.href === before ? 'held: read only' : undefined;
  }),
]);
new BroadcastChannel('escape').postMessage('out');
`;

test('from the sandbox no way leads out, though each does elsewhere', async ({ page, baseURL }) => {
  const host = await openHost();
  try {
    // Where nothing holds it, the same program gets out: the attempts are real ones.
    await page.goto(`${host.origin}/page`);
    const free = await page.evaluate(
      async (program) => {
        const source = `${program}; tried.then((told) => postMessage(told));`;
        const worker = new Worker(URL.createObjectURL(new Blob([source])));
        return new Promise<[string, string][]>((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        });
      },
      attempts(host.origin, host.origin),
    );
    const out = free.filter(([, result]) => result === 'out').map(([name]) => name);
    expect(out).toEqual(
      expect.arrayContaining([
        'fetch home',
        'fetch away',
        'fetch away, unread',
        'XMLHttpRequest',
        'importScripts',
        'import',
        'nested worker',
        'eval',
        'Function',
        'indexedDB',
      ]),
    );
    expect(host.visits).toContain('upgrade /socket');
    expect(host.visits).toContain('/events');
    expect(host.visits).toContain('/worker');

    await page.goto(PAGE);
    const panel = await openCode(page);
    await page.evaluate(() => {
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      new BroadcastChannel('escape').onmessage = ({ data }) => heard.push(data);
    });
    const answered: string[] = [];
    page.on('response', (response) => answered.push(response.url()));
    host.visits.length = 0;
    // It takes the question for itself, and answers when all has been tried.
    await paste(
      panel,
      `addEventListener('message', (event) => event.stopImmediatePropagation());
${attempts(baseURL ?? '', host.origin)}
tried.then((told) => postMessage({ type: 'failed', message: JSON.stringify(told) }));
${FIFO}`,
    );
    await race(panel);
    const alert = panel.getByRole('alert');
    await expect(alert).toContainText('nested worker', { timeout: 15_000 });
    const text = (await alert.locator('p').textContent()) ?? '';
    const told = JSON.parse(text.slice(text.indexOf('[['))) as [string, string][];
    expect(told.map(([name]) => name)).toEqual(free.map(([name]) => name));
    expect(told.filter(([, result]) => !/^(held|absent)/.test(result))).toEqual([]);
    expect(host.visits).toEqual([]);
    expect(answered.filter((url) => !/^(blob:|\S+\/(sim|sandbox)\/)/.test(url))).toEqual([]);
    expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([]);
    expect(new URL(page.url()).pathname).toBe(PAGE);
  } finally {
    host.close();
  }
});

test('the document of the sandbox can do no more than its worker', async ({ page, baseURL }) => {
  await page.goto(PAGE);
  const panel = await openCode(page);
  // Opening the tool runs nothing.
  await expect(page.locator('iframe')).toHaveCount(0);
  await paste(panel, FIFO);
  await race(panel);
  await expect(panel.getByText(/Yours runs in the figure/)).toBeVisible();
  const frame = page.frames().find((each) => each.url().includes('/sandbox/'));
  if (!frame) throw new Error('Expected a frame of the sandbox, got none.');
  const response = await page.request.get(frame.url());
  expect(response.headers()['content-security-policy']).toContain("default-src 'none'");
  const told = await frame.evaluate(async (home) => {
    const attempt = async (way: () => unknown): Promise<string> => {
      try {
        const result = await way();
        return result === null ? 'null' : 'out';
      } catch (error) {
        return error instanceof Error ? error.name : 'held';
      }
    };
    const image = (): Promise<void> =>
      new Promise((resolve, reject) => {
        const element = new Image();
        element.onload = () => resolve();
        element.onerror = () => reject(new Error('not loaded'));
        element.src = `${home}/icon.svg`;
      });
    const inline = (): void => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      if (!Reflect.has(window, 'ran')) throw new Error('not run');
    };
    return {
      origin: self.origin,
      parent: await attempt(() => parent.document.title),
      storage: await attempt(() => localStorage.length),
      cookie: await attempt(() => document.cookie),
      fetch: await attempt(() => fetch(`${home}/robots.txt`, { mode: 'no-cors' })),
      image: await attempt(image),
      inline: await attempt(inline),
      open: await attempt(() => window.open(`${home}/about/`)),
      top: await attempt(() => {
        if (!top) throw new Error('no top');
        top.location.href = `${home}/about/`;
      }),
    };
  }, baseURL ?? '');
  expect(told).toEqual({
    origin: 'null',
    parent: 'SecurityError',
    storage: 'SecurityError',
    cookie: 'SecurityError',
    fetch: 'TypeError',
    image: 'Error',
    inline: 'Error',
    open: 'null',
    top: 'SecurityError',
  });
  expect(new URL(page.url()).pathname).toBe(PAGE);
});

/** Where a text begins, as the panel says it. */
const at = (source: string, text: string): string =>
  `fifo.ts, line ${source.slice(0, source.indexOf(text)).split('\n').length}.`;

const FAILURES: Readonly<Record<string, () => readonly [source: string, ...says: string[]]>> = {
  'a syntax error': () => {
    const source = edited('return true;', 'return true +;');
    return [source, at(source, 'true +;'), 'is not TypeScript: Unexpected token'];
  },
  'a name declared twice': () => {
    const twice = 'let twice = 1; let twice = 2;';
    const source = edited('return {', `${twice}\n  return {`);
    return [source, at(source, twice), "'twice' has already been declared"];
  },
  'a loop without an end': () => [
    edited('waiting.push(customer);', 'for (;;) waiting.length;'),
    'gave no answer within 5 s and was stopped',
  ],
  // Not so fast that the browser ends its process before we do: Playwright takes the end of a frame's
  // process for that of the page's.
  'memory without an end': () => [
    edited(
      'waiting.push(customer);',
      'const hoard: unknown[] = []; for (;;) hoard.push(Array.from({ length: 1e5 }, (_, i) => Math.sin(i)));',
    ),
    'was stopped',
  ],
  'an error that is thrown': () => {
    const thrown = "throw new Error('the line is closed');";
    const source = edited('waiting.push(customer);', thrown);
    return [source, at(source, thrown), 'the line is closed'];
  },
  'an error while it is loaded': () => [
    `(null as never as string[]).push('x');\n${FIFO}`,
    'fifo.ts, line 1.',
    'Cannot read properties of null',
  ],
  'another type than its interface says': () => [
    edited('return true;', 'return "yes" as never;'),
    'join() should return a boolean, got "yes".',
  ],
  'a method that is missing': () => [
    edited('length: () => waiting.length,', ''),
    'fifo().length should be a function, got undefined',
  ],
  'another export': () => [
    edited('function fifo', 'function lifo'),
    'Expected fifo.ts to export "fifo", got "lifo"',
  ],
  'a flood of messages': () => [
    `for (let i = 0; i < 20000; i++) postMessage({ type: 'ready', i });\n${FIFO}`,
    'not the result of a run: The answer should be the result of a run, got ready',
  ],
  'an answer without bounds': () => [
    `postMessage({ type: 'result', race: new Array(4e9) });\n${FIFO}`,
    'it holds more than 1,000,000 values',
  ],
  'an answer that it made up': () => [
    `const forged = JSON.parse('{"type":"result","tasks":{},"predictions":{},"race":{"__proto__":{"polluted":true},"runs":[{"recording":{}}]}}');
(Object.prototype as { polluted?: boolean }).polluted = true;
postMessage(forged);\n${FIFO}`,
    'race.runs[0].recording',
  ],
};

test('whatever it does wrong is said in the panel, and the next run works', async ({ page }) => {
  test.setTimeout(120_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(PAGE);
  const panel = await openCode(page);
  for (const [name, failure] of Object.entries(FAILURES)) {
    await test.step(name, async () => {
      const [source, ...says] = failure();
      await paste(panel, source);
      await race(panel);
      for (const text of says)
        await expect(panel.getByRole('alert')).toContainText(text, { timeout: 20_000 });
      await paste(panel, FIFO);
      await race(panel);
      await expect(panel.getByText(/Yours runs in the figure/)).toBeVisible();
      await expect(panel.getByRole('alert')).toHaveCount(0);
    });
  }
  expect(await page.evaluate(() => Reflect.get({}, 'polluted'))).toBeUndefined();
  // The figure went on all the while.
  await expect(page.getByRole('slider', { name: 'Time', exact: true }).first()).toBeEnabled();
  expect(problems).toEqual([]);
});
