/**
 * The step before the site is built: bundles the simulations, checks all content, computes its
 * numbers, draws the stills, and writes what later steps read (docs/architecture.md). Everything
 * costly is kept by hash, so that a second run does only what has changed.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { labFolders } from '../engines/entries.node.ts';
import { TEXTS_FOLDER, TITLES_URL, type TitlesFile } from '../search/documents';
import type { CheckDescriptions, Description } from '../simulation/definition';
import { simulationFolders } from '../simulation/entries.node.ts';
import { embedFigure } from '../tools/share/embed';
import { incidentAddress, labAddress } from './addresses';
import { type BundledSimulation, bundleSimulations, keepOnly, sha256 } from './bundles';
import { type CategoryRecord, type Corpus, checkCorpus, manifestOf } from './corpus';
import { diskSimulations } from './disk-simulations';
import { draw } from './draw';
import { type FigureSpec, figureKey, pageFigures, scenarioFigure } from './figures';
import { writeChanged } from './files';
import { readCategoryFile } from './front-matter';
import { GLOSSARY_FOLDER, type ParsedTerm, parseTerm } from './glossary';
import type { FigureUse, InspectedGuide, LabUse } from './inspect';
import { type KeptGuides, keptGuides, type ReadGuide } from './kept-guides';
import { buildLabs, type LabRecord, labKey, labsOf } from './labs';
import { MANIFEST_PATH } from './manifest';
import { slugOf } from './parse';
import { TEMPLATE_FILE } from './placeholders';
import { ContentError, type Problem, sortProblems } from './problem';
import { type SearchDocuments, searchDocuments } from './search-documents';
import { SITE_PAGES } from './site-pages';
import { checkSnippets, snippetsOf } from './snippets';
import { STYLES_PATH, type Styles } from './style-addresses';
import { stylesOf, stylesOfLab, writeStyles } from './styles';
import { readSynonyms, SYNONYMS_FILE, type SynonymGroups } from './synonyms';

const INDEX_PATH = '.generated/simulations.json';
const LABS_PATH = '.generated/labs.json';
/** Changes with anything that a page shows; see `generated.ts`. */
const STAMP_PATH = '.generated/stamp.json';

/** One entry of `.generated/simulations.json`. */
export interface SimulationIndexEntry {
  readonly category: string;
  /** Address of the worker's script from the root of the site. */
  readonly bundle: string;
  /** Addresses of the styles that its views need beside those of every figure. */
  readonly styles: readonly string[];
  readonly description: Description;
  readonly checks: CheckDescriptions;
  /** A figure of each scenario, for the gallery, with its still. */
  readonly figures: readonly {
    readonly scenario: string;
    readonly figure: string;
    readonly views: readonly string[];
    readonly still: string;
  }[];
  /** A figure of each scenario, for the pages of others, with its still. */
  readonly embeds: readonly {
    readonly scenario: string;
    readonly figure: string;
    readonly still: string;
  }[];
  /** The incidents that are made of it, each with the place in which it is played. */
  readonly incidents: readonly {
    readonly id: string;
    readonly title: string;
    readonly describe: string;
    /** Slugs of the guides that explain it. */
    readonly guides: readonly string[];
    readonly still: string;
  }[];
  /** The figures of its own page, with their stills. */
  readonly page: readonly { readonly spec: FigureSpec; readonly still: string }[];
}

export type SimulationIndex = Readonly<Record<string, SimulationIndexEntry>>;

/** One entry of `.generated/labs.json`. */
export interface LabIndexEntry {
  readonly id: string;
  readonly category: string;
  readonly kind: string;
  readonly title: string;
  readonly question: string;
  /** What runs in it, with versions. */
  readonly version: string;
  /** Slugs of the guides that show it. */
  readonly guides: readonly string[];
  /** Addresses of its styles. */
  readonly styles: readonly string[];
  /** Key of its still. */
  readonly still: string;
}

export type LabIndex = Readonly<Record<string, LabIndexEntry>>;

interface BuildReport {
  readonly problems: readonly Problem[];
  readonly guides: number;
  readonly simulations: number;
  /** Guides read anew. */
  readonly read: number;
  /** Stills and guides drawn anew. */
  readonly drawn: number;
}

