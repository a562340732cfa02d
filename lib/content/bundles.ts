/**
 * Bundles of a simulation, made by esbuild: the script that a page's worker runs for its figures, the
 * whole of it for what a reader asks for (tasks, predictions, checks), and a module of the same code
 * for the build; beside them its description, and the sources of its models for the reader who edits one.
 * Nothing is bundled again while none of its inputs has changed.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  type BuildOptions,
  type BuildResult,
  build,
  type Message,
  type Plugin,
  version,
} from 'esbuild';
import { DATA_OF_RUNS, type Description, NOT_FOR_RUNS } from '../simulation/definition';
import type { SimulationFolder } from '../simulation/entries.node.ts';
import { codeAddress, descriptionAddress, wholeAddress } from '../simulation-files';
import type { CodeData } from '../tools/code/protocol';
import { definitionOfRuns, withPureConstants } from './definition-of-runs';
import type { Engine } from './engine';
import { interfaceOf } from './model-interface';
import { ContentError, type Problem } from './problem';
import { SANDBOX_FOLDER, writeSandbox } from './sandbox';
import type { SimulationRecord } from './simulations';

/** Chromium, Firefox and Safari of the last two years. */
export const BROWSERS = ['chrome131', 'firefox132', 'safari18.1'];

/** What the bundler reads beside its inputs, whatever it is told. */
export const COMPILER_OPTIONS = 'tsconfig.json';

/**
 * The most that the script of a figure may weigh, bytes after gzip: with the page and the program of
 * its figures it stays within what a first figure may cost (e2e/site.spec.ts).
 */
const SCRIPT_MAX_GZ = 26_000;

/** A simulation with the module that runs it in Node. */
export interface BundledSimulation extends SimulationRecord {
  /** Path of the module from the root of the repository; its exports are an `Engine`. */
  readonly engine: string;
}

interface Bundles {
  readonly simulations: readonly BundledSimulation[];
  readonly problems: readonly Problem[];
}

