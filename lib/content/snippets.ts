/**
 * Code blocks of guides are held to their language: TypeScript is type-checked with the project's
 * own compiler, `runnable` blocks are run, JSON and YAML are parsed, shell, Go and Python where
 * their tools are installed. What has passed is remembered by its hash.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build, type Message, transform } from 'esbuild';
import type { Code } from 'mdast';
import { LineCounter, parseAllDocuments } from 'yaml';
import { fenceInfo, LANGUAGES } from './languages';
import { suggest } from './nearest';
import { type Place, type Problem, placeOf } from './problem';

export interface Snippet {
  /** Path of the guide from the root of the repository. */
  readonly file: string;
  readonly lang: string;
  readonly runnable: boolean;
  readonly code: string;
  /** Of the first character of the code. */
  readonly place: Place;
}

/** A runnable snippet that takes longer than this has hung. */
const RUN_TIMEOUT_MS = 10_000;

const TYPESCRIPT: ReadonlySet<string> = new Set(['ts', 'tsx']);

/** The code blocks of a guide, and what is wrong with their first lines. */
export function snippetsOf(
  file: string,
  blocks: readonly Code[],
): { readonly snippets: Snippet[]; readonly problems: Problem[] } {
  const snippets: Snippet[] = [];
  const problems: Problem[] = [];
  for (const block of blocks) {
    const { lang, runnable, unknown } = fenceInfo(block);
    const place = placeOf(block);
    const report = (message: string, remedy: string): void => {
      problems.push({ file, ...place, message, remedy });
    };
    if (!Object.hasOwn(LANGUAGES, lang)) {
      report(
        lang === ''
          ? 'expected a language after ```, got none'
          : `expected a language, got "${lang}"`,
        lang === ''
          ? `Write one of ${Object.keys(LANGUAGES).join(', ')}`
          : suggest(lang, Object.keys(LANGUAGES), 'language'),
      );
      continue;
    }
    if (unknown.length > 0) {
      report(
        `expected only "runnable" and title="…" after the language, got "${unknown.join(' ')}"`,
        'Remove it',
      );
    }
    if (runnable && !TYPESCRIPT.has(lang)) {
      report(
        `expected a runnable block to be TypeScript, got ${lang}`,
        'Remove "runnable", or write the block in ts',
      );
    }
    snippets.push({
      file,
      lang,
      runnable: runnable && TYPESCRIPT.has(lang),
      code: block.value,
      place: { line: place.line + 1, column: place.column },
    });
  }
  return { snippets, problems };
}

interface SnippetOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Hash → true, for snippets that have passed; read from and written to this file. */
  readonly cacheFile: string;
}

/** Checks all snippets, those of all guides in one call of the compiler. */
export async function checkSnippets(
  snippets: readonly Snippet[],
  { root, cacheFile }: SnippetOptions,
): Promise<Problem[]> {
  const passed = readPassed(cacheFile);
  const salt = saltOf(root);
  const keyOf = (snippet: Snippet): string =>
    createHash('sha256')
      .update(JSON.stringify([salt, snippet.lang, snippet.runnable, snippet.code]))
      .digest('hex');
  const fresh = snippets.filter(
    (snippet) => importsProject(snippet.code) || !passed.has(keyOf(snippet)),
  );

  const typescript = fresh.filter(({ lang }) => TYPESCRIPT.has(lang));
  const problems = await typeCheck(typescript, root);
  const sound = (snippet: Snippet): boolean =>
    !problems.some((problem) => isWithin(problem, snippet));
  const unchecked = new Set<Snippet>();
  for (const snippet of fresh) {
    const others = snippet.runnable
      ? sound(snippet)
        ? await run(snippet, root)
        : []
      : await parse(snippet);
    if (others === null) unchecked.add(snippet);
    else problems.push(...others);
  }

  const kept = snippets.filter((each) => sound(each) && !unchecked.has(each)).map(keyOf);
  mkdirSync(dirname(cacheFile), { recursive: true });
  writeFileSync(cacheFile, `${JSON.stringify([...new Set(kept)].sort(), null, 1)}\n`);
  return problems;
}

