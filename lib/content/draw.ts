/**
 * Draws what pages show as HTML: the stills of figures and the bodies of guides. Only what has
 * changed is drawn: the name of a still's file stands for all that is in it, and each guide's inputs
 * are kept as a hash.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { type Standard, standardOf } from '../incident/grade';
import type { Race } from '../simulation/definition';
import type { SweepCurves } from '../tools/sweep/curves';
import { esbuildProblems, keepOnly, sha256 } from './bundles';
import { compileGuide } from './compile';
import type { DiskSimulations } from './disk-simulations';
import { type FigureSpec, figureRequest } from './figures';
import { writeWhole } from './files';
import type { Source } from './front-matter';
import type { FigureUse, InspectedGuide, LabUse } from './inspect';
import type { LabRecord } from './labs';
import { formatProblem, type Problem } from './problem';
import type { SimulationRecord } from './simulations';
import { typographic } from './typography';

/** The runs that a figure is drawn from; what its kind does not need is null. */
export interface DrawnRuns {
  readonly race: Race | null;
  readonly sweep: SweepCurves | null;
  /** What each action of an incident would have come to. */
  readonly standard: Standard | null;
}

/** What the module that draws exports. */
interface Renderer {
  /** What stands in every page: name → HTML. */
  readonly renderParts: () => Readonly<Record<string, string>>;
  readonly renderFigure: (
    simulation: SimulationRecord,
    spec: FigureSpec,
    made: DrawnRuns,
  ) => string;
  readonly renderLab: (lab: LabRecord) => string;
  readonly renderGuide: (
    guide: { readonly code: string; readonly sources: readonly Source[] },
    stillOf: (key: string) => string,
  ) => string;
}

interface Drawn {
  readonly problems: readonly Problem[];
  /** Stills and guides drawn anew. */
  readonly count: number;
  /** Stands for all that pages show of it. */
  readonly hash: string;
  /**
   * Removes the stills that neither this drawing nor the one before it has named. To be called when the
   * indexes are written; a page that is being drawn may have read the ones before.
   */
  readonly dropOld: () => void;
}

interface Drawing {
  readonly root: string;
  /** Path of the module that draws, from the root: content knows no component. */
  readonly renderer: string;
  readonly simulations: DiskSimulations;
  readonly guides: readonly InspectedGuide[];
  /** Figures outside of guides. */
  readonly figures: readonly FigureUse[];
  /** All labs: each has a page of its own. */
  readonly labs: readonly LabUse[];
}

/** Writes `.generated/figures/<key>.html`, `.generated/guides/<slug>.html` and `.generated/parts/<name>.html`. */
export async function draw(drawing: Drawing): Promise<Drawn> {
  const { root, renderer: path, guides } = drawing;
  let renderer: Bundled;
  try {
    renderer = await bundleRenderer(root, path);
  } catch (error) {
    return { problems: esbuildProblems(error, path), count: 0, hash: '', dropOld: () => {} };
  }
  const stamp = join(root, '.generated', 'cache', 'renderer.txt');
  // What another renderer has drawn stays until it is replaced: a page may be asked for meanwhile.
  const isRenewed = !existsSync(stamp) || readFileSync(stamp, 'utf8') !== renderer.hash;
  if (isRenewed) drawParts(root, renderer);
  const stills = await drawStills(drawing, renderer, isRenewed);
  const bodies = await drawGuides({ root, guides }, renderer);
  writeFileSync(stamp, renderer.hash);
  return {
    problems: [],
    count: stills.count + bodies.count,
    hash: sha256(`${renderer.hash}${JSON.stringify(bodies.made)}`),
    dropOld: () => dropOldStills(root, stills.keys),
  };
}

function drawParts(root: string, { module }: Bundled): void {
  const folder = join(root, '.generated', 'parts');
  const parts = Object.entries(module.renderParts());
  for (const [name, html] of parts) writeWhole(join(folder, `${name}.html`), html);
  keepOnly(
    folder,
    parts.map(([name]) => `${name}.html`),
  );
}

const FIGURES = join('.generated', 'figures');
const GUIDES = join('.generated', 'guides');

const stillFile = (root: string, key: string): string => join(root, FIGURES, `${key}.html`);