interface CacheEntry {
  /** Input file → hash of its text. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly simulation: BundledSimulation;
}

type Cache = Readonly<Record<string, CacheEntry>>;

/** Where scripts for workers lie: below the folder that is served as it is. */
const WORKER_FOLDER = 'public/sim';
const scriptName = (address: string): string => address.slice('/sim/'.length);
const ENGINE_FOLDER = '.generated/engines';

export async function bundleSimulations(
  root: string,
  folders: readonly SimulationFolder[],
): Promise<Bundles> {
  const cacheFile = join(root, '.generated', 'cache', 'bundles.json');
  const own = [
    'lib/content/bundles.ts',
    'lib/content/definition-of-runs.ts',
    'lib/content/model-interface.ts',
    COMPILER_OPTIONS,
  ].map((file) => readFileSync(join(root, file), 'utf8'));
  const sandbox = await writeSandbox(root, BROWSERS);
  const salt = `${version} ${BROWSERS.join(' ')} ${sandbox} ${sha256(own.join(''))}`;
  const cache = readCache(cacheFile, salt);
  const hashOf = fileHashes(root);
  const problems: Problem[] = [];
  const entries: Record<string, CacheEntry> = {};

  const taken = new Map<string, string>();
  for (const folder of folders) {
    const address = `lib/simulations/${folder.category}/${folder.id}`;
    const other = taken.get(folder.id);
    if (other !== undefined) {
      problems.push({
        file: `${address}/simulation.ts`,
        line: 1,
        column: 1,
        message: `expected each simulation to have an id of its own, got the folder "${folder.id}" here and in ${other}`,
        remedy: 'Rename one of the folders',
      });
      continue;
    }
    taken.set(folder.id, address);

    const cached = cache[address];
    if (cached !== undefined && isCurrent(cached, hashOf, root)) {
      entries[address] = cached;
      continue;
    }
    const made = await bundleOne({ root, folder, address, sandbox, hashOf });
    if ('problems' in made) problems.push(...made.problems);
    else entries[address] = made;
  }

  const simulations = Object.values(entries).map((entry) => entry.simulation);
  mkdirSync(join(root, '.generated', 'cache'), { recursive: true });
  writeFileSync(cacheFile, JSON.stringify({ salt, entries }, null, 1));
  // A simulation that cannot be bundled now keeps its last scripts, for the page open in dev.
  if (problems.length === 0) {
    keepOnly(
      join(root, WORKER_FOLDER),
      simulations.flatMap((simulation) => servedOf(simulation).map(scriptName)),
    );
    keepOnly(join(root, SANDBOX_FOLDER), [sandbox.slice('/sandbox/'.length)]);
    keepOnly(
      join(root, ENGINE_FOLDER),
      simulations.map(({ engine }) => engine.slice(ENGINE_FOLDER.length + 1)),
    );
  }
  return { simulations, problems };
}

/** Everything of a simulation that browsers may ask for, by address. */
const servedOf = ({ bundle }: SimulationRecord): string[] => [
  bundle,
  wholeAddress(bundle),
  descriptionAddress(bundle),
  codeAddress(bundle),
];

interface Order {
  readonly root: string;
  readonly folder: SimulationFolder;
  /** Path of the folder from the root of the repository. */
  readonly address: string;
  /** Address of the document in which the reader's code runs. */
  readonly sandbox: string;
  readonly hashOf: (path: string) => string;
}

async function bundleOne({
  root,
  folder: { id, category, path },
  address,
  sandbox,
  hashOf,
}: Order): Promise<CacheEntry | { readonly problems: Problem[] }> {
  const file = `${address}/simulation.ts`;
  const entry = `{ id: ${JSON.stringify(id)}, category: ${JSON.stringify(category)}, definition: simulation }`;
  const imports = `import { simulation } from './simulation';`;
  const problem = (message: string, remedy: string): { readonly problems: Problem[] } => ({
    problems: [{ file, line: 1, column: 1, message, remedy }],
  });
  const inputs = new Set<string>();
  const bundle = async (contents: string, options: BuildOptions): Promise<string> => {
    const result: BuildResult = await build({
      bundle: true,
      write: false,
      absWorkingDir: root,
      logLevel: 'silent',
      legalComments: 'none',
      metafile: true,
      stdin: { contents, resolveDir: path, loader: 'ts' },
      ...options,
    });
    for (const input of Object.keys(result.metafile?.inputs ?? {}))
      if (input !== '<stdin>') inputs.add(input);
    return result.outputFiles?.[0]?.text ?? '';
  };
  const forWorkers = {
    format: 'iife',
    platform: 'browser',
    target: BROWSERS,
    minify: true,
  } satisfies BuildOptions;

  let engine: string;
  let figures: string;
  let whole: string;
  try {
    engine = await bundle(
      `${imports}
      import { engineOf } from '@/lib/content/engine';
      export const engine = engineOf(${entry});`,
      // A change of a comment must not make the runs stale.
      { format: 'esm', platform: 'node', target: 'node20', minifyWhitespace: true },
    );
  } catch (error) {
    return { problems: esbuildProblems(error, file) };
  }
  const hash = sha256(engine).slice(0, 16);
  const enginePath = `${ENGINE_FOLDER}/${id}.${hash}.mjs`;
  write(join(root, ENGINE_FOLDER), `${id}.${hash}.mjs`, engine);

  let loaded: Engine;
  try {
    loaded = await loadEngine(root, enginePath);
  } catch (error) {
    return problem(
      `expected the definition to load, got ${error instanceof Error ? error.message : String(error)}`,
      'Run its test for the whole trace: npx vitest run lib/simulation/contract.test.ts',
    );
  }

  // What JSON cannot say (Infinity, undefined) a page could not read.
  const description = JSON.stringify(loaded.description);
  const definition = join(path, 'simulation.ts');
  inputs.add(relative(root, definition));
  try {
    const cut = { leftOut: NOT_FOR_RUNS, data: dataOfRuns(loaded.description) };
    figures = await bundle(
      `${await withPureConstants(await definitionOfRuns(readFileSync(definition, 'utf8'), cut, file))}
      import { serve } from '@/lib/simulation/worker';
      serve(${entry}, self);`,
      { ...forWorkers, plugins: [pureConstants(path), neededParts(root, loaded.description)] },
    );
    whole = await bundle(
      `${imports}
      import { serveWhole } from '@/lib/simulation/whole-worker';
      serveWhole(${entry}, self);`,
      forWorkers,
    );
  } catch (error) {
    if (error instanceof ContentError) return { problems: [...error.problems] };
    return { problems: esbuildProblems(error, file) };
  }
  const sizeGz = gzipSync(figures, { level: 9 }).length;
  if (sizeGz > SCRIPT_MAX_GZ) {
    return problem(
      `expected what a page loads to run "${id}" to be at most ${SCRIPT_MAX_GZ} bytes (gzip), got ${sizeGz}`,
      'Move what only views, tasks, checks and claims use out of its models and of what it runs, or run less',
    );
  }
  const files = sourcesIn(join(path, 'models'));
  for (const file of Object.keys(files))
    inputs.add(relative(root, join(path, 'models', `${file}.ts`)));
  const code = JSON.stringify({
    sandbox,
    files,
    interfaces: Object.fromEntries(
      Object.keys(loaded.description.variants)
        .filter((variant) => Object.hasOwn(files, variant))
        .map((variant) => [variant, interfaceOf(files, variant)]),
    ),
    checks: loaded.checks,
    checkedVariants: loaded.checkedVariants,
    plantedBugs: loaded.plantedBugs,
  } satisfies CodeData);
  // The script's name stands for what lies beside it as well, whose addresses follow from it.
  const name = `${id}.${sha256([figures, whole, description, code].join('\n')).slice(0, 12)}.js`;
  for (const [address, text] of [
    [name, figures],
    [wholeAddress(name), whole],
    [descriptionAddress(name), description],
    [codeAddress(name), code],
  ] as const)
    write(join(root, WORKER_FOLDER), address, text);

  return {
    inputs: Object.fromEntries([...inputs].map((input) => [input, hashOf(input)])),
    simulation: {
      id,
      category,
      bundle: `/sim/${name}`,
      hash,
      engine: enginePath,
      description: JSON.parse(description) as Description,
      checks: loaded.checks,
      claims: loaded.claims,
      incidents: loaded.incidents,
      models: Object.fromEntries(
        Object.keys(loaded.description.variants)
          .map((variant): [string, string] => [variant, `${address}/models/${variant}.ts`])
          .filter(([, model]) => existsSync(join(root, model))),
      ),
    },
  };
}

/** The data that a run reads, as JSON, without the sentences that only readers need. */
function dataOfRuns(description: Description): Readonly<Record<string, string>> {
  const told = (value: unknown): string =>
    JSON.stringify(value, (key, each: unknown) => {
      if (key === 'describe' && typeof each === 'string') return undefined;
      // Of the options of a choice a run knows the ids.
      if (key === 'options' && typeof each === 'object' && each !== null)
        return Object.fromEntries(Object.keys(each).map((id) => [id, {}]));
      return each;
    });
  return {
    ...Object.fromEntries(DATA_OF_RUNS.map((name) => [name, told(description[name])])),
    // Beside code, and made from the parameters, which would else come along whole.
    'traffic.ranges': told(description.traffic?.ranges ?? {}),
  };
}

/** Modules that only some simulations have a use for, and which. */
const NEEDED: Readonly<Record<string, (description: Description) => boolean>> = {
  'lib/simulation/tally.ts': ({ measures }) =>
    Object.values(measures).some(({ kind }) => kind === 'table'),
  'lib/simulation/traffic.ts': ({ traffic }) => traffic !== undefined,
};

/** Empties the modules that what is declared never leads to. */
const neededParts = (root: string, description: Description): Plugin => ({
  name: 'needed-parts',
  setup: ({ onLoad }) => {
    for (const [module, isNeeded] of Object.entries(NEEDED)) {
      if (isNeeded(description)) continue;
      const file = realpathSync(join(root, module));
      onLoad({ filter: /\.ts$/ }, ({ path }) =>
        path === file ? { contents: withoutContents(readFileSync(path, 'utf8')) } : undefined,
      );
    }
  },
});

/** The names that a module exports, with nothing behind them. */
const withoutContents = (source: string): string =>
  [...source.matchAll(/^export (?:const|class|function) (\w+)/gm)]
    .map(([, name]) => `export const ${name} = undefined;`)
    .join('\n');

/** Lets what no run names be dropped from the files of a simulation. */
const pureConstants = (folder: string): Plugin => ({
  name: 'pure-constants',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      path.startsWith(`${folder}${sep}`)
        ? { contents: await withPureConstants(readFileSync(path, 'utf8')), loader: 'js' }
        : undefined,
    );
  },
});

