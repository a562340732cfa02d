/**
 * The labs as content sees them, and what the build makes of each: the script that opens its engine in
 * a worker, the files that the engine fetches, and the transcript of its steps, made in Node by the
 * same engine. Nothing is made again while none of its inputs has changed.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, version } from 'esbuild';
import { type LabDescription, labDescriptionAddress } from '../engines/description';
import type { LabFolder } from '../engines/entries.node.ts';
import { PACKED } from '../engines/packed';
import type { Recorded } from '../engines/record.node.ts';
import { BROWSERS, COMPILER_OPTIONS, esbuildProblems, keepOnly, sha256 } from './bundles';
import type { Problem } from './problem';

export interface LabRecord {
  readonly id: string;
  readonly category: string;
  /** Address of the worker's script from the root of the site: "/engines/<kind>/<id>.<hash>.js". */
  readonly bundle: string;
  readonly description: LabDescription;
}

export interface Labs {
  readonly ids: () => readonly string[];
  readonly find: (id: string) => LabRecord | undefined;
}

export function labsOf(records: readonly LabRecord[]): Labs {
  const byId = new Map(records.map((record) => [record.id, record]));
  return { ids: () => [...byId.keys()], find: (id) => byId.get(id) };
}

interface BuiltLabs {
  readonly labs: readonly LabRecord[];
  readonly problems: readonly Problem[];
}

/** Name of the still's file, in which all that the page shows of a lab counts. */
export function labKey({ bundle }: LabRecord): string {
  return sha256(`lab ${bundle}`).slice(0, 16);
}

interface CacheEntry {
  /** Input file → hash of its text. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly record: LabRecord;
}

const CACHE = '.generated/cache/labs.json';
const SERVED = 'public/engines';
/** A step that takes longer in Node is no step for a page. */
const RECORDING_MAX_MS = 120_000;

export async function buildLabs(root: string, folders: readonly LabFolder[]): Promise<BuiltLabs> {
  const own = readFileSync(join(root, 'lib/content/labs.ts'), 'utf8');
  const salt = `${version} ${BROWSERS.join(' ')} ${sha256(own)}`;
  const cache = readCache(join(root, CACHE), salt);
  const hashOf = (path: string): string => {
    const file = join(root, path);
    return existsSync(file) ? sha256(readFileSync(file, 'utf8')) : 'none';
  };
  const problems: Problem[] = [];
  const entries: Record<string, CacheEntry> = {};
  for (const folder of folders) {
    const { id, category } = folder;
    const file = `lib/labs/${category}/${id}/lab.ts`;
    if (entries[id] !== undefined) {
      problems.push({
        file,
        line: 1,
        column: 1,
        message: `expected each lab to have an id of its own, got the folder "${id}" here and in ${entries[id].record.category}`,
        remedy: 'Rename one of the folders',
      });
      continue;
    }
    const cached = cache[id];
    const isCurrent =
      cached !== undefined &&
      cached.record.category === category &&
      servedOf(cached.record).every((address) => existsSync(join(root, 'public', address))) &&
      Object.entries(cached.inputs).every(([path, hash]) => hashOf(path) === hash);
    const made = isCurrent ? cached : await buildOne(root, folder, file, hashOf);
    if ('problems' in made) problems.push(...made.problems);
    else entries[id] = made;
  }
  const labs = Object.values(entries).map(({ record }) => record);
  mkdirSync(join(root, '.generated/cache'), { recursive: true });
  writeFileSync(join(root, CACHE), JSON.stringify({ salt, entries }, null, 1));
  if (problems.length === 0) dropOthers(root, labs.flatMap(servedOf));
  return { labs, problems };
}

/** Everything of a lab that browsers may ask for, by address. */
function servedOf({ bundle, description }: LabRecord): string[] {
  return [bundle, labDescriptionAddress(bundle), ...Object.values(description.assets)];
}

async function buildOne(
  root: string,
  { id, category, path }: LabFolder,
  file: string,
  hashOf: (path: string) => string,
): Promise<CacheEntry | { readonly problems: Problem[] }> {
  const problem = (message: string, remedy: string): { readonly problems: Problem[] } => ({
    problems: [{ file, line: 1, column: 1, message, remedy }],
  });
  const kinds = kindsOf(root);
  const kind = /^\s*kind: '([a-z]+)'/m.exec(readFileSync(join(root, file), 'utf8'))?.[1] ?? '';
  if (!kinds.includes(kind)) {
    return problem(
      `expected the lab to say its kind on a line of its own (${kinds.map((each) => `kind: '${each}',`).join(' ')}), got ${kind ? `"${kind}"` : 'none'}`,
      'Write the kind of engine that it opens',
    );
  }

  const inputs = new Set(['package-lock.json', COMPILER_OPTIONS]);
  const bundle = async (contents: string, options: BuildOptions): Promise<string> => {
    const result = await build({
      bundle: true,
      write: false,
      absWorkingDir: root,
      logLevel: 'silent',
      legalComments: 'none',
      metafile: true,
      stdin: {
        contents: `import { lab } from './lab'; import { open } from '@/lib/engines/${kind}/engine';${contents}`,
        resolveDir: path,
        loader: 'ts',
      },
      define: { 'process.env.NODE_ENV': '"production"' },
      ...options,
    });
    // Packages are pinned by the lockfile, which counts as a whole.
    for (const input of Object.keys(result.metafile?.inputs ?? {}))
      if (input !== '<stdin>' && !input.startsWith('node_modules/')) inputs.add(input);
    return result.outputFiles?.[0]?.text ?? '';
  };

  let script: string;
  let recorder: string;
  try {
    script = await bundle(`import { serve } from '@/lib/engines/worker'; serve(lab, open, self);`, {
      format: 'iife',
      platform: 'browser',
      target: BROWSERS,
      minify: true,
      // Named by branches that only run in Node.
      external: [...builtinModules, 'node:*'],
    });
    recorder = await bundle(
      `import { record } from '@/lib/engines/record.node.ts';
      const { kind: _kind, setup: _setup, ...declared } = lab;
      const recorded = await record(lab, open);
      process.stdout.write(JSON.stringify({ declared, recorded }), () => process.exit(0));`,
      { format: 'esm', platform: 'node', target: 'node20', external: packagesOf(root) },
    );
  } catch (error) {
    return { problems: esbuildProblems(error, file) };
  }

  const module = join(root, '.generated/labs', `${id}.mjs`);
  mkdirSync(join(module, '..'), { recursive: true });
  writeFileSync(module, recorder);
  let made: {
    readonly declared: Pick<LabDescription, 'title' | 'question' | 'differences' | 'steps'>;
    readonly recorded: Recorded<unknown, unknown>;
  };
  try {
    // In a process of its own: an engine may keep timers and memory for as long as its process lives.
    const { stdout } = await promisify(execFile)(process.execPath, [module], {
      cwd: root,
      timeout: RECORDING_MAX_MS,
      maxBuffer: 64_000_000,
    });
    made = JSON.parse(stdout) as typeof made;
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    return problem(
      `expected the steps to run on the engine, got: ${(stderr || message).trim()}`,
      `Run them alone: node .generated/labs/${id}.mjs`,
    );
  }
  const { declared, recorded } = made;
  if (recorded.broken.length > 0) {
    return {
      problems: recorded.broken.flatMap(
        ({ step, what }) =>
          problem(
            `expected of the step "${step}" that ${what}; the answer is ${JSON.stringify(recorded.transcript.outputs[declared.steps.findIndex((each) => each.id === step)]).slice(0, 400)}`,
            'Correct what the step says, or its input',
          ).problems,
      ),
    };
  }

  const assets = await writeAssets(root, kind, inputs);
  const description: LabDescription = {
    id,
    kind,
    title: declared.title,
    question: declared.question,
    differences: declared.differences,
    steps: declared.steps.map((step) => ({
      id: step.id,
      title: step.title,
      says: step.says,
      input: step.input,
    })),
    transcript: recorded.transcript,
    assets: assets.addresses,
    downloadBytes: gzipSync(script, { level: 9 }).length + assets.bytes,
  };
  const json = JSON.stringify(description);
  const name = `${id}.${sha256(`${script}\n${json}`).slice(0, 12)}.js`;
  const record: LabRecord = { id, category, bundle: `/engines/${kind}/${name}`, description };
  const served = join(root, SERVED, kind);
  mkdirSync(served, { recursive: true });
  writeFileSync(join(served, name), script);
  writeFileSync(join(served, labDescriptionAddress(name)), json);
  return {
    inputs: Object.fromEntries([...inputs].map((input) => [input, hashOf(input)])),
    record,
  };
}

/** Kinds of engines: the folders that have one. */
function kindsOf(root: string): string[] {
  const folder = join(root, 'lib/engines');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'engine.ts')))
    .map(({ name }) => name)
    .sort();
}

