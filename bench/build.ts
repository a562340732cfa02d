/**
 * `npm run bench:build [-- 100 400 1600]`: what the site costs its maintainers as it grows. Builds it
 * with so many synthetic guides beside its own, and reports CPU (of all processes), time, memory,
 * output and the first guide of the development server. Reads /proc, hence Linux only: what a process
 * has used is known nowhere else once its parent has not waited for it.
 */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { slugOf, syntheticFiles } from '../scripts/synthetic/guides';
import { createWorkspace } from '../scripts/synthetic/workspace';

const COUNTS = [100, 400, 1600];
const SAMPLE_MS = 100;
/** Of /proc/*\/stat, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const FIRST_PAGE_MAX_MS = 600_000;

interface Usage {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest sum of the resident memory of all processes at one moment. */
  readonly peakMb: number;
}

if (process.platform !== 'linux') {
  console.error('bench:build reads /proc and needs Linux; run it in a container.');
  process.exit(2);
}

const counts = process.argv.slice(2).map(Number);
if (counts.some((count) => !Number.isInteger(count) || count < 1)) {
  console.error(`Expected numbers of guides, got "${process.argv.slice(2).join(' ')}".`);
  process.exit(2);
}

console.log('guides | build | CPU s | wall s | peak MB | out MB | MB a guide | largest page kB');
for (const count of counts.length > 0 ? counts : COUNTS) {
  const workspace = createWorkspace();
  try {
    workspace.write(syntheticFiles(count));
    for (const kind of ['cold', 'warm']) {
      const usage = await measured(workspace.root, ['scripts/build.mjs']);
      const sizes = sizesOf(join(workspace.root, 'out'));
      const total = sizes.reduce((sum, [, size]) => sum + size, 0);
      const pages = sizes.filter(([path]) => path.endsWith('.html')).map(([, size]) => size);
      console.log(
        [
          count,
          kind,
          usage.cpuSeconds.toFixed(0),
          usage.wallSeconds.toFixed(0),
          usage.peakMb.toFixed(0),
          (total / 1e6).toFixed(1),
          (total / 1e6 / count).toFixed(2),
          (Math.max(...pages) / 1e3).toFixed(0),
        ].join(' | '),
      );
    }
    const seconds = await firstPage(workspace.root, `/${slugOf(0)}/`);
    console.log(`${count} | development server: first guide after ${seconds.toFixed(1)} s`);
  } finally {
    workspace.remove();
  }
}

/** Runs Node to its end and watches every process that descends from it. */
function measured(cwd: string, args: readonly string[]): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
    const pid = child.pid ?? 0;
    const used = new Map<number, number>();
    let peakMb = 0;
    const sample = (): void => {
      let residentMb = 0;
      for (const { id, cpuSeconds, mb } of descendants(pid)) {
        used.set(id, cpuSeconds);
        residentMb += mb;
      }
      peakMb = Math.max(peakMb, residentMb);
    };
    const timer = setInterval(sample, SAMPLE_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0)
        return reject(new Error(`Expected the build to succeed, got status ${code}.`));
      const cpuSeconds = [...used.values()].reduce((sum, each) => sum + each, 0);
      resolve({ cpuSeconds, wallSeconds: (performance.now() - startedAt) / 1000, peakMb });
    });
  });
}

interface ProcessUse {
  readonly id: number;
  readonly cpuSeconds: number;
  readonly mb: number;
}

/** All processes under one, itself included, by what /proc says now. */
function descendants(root: number): ProcessUse[] {
  const children = new Map<number, number[]>();
  const uses = new Map<number, ProcessUse>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The second field is the name in brackets and may hold anything.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [parent, userTicks, systemTicks, pages] = [1, 11, 12, 21].map((index) =>
        Number(fields[index]),
      ) as [number, number, number, number];
      const id = Number(name);
      children.set(parent, [...(children.get(parent) ?? []), id]);
      uses.set(id, {
        id,
        cpuSeconds: (userTicks + systemTicks) / TICKS_PER_SECOND,
        mb: (pages * 4096) / 1e6,
      });
    } catch {
      // It ended while we looked.
    }
  }
  const found: ProcessUse[] = [];
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const use = uses.get(id);
    if (use !== undefined) found.push(use);
    open.push(...(children.get(id) ?? []));
  }
  return found;
}

/** Seconds until the development server has answered with a guide, generating included. */
async function firstPage(cwd: string, path: string): Promise<number> {
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/dev.mjs'], {
    cwd,
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port) },
  });
  try {
    while (performance.now() - startedAt < FIRST_PAGE_MAX_MS) {
      const status = await fetch(`http://localhost:${port}${path}`).then(
        async (response) => {
          await response.text();
          return response.status;
        },
        () => 0,
      );
      if (status === 200) return (performance.now() - startedAt) / 1000;
      if (status !== 0) throw new Error(`Expected ${path} to answer 200, got ${status}.`);
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
    throw new Error(`Expected ${path} within ${FIRST_PAGE_MAX_MS / 1000} s, got no answer.`);
  } finally {
    child.kill();
    await new Promise((resolve) => child.once('close', resolve));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function sizesOf(folder: string): [path: string, size: number][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, statSync(path).size];
    });
}
