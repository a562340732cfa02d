/**
 * What search engines read of a page beside its text: schema.org terms as JSON-LD. Each function
 * returns one node; `JsonLd` writes them into the page.
 */
import type { Category, Guide, Term } from '../content/manifest';
import { canonical, SITE_DESCRIPTION, SITE_NAME } from '../site';
import { cardPath, SITE_CARD } from './addresses';

/** A node of the graph: schema.org types and properties. */
export type StructuredData = { readonly '@type': string | readonly string[] } & Readonly<
  Record<string, unknown>
>;

/** Whatever the site publishes is published by the site: guides have no single author. */
const publisher = { '@type': 'Organization', name: SITE_NAME, url: canonical('/') } as const;

const websiteId = (): string => canonical('/#website');

export function website(): StructuredData {
  return {
    '@type': 'WebSite',
    '@id': websiteId(),
    name: SITE_NAME,
    description: SITE_DESCRIPTION,
    url: canonical('/'),
    inLanguage: 'en',
    publisher,
    image: canonical(SITE_CARD),
    // The page that searches as soon as it is open, as lib/reach/open-search.ts tells browsers.
    potentialAction: {
      '@type': 'SearchAction',
      target: {
        '@type': 'EntryPoint',
        urlTemplate: `${canonical('/search/')}?q={search_term_string}`,
      },
      'query-input': 'required name=search_term_string',
    },
  };
}

/** Where a page stands; `page` itself comes last. */
export function breadcrumbs(
  trail: readonly { readonly path: string; readonly title: string }[],
  page: { readonly path: string; readonly title: string },
): StructuredData {
  return {
    '@type': 'BreadcrumbList',
    itemListElement: [...trail, page].map(({ path, title }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name: title,
      item: canonical(path),
    })),
  };
}

const LEVELS: Readonly<Record<Guide['level'], string>> = {
  foundation: 'Beginner',
  practitioner: 'Intermediate',
  advanced: 'Advanced',
};

function articleNode(guide: Guide): StructuredData & { readonly '@id': string } {
  return {
    '@type': ['TechArticle', 'LearningResource'],
    '@id': `${canonical(`/${guide.slug}/`)}#article`,
  };
}

/** A guide, without what it cites. */
export function article(guide: Guide, category: Category | undefined): StructuredData {
  const url = canonical(`/${guide.slug}/`);
  return {
    ...articleNode(guide),
    url,
    mainEntityOfPage: url,
    headline: guide.title,
    description: guide.description,
    image: canonical(cardPath(guide.slug)),
    datePublished: guide.published,
    dateModified: guide.updated,
    inLanguage: 'en',
    author: publisher,
    publisher,
    isPartOf: { '@id': websiteId() },
    ...(category === undefined ? {} : { articleSection: category.title }),
    keywords: guide.tags,
    wordCount: guide.words,
    // ISO 8601: minutes of reading.
    timeRequired: `PT${guide.readingMinutes}M`,
    educationalLevel: LEVELS[guide.level],
    learningResourceType: 'Interactive guide',
    teaches: guide.summary,
    isAccessibleForFree: true,
  };
}

/**
 * What the same guide cites: a node of its own, since in a page it stands beside the list of sources,
 * as the rest stands beside the summary. What is near to what it repeats is compressed away.
 */
export function citations(guide: Guide): StructuredData {
  // Titles and authors stand in the page, which need not say them twice.
  return { ...articleNode(guide), citation: guide.sources.map(({ url }) => url) };
}

/** Terms with their definitions, each with its anchor on the glossary's page. */
export function termSet(path: string, title: string, terms: readonly Term[]): StructuredData {
  return {
    '@type': 'DefinedTermSet',
    name: title,
    url: canonical(path),
    inLanguage: 'en',
    hasDefinedTerm: terms.map(({ slug, title: name, text, aliases }) => ({
      '@type': 'DefinedTerm',
      url: `${canonical(path)}#${slug}`,
      name,
      description: text,
      alternateName: aliases,
      inDefinedTermSet: canonical(path),
    })),
  };
}

/**
 * The nodes as the text of a script element. No "<" is left in it, so that nothing in a title can end
 * the element.
 */
export function jsonLd(nodes: readonly StructuredData[]): string {
  return JSON.stringify({ '@context': 'https://schema.org', '@graph': nodes }).replaceAll(
    '<',
    '\\u003c',
  );
}
