/**
 * The same inputs give the same recording in every browser as in Node, bit for bit, and the kernel's
 * logarithm, exponential and power have the stored bits there. Node and Chromium share an engine, so
 * Firefox is the one that could differ: Playwright drives only a Firefox of its own, so the one that is
 * installed opens the page by itself.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { build } from 'esbuild';
import { hashRecording } from '../lib/kernel/recording';
import type { AnyDefinition } from '../lib/simulation/definition';
import { loadEntries } from '../lib/simulation/entries.node';
import { defaultsOf } from '../lib/simulation/parameters';
import { recordRace, scenarioRequest } from '../lib/simulation/run';
import { installedFirefox, NO_FIREFOX } from '../scripts/browser.mjs';
import type { Job, Report } from './determinism.page';

const index = JSON.parse(readFileSync('.generated/simulations.json', 'utf8')) as Readonly<
  Record<string, { readonly bundle: string } | undefined>
>;

// No page but ours, and no request of the browser's own.
const PREFERENCES = {
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

interface Probe {
  readonly url: string;
  /** What the browser found that opened the page. */
  readonly report: Promise<Report>;
  readonly close: () => void;
}

/** Serves the page, its jobs and the simulations' scripts, and waits for the report. */
async function serveProbe(jobs: readonly Job[]): Promise<Probe> {
  const { outputFiles } = await build({
    entryPoints: ['e2e/determinism.page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    tsconfig: 'tsconfig.json',
  });
  const script = outputFiles[0]?.text ?? '';
  let receive: (report: Report) => void = () => {};
  const report = new Promise<Report>((resolve) => {
    receive = resolve;
  });
  const bundles = new Set(jobs.map(({ bundle }) => bundle));
  const server = createServer(async (request, response) => {
    const answer = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
    };
    const path = request.url ?? '/';
    if (path === '/')
      answer('text/html', '<!doctype html><title>Probe</title><script src="/page.js"></script>');
    else if (path === '/page.js') answer('text/javascript', script);
    else if (path === '/jobs') answer('application/json', JSON.stringify(jobs));
    else if (bundles.has(path)) answer('text/javascript', readFileSync(join('public', path)));
    else if (path === '/report') {
      receive(JSON.parse(await text(request)) as Report);
      answer('text/plain', '');
    } else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    report,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Expected {
  readonly jobs: readonly Job[];
  /** Job name → the hashes of its recordings. */
  readonly hashes: Readonly<Record<string, readonly string[]>>;
}

/** Job name → what Node computes of it, once for all browsers. */
const inNode = new Map<string, readonly string[]>();

/**
 * What Node computes of the scenarios that are chosen of each simulation.
 *
 * @param chosen the ids of scenarios; all of the simulation's unless something else is said
 */
async function expected(
  chosen: (definition: AnyDefinition) => readonly string[] = ({ scenarios }) =>
    Object.keys(scenarios),
): Promise<Expected> {
  const jobs: Job[] = [];
  const hashes: Record<string, readonly string[]> = {};
  for (const entry of await loadEntries()) {
    for (const scenario of chosen(entry.definition)) {
      const name = `${entry.id}, ${scenario}`;
      const request = scenarioRequest(entry.definition, scenario);
      const known =
        inNode.get(name) ?? Object.values(recordRace(entry, request)).map(hashRecording);
      inNode.set(name, known);
      hashes[name] = known;
      jobs.push({ name, bundle: index[entry.id]?.bundle ?? `no bundle of ${entry.id}`, request });
    }
  }
  return { jobs, hashes };
}

/**
 * Few scenarios in which nevertheless every model runs that any scenario runs, every kind of view has
 * its records, and every option is taken that any takes: time and again the one that adds most.
 */
function covering({ scenarios, parameters, views }: AnyDefinition): string[] {
  const options = Object.keys(parameters).filter((id) =>
    ['choice', 'switch'].includes(parameters[id]?.kind ?? ''),
  );
  const left = new Map(
    Object.entries(scenarios).map(([id, scenario]) => {
      const values = defaultsOf(parameters, scenario.parameters);
      const shown = [
        ...scenario.variants.map((variant) => `variant ${variant}`),
        ...scenario.views.map((view) => `view of kind ${views[view]?.kind}`),
        ...options.map((option) => `${option} = ${values[option]}`),
      ];
      return [id, new Set(shown)] as const;
    }),
  );
  const taken: string[] = [];
  for (;;) {
    const [most] = [...left].sort(([, a], [, b]) => b.size - a.size);
    if (!most || most[1].size === 0) return taken;
    const [id, shown] = most;
    taken.push(id);
    left.delete(id);
    for (const others of left.values()) for (const each of shown) others.delete(each);
  }
}

interface Firefox {
  /** Rejected when the browser ends by itself. */
  readonly ended: Promise<never>;
  readonly close: () => Promise<void>;
}

/** Starts a Firefox without a window, with a profile of its own, on this page. */
function openFirefox(program: string, url: string): Firefox {
  // In the project and not among the system's temporary files, which a Firefox in a snap cannot see.
  const profiles = join(process.cwd(), '.generated', 'firefox');
  mkdirSync(profiles, { recursive: true });
  const profile = mkdtempSync(join(profiles, 'profile-'));
  writeFileSync(
    join(profile, 'user.js'),
    Object.entries(PREFERENCES)
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${value});\n`)
      .join(''),
  );
  const child = spawn(program, ['--headless', '--no-remote', '--profile', profile, url], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // Root may not use the home of another user.
    env: process.getuid?.() === 0 ? { ...process.env, HOME: profile } : process.env,
  });
  const exited = once(child, 'exit');
  const ended = Promise.all([exited, text(child.stderr)]).then(([[code], said]): never => {
    throw new Error(
      `Firefox should run until the page has reported, but ${program} ended with ${code}. Start it by hand to see why, or name another one in FIREFOX_PATH. It said:\n${said}`,
    );
  });
  // Closing it ends it too, when nobody waits any more.
  ended.catch(() => {});
  return {
    ended,
    close: async () => {
      child.kill('SIGKILL');
      await exited.catch(() => {});
      rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

// Scenarios of all simulations run here, in Node and in the browser; in one process for all browsers,
// which knows what Node computed.
test.describe.configure({ timeout: 180_000, mode: 'default' });

/** What a browser should report that agrees with Node. */
const agreement = (browser: RegExp, hashes: Readonly<Record<string, readonly string[]>>) => ({
  kind: 'done',
  userAgent: expect.stringMatching(browser),
  hashes,
  mathFailures: [],
  isMathHashSame: true,
});

// Its engine is Node's: what could differ is what the build makes of a simulation, and the worker.
test('Chromium computes what Node computes, bit for bit, with every model and every option', async ({
  page,
}) => {
  const { jobs, hashes } = await expected(covering);
  const probe = await serveProbe(jobs);
  try {
    await page.goto(probe.url);
    expect(await probe.report).toEqual(agreement(/Chrome/, hashes));
  } finally {
    probe.close();
  }
});

test('Firefox computes what Node computes, bit for bit, in every scenario', async () => {
  const program = installedFirefox();
  test.skip(program === undefined, NO_FIREFOX);
  const { jobs, hashes } = await expected();
  const probe = await serveProbe(jobs);
  const firefox = openFirefox(program ?? '', probe.url);
  try {
    const report = await Promise.race([probe.report, firefox.ended]);
    expect(report).toEqual(agreement(/Firefox/, hashes));
  } finally {
    await firefox.close();
    probe.close();
  }
});
