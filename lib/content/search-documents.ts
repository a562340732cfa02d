/**
 * What is searched, out of everything that has an address. Titles come in one file, texts in files by
 * category (lib/search/documents.ts). A new kind of document is one more entry of `SOURCES`.
 */
import {
  anchorOf,
  type PageTexts,
  type PageTitles,
  SEARCH_FORMAT,
  type SectionTitle,
  type TitlesFile,
} from '../search/documents';
import type { Description } from '../simulation/definition';
import {
  incidentAddress,
  labAddress,
  simulationAddress,
  tagAddress,
  termAddress,
} from './addresses';
import { digest } from './digest';
import type { Section } from './inspect';
import type { Category, Guide, ListedSimulation, Tag, Term } from './manifest';
import { SITE_PAGES } from './site-pages';
import type { SynonymGroups } from './synonyms';

/**
 * Characters of a guide's title, names and headings that are sent first, about 0.3 kB compressed; the
 * others come with the texts.
 */
const TITLES_LENGTH_MAX = 600;

/** A longer name is rarely typed to its end, and its words are found one by one. */
const SHORT_NAME_LENGTH_MAX = 24;

/** Guides of a category that share a file of texts; a larger category has several. */
const GUIDES_PER_FILE = 24;

/** Name of the file with the texts of everything that is no guide. */
const SITE_FILE = 'site';

/** What is read of a guide. */
export type SearchedGuide = Pick<
  Guide,
  'slug' | 'title' | 'description' | 'summary' | 'aliases' | 'tags' | 'headings'
>;

/** What is read of the site: less than a build has, so that tests and benchmarks can make it up. */
export interface Site {
  readonly manifest: {
    readonly categories: readonly Pick<Category, 'slug' | 'title' | 'blurb'>[];
    readonly guides: Readonly<Record<string, SearchedGuide>>;
    readonly tags: readonly Pick<Tag, 'slug' | 'title' | 'guides'>[];
    readonly glossary: readonly Pick<Term, 'slug' | 'title' | 'aliases' | 'text'>[];
    readonly simulations: readonly ListedSimulation[];
  };
  /** Sections of each guide by its slug. */
  readonly sections: ReadonlyMap<string, readonly Section[]>;
  /** What makes the digest of each guide by its slug, where it is kept; else it is made here. */
  readonly digests?: ReadonlyMap<string, Digest>;
  readonly simulation: (id: string) => Description | undefined;
  readonly incidents: readonly {
    readonly id: string;
    readonly title: string;
    readonly describe: string;
    readonly guides: readonly string[];
  }[];
  readonly labs: readonly {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly version: string;
    readonly guides: readonly string[];
  }[];
}

/** See `digest`. */
type Digest = (sections: readonly string[], known: readonly string[]) => readonly string[];

interface TextsFile {
  /** "traffic-control", "traffic-control-2", … */
  readonly name: string;
  readonly pages: readonly PageTexts[];
}

export interface SearchDocuments {
  /** Without the addresses of the files of texts, which hold hashes of them. */
  readonly titles: Omit<TitlesFile, 'texts'>;
  readonly texts: readonly TextsFile[];
}

interface Document {
  readonly titles: PageTitles;
  readonly texts: Omit<PageTexts, 'u'>;
}

const SOURCES: readonly ((site: Site) => readonly Document[])[] = [
  categories,
  simulations,
  incidents,
  labs,
  terms,
  tags,
  pages,
];

export function searchDocuments(site: Site, synonyms: SynonymGroups): SearchDocuments {
  const guides = guidesOf(site);
  const others = SOURCES.flatMap((source) => source(site));
  return {
    titles: {
      format: SEARCH_FORMAT,
      synonyms,
      pages: [...guides, ...others].map(({ titles }) => titles),
    },
    texts: [{ name: SITE_FILE, pages: textsOf(others) }, ...byCategory(guides)].filter(
      (file) => file.pages.length > 0,
    ),
  };
}

function guidesOf({ manifest, sections: sectionsOf, digests }: Site): Document[] {
  return Object.values(manifest.guides).map((guide) => {
    const all = sectionsOf.get(guide.slug) ?? [];
    const opening = all.find(({ id }) => id === '')?.text ?? '';
    // A heading without prose of its own is no answer to anything.
    const sections = all.filter(({ id, text }) => id !== '' && text !== '');
    const names = [...new Set([...guide.aliases, ...guide.tags])];
    const known = [guide.title, guide.description, ...names, ...sections.map(({ title }) => title)];
    const first = firstOf(guide, names, sections);
    const ordered = [
      ...first.sections,
      ...sections.filter((each) => !first.sections.includes(each)),
    ];
    const later = {
      names: names.filter((name) => !first.names.includes(name)),
      sections: ordered.slice(first.sections.length),
    };
    const texts = [
      [...guide.summary, opening].join(' ').trim(),
      ...ordered.map(({ text }) => text),
    ];
    return {
      titles: {
        k: 'guide',
        u: `/${guide.slug}/`,
        t: guide.title,
        ...listed('a', first.names),
        ...listed('s', first.sections.map(sectionTitle)),
      },
      texts: {
        ...listed('a', later.names),
        ...listed('s', later.sections.map(sectionTitle)),
        d: guide.description,
        x: (digests?.get(guide.slug) ?? digest)(texts, known),
      },
    };
  });
}