async function drawStills(
  { root, simulations, guides, figures, labs }: Drawing,
  { module }: Bundled,
  isRenewed: boolean,
): Promise<{ readonly keys: readonly string[]; readonly count: number }> {
  const byKey = new Map(
    [...guides.flatMap((guide) => guide.figures), ...figures].map((use) => [use.key, use]),
  );
  const missing = [...byKey.values()]
    .filter(({ key }) => isRenewed || !existsSync(stillFile(root, key)))
    .map((use) => {
      const request = figureRequest(use.simulation, use.spec);
      return { ...use, request, order: JSON.stringify([use.simulation.id, request]) };
    });
  // Figures of the same run one behind the other: of the latest races alone the run is still known.
  missing.sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  let count = 0;
  for (const { simulation, spec, key, request } of missing) {
    const race = request === null ? null : await simulations.race(simulation, request);
    const sweep = spec.kind === 'sweep' ? await simulations.sweep(simulation, spec) : null;
    const incident = spec.kind === 'incident' ? simulation.incidents[spec.incident] : undefined;
    const standard =
      incident && request
        ? await standardOf(incident, request, (each) => simulations.race(simulation, each))
        : null;
    writeWhole(
      stillFile(root, key),
      module.renderFigure(simulation, spec, { race, sweep, standard }),
    );
    count++;
  }
  for (const { lab, key } of labs) {
    const file = stillFile(root, key);
    if (!isRenewed && existsSync(file)) continue;
    writeWhole(file, module.renderLab(lab));
    count++;
  }
  return { keys: [...byKey.keys(), ...labs.map(({ key }) => key)], count };
}

function dropOldStills(root: string, keys: readonly string[]): void {
  const list = join(root, '.generated', 'cache', 'stills.json');
  const before = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
  keepOnly(
    join(root, FIGURES),
    [...keys, ...before].map((key) => `${key}.html`),
  );
  writeWhole(list, JSON.stringify(keys));
}

/** Guide → hash of what its HTML was made of. */
type Made = Readonly<Record<string, string>>;

async function drawGuides(
  { root, guides }: Pick<Drawing, 'root' | 'guides'>,
  renderer: Bundled,
): Promise<{ readonly made: Made; readonly count: number }> {
  const madeFile = join(root, '.generated', 'cache', 'guides.json');
  const before = existsSync(madeFile) ? (JSON.parse(readFileSync(madeFile, 'utf8')) as Made) : {};
  const made: Record<string, string> = {};
  let count = 0;
  for (const inspected of guides) {
    const { slug, source } = inspected.guide;
    const key = sha256(
      JSON.stringify([
        renderer.hash,
        source,
        [...inspected.replacements.values()],
        inspected.problems,
      ]),
    );
    const file = join(root, GUIDES, `${slug}.html`);
    made[slug] = key;
    if (before[slug] === key && existsSync(file)) continue;
    writeWhole(file, await bodyOf(inspected, renderer, root));
    count++;
  }
  for (const slug of Object.keys(before)) {
    if (made[slug] === undefined) rmSync(join(root, GUIDES, `${slug}.html`), { force: true });
  }
  writeWhole(madeFile, JSON.stringify(made));
  return { made, count };
}

/** The guide; while it is being written and has problems, these in its place. */
async function bodyOf(
  inspected: InspectedGuide,
  { module }: Bundled,
  root: string,
): Promise<string> {
  const { guide, problems } = inspected;
  if (problems.length > 0) {
    const text = problems.map(formatProblem).join('\n\n');
    return `<pre role="alert">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
  }
  const sources = guide.frontMatter?.sources ?? [];
  return module.renderGuide(
    { code: await compileGuide(inspected), sources: sources.map(asPrinted) },
    (key) => readFileSync(stillFile(root, key), 'utf8'),
  );
}

const asPrinted = (source: Source): Source => ({
  ...source,
  title: typographic(source.title),
  by: typographic(source.by),
  supports: typographic(source.supports),
});

interface Bundled {
  /** Stands for every component and every step of the compiler that takes part. */
  readonly hash: string;
  readonly module: Renderer;
}

async function bundleRenderer(root: string, path: string): Promise<Bundled> {
  const { outputFiles } = await build({
    entryPoints: [join(root, path)],
    bundle: true,
    write: false,
    absWorkingDir: root,
    logLevel: 'silent',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    // Not all packages: esbuild would take our own "@/…" for one.
    // What is fetched when a tool of a figure is opened has no part in a still.
    external: ['react', 'react-dom', 'react/*', 'react-dom/*', '@mdx-js/mdx', './*/panel'],
    loader: { '.css': 'empty' },
    // Part of the addresses in the HTML, and so of the hash.
    define: { 'process.env.BASE_PATH': JSON.stringify(process.env.BASE_PATH ?? '') },
    minifyWhitespace: true,
  });
  const text = outputFiles[0]?.text ?? '';
  const hash = sha256(`${text}${compilerSource(root)}`).slice(0, 16);
  const folder = join(root, '.generated', 'renderer');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${hash}.mjs`);
  writeFileSync(file, text);
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Renderer;
  return { hash, module };
}

/** The steps from a guide's text to what the renderer is given, which are no part of its bundle. */
function compilerSource(root: string): string {
  return [
    'compile.ts',
    'highlight.ts',
    'languages.ts',
    'model-source.ts',
    'nodes.ts',
    'paragraphs.ts',
    'parse.ts',
    'typography.ts',
  ]
    .map((name) => readFileSync(join(root, 'lib/content', name), 'utf8'))
    .join('');
}
