/**
 * The front matter of a guide and the file of a category: one schema each, from which the types are
 * inferred. Every field says what it is for; nothing that can be derived (reading time, headings,
 * previous and next, backlinks) is written by hand.
 */
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { nearest } from './nearest';
import type { Place, Problem } from './problem';

/** Bound on a description: what a search engine and our own results show in full. */
const DESCRIPTION_LENGTH_MAX = 160;

export const sentence = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .trim()
    .min(1, `expected ${what}, got nothing`);

/** A calendar day, kept as text: a date has no time zone, a JavaScript Date has. */
const day = z
  .string({ error: 'expected a day as YYYY-MM-DD' })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'expected a day as YYYY-MM-DD', abort: true })
  .refine(isCalendarDay, 'expected a day that exists in the calendar');

const slug = z
  .string({ error: 'expected the slug of a guide, category/name' })
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/,
    'expected the slug of a guide, category/name in lower case with hyphens',
  );

/** A name that is also part of an address. */
export const nameSchema = (what: string) =>
  z
    .string({ error: `expected ${what}` })
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected lower-case letters, digits and hyphens');

/** Something that can be looked up. */
export const referenceSchema = z.strictObject({
  /** Title as the source itself has it. */
  title: sentence('the title of the source'),
  /** Who wrote or publishes it. */
  by: sentence('who wrote or publishes the source'),
  /**
   * Year or day of the edition that was read, or the version of a manual, and how it was read if not
   * whole: "2022", "2022-06", "nginx 1.27", "2001, read in abstract", "1966, read in accounts of it".
   */
  edition: z
    .union([z.string(), z.number()], { error: 'expected a year, a day or a version' })
    .transform(String)
    .pipe(z.string().trim().min(1, 'expected a year, a day or a version')),
  /** Where it can be read. */
  url: z
    .string({ error: 'expected an address' })
    .regex(/^https?:\/\/[^\s]+$/, 'expected an address that begins with https:// or http://'),
});

const sourceSchema = z.strictObject({
  /** Short name by which `<Fact source="key">` cites it; unique in the guide. */
  key: nameSchema('a short name for the source'),
  ...referenceSchema.shape,
  /** Which statements of the guide rest on it, one sentence. */
  supports: sentence('a sentence that says what the source supports'),
});

const frontMatterSchema = z.strictObject({
  /** Title of the page; unique on the site. */
  title: sentence('a title').max(
    70,
    'expected at most 70 characters, so that results show it whole',
  ),
  /** The lesson in one sentence, not "a guide to"; unique on the site. */
  description: sentence('one sentence that states the lesson').max(
    DESCRIPTION_LENGTH_MAX,
    `expected at most ${DESCRIPTION_LENGTH_MAX} characters`,
  ),
  /** What the reader can do afterwards. */
  summary: z
    .array(sentence('a point of the summary'), { error: 'expected a list of 3 to 5 points' })
    .min(3, 'expected 3 to 5 points')
    .max(5, 'expected 3 to 5 points'),
  /** foundation: for everyone; practitioner: for who runs services; advanced: needs the others. */
  level: z.enum(['foundation', 'practitioner', 'advanced'], {
    error: 'expected foundation, practitioner or advanced',
  }),
  /** Subjects as one writes them in a sentence: "rate limiting", "API design"; at least one. */
  tags: z
    .array(
      z
        .string({ error: 'expected a tag' })
        .regex(
          /^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$/,
          'expected words of letters and digits with spaces or hyphens between them',
        ),
      { error: 'expected a list of tags' },
    )
    .min(1, 'expected at least one tag'),
  /** Other names that readers search for, and former titles. */
  aliases: z.array(sentence('another name')).default([]),
  /** Guides to read before this one. */
  prerequisites: z.array(slug).default([]),
  /** Guides on neighbouring subjects; the relation is made symmetric, so one side suffices. */
  related: z.array(slug).default([]),
  /** Position within the category, from 1; ties are broken by title. */
  order: z
    .number({ error: 'expected a whole number from 1' })
    .int('expected a whole number from 1')
    .min(1, 'expected a whole number from 1'),
  /** Day of first publication. */
  published: day,
  /** Day of the last change of substance. */
  updated: day,
  /** Primary sources, each opened by the author: RFC, paper, vendor manual; at least one where the field is written. */
  sources: z
    .array(sourceSchema, { error: 'expected a list of sources' })
    .min(1, 'expected at least one source, or no such field where nothing is cited')
    .default([]),
});