/** Types of the project's own files may change without a change of the snippet. */
function importsProject(code: string): boolean {
  return /['"]@\//.test(code);
}

function isWithin(problem: Problem, { file, code, place }: Snippet): boolean {
  const lastLine = place.line + code.split('\n').length - 1;
  return problem.file === file && problem.line >= place.line && problem.line <= lastLine;
}

function problemAt(snippet: Snippet, at: Place, message: string, remedy: string): Problem {
  return {
    file: snippet.file,
    line: snippet.place.line + at.line - 1,
    column: snippet.place.column + at.column - 1,
    message,
    remedy,
  };
}

// TypeScript

async function typeCheck(snippets: readonly Snippet[], root: string): Promise<Problem[]> {
  if (snippets.length === 0) return [];
  // A folder of this process alone: the tests and a build may check at the same time.
  const folder = join(root, '.generated', 'snippets', `types-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  snippets.forEach(({ code, lang }, index) => {
    // Without an import or export a file would be a script, and its names global to all others.
    writeFileSync(join(folder, `${index}.${lang}`), `${code}\nexport {};\n`);
  });
  const config = {
    extends: relative(folder, join(root, 'tsconfig.json')).replaceAll('\\', '/'),
    compilerOptions: {
      noEmit: true,
      incremental: false,
      types: ['node'],
      paths: { '@/*': [`${relative(folder, root).replaceAll('\\', '/')}/*`] },
    },
    include: ['./*.ts', './*.tsx'],
    exclude: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config, null, 2));
  const compiler = join(
    dirname(createRequire(join(root, 'package.json')).resolve('typescript/package.json')),
    'bin',
    'tsc',
  );
  const { code: exitCode, output } = await execute(
    process.execPath,
    [compiler, '-p', folder, '--pretty', 'false'],
    {
      cwd: folder,
    },
  );
  rmSync(folder, { recursive: true, force: true });
  const problems: Problem[] = [];
  for (const line of output.split('\n')) {
    const match = /^(?:.*[\\/])?(\d+)\.tsx?\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(line.trim());
    const snippet = match === null ? undefined : snippets[Number(match[1])];
    if (match === null || snippet === undefined) {
      // An error of the project itself is reported by its own check; one of the set-up must not pass.
      if (/^error TS/.test(line)) throw new Error(`Type-checking the snippets failed: ${line}`);
      continue;
    }
    problems.push(
      problemAt(
        snippet,
        { line: Number(match[2]), column: Number(match[3]) },
        `expected the snippet to type-check, got ${match[4]}: ${match[5]}`,
        'Correct the code; declare what it needs above a line "// ---cut---" if the reader need not see it',
      ),
    );
  }
  if (exitCode !== 0 && !/\berror TS\d+: /.test(output)) {
    throw new Error(
      `Type-checking the snippets failed (exit code ${exitCode}): ${output.trim() || 'no output'}`,
    );
  }
  return problems;
}

async function run(snippet: Snippet, root: string): Promise<Problem[]> {
  const folder = join(root, '.generated', 'snippets', 'run');
  mkdirSync(folder, { recursive: true });
  const file = join(
    folder,
    `${createHash('sha256').update(snippet.code).digest('hex').slice(0, 16)}.mjs`,
  );
  await build({
    stdin: { contents: snippet.code, loader: 'ts', resolveDir: root, sourcefile: snippet.file },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: file,
    logLevel: 'silent',
  });
  const { code, output, timedOut } = await execute(process.execPath, [file], {
    cwd: folder,
    timeoutMs: RUN_TIMEOUT_MS,
  });
  rmSync(file, { force: true });
  if (code === 0) return [];
  const reason = timedOut
    ? `no end within ${RUN_TIMEOUT_MS / 1000} s`
    : (/^\w*(?:Error|Exception)\b.*$/m.exec(output)?.[0] ?? `exit code ${code}`);
  return [
    problemAt(
      snippet,
      { line: 1, column: 1 },
      `expected the runnable snippet to run to its end, got ${reason}`,
      'Correct the code, or remove "runnable"',
    ),
  ];
}

// Other languages

/** Null where what would parse it is not installed: nothing is known of it then. */
async function parse(snippet: Snippet): Promise<Problem[] | null> {
  switch (snippet.lang) {
    case 'json':
      return parseJson(snippet);
    case 'yaml':
      return parseYaml(snippet);
    case 'js':
    case 'css':
      return parseWithEsbuild(snippet, snippet.lang);
    case 'bash':
      return parseWithInterpreter(snippet, 'bash', ['-n'], /line (\d+): (.*)/);
    case 'go':
      return parseWithInterpreter(snippet, 'gofmt', ['-e'], /:(\d+):\d+: (.*)/);
    case 'python':
      return parseWithInterpreter(
        snippet,
        'python3',
        ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'],
        /line (\d+)\n[\s\S]*?^(\w*Error: .*)$/m,
      );
    default:
      return [];
  }
}

async function parseJson(snippet: Snippet): Promise<Problem[]> {
  try {
    JSON.parse(snippet.code);
    return [];
  } catch (error) {
    // JSON.parse decides; esbuild says where, which V8 does only for some errors.
    const located = await parseWithEsbuild(snippet, 'json');
    const message = error instanceof Error ? error.message : String(error);
    return located.length > 0
      ? located
      : [invalid(snippet, { line: 1, column: 1 }, message.replace(/\s+/g, ' '))];
  }
}

function parseYaml(snippet: Snippet): Problem[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(snippet.code, { lineCounter, prettyErrors: false });
  const [error] = [...documents].flatMap((document) => document.errors);
  if (error === undefined) return [];
  const { line, col } = lineCounter.linePos(error.pos[0]);
  return [invalid(snippet, { line, column: col }, error.message)];
}

async function parseWithEsbuild(
  snippet: Snippet,
  loader: 'js' | 'json' | 'css',
): Promise<Problem[]> {
  try {
    const { warnings } = await transform(snippet.code, { loader, logLevel: 'silent' });
    // For CSS a syntax error is only a warning to esbuild.
    return loader === 'css' ? warnings.slice(0, 1).map((each) => fromEsbuild(snippet, each)) : [];
  } catch (error) {
    const messages = (error as { errors?: Message[] }).errors;
    if (messages === undefined) throw error;
    return messages.slice(0, 1).map((message) => fromEsbuild(snippet, message));
  }
}

function fromEsbuild(snippet: Snippet, { location, text }: Message): Problem {
  return invalid(snippet, { line: location?.line ?? 1, column: (location?.column ?? 0) + 1 }, text);
}

async function parseWithInterpreter(
  snippet: Snippet,
  command: string,
  args: readonly string[],
  pattern: RegExp,
): Promise<Problem[] | null> {
  const { code, output } = await execute(command, args, { input: snippet.code });
  // Elsewhere it is installed, and the check is made there.
  if (code === null) return null;
  if (code === 0) return [];
  const match = pattern.exec(output);
  return [
    invalid(snippet, { line: Number(match?.[1] ?? 1), column: 1 }, match?.[2] ?? output.trim()),
  ];
}

function invalid(snippet: Snippet, at: Place, reason: string): Problem {
  const title = LANGUAGES[snippet.lang]?.title ?? snippet.lang;
  return problemAt(
    snippet,
    at,
    `expected valid ${title}, got: ${reason}`,
    'Correct it, or mark the block as text if it is not meant to be valid',
  );
}

interface Executed {
  /** Exit code; null if the command could not be started or did not end in time. */
  readonly code: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

function execute(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly input?: string; readonly timeoutMs?: number } = {},
): Promise<Executed> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', () => resolve({ code: null, output: '', timedOut: false }));
    child.on('close', (code, signal) =>
      resolve({ code, output: Buffer.concat(chunks).toString(), timedOut: signal !== null }),
    );
    // A command that ends before it has read its input is no error of ours.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

function readPassed(cacheFile: string): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(readFileSync(cacheFile, 'utf8')) as string[]);
  } catch {
    // No cache, or one cut short: everything is checked again.
    return new Set();
  }
}

/** What passing depended on besides the snippet itself. */
function saltOf(root: string): string {
  const { version } = JSON.parse(
    readFileSync(
      createRequire(join(root, 'package.json')).resolve('typescript/package.json'),
      'utf8',
    ),
  ) as { version: string };
  return `${version} ${readFileSync(join(root, 'tsconfig.json'), 'utf8')}`;
}
