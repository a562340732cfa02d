/**
 * A term of the glossary: one Markdown file each, `content/glossary/<term>.md`, with front matter and
 * one paragraph. The paragraph is kept as a small tree, so that a page can draw it and nothing can
 * stand in it that a definition does not need.
 */
import { createProcessor } from '@mdx-js/mdx';
import type { PhrasingContent, Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import { z } from 'zod';
import {
  type FieldPlaces,
  nameSchema,
  readYaml,
  referenceSchema,
  sentence,
  splitFrontMatter,
} from './front-matter';
import type { LinkUse } from './inspect';
import { textOf } from './nodes';
import { type Problem, placeOf } from './problem';

const termSchema = z.strictObject({
  /** The term in the singular, as the field writes it; unique in the glossary. */
  title: sentence('the term'),
  /** Other names and abbreviations by which it is looked up. */
  aliases: z.array(sentence('another name')).default([]),
  /** Neighbouring terms, by the names of their files; the relation is made symmetric. */
  related: z.array(nameSchema('the name of a term’s file')).default([]),
  /** What the definition was checked against: RFC, paper, manual; at least one. */
  sources: z
    .array(referenceSchema, { error: 'expected a list of sources' })
    .min(1, 'expected at least one source'),
});

type TermFrontMatter = z.infer<typeof termSchema>;

/** A definition is made of these and nothing else. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] };

export interface ParsedTerm {
  /** Path from the root of the repository, with forward slashes. */
  readonly file: string;
  /** Name of the file without its ending; the term stands at `/glossary/#<slug>`. */
  readonly slug: string;
  /** Null if it does not fit its schema. */
  readonly frontMatter: TermFrontMatter | null;
  readonly fieldPlaces: FieldPlaces;
  readonly definition: readonly Inline[];
  /** The definition without markup. */
  readonly text: string;
  readonly links: readonly LinkUse[];
  readonly problems: readonly Problem[];
}

/** Where the terms lie: a folder of `content/` that is no category. */
export const GLOSSARY_FOLDER = 'glossary';

export function parseTerm({
  file,
  slug,
  source,
}: {
  readonly file: string;
  readonly slug: string;
  readonly source: string;
}): ParsedTerm {
  const matter = splitFrontMatter(source);
  const read = readYaml(matter ?? '', termSchema, { file, firstLine: 2, what: 'term' });
  const problems: Problem[] =
    matter === null
      ? [
          {
            file,
            line: 1,
            column: 1,
            message: 'expected front matter between two lines of "---" at the top of the file',
            remedy: 'Write title and sources there; lib/content/glossary.ts documents every field',
          },
        ]
      : [...read.problems];

  const tree = createProcessor({ format: 'md', remarkPlugins: [remarkFrontmatter] }).parse(
    source,
  ) as Root;
  const [paragraph, second] = tree.children.filter(({ type }) => type !== 'yaml');
  const links: LinkUse[] = [];
  let definition: readonly Inline[] = [];
  if (paragraph?.type === 'paragraph') {
    definition = inlinesOf(paragraph.children, {
      addLink: (link) => links.push(link),
      refuse: (node) =>
        problems.push({
          file,
          ...placeOf(node),
          message: `expected text, emphasis, code and links in a definition, got ${node.type}`,
          remedy: 'Say it in words: a figure or a list belongs into a guide',
        }),
    });
  }
  const extra = paragraph?.type === 'paragraph' ? second : (paragraph ?? tree);
  if (extra !== undefined) {
    problems.push({
      file,
      ...placeOf(extra),
      message: `expected one paragraph below the front matter, got ${extra === tree ? 'nothing' : `a ${extra.type}`}`,
      remedy: 'Define the term in one paragraph; what needs more is a guide',
    });
  }

  return {
    file,
    slug,
    frontMatter: read.value,
    fieldPlaces: read.placeOf,
    definition,
    text: paragraph === undefined ? '' : textOf(paragraph),
    links,
    problems,
  };
}

function inlinesOf(
  nodes: readonly PhrasingContent[],
  visit: {
    readonly addLink: (link: LinkUse) => void;
    readonly refuse: (node: PhrasingContent) => void;
  },
): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [{ kind: 'text', text: node.value.replace(/\s+/g, ' ') }];
      case 'inlineCode':
        return [{ kind: 'code', text: node.value }];
      case 'emphasis':
        return [{ kind: 'emphasis', children: inlinesOf(node.children, visit) }];
      case 'link':
        visit.addLink({ url: node.url, ...placeOf(node) });
        return [{ kind: 'link', url: node.url, children: inlinesOf(node.children, visit) }];
      default:
        visit.refuse(node);
        return [];
    }
  });
}

/**
 * A name as it is compared with others: "Dead-letter queues" and "dead letter queue" are one. Only a
 * plain plural is folded; a glossary that needs more names them as aliases.
 */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s-]+/g, ' ')
    .trim()
    .replace(/(?<=[^s])s$/, '');
}
