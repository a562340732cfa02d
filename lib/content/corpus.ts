/**
 * All guides and terms together: what only their sum can show to be wrong (dead links, equal titles,
 * unknown related guides), and the manifest with everything that is derived from their sum.
 */
import { simulationAddress, tagAddress, tagSlug, termAddress } from './addresses';
import type { CategoryFile, FieldPlaces } from './front-matter';
import { foldName, type ParsedTerm } from './glossary';
import type { InspectedGuide, LinkUse } from './inspect';
import type { Category, Guide, ListedSimulation, Manifest, Tag, Term } from './manifest';
import { suggest } from './nearest';
import { slugOf } from './parse';
import type { Place, Problem } from './problem';
import type { SimulationRecord } from './simulations';

export interface CategoryRecord {
  readonly slug: string;
  /** Path of its category.yaml from the root of the repository. */
  readonly file: string;
  /** Null if the file does not fit its schema or is missing. */
  readonly value: CategoryFile | null;
  readonly placeOf: FieldPlaces;
}

export interface Corpus {
  readonly guides: readonly InspectedGuide[];
  readonly categories: readonly CategoryRecord[];
  readonly terms: readonly ParsedTerm[];
  readonly simulations: readonly SimulationRecord[];
  /** Pages of the site that no content makes, such as "/about/", with their anchors. */
  readonly pages: Readonly<Record<string, readonly string[]>>;
  /** Whether the site serves a file of its own at this address, such as "/icon.svg". */
  readonly hasFile: (address: string) => boolean;
}

/** Words a minute of technical prose; figures and code come on top and are not counted. */
const WORDS_PER_MINUTE = 220;

/** Folder of the simulation that new ones are copied from: it is part of the project, not of the handbook. */
const TEMPLATE_CATEGORY = 'template';

export function checkCorpus(corpus: Corpus): Problem[] {
  const addresses = addressesOf(corpus);
  const checkLinks = (file: string, links: readonly LinkUse[]): Problem[] =>
    links.flatMap(({ url, line, column }) => {
      const wrong = linkMistake(url, file, corpus, addresses);
      return wrong === null ? [] : [{ file, line, column, ...wrong }];
    });
  return [
    ...checkUnique(corpus),
    ...checkCategories(corpus),
    ...checkTags(corpus),
    ...checkRelations(corpus),
    ...checkTermRelations(corpus),
    ...corpus.guides.flatMap(({ guide, links }) => checkLinks(guide.file, links)),
    ...corpus.terms.flatMap(({ file, links }) => checkLinks(file, links)),
  ];
}

/** Guides that fit their schema, in the handbook's order, and what is derived from them. */
export function manifestOf(corpus: Corpus): Manifest {
  const { guides, categories } = corpus;
  const bySlug = new Map(guides.map((inspected) => [inspected.guide.slug, inspected]));
  const listed = categories
    .flatMap(({ slug, value }) => (value === null ? [] : [{ slug, ...value }]))
    .sort((a, b) => a.order - b.order || compare(a.title, b.title))
    .map((category): Category => ({ ...category, guides: guidesOf(category.slug, guides) }))
    .filter((category) => category.guides.length > 0);
  const sequence = listed.flatMap((category) => category.guides);
  const related = symmetricRelations(
    guides.map(({ guide }) => ({
      slug: guide.slug,
      related: guide.frontMatter?.related ?? [],
    })),
  );
  const backlinks = backlinksOf(guides);

  const entries = sequence.flatMap((slug, index): [string, Guide][] => {
    const inspected = bySlug.get(slug);
    const frontMatter = inspected?.guide.frontMatter;
    if (inspected === undefined || frontMatter == null) return [];
    const [category = '', name = ''] = slug.split('/');
    return [
      [
        slug,
        {
          slug,
          category,
          name,
          ...frontMatter,
          related: ownFirst(frontMatter.related, related.get(slug)),
          readingMinutes: Math.max(1, Math.round(inspected.words / WORDS_PER_MINUTE)),
          words: inspected.words,
          headings: inspected.guide.headings,
          backlinks: [...(backlinks.get(slug) ?? [])].sort(),
          previous: sequence[index - 1] ?? null,
          next: sequence[index + 1] ?? null,
          simulations: inspected.simulations,
          figure: inspected.figures.find(({ spec }) => spec.kind === 'simulation')?.key ?? null,
        },
      ],
    ];
  });
  const ordered = entries.map(([, guide]) => guide);
  return {
    categories: listed,
    guides: Object.fromEntries(entries),
    tags: tagsOf(ordered),
    glossary: glossaryOf(corpus, ordered),
    simulations: listedSimulations(corpus, ordered),
  };
}