/** The module of a bundled simulation; the hash in its name keeps Node's module cache right. */
export async function loadEngine(root: string, path: string): Promise<Engine> {
  const module = (await import(
    /* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ pathToFileURL(
      join(root, path),
    ).href
  )) as { engine: Engine };
  return module.engine;
}

/** esbuild's messages as problems; anything else is thrown on. */
export function esbuildProblems(error: unknown, fallbackFile: string): Problem[] {
  const messages = (error as { errors?: Message[] }).errors;
  if (messages === undefined) throw error;
  return messages.map(({ text, location }) => ({
    file: location?.file ?? fallbackFile,
    line: location?.line ?? 1,
    column: (location?.column ?? 0) + 1,
    message: `expected source that can be bundled, got: ${text}`,
    remedy: 'Correct the source',
  }));
}

/** The TypeScript files of a folder: name without its ending → text. */
export function sourcesIn(folder: string): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => [name.slice(0, -'.ts'.length), readFileSync(join(folder, name), 'utf8')]),
  );
}

function isCurrent(
  { inputs, simulation }: CacheEntry,
  hashOf: (path: string) => string,
  root: string,
): boolean {
  return (
    existsSync(join(root, simulation.engine)) &&
    servedOf(simulation).every((file) => existsSync(join(root, WORKER_FOLDER, scriptName(file)))) &&
    Object.entries(inputs).every(([path, hash]) => hashOf(path) === hash)
  );
}

function fileHashes(root: string): (path: string) => string {
  const hashes = new Map<string, string>();
  return (path) => {
    let hash = hashes.get(path);
    if (hash === undefined) {
      const file = join(root, path);
      hash = existsSync(file) ? sha256(readFileSync(file, 'utf8')) : 'none';
      hashes.set(path, hash);
    }
    return hash;
  };
}

function readCache(file: string, salt: string): Cache {
  try {
    const cache = JSON.parse(readFileSync(file, 'utf8')) as { salt: string; entries: Cache };
    return cache.salt === salt ? cache.entries : {};
  } catch {
    // No cache, or one cut short: everything is bundled again.
    return {};
  }
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** Removes what earlier builds left. */
export function keepOnly(folder: string, names: readonly string[]): void {
  if (!existsSync(folder)) return;
  const kept = new Set(names);
  for (const name of readdirSync(folder)) {
    if (!kept.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}
