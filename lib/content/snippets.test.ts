import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Code } from 'mdast';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatProblem } from './problem';
import { checkSnippets, type Snippet, snippetsOf } from './snippets';

const root = process.cwd();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'snippets-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const snippet = (lang: string, code: string, options: Partial<Snippet> = {}): Snippet => ({
  file: 'content/a/b.mdx',
  lang,
  runnable: false,
  code,
  place: { line: 10, column: 1 },
  ...options,
});

const check = async (...snippets: Snippet[]) =>
  (await checkSnippets(snippets, { root, cacheFile: join(folder, 'passed.json') })).map(
    formatProblem,
  );

const blocks = (lang: string | null, meta: string | null = null): Code[] => [
  {
    type: 'code',
    lang,
    meta,
    value: 'x',
    position: { start: { line: 3, column: 1 }, end: { line: 5, column: 4 } },
  },
];

test('TypeScript is type-checked, errors at the line and column of the guide', async () => {
  expect(
    await check(
      snippet('ts', 'const limit: number = 1;\nconst name: string = limit;'),
      snippet('ts', 'const limit = 2;\nexport const twice = limit * 2;', {
        place: { line: 30, column: 3 },
      }),
    ),
  ).toEqual([
    "content/a/b.mdx:11:7 expected the snippet to type-check, got TS2322: Type 'number' is not assignable to type 'string'. Correct the code; declare what it needs above a line \"// ---cut---\" if the reader need not see it.",
  ]);
});

test('a runnable block is run, and its error is the problem', async () => {
  const runnable = { runnable: true };
  expect(
    await check(
      snippet(
        'ts',
        'const sum: number = [1, 2].reduce((a, b) => a + b, 0);\nif (sum !== 3) throw new Error("no");',
        runnable,
      ),
      snippet('ts', 'throw new RangeError("the window is closed");', {
        ...runnable,
        place: { line: 20, column: 1 },
      }),
    ),
  ).toEqual([
    'content/a/b.mdx:20:1 expected the runnable snippet to run to its end, got RangeError: the window is closed. Correct the code, or remove "runnable".',
  ]);
});

test('JSON, YAML, JavaScript and CSS are parsed', async () => {
  expect(
    await check(
      snippet('json', '{ "a": [1, 2] }'),
      snippet('yaml', 'a:\n  - 1\n---\nb: 2'),
      snippet('js', 'const a = 1;'),
      snippet('css', 'a { color: red }'),
    ),
  ).toEqual([]);
  const [json, yaml, js, css] = await check(
    snippet('json', '{\n  "a": 1,\n}'),
    snippet('yaml', 'a: [1', { place: { line: 20, column: 1 } }),
    snippet('js', 'const = 1;', { place: { line: 30, column: 1 } }),
    snippet('css', 'a { color: red', { place: { line: 40, column: 1 } }),
  );
  expect(json).toMatch(/^content\/a\/b\.mdx:1[012]:\d+ expected valid JSON, got: /);
  expect(yaml).toMatch(/^content\/a\/b\.mdx:20:\d+ expected valid YAML, got: /);
  expect(js).toMatch(
    /^content\/a\/b\.mdx:30:7 expected valid JavaScript, got: Expected identifier but found "="\./,
  );
  expect(css).toMatch(/^content\/a\/b\.mdx:40:\d+ expected valid CSS, got: /);
});

test.skipIf(spawnSync('bash', ['--version']).status !== 0)(
  'shell is parsed where bash is installed',
  async () => {
    expect(await check(snippet('bash', 'curl -s localhost | head'))).toEqual([]);
    const [problem] = await check(snippet('bash', 'echo a\nif true; then echo b'));
    expect(problem).toMatch(/^content\/a\/b\.mdx:1[12]:1 expected valid Shell, got: /);
  },
);

test.skipIf(spawnSync('gofmt', { input: '' }).status !== 0)(
  'Go is parsed where it is installed',
  async () => {
    expect(await check(snippet('go', 'package a\n\nfunc f() {}'))).toEqual([]);
    const [problem] = await check(snippet('go', 'package a\n\nfunc f( {}'));
    expect(problem).toMatch(/^content\/a\/b\.mdx:12:1 expected valid Go, got: /);
  },
);

test.skipIf(spawnSync('python3', ['--version']).status !== 0)(
  'Python is parsed where it is installed',
  async () => {
    expect(await check(snippet('python', 'print("a")'))).toEqual([]);
    const [problem] = await check(snippet('python', 'a = 1\nif a\n  print(a)'));
    expect(problem).toMatch(/^content\/a\/b\.mdx:11:1 expected valid Python, got: SyntaxError/);
  },
);

test('what has passed is remembered, what has not is checked again', async () => {
  const good = snippet('json', '{}');
  const bad = snippet('json', '{', { place: { line: 20, column: 1 } });
  expect(await check(good, bad)).toHaveLength(1);
  const passed: unknown = JSON.parse(readFileSync(join(folder, 'passed.json'), 'utf8'));
  expect(passed).toHaveLength(1);
  expect(await check(good, bad)).toHaveLength(1);
});

test('what could not be checked is not remembered as passed', async () => {
  const passed = (): unknown => JSON.parse(readFileSync(join(folder, 'passed.json'), 'utf8'));
  const snippets = [snippet('bash', 'ls'), snippet('go', 'package a'), snippet('python', 'a = 1')];
  // Where none of their interpreters is.
  vi.stubEnv('PATH', folder);
  try {
    expect(await check(...snippets, snippet('json', '{}'))).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(passed()).toHaveLength(1);
});

test('a compiler that ends without saying what is wrong has checked nothing', async () => {
  const compiler = join(folder, 'node_modules', 'typescript');
  mkdirSync(join(compiler, 'bin'), { recursive: true });
  writeFileSync(join(compiler, 'package.json'), '{ "version": "0.0.0" }');
  writeFileSync(join(compiler, 'bin', 'tsc'), 'console.log("out of memory"); process.exit(134);');
  writeFileSync(join(folder, 'tsconfig.json'), '{}');
  const cacheFile = join(folder, 'passed.json');
  await expect(
    checkSnippets([snippet('ts', 'const a = 1;')], { root: folder, cacheFile }),
  ).rejects.toThrow('Type-checking the snippets failed (exit code 134): out of memory');
  expect(existsSync(cacheFile)).toBe(false);
});

test('a torn cache is no obstacle', async () => {
  expect(existsSync(join(folder, 'passed.json'))).toBe(false);
  expect(await check(snippet('json', '{}'))).toEqual([]);
});

test('a fence names a known language and nothing else that is unknown', () => {
  const problemsOf = (lang: string | null, meta?: string) =>
    snippetsOf('content/a/b.mdx', blocks(lang, meta)).problems.map(formatProblem);
  expect(problemsOf('ts', 'runnable title="retry.ts"')).toEqual([]);
  expect(problemsOf(null)[0]).toMatch(
    /^content\/a\/b\.mdx:3:1 expected a language after ```, got none\. Write one of ts, tsx,/,
  );
  expect(problemsOf('typscript')[0]).toContain(
    'expected a language, got "typscript". Use a language that exists:',
  );
  expect(problemsOf('jsn')[0]).toContain('Did you mean "js');
  expect(problemsOf('ts', 'runable')).toEqual([
    'content/a/b.mdx:3:1 expected only "runnable" and title="…" after the language, got "runable". Remove it.',
  ]);
  expect(problemsOf('json', 'runnable')).toEqual([
    'content/a/b.mdx:3:1 expected a runnable block to be TypeScript, got json. Remove "runnable", or write the block in ts.',
  ]);
});
