import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { simulationFolders } from '../simulation/entries.node';
import type { FromWorker, ToWorker } from '../simulation/protocol';
import { codeAddress, descriptionAddress, wholeAddress } from '../simulation-files';
import { fifo } from '../simulations/template/queue/models/fifo';
import { lifo } from '../simulations/template/queue/models/lifo';
import type { CodeData } from '../tools/code/protocol';
import { bundleSimulations, loadEngine } from './bundles';
import { definitionOfRuns, withPureConstants } from './definition-of-runs';
import { formatProblem } from './problem';
import { requestOf } from './simulations';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of ['lib', 'node_modules', 'package.json', 'tsconfig.json']) {
    symlinkSync(join(process.cwd(), name), join(root, name));
  }
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A folder with a simulation of this text, outside `lib`. */
function folder(id: string, text: string) {
  const path = join(root, 'drafts', id);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'simulation.ts'), text);
  return { id, category: 'drafts', path };
}

const queue = () => simulationFolders().filter(({ id }) => id === 'queue');
const problemsOf = async (...folders: Parameters<typeof bundleSimulations>[1]) =>
  (await bundleSimulations(root, folders)).problems.map(formatProblem);

test('the worker’s script is one file that answers the protocol', async () => {
  const { simulations } = await bundleSimulations(root, queue());
  const script = readFileSync(join(root, 'public', simulations[0]?.bundle ?? 'none'), 'utf8');
  expect(script).not.toMatch(/\bimport\b\s*[({*"']/);

  const sent: FromWorker[] = [];
  const scope = {
    onmessage: null as ((event: { data: ToWorker }) => void) | null,
    postMessage: (message: FromWorker) => sent.push(message),
  };
  // The script sees nothing but the scope of a worker.
  runInNewContext(script, { self: scope });
  const request = { parameters: {}, seed: 3, variants: ['fifo'], interventions: [] };
  scope.onmessage?.({
    data: { type: 'run', requestId: 1, request, tasks: [], predictions: [] },
  });
  const [result] = sent;
  if (result?.type !== 'result') throw new Error(`Expected a result, got ${result?.type}.`);

  // The same code in Node: same inputs, same results.
  const engine = await loadEngine(root, simulations[0]?.engine ?? 'none');
  const byWorker = result.race.runs[0]?.results.map(({ id, value }) => [id, value]);
  const byEngine = engine.run(request).runs[0]?.results.map(({ id, value }) => [id, value]);
  expect(byWorker).toHaveLength(byEngine?.length ?? -1);
  expect(JSON.stringify(byWorker)).toBe(JSON.stringify(byEngine));
});

test('a simulation is bundled again only when a file of it or the compiler’s options have changed', async () => {
  const first = await bundleSimulations(root, queue());
  const engine = join(root, first.simulations[0]?.engine ?? 'none');
  // A mark that bundling anew would wipe out.
  writeFileSync(engine, `${readFileSync(engine, 'utf8')}\n// as it was`);
  const second = await bundleSimulations(root, queue());
  expect(second.simulations).toEqual(first.simulations);
  expect(readFileSync(engine, 'utf8')).toContain('// as it was');
  const options = join(root, 'tsconfig.json');
  const present = readFileSync(options, 'utf8');
  rmSync(options);
  writeFileSync(options, `${present}\n`);
  await bundleSimulations(root, queue());
  expect(readFileSync(engine, 'utf8')).not.toContain('// as it was');
  rmSync(engine);
  await bundleSimulations(root, queue());
  expect(existsSync(engine)).toBe(true);
});

test('a syntax error is reported in its file and line', async () => {
  expect(await problemsOf(folder('torn', 'export const simulation = {\n  title: ,\n};'))).toEqual([
    'drafts/torn/simulation.ts:2:10 expected source that can be bundled, got: Unexpected ",". Correct the source.',
  ]);
});

test('a definition that throws while it loads', async () => {
  expect(
    await problemsOf(
      folder('thrown', 'export const simulation = {};\nthrow new Error("no rate");'),
    ),
  ).toEqual([
    'lib/simulations/drafts/thrown/simulation.ts:1:1 expected the definition to load, got no rate. Run its test for the whole trace: npx vitest run lib/simulation/contract.test.ts.',
  ]);
});

test('two simulations of one id', async () => {
  const [first] = queue();
  if (first === undefined) throw new Error('The template is gone.');
  expect(await problemsOf(first, { ...first, category: 'drafts' })).toEqual([
    'lib/simulations/drafts/queue/simulation.ts:1:1 expected each simulation to have an id of its own, got the folder "queue" here and in lib/simulations/template/queue. Rename one of the folders.',
  ]);
});

test('what a page loads for its figures knows no sentence that no run needs; the whole is another script', async () => {
  const { simulations } = await bundleSimulations(root, queue());
  const [record] = simulations;
  if (record === undefined) throw new Error('The template is gone.');
  const figures = readFileSync(join(root, 'public', record.bundle), 'utf8');
  const whole = readFileSync(join(root, 'public', wholeAddress(record.bundle)), 'utf8');
  // The shortest is as good as any.
  const checks = Object.entries(record.checks).sort(([, a], [, b]) => a.seeds - b.seeds);
  const [[check = '', { statement = '' } = {}] = []] = checks;
  const [claim] = Object.values(record.claims);
  const { describe, omissions, parameters, scenarios, tasks, interventions } = record.description;
  for (const text of [
    statement,
    claim?.statement,
    describe,
    omissions[0]?.what,
    Object.values(parameters)[0]?.describe,
    Object.values(interventions)[0]?.describe,
    Object.values(scenarios)[0]?.story,
    Object.values(tasks)[0]?.goal,
  ]) {
    expect(text?.length).toBeGreaterThan(10);
    expect(whole).toContain(text);
    expect(figures).not.toContain(text);
  }
  // It declares no table by key, and no traffic from outside.
  for (const text of ['Expected a count of the table', 'expected keys below']) {
    expect(whole).toContain(text);
    expect(figures).not.toContain(text);
  }
  const description = readFileSync(join(root, 'public', descriptionAddress(record.bundle)), 'utf8');
  expect(JSON.parse(description)).toEqual(record.description);

  const sent: FromWorker[] = [];
  const scope = {
    onmessage: null as ((event: { data: ToWorker }) => void) | null,
    postMessage: (message: FromWorker) => sent.push(message),
  };
  runInNewContext(whole, { self: scope });
  scope.onmessage?.({ data: { type: 'check', requestId: 7, check } });
  const [[task = '', { scenario = '' } = {}] = []] = Object.entries(tasks);
  const request = requestOf(record.description, scenario);
  scope.onmessage?.({
    data: { type: 'run', requestId: 8, request, tasks: [task], predictions: [] },
  });
  expect(sent).toMatchObject([
    { type: 'checked', requestId: 7, report: { id: check, failure: null } },
    { type: 'result', requestId: 8, tasks: { [task]: { reached: false } } },
  ]);
});

test('beside the script lie the sources of the models; one that is handed in takes the place of ours', async () => {
  const { simulations } = await bundleSimulations(root, queue());
  const [record] = simulations;
  if (record === undefined) throw new Error('The template is gone.');
  const read = (address: string) => readFileSync(join(root, 'public', address), 'utf8');
  const data = JSON.parse(read(codeAddress(record.bundle))) as CodeData;
  expect(data.files.fifo).toBe(
    readFileSync('lib/simulations/template/queue/models/fifo.ts', 'utf8'),
  );
  expect(Object.keys(data.plantedBugs).length).toBeGreaterThan(0);
  expect(read(data.sandbox)).toContain("default-src 'none'");

  const resultsWith = (models: Readonly<Record<string, unknown>> | undefined) => {
    const sent: FromWorker[] = [];
    const scope = {
      onmessage: null as ((event: { data: ToWorker }) => void) | null,
      postMessage: (message: FromWorker) => sent.push(message),
      models,
    };
    runInNewContext(read(record.bundle), { self: scope });
    const request = { parameters: {}, seed: 3, variants: ['fifo'], interventions: [] };
    scope.onmessage?.({ data: { type: 'run', requestId: 1, request, tasks: [], predictions: [] } });
    const [answer] = sent;
    if (answer?.type !== 'result')
      throw new Error(`Expected a result, got ${JSON.stringify(answer)}.`);
    return JSON.stringify(answer.race.runs[0]?.results);
  };
  expect(resultsWith({ fifo })).toBe(resultsWith(undefined));
  expect(resultsWith({ fifo: lifo })).not.toBe(resultsWith(undefined));
  expect(() => resultsWith({ nobody: fifo })).toThrow(
    'Expected a variant of "queue" (fifo, lifo), got a model for "nobody".',
  );
});

test('a definition that is not written where it is passed', async () => {
  const text = `import { defineSimulation } from '@/lib/simulation/definition';
    const parts = { title: 'Parts', checks: {} };
    export const simulation = defineSimulation({ ...parts });`;
  const sentence =
    'expected "export const simulation = defineSimulation({ … })" with all properties written out, so that checks can be left out of what a page loads';
  const cut = { leftOut: ['checks'], data: {} };
  await expect(definitionOfRuns(text, cut, 'a/simulation.ts')).rejects.toThrow(
    `a/simulation.ts:3:1 ${sentence}. Write the object where it is passed, without "..." in it.`,
  );
});

test('what is left out goes with the imports that only it used', async () => {
  const text = `import { checks, theory } from './checks';
    import { model } from './model';
    import { parameters, wider } from './parameters';
    export const simulation = defineSimulation({
      title: 'Kept', 'checks': checks, model, parameters,
      traffic: { shownMs: () => 60, ranges: wider, checks: 'Kept too' },
      claims: { one: { holds: () => theory() } }
    });`;
  const cut = {
    leftOut: ['checks', 'claims'],
    data: { parameters: '{"rate":{"default":1}}', 'traffic.ranges': '{"rate":{"max":9}}' },
  };
  const kept = await definitionOfRuns(text, cut, 'simulation.ts');
  expect(kept).toContain('title: "Kept"');
  expect(kept).toContain('./model');
  expect(kept).toMatch(/parameters: \{ "?rate"?: \{ "?default"?: 1 \} \}/);
  expect(kept).toMatch(/shownMs: \(\) => 60,\s*ranges: \{ "?rate"?: \{ "?max"?: 9 \} \}/);
  expect(kept).toContain('checks: "Kept too"');
  expect(kept).not.toMatch(/'checks'|checks: checks|claims|theory|wider|\.\/parameters|\.\/checks/);
});

test('what nobody names is dropped, whatever it was made of', async () => {
  const text = `const ids = ['a', 'b'].map((id) => id + '!');
    export const named = Object.fromEntries(ids.map((id) => [id, 1])), other: number = ids.length;
    export function first() { return ids[0]; }`;
  writeFileSync(join(root, 'parts.js'), await withPureConstants(text));
  const bundled = async (named: string) => {
    const contents = `import { first, named, other } from './parts'; console.log(${named});`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: root },
      bundle: true,
      format: 'iife',
      write: false,
    });
    return outputFiles[0]?.text ?? '';
  };
  expect(await bundled('1')).not.toMatch(/map|fromEntries|length/);
  expect(await bundled('first()')).not.toMatch(/fromEntries|length/);
  const said: unknown[] = [];
  runInNewContext(await bundled('named, other, first()'), {
    console: { log: (...texts: unknown[]) => said.push(...texts) },
  });
  expect(JSON.stringify(said)).toBe('[{"a!":1,"b!":1},2,"a!"]');
});

test('a simulation that is too heavy for a page', async () => {
  const words = Array.from({ length: 9000 }, (_, i) => ((i * 2654435761) >>> 0).toString(36));
  const text = `import { defineSimulation } from '@/lib/simulation/definition';
    import { simulation as template } from '@/lib/simulations/template/queue/simulation';
    const { scenarios, parameters, measures, variants, views } = template;
    export const simulation = defineSimulation({
      title: '${words.join(' ')}', describe: 'Heavy', version: 1,
      link: template.link, timing: template.timing, workload: template.workload, run: template.run,
      scenarios, parameters, measures, variants, views,
      interventions: {}, tasks: {}, predictions: {}, plantedBugs: {}, omissions: [], checks: {}, claims: {},
    });`;
  const [problem] = await problemsOf(folder('heavy', text));
  expect(problem).toMatch(
    /^lib\/simulations\/drafts\/heavy\/simulation\.ts:1:1 expected what a page loads to run "heavy" to be at most \d+ bytes \(gzip\), got \d+\. /,
  );
});