export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type Source = z.infer<typeof sourceSchema>;
export type Reference = z.infer<typeof referenceSchema>;
export type Level = FrontMatter['level'];

const categorySchema = z.strictObject({
  /** Name of the category; unique on the site. */
  title: sentence('a title'),
  /** What its guides have in common, one or two sentences. */
  blurb: sentence('one or two sentences on what its guides have in common'),
  /** Position among the categories, from 1. */
  order: z
    .number({ error: 'expected a whole number from 1' })
    .int('expected a whole number from 1')
    .min(1, 'expected a whole number from 1'),
});

export type CategoryFile = z.infer<typeof categorySchema>;

/** Where each field stands, so that later checks can point at it. */
export type FieldPlaces = (path: readonly (string | number)[]) => Place;

export interface ReadYaml<T> {
  /** Null if it does not fit the schema; `problems` then say why. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
  readonly placeOf: FieldPlaces;
}

/** Front matter from the text between the fences; `firstLine` is the line of the file on which that text begins. */
export function readFrontMatter(
  text: string,
  { file, firstLine }: { readonly file: string; readonly firstLine: number },
): ReadYaml<FrontMatter> {
  const read = readYaml(text, frontMatterSchema, { file, firstLine, what: 'front matter' });
  if (read.value === null) return read;
  return { ...read, problems: crossFieldProblems(read.value, read.placeOf, file) };
}

export function readCategoryFile(text: string, file: string): ReadYaml<CategoryFile> {
  return readYaml(text, categorySchema, { file, firstLine: 1, what: 'category file' });
}

/** What no single field can say: order of the days, keys of sources, sameness of lists. */
function crossFieldProblems(
  frontMatter: FrontMatter,
  placeOfField: FieldPlaces,
  file: string,
): Problem[] {
  const problems: Problem[] = [];
  if (frontMatter.updated < frontMatter.published) {
    problems.push({
      file,
      ...placeOfField(['updated']),
      message: `front matter "updated": expected a day from ${frontMatter.published} (published) on, got ${frontMatter.updated}`,
      remedy: 'Set it to the day of the last change of substance',
    });
  }
  const keys = new Set<string>();
  for (const [index, { key }] of frontMatter.sources.entries()) {
    if (keys.has(key)) {
      problems.push({
        file,
        ...placeOfField(['sources', index, 'key']),
        message: `front matter "sources": expected each key once, got "${key}" twice`,
        remedy: 'Give the second source a key of its own',
      });
    }
    keys.add(key);
  }
  return problems;
}

/** The text between the fences at the top of a file; null if there are none. */
export function splitFrontMatter(source: string): string | null {
  return /^---\r?\n([\s\S]*?)^---\s*$/m.exec(source.startsWith('---') ? source : '')?.[1] ?? null;
}

export function readYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  {
    file,
    firstLine,
    what,
  }: { readonly file: string; readonly firstLine: number; readonly what: string },
): ReadYaml<z.infer<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const placeOfField: FieldPlaces = (path) => {
    // The longest part of the path that is written: a missing field is reported where it should be.
    for (let length = path.length; length > 0; length--) {
      const offset = offsetOf(document.contents, path.slice(0, length));
      if (offset !== undefined) return placeAt(offset);
    }
    return { line: firstLine, column: 1 };
  };

  const [syntaxError] = document.errors;
  const fault =
    syntaxError === undefined
      ? unknownAlias(document)
      : { offset: syntaxError.pos[0], message: firstLineOf(syntaxError.message) };
  if (fault !== undefined) {
    const problem: Problem = {
      file,
      ...placeAt(fault.offset),
      message: `${what}: expected valid YAML, got: ${fault.message}`,
      remedy:
        'Quote a value that holds a colon, a hash or a quotation mark, or begins with a sign such as * or &',
    };
    return { value: null, problems: [problem], placeOf: placeOfField };
  }

  // An empty file is an object without fields, so that the message names the fields that are missing.
  const raw: unknown = document.toJS() ?? {};
  const parsed = schema.safeParse(raw, {
    // Where the schema has no words of its own for it.
    error: ({ code, expected }) =>
      code === 'invalid_type' && expected === 'array' ? 'expected a list' : undefined,
  });
  if (parsed.success) return { value: parsed.data, problems: [], placeOf: placeOfField };
  const problems = parsed.error.issues.flatMap((issue) =>
    problemsOfIssue(issue, { raw, schema, placeOfField, file, what }),
  );
  return { value: null, problems, placeOf: placeOfField };
}

