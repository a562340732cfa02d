/**
 * From the text of a guide to its tree: Markdown with GitHub's tables, MDX elements and front
 * matter. What is checked here is the form alone; what the elements refer to is `resolve.ts`.
 */
import { createProcessor } from '@mdx-js/mdx';
import GithubSlugger from 'github-slugger';
import type { Root } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { VFileMessage } from 'vfile-message';
import {
  type FieldPlaces,
  type FrontMatter,
  readFrontMatter,
  splitFrontMatter,
} from './front-matter';
import { isComment, isJsxElement, isMdxCode, offsetOf, textOf, walk } from './nodes';
import { type Place, type Problem, placeOf } from './problem';
import { typographic } from './typography';

export interface Heading {
  readonly depth: number;
  readonly id: string;
  readonly text: string;
}

interface GuideFile {
  /** Path from the root of the repository, with forward slashes. */
  readonly file: string;
  /** "category/name", from the path. */
  readonly slug: string;
  readonly source: string;
}

export interface ParsedGuide extends GuideFile {
  /** Null if the front matter does not fit its schema. */
  readonly frontMatter: FrontMatter | null;
  readonly fieldPlaces: FieldPlaces;
  /** Null if the text is not MDX. */
  readonly tree: Root | null;
  readonly headings: readonly Heading[];
  /** The id of each heading by its offset in the source (`offsetOf`). */
  readonly headingIds: ReadonlyMap<number, string>;
  readonly problems: readonly Problem[];
}

/** Plugins that the reader of the tree and the compiler must share. */
export const REMARK_PLUGINS = [remarkFrontmatter, remarkGfm];

/** `content/<category>/<name>.mdx` → `<category>/<name>`. */
export function slugOf(file: string): string {
  return file.replace(/^content\//, '').replace(/\.mdx$/, '');
}

export function parseGuide({ file, slug, source }: GuideFile): ParsedGuide {
  const problems: Problem[] = [];
  const read = frontMatterOf(source, file);
  problems.push(...read.problems);

  let tree: Root | null = null;
  try {
    tree = createProcessor({ remarkPlugins: REMARK_PLUGINS }).parse(source) as Root;
  } catch (error) {
    if (!(error instanceof VFileMessage)) throw error;
    problems.push(syntaxProblem(error, file));
  }

  const headingIds = new Map<number, string>();
  const headings: Heading[] = [];
  if (tree !== null) {
    const slugger = new GithubSlugger();
    walk(tree, (node) => {
      if (node.type !== 'heading') return undefined;
      const text = textOf(node);
      const id = slugger.slug(text);
      headingIds.set(offsetOf(node), id);
      headings.push({ depth: node.depth, id, text: typographic(text) });
      return undefined;
    });
    problems.push(...headingProblems(tree, file), ...codeProblems(tree, file));
  }

  return {
    file,
    slug,
    source,
    frontMatter: read.value,
    fieldPlaces: read.placeOf,
    tree,
    headings,
    headingIds,
    problems,
  };
}

/** Front matter is read even where the body is not valid MDX, so that both are reported at once. */
function frontMatterOf(source: string, file: string): ReturnType<typeof readFrontMatter> {
  const text = splitFrontMatter(source);
  if (text === null) {
    const place = { line: 1, column: 1 };
    return {
      value: null,
      placeOf: () => place,
      problems: [
        {
          file,
          ...place,
          message: 'expected front matter between two lines of "---" at the top of the file',
          remedy: 'Start the guide with the front matter of templates/guide.mdx',
        },
      ],
    };
  }
  return readFrontMatter(text, { file, firstLine: 2 });
}

/** Micromark's message as ours. Some of its errors carry their place only in the text. */
function syntaxProblem(error: VFileMessage, file: string): Problem {
  const inText = /\((\d+):(\d+)(?:-\d+:\d+)?\)/.exec(error.reason);
  const place: Place =
    error.line === undefined
      ? { line: Number(inText?.[1] ?? 1), column: Number(inText?.[2] ?? 1) }
      : { line: error.line, column: error.column ?? 1 };
  const [reason = error.reason] = error.reason.split('\n', 1);
  return {
    file,
    ...place,
    message: `expected valid MDX, got: ${reason.replace(/\s*\(\d+:\d+-\d+:\d+\)/g, '')}`,
    remedy: reason.includes('attribute')
      ? 'Write attributes as name="text"'
      : error.ruleId === 'end-tag-mismatch'
        ? 'Close each element with its own tag, or write it as <Name … />'
        : 'Write a literal < or { as \\< or \\{, or put it in `code`',
  };
}

function headingProblems(tree: Root, file: string): Problem[] {
  const problems: Problem[] = [];
  let previousDepth = 1;
  walk(tree, (node) => {
    if (node.type !== 'heading') return undefined;
    if (node.depth === 1) {
      problems.push({
        file,
        ...placeOf(node),
        message: 'expected headings from the second level on, got a first-level heading',
        remedy: 'Write "##": the title in the front matter is the first-level heading',
      });
    } else if (node.depth > previousDepth + 1) {
      problems.push({
        file,
        ...placeOf(node),
        message: `expected a heading of level ${previousDepth + 1} at most below one of level ${previousDepth}, got level ${node.depth}`,
        remedy: `Write "${'#'.repeat(previousDepth + 1)}"`,
      });
    }
    previousDepth = Math.max(2, node.depth);
    walk(node, (inner) => {
      if (inner.type !== 'link' && inner.type !== 'linkReference') return undefined;
      problems.push({
        file,
        ...placeOf(inner),
        message: 'expected a heading without a link, got one: a heading is itself a link',
        remedy: 'Put the link in the text below',
      });
      return undefined;
    });
    return undefined;
  });
  return problems;
}

/** Guides hold prose and names; code that runs belongs to a simulation. */
function codeProblems(tree: Root, file: string): Problem[] {
  const problems: Problem[] = [];
  walk(tree, (node) => {
    if (isMdxCode(node)) {
      if (isComment(node)) return false;
      const isImport = node.type === 'mdxjsEsm';
      problems.push({
        file,
        ...placeOf(node),
        message: `expected prose and elements of the vocabulary, got ${isImport ? 'an import or export' : 'a JavaScript expression'}`,
        remedy: isImport
          ? 'Remove it: the elements of the vocabulary are there without an import'
          : 'Write the text itself, <Finding> or <Param> for a number, \\{ for a literal brace',
      });
      return false;
    }
    if (!isJsxElement(node)) return undefined;
    for (const attribute of node.attributes) {
      const isSpread = attribute.type === 'mdxJsxExpressionAttribute';
      if (!isSpread && (attribute.value === null || typeof attribute.value !== 'object')) continue;
      if (!isSpread && attribute.value === undefined) continue;
      problems.push({
        file,
        ...placeOf(attribute),
        message: `expected attributes of <${node.name ?? ''}> to be plain text, got ${isSpread ? 'a spread' : `an expression for "${attribute.name}"`}`,
        remedy: isSpread
          ? 'Write the attributes one by one as name="text"'
          : `Write ${attribute.name}="…"`,
      });
    }
    return undefined;
  });
  return problems;
}
