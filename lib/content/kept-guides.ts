/**
 * What the build makes of each guide by itself (its inspection, its Markdown, what of it is searched),
 * kept on disk. A guide is read again only when something has changed that was read for it: its text,
 * a simulation, a lab or a model that it names, or the code that reads. So a pass takes as long as
 * what was written, and not as long as the handbook.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sha256 } from './bundles';
import { digest } from './digest';
import type { DiskSimulations } from './disk-simulations';
import type { FigureSpec } from './figures';
import { writeWhole } from './files';
import type { FrontMatter } from './front-matter';
import { type InspectedGuide, inspectGuide } from './inspect';
import { type Labs, packagesOf } from './labs';
import { guideMarkdown } from './markdown';
import { type Heading, type ParsedGuide, parseGuide } from './parse';
import { placeholderProblems, placeholdersOf } from './placeholders';
import type { Problem } from './problem';
import type { Simulations } from './simulations';

/** Where they are kept, from the root of the repository: a file for each guide, by its slug. */
export const KEPT_GUIDES_FOLDER = '.generated/cache/guides';

type GuideFile = Pick<ParsedGuide, 'file' | 'slug' | 'source'>;

/** An inspected guide with what is made of it alone; each is made when it is asked for. */
export interface ReadGuide extends InspectedGuide {
  /** What it has left of the template. */
  readonly placeholders: readonly Problem[];
  /** See `guideMarkdown`. */
  readonly markdown: () => Promise<string>;
  /** See `digest`. */
  readonly digest: (sections: readonly string[], known: readonly string[]) => readonly string[];
}

export interface KeptGuides {
  readonly read: (guide: GuideFile) => Promise<ReadGuide>;
  /** Guides that were inspected anew. */
  readonly inspectedCount: () => number;
  /** Writes what was made anew, and removes what belongs to no guide that was read. */
  readonly save: () => void;
}

interface KeptOptions {
  /** Root of the repository. */
  readonly root: string;
  readonly simulations: DiskSimulations;
  readonly labs: Labs;
  /** The text of the template (see `placeholdersOf`). */
  readonly template: string;
}

type Kind = 'simulation' | 'simulations' | 'lab' | 'labs' | 'source';

/** What was asked for a guide, and the hash of the answer. */
type Asked = readonly [kind: Kind, name: string, answer: string];

/** As JSON. */
interface Entry {
  /** Hash of the text of the guide and of all that is the same for every guide. */
  readonly key: string;
  readonly asked: readonly Asked[];
  /** Names of files in the cache of runs, which stay as long as this does. */
  runs: readonly string[];
  readonly frontMatter: FrontMatter | null;
  readonly headings: readonly Heading[];
  readonly headingIds: readonly (readonly [offset: number, id: string])[];
  /** Of the guide's form alone; `inspected.problems` has them all. */
  readonly formProblems: readonly Problem[];
  readonly inspected: Omit<
    InspectedGuide,
    'guide' | 'replacements' | 'texts' | 'figures' | 'labs'
  > & {
    readonly replacements: readonly (readonly [
      number,
      InspectedGuide['replacements'] extends ReadonlyMap<number, infer R> ? R : never,
    ])[];
    readonly texts: readonly (readonly [number, string])[];
    readonly figures: readonly {
      readonly simulation: string;
      readonly spec: FigureSpec;
      readonly key: string;
    }[];
    readonly labs: readonly { readonly lab: string; readonly key: string }[];
  };
  readonly placeholders: readonly Problem[];
  /** Null until it is asked for. */
  markdown: string | null;
  digest: { readonly key: string; readonly texts: readonly string[] } | null;
}

