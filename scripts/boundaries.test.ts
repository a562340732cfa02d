/**
 * Who may import whom, and what the engine may not reach: rules over the sources, each with its
 * remedy, since the linter has no rule for them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly code: string;
}

const sources: Source[] = ['app', 'components', 'lib', 'scripts', 'bench', 'e2e'].flatMap(
  (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => ({
        path: relative(ROOT, path).split(sep).join('/'),
        code: readFileSync(path, 'utf8'),
      })),
);

const isTest = ({ path }: Source): boolean => /\.test\.tsx?$/.test(path);

/** Folders by importance: a file belongs to the first that its path matches. */
const LAYERS = {
  model: /^lib\/simulations\/[^/]+\/[^/]+\/models\//,
  definition: /^lib\/simulations\//,
  kernel: /^lib\/kernel\//,
  simulation: /^lib\/simulation\//,
  search: /^lib\/search\//,
  reach: /^lib\/reach\//,
  offline: /^lib\/offline\//,
  content: /^lib\/content\//,
  figure: /^lib\/figure\//,
  tools: /^lib\/(tools|incident)\//,
  engines: /^lib\/engines\//,
  labs: /^lib\/labs\//,
  lib: /^lib\//,
  components: /^components\//,
  app: /^app\//,
  scripts: /^(scripts|bench|e2e)\//,
} as const;
type Layer = keyof typeof LAYERS;

const ALLOWED: Record<Layer, readonly Layer[]> = {
  model: ['model'],
  definition: ['model', 'definition', 'kernel', 'simulation'],
  kernel: ['kernel'],
  simulation: ['simulation', 'kernel'],
  search: ['search'],
  content: [
    'content',
    'search',
    'simulation',
    'kernel',
    'definition',
    'tools',
    'engines',
    'labs',
    'lib',
  ],
  reach: ['reach', 'content', 'simulation', 'lib'],
  offline: ['offline', 'search', 'engines', 'lib'],
  figure: ['figure', 'simulation', 'kernel'],
  tools: ['tools', 'figure', 'simulation', 'kernel'],
  engines: ['engines', 'kernel'],
  labs: ['labs', 'engines'],
  lib: ['lib'],
  components: [
    'components',
    'figure',
    'tools',
    'engines',
    'simulation',
    'kernel',
    'search',
    'content',
    'reach',
    'offline',
    'lib',
  ],
  app: ['app', 'components', 'content', 'reach', 'lib', 'simulation'],
  scripts: Object.keys(LAYERS) as Layer[],
};

function layerOf(path: string): Layer | undefined {
  return (Object.keys(LAYERS) as Layer[]).find((layer) => LAYERS[layer].test(path));
}

function importsOf({ path, code }: Source): string[] {
  const specifiers = [...code.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"\n]+)['"]/g)].map(
    (match) => match[1] ?? '',
  );
  return specifiers
    .filter((specifier) => specifier.startsWith('.') || specifier.startsWith('@/'))
    .map((specifier) =>
      specifier.startsWith('@/')
        ? join(ROOT, specifier.slice(2))
        : resolve(ROOT, dirname(path), specifier),
    )
    .map((file) => relative(ROOT, file).split(sep).join('/'));
}

test('every import goes down the house', () => {
  const broken = sources
    .filter((source) => !isTest(source))
    .flatMap((source) => {
      const from = layerOf(source.path);
      return importsOf(source)
        .map((target) => ({ target, to: layerOf(target) }))
        .filter(({ to }) => from && to && !ALLOWED[from].includes(to))
        .map(
          ({ target, to }) =>
            `${source.path} (${from}) imports ${target} (${to}): ${from} may import only ` +
            `${from ? ALLOWED[from].join(', ') : ''}. Move what is shared down, or pass it in as an argument.`,
        );
    });
  expect(broken).toEqual([]);
});

test('a model takes nothing of a sibling but what lies in its own folder', () => {
  const broken = sources
    .filter(({ path }) => LAYERS.model.test(path))
    .flatMap((source) =>
      importsOf(source)
        .filter((target) => dirname(target) !== dirname(source.path))
        .map(
          (target) =>
            `${source.path} imports ${target}. A model is copied as one folder: bring it along.`,
        ),
    );
  expect(broken).toEqual([]);
});