/** What of a guide's names and headings is sent with its title: short names, then main sections. */
function firstOf(
  guide: SearchedGuide,
  names: readonly string[],
  sections: readonly Section[],
): { readonly names: readonly string[]; readonly sections: readonly Section[] } {
  let left = TITLES_LENGTH_MAX - guide.title.length;
  const fits = (text: string): boolean => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  };
  const depths = new Map(guide.headings.map(({ id, depth }) => [id, depth]));
  const isMain = ({ id }: Section): boolean => depths.get(id) === 2;
  const isShort = (name: string): boolean => name.length <= SHORT_NAME_LENGTH_MAX;
  const chosen = new Set<string | Section>();
  for (const name of names.filter(isShort)) if (fits(name)) chosen.add(name);
  for (const section of sections.filter(isMain)) if (fits(section.title)) chosen.add(section);
  for (const section of sections.filter((each) => !isMain(each)))
    if (fits(section.title)) chosen.add(section);
  for (const name of names) if (!chosen.has(name) && fits(name)) chosen.add(name);
  return {
    names: names.filter((name) => chosen.has(name)),
    sections: sections.filter((section) => chosen.has(section)),
  };
}

function listed<Key extends string, T>(
  key: Key,
  list: readonly T[],
): { [K in Key]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { [K in Key]?: readonly T[] });
}

function sectionTitle({ title, id }: Section): SectionTitle {
  return anchorOf(title) === id ? title : [title, id];
}

function categories({ manifest }: Site): Document[] {
  return manifest.categories.map(({ slug, title, blurb }) => ({
    titles: { k: 'category', u: `/${slug}/`, t: title },
    texts: { d: blurb },
  }));
}

function simulations({ manifest, simulation }: Site): Document[] {
  return manifest.simulations.flatMap(({ id, guides: [guide] }): Document[] => {
    const description = simulation(id);
    if (description === undefined) return [];
    const variants = Object.values(description.variants).map(({ title }) => title);
    const scenarios = Object.values(description.scenarios);
    return [
      {
        titles: {
          k: 'simulation',
          u: simulationAddress(id),
          t: description.title,
          ...listed('a', variants.length > 1 ? variants : []),
          ...(guide === undefined ? {} : { g: `/${guide}/` }),
        },
        texts: {
          d: description.describe,
          x: [scenarios.map(({ title, question }) => `${title}: ${question}`).join(' ')],
        },
      },
    ];
  });
}

function incidents({ incidents: all }: Site): Document[] {
  return all.map(({ id, title, describe, guides: [guide] }) => ({
    titles: {
      k: 'incident',
      u: incidentAddress(id),
      t: title,
      // Readers look for it by what it is called in the field, which its title does not give away.
      a: [id.replaceAll('-', ' ')],
      ...(guide === undefined ? {} : { g: `/${guide}/` }),
    },
    texts: { d: describe },
  }));
}

function labs({ labs: all }: Site): Document[] {
  return all.map(({ id, title, question, version, guides: [guide] }) => ({
    titles: {
      k: 'lab',
      u: labAddress(id),
      t: title,
      ...(guide === undefined ? {} : { g: `/${guide}/` }),
    },
    texts: { d: question, x: [version] },
  }));
}

function terms({ manifest }: Site): Document[] {
  return manifest.glossary.map(({ slug, title, aliases, text }) => ({
    titles: {
      k: 'term',
      u: termAddress(slug),
      t: title,
      ...listed('a', aliases),
    },
    texts: { d: text },
  }));
}

function tags({ manifest }: Site): Document[] {
  return manifest.tags.map(({ slug, title, guides }) => ({
    titles: { k: 'tag', u: tagAddress(slug), t: title },
    texts: { d: `${guides.length} ${guides.length === 1 ? 'guide' : 'guides'}` },
  }));
}

function pages(): Document[] {
  return Object.entries(SITE_PAGES).flatMap(([u, { title, names, description }]): Document[] =>
    title === null
      ? []
      : [{ titles: { k: 'page', u, t: title, a: names }, texts: { d: description } }],
  );
}

function byCategory(guides: readonly Document[]): TextsFile[] {
  const files = new Map<string, Document[]>();
  for (const guide of guides) {
    const [, category = ''] = guide.titles.u.split('/');
    files.set(category, [...(files.get(category) ?? []), guide]);
  }
  return [...files].flatMap(([category, own]) =>
    Array.from({ length: Math.ceil(own.length / GUIDES_PER_FILE) }, (_, part) => ({
      name: part === 0 ? category : `${category}-${part + 1}`,
      pages: textsOf(own.slice(part * GUIDES_PER_FILE, (part + 1) * GUIDES_PER_FILE)),
    })),
  );
}

function textsOf(documents: readonly Document[]): PageTexts[] {
  return documents.map(({ titles, texts }) => ({ u: titles.u, ...texts }));
}