function tagsOf(guides: readonly Guide[]): Tag[] {
  const tags = new Map<string, { title: string; guides: string[] }>();
  for (const guide of guides) {
    for (const title of guide.tags) {
      const tag = tags.get(tagSlug(title)) ?? { title, guides: [] };
      tag.guides.push(guide.slug);
      tags.set(tagSlug(title), tag);
    }
  }
  return [...tags]
    .map(([slug, tag]): Tag => ({ slug, ...tag }))
    .sort((a, b) => compare(a.slug, b.slug));
}

/**
 * Terms that fit their schema. A guide belongs to a term if its title, an alias or a tag of it is a
 * name of the term, or if its prose links to it: so neither has to list the other.
 */
function glossaryOf({ terms, guides }: Corpus, ordered: readonly Guide[]): Term[] {
  const related = symmetricRelations(
    terms.map(({ slug, frontMatter }) => ({ slug, related: frontMatter?.related ?? [] })),
  );
  const linked = new Map(
    guides.map(({ guide, links }) => [guide.slug, new Set(links.map(({ url }) => url))]),
  );
  const namesOf = new Map(
    ordered.map(({ slug, title, aliases, tags }) => [
      slug,
      [title, ...aliases, ...tags].map(foldName),
    ]),
  );
  return terms
    .flatMap(({ slug, frontMatter, definition, text }): Term[] => {
      if (frontMatter === null) return [];
      const names = new Set([frontMatter.title, ...frontMatter.aliases].map(foldName));
      const isAbout = ({ slug: guide }: Guide): boolean =>
        namesOf.get(guide)?.some((name) => names.has(name)) === true;
      return [
        {
          slug,
          ...frontMatter,
          definition,
          text,
          related: [...(related.get(slug) ?? [])].sort(),
          guides: ordered
            .filter(
              (guide) => isAbout(guide) || linked.get(guide.slug)?.has(termAddress(slug)) === true,
            )
            .map((guide) => guide.slug),
        },
      ];
    })
    .sort((a, b) => compare(a.title.toLowerCase(), b.title.toLowerCase()));
}

function listedSimulations(
  { simulations }: Corpus,
  ordered: readonly Pick<Guide, 'slug' | 'simulations'>[],
): ListedSimulation[] {
  const isTemplate = new Set(
    simulations.filter(({ category }) => category === TEMPLATE_CATEGORY).map(({ id }) => id),
  );
  const ids = new Set(ordered.flatMap((guide) => guide.simulations));
  return [...ids]
    .filter((id) => !isTemplate.has(id))
    .map((id) => ({
      id,
      guides: ordered.filter((guide) => guide.simulations.includes(id)).map(({ slug }) => slug),
    }));
}

function guidesOf(category: string, guides: readonly InspectedGuide[]): string[] {
  return guides
    .flatMap(({ guide: { slug, frontMatter } }) =>
      frontMatter !== null && slug.startsWith(`${category}/`) ? [{ slug, ...frontMatter }] : [],
    )
    .sort((a, b) => a.order - b.order || compare(a.title, b.title))
    .map(({ slug }) => slug);
}

function symmetricRelations(
  entries: readonly { readonly slug: string; readonly related: readonly string[] }[],
): Map<string, Set<string>> {
  const relations = new Map(entries.map(({ slug }) => [slug, new Set<string>()]));
  for (const { slug, related } of entries) {
    for (const other of related) {
      if (!relations.has(other) || other === slug) continue;
      relations.get(slug)?.add(other);
      relations.get(other)?.add(slug);
    }
  }
  return relations;
}

/** What the guide names itself, as it does; then those that name it. */
function ownFirst(own: readonly string[], all: ReadonlySet<string> = new Set()): string[] {
  return [...new Set([...own.filter((slug) => all.has(slug)), ...[...all].sort()])];
}

function backlinksOf(guides: readonly InspectedGuide[]): Map<string, Set<string>> {
  const backlinks = new Map(guides.map(({ guide }) => [guide.slug, new Set<string>()]));
  for (const { guide, links } of guides) {
    for (const { url } of links) {
      const target = slugOfAddress(url);
      if (target !== undefined && target !== guide.slug) backlinks.get(target)?.add(guide.slug);
    }
  }
  return backlinks;
}