const NOTHING = { guides: 0, simulations: 0, read: 0, drawn: 0 };

interface BuildOptions {
  /** Root of the repository. */
  readonly root: string;
  /** Module that draws (see `Renderer`), from the root: content knows no component. */
  readonly renderer: string;
}

export async function buildContent(options: BuildOptions): Promise<BuildReport> {
  try {
    return await buildAll(options);
  } catch (error) {
    // A simulation whose runs fail stops the build: all that is computed from it would be missing.
    if (!(error instanceof ContentError)) throw error;
    return { problems: sortProblems(error.problems), ...NOTHING };
  }
}

async function buildAll({ root, renderer }: BuildOptions): Promise<BuildReport> {
  const folder = join(root, 'lib/simulations');
  const bundles = await bundleSimulations(
    root,
    existsSync(folder) ? simulationFolders(folder) : [],
  );
  const labs = await buildLabs(root, labFolders(join(root, 'lib/labs')));
  // Every element that names a broken simulation or lab would be reported as well; one cause, one message.
  const broken = [...bundles.problems, ...labs.problems];
  if (broken.length > 0) return { problems: sortProblems(broken), ...NOTHING };
  const simulations = diskSimulations(root, bundles.simulations);

  const kept = await keptGuides({
    root,
    simulations,
    labs: labsOf(labs.labs),
    template: readFileSync(join(root, TEMPLATE_FILE), 'utf8'),
  });
  const { corpus, guides, problems } = await readCorpus(root, kept, bundles.simulations, labs.labs);
  problems.push(...checkCorpus(corpus));
  // Not among the problems of a guide, which are shown in its place: who begins with the template sees
  // its figures at once, and what is left of it is said here and keeps the guide from being published.
  problems.push(...guides.flatMap(({ placeholders }) => placeholders));
  const snippets = corpus.guides.map(({ guide, code }) => snippetsOf(guide.file, code));
  problems.push(...snippets.flatMap((each) => each.problems));
  problems.push(
    ...(await checkSnippets(
      snippets.flatMap((each) => each.snippets),
      { root, cacheFile: join(root, '.generated/cache/snippets.json') },
    )),
  );

  const gallery = bundles.simulations.map((record) => ({
    record,
    figures: galleryOf(record),
    embeds: embedsOf(record),
    incidents: Object.keys(record.incidents).map((incident): FigureUse => {
      const spec = { kind: 'incident', figure: incident, incident } as const;
      return { simulation: record, spec, key: figureKey(record, spec) };
    }),
    page: pageFigures(record).map(
      (spec): FigureUse => ({ simulation: record, spec, key: figureKey(record, spec) }),
    ),
  }));
  const drawn = await draw({
    root,
    renderer,
    simulations,
    guides: corpus.guides,
    figures: gallery.flatMap(({ figures, embeds, incidents, page }) => [
      ...figures,
      ...embeds,
      ...incidents,
      ...page,
    ]),
    labs: labs.labs.map((lab): LabUse => ({ lab, key: labKey(lab) })),
  });
  problems.push(...drawn.problems);

  const manifest = manifestOf(corpus);
  const styles = await writeStyles(root);
  writeJson(root, STYLES_PATH, styles);
  const index = indexOf(gallery, styles);
  const labIndex = labIndexOf(labs.labs, corpus.guides, (kind) => stylesOfLab(root, styles, kind));
  writeJson(root, MANIFEST_PATH, manifest);
  const synonyms = readSynonymsOf(root);
  problems.push(...synonyms.problems);
  const site = {
    manifest,
    sections: new Map(guides.map(({ guide, sections }) => [guide.slug, sections])),
    digests: new Map(guides.map((each) => [each.guide.slug, each.digest])),
    simulation: (id: string) => simulations.find(id)?.description,
    incidents: Object.values(index).flatMap(({ incidents }) => incidents),
    labs: Object.values(labIndex),
  };
  writeSearch(root, searchDocuments(site, synonyms.groups));
  writeJson(root, INDEX_PATH, index);
  writeJson(root, LABS_PATH, labIndex);
  // Last: the development server takes a change of it as the sign that all of this is there.
  writeJson(root, STAMP_PATH, {
    hash: sha256(
      `${[manifest, index, labIndex, styles].map((each) => JSON.stringify(each)).join('')}${drawn.hash}`,
    ),
  });
  drawn.dropOld();
  if (problems.length === 0) await writeMarkdown(root, guides);
  kept.save();
  // With problems some numbers were not asked for, and would be lost although nothing changed.
  if (problems.length === 0)
    keepOnly(join(root, '.generated/cache/runs'), simulations.usedCacheFiles());

  return {
    problems: sortProblems(problems),
    guides: corpus.guides.length,
    simulations: bundles.simulations.length,
    read: kept.inspectedCount(),
    drawn: drawn.count,
  };
}