export async function keptGuides(options: KeptOptions): Promise<KeptGuides> {
  const { root, simulations, labs, template } = options;
  const salt = sha256(
    JSON.stringify([
      await readerSource(root),
      template,
      // Both are part of the addresses in the Markdown.
      process.env.SITE_URL ?? '',
      process.env.BASE_PATH ?? '',
    ]),
  );
  const placeholders = placeholdersOf(template);
  const folder = join(root, KEPT_GUIDES_FOLDER);
  const fileOf = (slug: string): string => join(folder, `${slug}.json`);
  const answer = answers(simulations, labs);
  /** Slug → whether its file is to be written. */
  const readSlugs = new Map<string, { readonly entry: Entry; isChanged: boolean }>();
  let inspectedCount = 0;

  const known = (guide: GuideFile, key: string): Entry | undefined => {
    try {
      const entry = JSON.parse(readFileSync(fileOf(guide.slug), 'utf8')) as Entry;
      const isCurrent =
        entry.key === key && entry.asked.every(([kind, name, was]) => answer(kind, name) === was);
      return isCurrent ? entry : undefined;
    } catch {
      // Nothing is kept of it, or not in this form: it is read.
      return undefined;
    }
  };

  const make = async (
    guide: GuideFile,
    key: string,
  ): Promise<{ readonly entry: Entry; readonly parsed: ParsedGuide }> => {
    inspectedCount++;
    const parsed = parseGuide(guide);
    const asked = new Map<string, Asked>();
    const runs = new Set<string>();
    const note = (kind: Kind, name: string): void => {
      asked.set(`${kind} ${name}`, [kind, name, answer(kind, name)]);
    };
    const inspected = await inspectGuide(
      parsed,
      notingSimulations(
        simulations.telling((name) => runs.add(name)),
        note,
      ),
      {
        ids: () => {
          note('labs', '');
          return labs.ids();
        },
        find: (id) => {
          note('lab', id);
          return labs.find(id);
        },
      },
    );
    const { guide: _guide, replacements, texts, figures, labs: labUses, ...plain } = inspected;
    return {
      parsed,
      entry: {
        key,
        asked: [...asked.values()],
        runs: [...runs],
        frontMatter: parsed.frontMatter,
        headings: parsed.headings,
        headingIds: [...parsed.headingIds],
        formProblems: parsed.problems,
        inspected: {
          ...plain,
          replacements: [...replacements],
          texts: [...texts],
          figures: figures.map(({ simulation, spec, key: still }) => ({
            simulation: simulation.id,
            spec,
            key: still,
          })),
          labs: labUses.map(({ lab, key: still }) => ({ lab: lab.id, key: still })),
        },
        placeholders: placeholderProblems(parsed, placeholders),
        markdown: null,
        digest: null,
      },
    };
  };

  const read = async (guide: GuideFile): Promise<ReadGuide> => {
    const key = sha256(`${salt} ${guide.file} ${guide.source}`);
    const kept = known(guide, key);
    const made = kept === undefined ? await make(guide, key) : undefined;
    const entry = kept ?? made?.entry;
    if (entry === undefined) throw new Error(`Expected ${guide.file} to be read, got nothing.`);
    const state = { entry, isChanged: made !== undefined };
    readSlugs.set(guide.slug, state);
    simulations.needCacheFiles(entry.runs);

    const inspected = revived(entry, lazilyParsed(guide, entry, made?.parsed), simulations, labs);
    return {
      ...inspected,
      placeholders: entry.placeholders,
      markdown: async () => {
        if (entry.markdown !== null) return entry.markdown;
        const runs = new Set(entry.runs);
        const text = await guideMarkdown(
          inspected,
          simulations.telling((name) => runs.add(name)),
        );
        entry.markdown = text;
        entry.runs = [...runs];
        state.isChanged = true;
        return text;
      },
      digest: (sections, names) => {
        const asked = sha256(JSON.stringify([sections, names]));
        if (entry.digest?.key === asked) return entry.digest.texts;
        const texts = digest(sections, names);
        entry.digest = { key: asked, texts };
        state.isChanged = true;
        return texts;
      },
    };
  };

  const save = (): void => {
    for (const [slug, { entry, isChanged }] of readSlugs)
      if (isChanged) writeWhole(fileOf(slug), JSON.stringify(entry));
    if (!existsSync(folder)) return;
    for (const path of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue;
      const file = join(path.parentPath, path.name);
      const slug = file.slice(folder.length + 1, -'.json'.length).replaceAll('\\', '/');
      if (!readSlugs.has(slug)) rmSync(file, { force: true });
    }
  };

  return { read, inspectedCount: () => inspectedCount, save };
}