/** Files that an engine fetches, by the hash of their content, compressed (lib/engines/packed.ts). */
async function writeAssets(
  root: string,
  kind: string,
  inputs: Set<string>,
): Promise<{ readonly addresses: Readonly<Record<string, string>>; readonly bytes: number }> {
  const list = `lib/engines/${kind}/assets.node.ts`;
  if (!existsSync(join(root, list))) return { addresses: {}, bytes: 0 };
  inputs.add(list);
  const { assets } = (await import(/* @vite-ignore */ pathToFileURL(join(root, list)).href)) as {
    assets: Readonly<Record<string, string>>;
  };
  const folder = join(root, SERVED, kind, 'assets');
  mkdirSync(folder, { recursive: true });
  let bytes = 0;
  const addresses: Record<string, string> = {};
  for (const [asset, path] of Object.entries(assets)) {
    const original = readFileSync(join(root, path));
    const ending = extname(path);
    const isPacked = ending === '.gz';
    const content = isPacked ? original : gzipSync(original, { level: 9 });
    const name = `${basename(path, ending)}.${sha256(original).slice(0, 12)}${ending}${isPacked ? '' : PACKED}`;
    writeFileSync(join(folder, name), content);
    addresses[asset] = `/engines/${kind}/assets/${name}`;
    bytes += content.length;
  }
  return { addresses, bytes };
}

function dropOthers(root: string, addresses: readonly string[]): void {
  const served = join(root, SERVED);
  if (!existsSync(served)) return;
  for (const kind of readdirSync(served)) {
    const prefix = `/engines/${kind}/`;
    const names = addresses
      .filter((address) => address.startsWith(prefix))
      .map((address) => address.slice(prefix.length));
    keepOnly(join(served, kind), [...names.filter((name) => !name.includes('/')), 'assets']);
    keepOnly(
      join(served, kind, 'assets'),
      names.filter((name) => name.startsWith('assets/')).map((name) => basename(name)),
    );
  }
}

/** Packages that Node finds by itself. Not all that look like one: "@/…" is ours. */
export function packagesOf(root: string): string[] {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies).flatMap((name) => [name, `${name}/*`]);
}

function readCache(file: string, salt: string): Readonly<Record<string, CacheEntry>> {
  try {
    const cache = JSON.parse(readFileSync(file, 'utf8')) as {
      salt: string;
      entries: Record<string, CacheEntry>;
    };
    return cache.salt === salt ? cache.entries : {};
  } catch {
    // No cache, or one cut short: everything is made again.
    return {};
  }
}
