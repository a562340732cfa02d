/**
 * The sentences of templates/guide.mdx that its author is to replace, and what a guide has still got
 * of them. They are read off the template itself, so that a sentence that is new there is looked for
 * without a word here. Headings are left out, for most of them are the order in which a guide goes.
 */
import { parseDocument } from 'yaml';
import { splitFrontMatter, unknownAlias } from './front-matter';
import { isComment, isMdxCode, walk } from './nodes';
import { type ParsedGuide, parseGuide } from './parse';
import type { Place, Problem } from './problem';

/** Path of the template, from the root of the repository. */
export const TEMPLATE_FILE = 'templates/guide.mdx';

/** Texts with a space for each stretch of white space, by what they are. */
interface Placeholders {
  /** Of the description and the summary. */
  readonly fields: ReadonlySet<string>;
  /** Sentences of prose and captions, and rows of tables below their heads. */
  readonly prose: ReadonlySet<string>;
  /** Comments, each of which asks for something. */
  readonly comments: ReadonlySet<string>;
}

/** @param template the text of the template, whose marks (`{{title}}`) may be filled in or not */
export function placeholdersOf(template: string): Placeholders {
  const guide = parseGuide({
    file: TEMPLATE_FILE,
    slug: 'template/guide',
    source: template.replace(/\{\{\w+\}\}/g, 'mark'),
  });
  const bodies = bodyOf(guide);
  const textsOf = (kind: Body['kind']): Set<string> =>
    new Set(bodies.filter((each) => each.kind === kind).map(({ text }) => text));
  return {
    fields: new Set(fieldsOf(guide).map(({ text }) => text)),
    prose: textsOf('prose'),
    comments: textsOf('comment'),
  };
}

/** A problem for each of them that is left in the guide. */
export function placeholderProblems(
  guide: ParsedGuide,
  { fields, prose, comments }: Placeholders,
): Problem[] {
  const { file } = guide;
  return [
    ...fieldsOf(guide)
      .filter(({ text }) => fields.has(text))
      .map(({ path, text }) => ({
        file,
        ...guide.fieldPlaces(path),
        message: `front matter "${path.join('.')}": expected what this guide says, got the template’s "${text}"`,
        remedy: 'Write it for this guide',
      })),
    ...bodyOf(guide)
      .filter(({ kind, text }) => (kind === 'prose' ? prose : comments).has(text))
      .map(({ kind, text, line, column }) => ({
        file,
        line,
        column,
        message:
          kind === 'prose'
            ? `expected a sentence of this guide, got the template’s "${beginning(text)}"`
            : `expected what the template asks for, got its request: "${beginning(text)}"`,
        remedy:
          kind === 'prose'
            ? 'Write one of your own in its place, or take it out'
            : 'Write it, and take the comment out',
      })),
  ];
}

interface Field {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Read from the text: front matter that does not fit its schema may hold them as well. */
function fieldsOf({ source }: ParsedGuide): Field[] {
  const document = parseDocument(splitFrontMatter(source) ?? '');
  // What is no YAML is a problem of its own, and has no fields.
  if (document.errors.length > 0 || unknownAlias(document) !== undefined) return [];
  const { description, summary } = (document.toJS() ?? {}) as Readonly<Record<string, unknown>>;
  const points: readonly unknown[] = Array.isArray(summary) ? summary : [];
  const fields: (readonly [Field['path'], unknown])[] = [
    [['description'], description],
    ...points.map((point, index) => [['summary', index], point] as const),
  ];
  return fields.flatMap(([path, text]) =>
    typeof text === 'string' ? [{ path, text: folded(text) }] : [],
  );
}

interface Body extends Place {
  readonly kind: 'prose' | 'comment';
  readonly text: string;
}

/** Sentences as they are written, elements included: a number filled in is no difference. */
function bodyOf({ tree, source }: ParsedGuide): Body[] {
  const bodies: Body[] = [];
  if (tree === null) return bodies;
  const add = (kind: Body['kind'], text: string, offset: number): void => {
    const before = source.slice(0, offset).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    bodies.push({ kind, text: folded(text), line: before.length, column });
  };
  walk(tree, (node) => {
    const { start, end } = node.position ?? {};
    if (start?.offset === undefined || end?.offset === undefined) return undefined;
    const text = source.slice(start.offset, end.offset);
    if (node.type === 'table') {
      for (const row of node.children.slice(1)) {
        const [from, to] = [row.position?.start.offset, row.position?.end.offset];
        if (from !== undefined && to !== undefined) add('prose', source.slice(from, to), from);
      }
      return false;
    }
    if (node.type === 'paragraph') {
      for (const { 0: sentence, index } of text.matchAll(SENTENCE))
        add('prose', sentence, start.offset + index);
      return undefined;
    }
    if (isMdxCode(node) && isComment(node))
      add('comment', node.value.replace(/^\s*\/\*|\*\/\s*$/g, ''), start.offset);
    return undefined;
  });
  return bodies;
}

/** From what is no space to the end of a sentence, with the tags that close there, or of the paragraph. */
const SENTENCE = /\S[\s\S]*?(?:[.?!](?:<\/\w+>)*(?=\s|$)|$)/g;

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim();

const beginning = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