/** The hash of what a simulation, a lab or a source says now; each is made once. */
function answers(simulations: Simulations, labs: Labs): (kind: Kind, name: string) => string {
  const known = new Map<string, string>();
  const saidOf = (kind: Kind, name: string): unknown => {
    switch (kind) {
      case 'simulation':
        return simulations.find(name);
      case 'simulations':
        return simulations.ids();
      case 'lab':
        return labs.find(name);
      case 'labs':
        return labs.ids();
      case 'source':
        return simulations.readSource(name);
      default:
        return kind satisfies never;
    }
  };
  return (kind, name) => {
    const key = `${kind} ${name}`;
    let hash = known.get(key);
    if (hash === undefined) {
      hash = sha256(JSON.stringify(saidOf(kind, name) ?? null));
      known.set(key, hash);
    }
    return hash;
  };
}

/** Runs are not noted: their inputs are the simulation, which is, and the text of the guide. */
function notingSimulations(
  simulations: Simulations,
  note: (kind: Kind, name: string) => void,
): Simulations {
  return {
    ...simulations,
    ids: () => {
      note('simulations', '');
      return simulations.ids();
    },
    find: (id) => {
      note('simulation', id);
      return simulations.find(id);
    },
    readSource: (path) => {
      note('source', path);
      return simulations.readSource(path);
    },
  };
}

/** The guide with a tree and with places that are parsed only if somebody asks for them. */
function lazilyParsed(
  guide: GuideFile,
  { frontMatter, headings, headingIds, formProblems }: Entry,
  made: ParsedGuide | undefined,
): ParsedGuide {
  let parsed = made;
  const parse = (): ParsedGuide => {
    parsed ??= parseGuide(guide);
    return parsed;
  };
  return {
    ...guide,
    frontMatter,
    headings,
    headingIds: new Map(headingIds),
    problems: formProblems,
    fieldPlaces: (path) => parse().fieldPlaces(path),
    get tree() {
      return parse().tree;
    },
  };
}

function revived(
  { inspected: { replacements, texts, figures, labs: labUses, ...plain } }: Entry,
  guide: ParsedGuide,
  simulations: Simulations,
  labs: Labs,
): InspectedGuide {
  return {
    ...plain,
    guide,
    replacements: new Map(replacements),
    texts: new Map(texts),
    figures: figures.map(({ simulation, spec, key }) => ({
      simulation: found(simulations.find(simulation), simulation),
      spec,
      key,
    })),
    labs: labUses.map(({ lab, key }) => ({ lab: found(labs.find(lab), lab), key })),
  };
}

/** What a guide shows was asked for when it was inspected, and its answer is the same now. */
function found<T>(record: T | undefined, id: string): T {
  if (record === undefined) throw new Error(`Expected "${id}" to be there still, found none.`);
  return record;
}

/** The code that reads a guide, its packages included: whatever of it changes, guides are read again. */
async function readerSource(root: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: ['inspect', 'markdown', 'placeholders', 'digest']
        .map((name) => `export * from './${name}';`)
        .join('\n'),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    logLevel: 'silent',
    format: 'esm',
    platform: 'node',
    // They are pinned by the lockfile, which counts as a whole; to bundle them takes a second.
    external: packagesOf(root),
    // A change of a comment changes nothing.
    minifyWhitespace: true,
  });
  const lockfile = join(root, 'package-lock.json');
  const packages = existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : '';
  return `${outputFiles[0]?.text ?? ''}${packages}`;
}