/** Reads `content/`: the folders with their category files, the guides with what they name, the terms. */
async function readCorpus(
  root: string,
  kept: KeptGuides,
  records: readonly BundledSimulation[],
  labs: readonly LabRecord[],
): Promise<{
  readonly corpus: Corpus;
  readonly guides: readonly ReadGuide[];
  readonly problems: Problem[];
}> {
  const content = join(root, 'content');
  const problems: Problem[] = [];
  const categories: CategoryRecord[] = [];
  const guides: ReadGuide[] = [];
  const folders = existsSync(content)
    ? readdirSync(content, { withFileTypes: true }).filter(
        (entry) => entry.isDirectory() && entry.name !== GLOSSARY_FOLDER,
      )
    : [];
  for (const { name: category } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(content, category);
    const file = `content/${category}/category.yaml`;
    if (existsSync(join(root, file))) {
      const read = readCategoryFile(readFileSync(join(root, file), 'utf8'), file);
      problems.push(...read.problems);
      categories.push({ slug: category, file, value: read.value, placeOf: read.placeOf });
    }
    for (const name of readdirSync(path).sort()) {
      if (!name.endsWith('.mdx')) continue;
      const guideFile = `content/${category}/${name}`;
      const source = readFileSync(join(root, guideFile), 'utf8');
      const guide = await kept.read({ file: guideFile, slug: slugOf(guideFile), source });
      problems.push(...guide.problems);
      guides.push(guide);
    }
  }
  const hasFile = (address: string): boolean =>
    !address.includes('..') && existsSync(join(root, 'public', address));
  const terms = readTerms(root);
  problems.push(...terms.flatMap((term) => term.problems));
  return {
    corpus: {
      guides,
      categories,
      terms,
      simulations: records,
      pages: anchorsOf(records, labs),
      hasFile,
    },
    guides,
    problems,
  };
}

function anchorsOf(
  records: readonly BundledSimulation[],
  labs: readonly LabRecord[],
): Corpus['pages'] {
  const incidents = records.flatMap(({ incidents }) => Object.keys(incidents));
  return Object.fromEntries([
    ...Object.entries(SITE_PAGES).map(([address, { anchors }]) => [address, anchors]),
    ...incidents.map((id) => [incidentAddress(id), []]),
    ...labs.map(({ id }) => [labAddress(id), []]),
  ]);
}

function readTerms(root: string): ParsedTerm[] {
  const folder = join(root, 'content', GLOSSARY_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const file = `content/${GLOSSARY_FOLDER}/${name}`;
      const slug = name.replace(/\.md$/, '');
      return parseTerm({ file, slug, source: readFileSync(join(root, file), 'utf8') });
    });
}

/** The figures of the gallery: each scenario, and each view that no scenario shows with the first. */
function galleryOf(record: BundledSimulation): FigureUse[] {
  const { scenarios, views } = record.description;
  const shown = new Set(Object.values(scenarios).flatMap((scenario) => scenario.views));
  const unseen = Object.keys(views).filter((view) => !shown.has(view));
  return Object.keys(scenarios).map((scenario, index): FigureUse => {
    const spec = scenarioFigure(record, scenario, {
      figure: embedFigure(record.id, scenario),
      ...(index === 0 && unseen.length > 0
        ? { views: [...(scenarios[scenario]?.views ?? []), ...unseen] }
        : {}),
    });
    return { simulation: record, spec, key: figureKey(record, spec) };
  });
}

/** The figures for pages of others: each scenario as it is, and so mostly the very figure of the gallery. */
function embedsOf(record: BundledSimulation): FigureUse[] {
  return Object.keys(record.description.scenarios).map((scenario): FigureUse => {
    const spec = scenarioFigure(record, scenario, {
      figure: embedFigure(record.id, scenario),
    });
    return { simulation: record, spec, key: figureKey(record, spec) };
  });
}