test('no component names a simulation', () => {
  const ids = sources
    .filter(({ path }) => /^lib\/simulations\/[^/]+\/[^/]+\/simulation\.ts$/.test(path))
    .map(({ path }) => path.split('/').slice(2, 4))
    .filter(([category]) => category !== 'template')
    .map(([, id]) => id ?? '');
  expect(ids.length).toBeGreaterThan(0);
  const broken = sources
    .filter(
      (source) =>
        /^(components|lib\/(kernel|simulation|figure))\//.test(source.path) && !isTest(source),
    )
    .flatMap(({ path, code }) =>
      ids
        .filter((id) => new RegExp(`['"\`/]${id}['"\`/]`).test(code))
        .map(
          (id) =>
            `${path} names the simulation "${id}". Add a kind of view, control or record instead.`,
        ),
    );
  expect(broken).toEqual([]);
});

/** What the engine must not reach, and what to use in its place. */
const BANNED: readonly { readonly pattern: RegExp; readonly instead: string }[] = [
  { pattern: /\bMath\.random\b/, instead: 'a named stream: context.random("…")' },
  { pattern: /\bDate\b(?=\s*[.(])|\bnew Date\b|\bperformance\.now\b/, instead: 'simulator.now' },
  {
    pattern: /\b(setTimeout|setInterval|requestAnimationFrame|queueMicrotask)\b/,
    instead: 'simulator.after',
  },
  {
    pattern: /\b(document|window|navigator|localStorage|fetch)\b(?=\s*[.(])/,
    instead: 'data passed in as an argument',
  },
  {
    pattern:
      /\bMath\.(log|log2|log10|log1p|exp|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot)\b/,
    instead: 'lib/kernel/math, whose bits are the same in every engine',
  },
  {
    // Powers of two are exact everywhere, and are how bounds are written.
    pattern: /(?<!\b2 )\*\*|\*\*(?! \d+\b)/,
    instead: 'pow of lib/kernel/math, or repeated multiplication',
  },
  {
    pattern: /\bIntl\b|\.toLocale\w+\(/,
    instead: 'a fixed format: locales differ between machines',
  },
];

test('the engine reaches no clock, chance, page or inexact mathematics', () => {
  const engine = sources.filter(
    (source) =>
      /^lib\/(kernel|simulation|simulations)\//.test(source.path) &&
      !isTest(source) &&
      !source.path.endsWith('.node.ts'),
  );
  expect(engine.length).toBeGreaterThan(0);
  const broken = engine.flatMap(({ path, code }) =>
    withoutProse(code)
      .split('\n')
      .flatMap((line, index) =>
        BANNED.filter(({ pattern }) => pattern.test(line)).map(
          ({ pattern, instead }) =>
            `${path}:${index + 1} ${pattern.exec(line)?.[0]}: use ${instead}.`,
        ),
      ),
  );
  expect(broken).toEqual([]);
});

test('numbers are written without the locale of the machine', () => {
  const broken = sources
    .filter((source) => !isTest(source))
    .filter(({ code }) => /\bIntl\.NumberFormat\b|\.toLocaleString\(/.test(withoutProse(code)))
    .map(({ path }) => `${path}: use grouped of lib/kernel, or lib/simulation/format.`);
  expect(broken).toEqual([]);
});

/** The code with comments and string contents blanked, line numbers kept. */
function withoutProse(code: string): string {
  return code.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|\$\{[^}]*\}|[^`\\])*`/g,
    (text) => text.replace(/[^\n]/g, ' '),
  );
}

test('the lockfile holds every optional platform package that a dependency names', () => {
  // npm leaves out, without a word, what its registry did not have; `npm ci` then fails elsewhere.
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => {
        const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
        return !places.some((place) => place in lock.packages);
      })
      .map(
        (name) =>
          `${path || 'package.json'} names ${name}. Pin a release whose packages are all published.`,
      ),
  );
  expect(missing).toEqual([]);
});

test('every dependency is pinned to one version', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    .filter(([, range]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(range))
    .map(([name, range]) => `${name}: ${range}. Write the exact version.`);
  expect(loose).toEqual([]);
});
