/**
 * All guides together: what only their sum can show to be wrong (dead links, equal titles, unknown
 * related guides), and the manifest with everything that is derived from their sum.
 */
import type { CategoryFile, FieldPlaces } from './front-matter';
import type { InspectedGuide } from './inspect';
import type { Category, Guide, Manifest } from './manifest';
import { suggest } from './nearest';
import type { Place, Problem } from './problem';

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
  /** Pages of the site that are neither a guide nor a category, such as "/gallery/". */
  readonly pages: readonly string[];
  /** Whether the site serves a file of its own at this address, such as "/icon.svg". */
  readonly hasFile: (address: string) => boolean;
}

/** Words a minute of technical prose; figures and code come on top and are not counted. */
const WORDS_PER_MINUTE = 220;

export function checkCorpus(corpus: Corpus): Problem[] {
  return [
    ...checkUnique(corpus),
    ...checkCategories(corpus),
    ...checkRelations(corpus),
    ...corpus.guides.flatMap((guide) => checkLinks(guide, corpus)),
  ];
}

/** Guides that fit their schema, in the handbook's order. */
export function manifestOf({ guides, categories }: Corpus): Manifest {
  const bySlug = new Map(guides.map((inspected) => [inspected.guide.slug, inspected]));
  const listed = categories
    .flatMap(({ slug, value }) => (value === null ? [] : [{ slug, ...value }]))
    .sort((a, b) => a.order - b.order || compare(a.title, b.title))
    .map((category): Category => ({ ...category, guides: guidesOf(category.slug, guides) }))
    .filter((category) => category.guides.length > 0);
  const sequence = listed.flatMap((category) => category.guides);
  const related = symmetricRelations(guides);
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
          related: [...(related.get(slug) ?? [])].sort(),
          readingMinutes: Math.max(1, Math.round(inspected.words / WORDS_PER_MINUTE)),
          words: inspected.words,
          headings: inspected.guide.headings,
          backlinks: [...(backlinks.get(slug) ?? [])].sort(),
          previous: sequence[index - 1] ?? null,
          next: sequence[index + 1] ?? null,
          simulations: inspected.simulations,
        },
      ],
    ];
  });
  return { categories: listed, guides: Object.fromEntries(entries) };
}

function guidesOf(category: string, guides: readonly InspectedGuide[]): string[] {
  return guides
    .flatMap(({ guide: { slug, frontMatter } }) =>
      frontMatter !== null && slug.startsWith(`${category}/`) ? [{ slug, ...frontMatter }] : [],
    )
    .sort((a, b) => a.order - b.order || compare(a.title, b.title))
    .map(({ slug }) => slug);
}

function symmetricRelations(guides: readonly InspectedGuide[]): Map<string, Set<string>> {
  const relations = new Map(guides.map(({ guide }) => [guide.slug, new Set<string>()]));
  for (const { guide } of guides) {
    for (const other of guide.frontMatter?.related ?? []) {
      if (!relations.has(other) || other === guide.slug) continue;
      relations.get(guide.slug)?.add(other);
      relations.get(other)?.add(guide.slug);
    }
  }
  return relations;
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

function checkUnique({ guides, categories }: Corpus): Problem[] {
  const problems: Problem[] = [];
  const check = (
    field: 'title' | 'description',
    owners: readonly { readonly file: string; readonly text: string; readonly place: Place }[],
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
        ...place,
        message: `expected a ${field} that no other page has, got that of ${first}: "${text}"`,
        remedy: `Say what this page teaches and ${first} does not`,
      });
    }
  };
  const written = guides.flatMap(({ guide }) =>
    guide.frontMatter === null ? [] : [{ guide, frontMatter: guide.frontMatter }],
  );
  check('title', [
    ...categories.flatMap(({ file, value, placeOf }) =>
      value === null ? [] : [{ file, text: value.title, place: placeOf(['title']) }],
    ),
    ...written.map(({ guide, frontMatter }) => ({
      file: guide.file,
      text: frontMatter.title,
      place: guide.fieldPlaces(['title']),
    })),
  ]);
  check(
    'description',
    written.map(({ guide, frontMatter }) => ({
      file: guide.file,
      text: frontMatter.description,
      place: guide.fieldPlaces(['description']),
    })),
  );
  return problems;
}

function checkCategories({ guides, categories }: Corpus): Problem[] {
  const known = new Set(categories.map(({ slug }) => slug));
  return guides.flatMap(({ guide: { slug, file } }) => {
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
}

function checkRelations({ guides }: Corpus): Problem[] {
  const slugs = guides.map(({ guide }) => guide.slug);
  return guides.flatMap(({ guide }) => {
    const fields = ['related', 'prerequisites'] as const;
    return fields.flatMap((field) =>
      (guide.frontMatter?.[field] ?? []).flatMap((other, index): Problem[] => {
        const at = { file: guide.file, ...guide.fieldPlaces([field, index]) };
        if (other === guide.slug) {
          return [
            {
              ...at,
              message: `front matter "${field}": expected another guide, got this one`,
              remedy: 'Remove it',
            },
          ];
        }
        if (slugs.includes(other)) return [];
        return [
          {
            ...at,
            message: `front matter "${field}": expected the slug of a guide, got "${other}"`,
            remedy: suggest(
              other,
              slugs.filter((slug) => slug !== guide.slug),
              'guide',
            ),
          },
        ];
      }),
    );
  });
}

function checkLinks(inspected: InspectedGuide, corpus: Corpus): Problem[] {
  const { guide, links } = inspected;
  return links.flatMap(({ url, line, column }) => {
    const wrong = linkMistake(url, inspected, corpus);
    return wrong === null ? [] : [{ file: guide.file, line, column, ...wrong }];
  });
}

function linkMistake(
  url: string,
  inspected: InspectedGuide,
  { guides, categories, pages, hasFile }: Corpus,
): Pick<Problem, 'message' | 'remedy'> | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return externalMistake(url);
  const [path = '', anchor] = url.split('#', 2);
  if (path === '') return anchorMistake(anchor ?? '', inspected, 'this page');
  if (!path.startsWith('/') || path.startsWith('//')) {
    return {
      message: `expected a link from the root of the site, got "${url}"`,
      remedy: 'Write /category/guide/ with an optional #anchor, or a full https:// address',
    };
  }
  const target = guides.find(({ guide }) => `/${guide.slug}` === path.replace(/\/$/, ''));
  if (target !== undefined) {
    return anchor === undefined ? null : anchorMistake(anchor, target, target.guide.file);
  }
  const others = [...pages, ...categories.map(({ slug }) => `/${slug}/`)];
  const normal = path.endsWith('/') ? path : `${path}/`;
  if (others.includes(normal) || hasFile(path)) return null;
  return {
    message: `expected a link to a page of the site, got "${url}"`,
    remedy: suggest(normal, [...guides.map(({ guide }) => `/${guide.slug}/`), ...others], 'page'),
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
  { anchors }: InspectedGuide,
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