function indexOf(
  gallery: readonly {
    readonly record: BundledSimulation;
    readonly figures: readonly FigureUse[];
    readonly embeds: readonly FigureUse[];
    readonly incidents: readonly FigureUse[];
    readonly page: readonly FigureUse[];
  }[],
  styles: Styles,
): SimulationIndex {
  return Object.fromEntries(
    gallery.map(({ record, figures, embeds, incidents, page }): [string, SimulationIndexEntry] => [
      record.id,
      {
        category: record.category,
        bundle: record.bundle,
        styles: stylesOf(styles, record.description),
        description: record.description,
        checks: record.checks,
        figures: figures.flatMap(({ spec, key }) =>
          spec.kind === 'simulation'
            ? [{ scenario: spec.scenario, figure: spec.figure, views: spec.views, still: key }]
            : [],
        ),
        embeds: embeds.flatMap(({ spec, key }) =>
          spec.kind === 'simulation'
            ? [{ scenario: spec.scenario, figure: spec.figure, still: key }]
            : [],
        ),
        incidents: incidents.flatMap(({ spec, key }) => {
          const incident = spec.kind === 'incident' ? record.incidents[spec.incident] : undefined;
          if (incident === undefined) return [];
          const { title, describe, guides } = incident;
          return [{ id: spec.figure, title, describe, guides, still: key }];
        }),
        page: page.map(({ spec, key }) => ({ spec, still: key })),
      },
    ]),
  );
}

function labIndexOf(
  labs: readonly LabRecord[],
  guides: readonly InspectedGuide[],
  stylesOfKind: (kind: string) => readonly string[],
): LabIndex {
  return Object.fromEntries(
    labs.map((lab): [string, LabIndexEntry] => {
      const { id, category, description } = lab;
      const { kind, title, question, transcript } = description;
      return [
        id,
        {
          id,
          category,
          kind,
          title,
          question,
          version: transcript.version,
          guides: guides
            .filter((guide) => guide.labs.some((use) => use.lab.id === id))
            .map(({ guide }) => guide.slug),
          styles: stylesOfKind(kind),
          still: labKey(lab),
        },
      ];
    }),
  );
}

/** Each guide as Markdown beside its page, and none of a guide that is gone. */
async function writeMarkdown(root: string, guides: readonly ReadGuide[]): Promise<void> {
  const list = join(root, '.generated', 'markdown.json');
  const before = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : [];
  const files: string[] = [];
  for (const { guide, markdown } of guides) {
    const file = `public/${guide.slug}.md`;
    writeChanged(join(root, file), await markdown());
    files.push(file);
  }
  const present = new Set(files);
  for (const file of before) if (!present.has(file)) rmSync(join(root, file), { force: true });
  writeJson(root, '.generated/markdown.json', files);
}

function readSynonymsOf(root: string): {
  readonly groups: SynonymGroups;
  readonly problems: readonly Problem[];
} {
  const file = join(root, SYNONYMS_FILE);
  if (!existsSync(file)) return { groups: [], problems: [] };
  const { value, problems } = readSynonyms(readFileSync(file, 'utf8'));
  return { groups: value ?? [], problems };
}

/** Texts are named by their content, and the titles name them: a deploy never mixes versions. */
function writeSearch(root: string, { titles, texts }: SearchDocuments): void {
  const files = texts.map(({ name, pages }) => ({
    name: `${name}.${sha256(JSON.stringify(pages)).slice(0, 12)}.json`,
    pages,
  }));
  for (const { name, pages } of files) writeJson(root, `public${TEXTS_FOLDER}${name}`, pages);
  const index: TitlesFile = { ...titles, texts: files.map(({ name }) => `${TEXTS_FOLDER}${name}`) };
  writeJson(root, `public${TITLES_URL}`, index);
  keepOnly(
    join(root, `public${TEXTS_FOLDER}`),
    files.map(({ name }) => name),
  );
}

function writeJson(root: string, path: string, value: unknown): void {
  writeChanged(join(root, path), `${JSON.stringify(value)}\n`);
}