/** "/a/b/#c" → "a/b"; undefined for what is not the address of a guide. */
function slugOfAddress(url: string): string | undefined {
  return /^\/([a-z0-9-]+\/[a-z0-9-]+)\/?(?:#.*)?$/.exec(url)?.[1];
}

function checkUnique({ guides, categories, terms }: Corpus): Problem[] {
  const problems: Problem[] = [];
  const check = (
    field: 'title' | 'description',
    what: 'page' | 'term',
    owners: readonly {
      readonly file: string;
      readonly text: string;
      /** Asked only of what is wrong: for the place the guide is parsed. */
      readonly place: () => Place;
    }[],
  ): void => {
    const seen = new Map<string, string>();
    for (const { file, text, place } of owners) {
      const folded = text.toLowerCase().replace(/\s+/g, ' ');
      const first = seen.get(folded);
      if (first === undefined) {
        seen.set(folded, file);
        continue;
      }
      problems.push({
        file,
        ...place(),
        message: `expected a ${field} that no other ${what} has, got that of ${first}: "${text}"`,
        remedy:
          what === 'page'
            ? `Say what this page teaches and ${first} does not`
            : 'Keep one of the two terms, with the other name among its aliases',
      });
    }
  };
  const written = guides.flatMap(({ guide }) =>
    guide.frontMatter === null ? [] : [{ guide, frontMatter: guide.frontMatter }],
  );
  check('title', 'page', [
    ...categories.flatMap(({ file, value, placeOf }) =>
      value === null ? [] : [{ file, text: value.title, place: () => placeOf(['title']) }],
    ),
    ...written.map(({ guide, frontMatter }) => ({
      file: guide.file,
      text: frontMatter.title,
      place: () => guide.fieldPlaces(['title']),
    })),
  ]);
  check(
    'description',
    'page',
    written.map(({ guide, frontMatter }) => ({
      file: guide.file,
      text: frontMatter.description,
      place: () => guide.fieldPlaces(['description']),
    })),
  );
  check(
    'title',
    'term',
    terms.flatMap(({ file, frontMatter, fieldPlaces }) =>
      frontMatter === null
        ? []
        : [
            { file, text: frontMatter.title, place: () => fieldPlaces(['title']) },
            ...frontMatter.aliases.map((text, index) => ({
              file,
              text,
              place: () => fieldPlaces(['aliases', index]),
            })),
          ],
    ),
  );
  return problems;
}

function checkCategories({ guides, categories, pages }: Corpus): Problem[] {
  const known = new Set(categories.map(({ slug }) => slug));
  const taken = categories
    .filter(({ slug }) => Object.hasOwn(pages, `/${slug}/`))
    .map(
      ({ slug, file }): Problem => ({
        file,
        line: 1,
        column: 1,
        message: `expected the folder of a category to have a name that no page of the site has, got "${slug}"`,
        remedy: 'Rename the folder',
      }),
    );
  const homeless = guides.flatMap(({ guide: { slug, file } }) => {
    const [category = ''] = slug.split('/');
    if (known.has(category)) return [];
    return [
      {
        file,
        line: 1,
        column: 1,
        message: `expected the folder "${category}" to be a category, got no content/${category}/category.yaml`,
        remedy: 'Write it with title, blurb and order, or move the guide',
      },
    ];
  });
  return [...taken, ...homeless];
}

/**
 * One tag, one spelling: readers see it as it is written, and its address is in lower case. Right is
 * what most guides write, and of two that are as frequent, what stood there first.
 */
function checkTags({ guides }: Corpus): Problem[] {
  const spellings = new Map<string, Map<string, { readonly file: string; count: number }>>();
  const byAge = [...guides].sort((a, b) =>
    compare(a.guide.frontMatter?.published ?? '', b.guide.frontMatter?.published ?? ''),
  );
  for (const { guide } of byAge) {
    for (const tag of new Set(guide.frontMatter?.tags)) {
      const own = spellings.get(tagSlug(tag)) ?? new Map();
      own.set(tag, { file: guide.file, ...own.get(tag), count: (own.get(tag)?.count ?? 0) + 1 });
      spellings.set(tagSlug(tag), own);
    }
  }
  return guides.flatMap(({ guide: { file, frontMatter, fieldPlaces } }) =>
    (frontMatter?.tags ?? []).flatMap((tag, index, tags): Problem[] => {
      const [right] = [...(spellings.get(tagSlug(tag)) ?? [])].sort(
        ([, a], [, b]) => b.count - a.count,
      );
      const isTwice = tags.indexOf(tag) !== index;
      if (!isTwice && (right === undefined || right[0] === tag)) return [];
      return [
        {
          file,
          ...fieldPlaces(['tags', index]),
          message: isTwice
            ? `front matter "tags": expected each tag once, got "${tag}" twice`
            : `front matter "tags": expected "${right?.[0]}" as in ${right?.[1].file}, got "${tag}"`,
          remedy: isTwice ? 'Remove one of them' : 'Write it alike in both',
        },
      ];
    }),
  );
}

function checkRelations({ guides }: Corpus): Problem[] {
  const slugs = guides.map(({ guide }) => guide.slug);
  return guides.flatMap(({ guide: { slug, file, frontMatter, fieldPlaces } }) =>
    (['related', 'prerequisites'] as const).flatMap((field) =>
      relationMistakes({
        own: slug,
        others: frontMatter?.[field] ?? [],
        known: slugs,
        what: 'guide',
        nameOf: 'the slug of a guide',
      }).map(({ index, message, remedy }) => ({
        file,
        ...fieldPlaces([field, index]),
        message: `front matter "${field}": ${message}`,
        remedy,
      })),
    ),
  );
}

function checkTermRelations({ terms }: Corpus): Problem[] {
  const slugs = terms.map(({ slug }) => slug);
  return terms.flatMap(({ slug, file, frontMatter, fieldPlaces }) =>
    relationMistakes({
      own: slug,
      others: frontMatter?.related ?? [],
      known: slugs,
      what: 'term',
      nameOf: 'the name of a term’s file',
    }).map(({ index, message, remedy }) => ({
      file,
      ...fieldPlaces(['related', index]),
      message: `term "related": ${message}`,
      remedy,
    })),
  );
}

function relationMistakes({
  own,
  others,
  known,
  what,
  nameOf,
}: {
  readonly own: string;
  readonly others: readonly string[];
  readonly known: readonly string[];
  readonly what: string;
  readonly nameOf: string;
}): { readonly index: number; readonly message: string; readonly remedy: string }[] {
  return others.flatMap((other, index) => {
    if (other === own) {
      return [{ index, message: `expected another ${what}, got this one`, remedy: 'Remove it' }];
    }
    if (known.includes(other)) return [];
    return [
      {
        index,
        message: `expected ${nameOf}, got "${other}"`,
        remedy: suggest(
          other,
          known.filter((each) => each !== own),
          what,
        ),
      },
    ];
  });
}

/** What can be linked to: each page's address, with its anchors and the file that makes it. */
type Addresses = ReadonlyMap<
  string,
  { readonly anchors: readonly string[]; readonly file?: string }
>;

function addressesOf(corpus: Corpus): Addresses {
  const { guides, categories, terms, simulations, pages } = corpus;
  const scenarios = new Map(
    simulations.map(({ id, description }) => [id, Object.keys(description.scenarios)]),
  );
  const fixed = Object.entries(pages).map(
    ([address, anchors]) =>
      [
        address,
        { anchors: address === '/glossary/' ? terms.map(({ slug }) => slug) : anchors },
      ] as const,
  );
  return new Map([
    ...guides.map(
      ({ guide: { slug, file }, anchors }) => [`/${slug}/`, { anchors, file }] as const,
    ),
    ...fixed,
    ...categories.map(({ slug }) => [`/${slug}/`, { anchors: [] }] as const),
    ...guides
      .flatMap(({ guide }) => guide.frontMatter?.tags ?? [])
      .map((tag) => [tagAddress(tag), { anchors: [] }] as const),
    ...listedSimulations(
      corpus,
      guides.map(({ guide, simulations: ids }) => ({ slug: guide.slug, simulations: ids })),
    ).map(({ id }) => [simulationAddress(id), { anchors: scenarios.get(id) ?? [] }] as const),
  ]);
}

function linkMistake(
  url: string,
  file: string,
  { hasFile }: Corpus,
  addresses: Addresses,
): Pick<Problem, 'message' | 'remedy'> | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return externalMistake(url);
  const [path = '', anchor] = url.split('#', 2);
  if (path === '') {
    const own = addresses.get(`/${slugOf(file)}/`);
    return anchorMistake(anchor ?? '', own?.anchors ?? [], 'this page');
  }
  if (!path.startsWith('/') || path.startsWith('//')) {
    return {
      message: `expected a link from the root of the site, got "${url}"`,
      remedy: 'Write /category/guide/ with an optional #anchor, or a full https:// address',
    };
  }
  const normal = path.endsWith('/') ? path : `${path}/`;
  const page = addresses.get(normal);
  if (page !== undefined) {
    return anchor === undefined
      ? null
      : anchorMistake(anchor, page.anchors, page.file ?? `the page ${normal}`);
  }
  if (hasFile(path)) return null;
  return {
    message: `expected a link to a page of the site, got "${url}"`,
    remedy: suggest(normal, [...addresses.keys()], 'page'),
  };
}

function externalMistake(url: string): Pick<Problem, 'message' | 'remedy'> | null {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return null;
  return {
    message: `expected a link that begins with https:// or http://, got "${url}"`,
    remedy: 'Write the full address, or remove the link',
  };
}

function anchorMistake(
  anchor: string,
  anchors: readonly string[],
  where: string,
): Pick<Problem, 'message' | 'remedy'> | null {
  if (anchors.includes(anchor)) return null;
  return {
    message: `expected an anchor of ${where}, got "#${anchor}"`,
    remedy: suggest(anchor, anchors, 'anchor'),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