/**
 * The first "*name" for which there is no "&name" before it: YAML without a syntax error that has no
 * value, as of a text that was to be in italics.
 */
export function unknownAlias(
  document: Document,
): { readonly offset: number; readonly message: string } | undefined {
  let found: { readonly offset: number; readonly message: string } | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      found = {
        offset: rangeStart(alias) ?? 0,
        message: `the alias "*${alias.source}" of nothing`,
      };
      return visit.BREAK;
    },
  });
  return found;
}

function problemsOfIssue(
  issue: z.core.$ZodIssue,
  context: {
    readonly raw: unknown;
    readonly schema: z.ZodType;
    readonly placeOfField: FieldPlaces;
    readonly file: string;
    readonly what: string;
  },
): Problem[] {
  const { raw, schema, placeOfField, file, what } = context;
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const fields = fieldsAt(schema, path);
    return issue.keys.map((key) => {
      const near = nearest(key, fields);
      return {
        file,
        ...placeOfField([...path, key]),
        message: `${what} "${[...path, key].join('.')}": expected one of the fields ${fields.join(', ')}, got "${key}"`,
        remedy: near === undefined ? 'Remove the field' : `Did you mean "${near}"?`,
      };
    });
  }
  const field = path.length === 0 ? what : `${what} "${path.join('.')}"`;
  const given = valueAt(raw, path);
  const came =
    given === undefined ? 'nothing' : typeof given === 'object' ? kindOf(given) : show(given);
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return [
      {
        file,
        ...placeOfField(path),
        message: `${field}: expected the fields ${fieldsAt(schema, path).join(', ')}, got ${came}`,
        remedy: 'Write each on a line of its own, as "name: value"',
      },
    ];
  }
  const message = issue.message.replace(/, got nothing$/, '');
  return [
    {
      file,
      ...placeOfField(path),
      message: `${field}: ${message}, got ${came}`,
      remedy: given === undefined ? `Add "${String(path.at(-1))}"` : 'Correct the value',
    },
  ];
}

function fieldsAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  let at: unknown = schema;
  for (const part of path) {
    if (at instanceof z.ZodDefault) at = at.unwrap();
    if (at instanceof z.ZodArray && typeof part === 'number') at = at.element;
    else if (at instanceof z.ZodObject && typeof part === 'string') at = at.shape[part];
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

/** Offset of the key of a field, or of an entry of a list. */
function offsetOf(contents: unknown, path: readonly (string | number)[]): number | undefined {
  let at: unknown = contents;
  let offset: number | undefined;
  for (const part of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => isScalar(item.key) && item.key.value === part);
      if (pair === undefined) return undefined;
      offset = rangeStart(pair.key);
      at = pair.value;
    } else if (isSeq(at) && typeof part === 'number') {
      const item = at.items[part];
      if (item === undefined) return undefined;
      offset = rangeStart(item);
      at = item;
    } else {
      return undefined;
    }
  }
  return offset;
}

function rangeStart(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null)?.range?.[0];
}

function valueAt(raw: unknown, path: readonly (string | number)[]): unknown {
  let at = raw;
  for (const part of path) at = (at as Record<string | number, unknown> | null | undefined)?.[part];
  return at;
}

function kindOf(value: object | null): string {
  return value === null ? 'nothing' : Array.isArray(value) ? `a list of ${value.length}` : 'a map';
}

function show(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return value.length > 40 ? `${value.length} characters: "${value.slice(0, 40)}…"` : `"${value}"`;
}

function firstLineOf(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}

function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
