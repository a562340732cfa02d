/**
 * Search over pages, sections and simulations: FlexSearch finds what a single term may mean, and the
 * ranking is our own. A page's score is the sum over terms and fields of a weight, times the square
 * of the number of terms found, so that a page with all the words beats one with a word in its title.
 */
import { Charset, Encoder, Index } from 'flexsearch';
import type { BodyDocument, TitleDocument } from './documents';
import { excerpt, highlight, type Piece } from './highlight';
import { Vocabulary } from './vocabulary';
import { fold, termsOf, wordsOf } from './words';

/** How much a term counts where it is found. */
const WEIGHTS = { title: 8, heading: 6, alias: 5, description: 2, context: 2, body: 1 } as const;
type Field = keyof typeof WEIGHTS;
const FIELDS = Object.keys(WEIGHTS) as readonly Field[];

/** A term that a word only sounds like, or is only begun by, counts less than the word itself. */
const AS_WRITTEN = 1;
const AS_BEGUN = 0.8;
const AS_SOUNDS = 0.3;

const GROUPS_MAX = 8;
const HITS_PER_GROUP_MAX = 4;

/** Ids that one lookup may give back; above the number of documents that a site of this kind has. */
const CANDIDATES_MAX = 2000;

export interface Hit {
  /** Address from the root of the site. */
  readonly url: string;
  readonly kind: TitleDocument['k'];
  readonly title: readonly Piece[];
  /** The sentence about it, or the part of its text where the words stand; may be empty. */
  readonly text: readonly Piece[];
}

/** The hits of one guide, best first. */
export interface HitGroup {
  readonly title: string;
  readonly hits: readonly Hit[];
}

export interface Answer {
  readonly groups: readonly HitGroup[];
  /** Number of hits in the groups. */
  readonly count: number;
  /** What was looked up where the query had a word that nobody wrote: asked → taken for. */
  readonly repairs: readonly { readonly asked: string; readonly meant: string }[];
  /** Words of the site like those asked for, if nothing was found. */
  readonly suggestions: readonly string[];
}

export interface Search {
  /** Adds the words of the pages; titles are found before that. */
  readonly addBodies: (bodies: readonly BodyDocument[]) => void;
  readonly query: (query: string) => Answer;
}

interface Entry {
  readonly document: TitleDocument;
  body: string;
  /** Words of each field: tell a term that stands there from one that only sounds alike. */
  readonly words: Record<Field, readonly string[]>;
}

export function createSearch(titles: readonly TitleDocument[]): Search {
  const vocabulary = new Vocabulary();
  const entries: Entry[] = [];
  const entryOf = new Map<string, number>();
  const indexes = Object.fromEntries(FIELDS.map((field) => [field, createIndex()])) as Record<
    Field,
    Index
  >;

  const add = (id: number, entry: Entry, field: Field, text: string): void => {
    if (text === '') return;
    const words = wordsOf(text).map(({ word }) => word);
    entry.words[field] = words;
    // Words are folded before they come to the index, so that both sides of a comparison are alike.
    indexes[field].add(id, words.join(' '));
    vocabulary.add(text);
  };

  for (const document of titles) {
    if (entryOf.has(document.u)) continue;
    const id = entries.length;
    const entry: Entry = {
      document,
      body: '',
      words: { title: [], alias: [], heading: [], description: [], context: [], body: [] },
    };
    entries.push(entry);
    entryOf.set(document.u, id);
    add(id, entry, document.k === 'section' ? 'heading' : 'title', document.t);
    add(id, entry, 'alias', document.a.join(' '));
    add(id, entry, 'description', document.d);
    if (document.g !== document.t) add(id, entry, 'context', document.g);
  }

  return {
    addBodies: (bodies) => {
      for (const { u, x } of bodies) {
        const id = entryOf.get(u);
        const entry = id === undefined ? undefined : entries[id];
        if (id === undefined || entry === undefined) continue;
        entry.body = x;
        add(id, entry, 'body', x);
      }
    },
    query: (query) => {
      const asked = termsOf(query);
      const { terms, repairs } = meant(asked, vocabulary);
      const scores = score(terms, entries, indexes);
      const groups = grouped(scores, entries, [...terms, ...asked]);
      const count = groups.reduce((sum, { hits }) => sum + hits.length, 0);
      const suggestions = count > 0 ? [] : suggestionsFor(query, vocabulary);
      return { groups, count, repairs, suggestions };
    },
  };
}

function createIndex(): Index {
  return new Index({
    tokenize: 'forward',
    // Numbers stay whole: "1000" must not be found by "100".
    encoder: new Encoder(Charset.LatinAdvanced).assign({ numeric: false }),
  });
}

/**
 * "buckets" → "bucket", "retries" → "retr": the beginning that singular and plural share. As a
 * beginning it finds both.
 */
function withoutPlural(term: string): string {
  if (term.length < 5 || !term.endsWith('s') || term.endsWith('ss')) return term;
  return term.endsWith('ies') && term.length >= 7 ? term.slice(0, -3) : term.slice(0, -1);
}

/** Replaces terms that begin no word of the site by what was probably meant. */
function meant(
  terms: readonly string[],
  vocabulary: Vocabulary,
): { readonly terms: readonly string[]; readonly repairs: Answer['repairs'] } {
  const repairs: { asked: string; meant: string }[] = [];
  const repaired = terms.flatMap((term) => {
    const stem = withoutPlural(term);
    if (vocabulary.hasPrefix(stem)) return [stem];
    const words = vocabulary.repair(term);
    if (words.length === 0) return [term];
    repairs.push({ asked: term, meant: words.join(' ') });
    return words;
  });
  return { terms: [...new Set(repaired)], repairs };
}

function score(
  terms: readonly string[],
  entries: readonly Entry[],
  indexes: Readonly<Record<Field, Index>>,
): Map<number, number> {
  const sums = new Map<number, { sum: number; terms: number; isOwn: boolean }>();
  for (const term of terms) {
    const ofTerm = new Map<number, { found: number; isOwn: boolean }>();
    for (const field of FIELDS) {
      const ids = indexes[field].search(term, { limit: CANDIDATES_MAX });
      for (const id of ids) {
        const entry = typeof id === 'number' ? entries[id] : undefined;
        if (entry === undefined || typeof id !== 'number') continue;
        const found = WEIGHTS[field] * likeness(term, entry.words[field]);
        const before = ofTerm.get(id);
        ofTerm.set(id, {
          found: found + (before?.found ?? 0),
          isOwn: field !== 'context' || before?.isOwn === true,
        });
      }
    }
    for (const [id, { found, isOwn }] of ofTerm) {
      const before = sums.get(id);
      sums.set(id, {
        sum: found + (before?.sum ?? 0),
        terms: 1 + (before?.terms ?? 0),
        isOwn: isOwn || before?.isOwn === true,
      });
    }
  }
  // The title of its guide helps a section that has one of the words itself; alone it would only
  // repeat the guide once for each of its sections.
  return new Map(
    [...sums].flatMap(([id, { sum, terms: count, isOwn }]): [number, number][] =>
      isOwn ? [[id, sum * count * count]] : [],
    ),
  );
}

function likeness(term: string, words: readonly string[]): number {
  let best = AS_SOUNDS;
  for (const word of words) {
    if (word === term) return AS_WRITTEN;
    if (word.startsWith(term)) best = AS_BEGUN;
  }
  return best;
}

function grouped(
  scores: ReadonlyMap<number, number>,
  entries: readonly Entry[],
  terms: readonly string[],
): HitGroup[] {
  // Equal scores keep the order of the handbook: entries stand in it.
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const groups = new Map<string, Hit[]>();
  for (const [id] of ranked) {
    const entry = entries[id];
    if (entry === undefined) continue;
    const { g: title } = entry.document;
    const hits = groups.get(title) ?? [];
    if (!groups.has(title)) {
      if (groups.size === GROUPS_MAX) continue;
      groups.set(title, hits);
    }
    if (hits.length < HITS_PER_GROUP_MAX) hits.push(hitOf(entry, terms));
  }
  return [...groups].map(([title, hits]) => ({ title, hits }));
}

function hitOf({ document, body }: Entry, terms: readonly string[]): Hit {
  const hitsIn = (text: string): number => termsIn(text, terms).length;
  // Found by another name: that name says why.
  const names = document.a.filter((name) => hitsIn(name) > 0);
  const texts = [
    document.d,
    excerpt(body, terms),
    [...names.slice(0, 2), document.d].filter((part) => part !== '').join(' · '),
  ].filter((text) => text !== '');
  // The first with most of the terms in it: the sentence about the page, unless others say more.
  const text = texts.reduce(
    (best, each) => (hitsIn(each) > hitsIn(best) ? each : best),
    texts[0] ?? '',
  );
  return {
    url: document.u,
    kind: document.k,
    title: highlight(document.t, terms),
    text: highlight(text, terms),
  };
}

/** The terms that some word of a text begins with. */
function termsIn(text: string, terms: readonly string[]): string[] {
  const words = wordsOf(text).map(({ word }) => word);
  return terms.filter((term) => words.some((word) => word.startsWith(term)));
}

/** Words within reach of those asked for, further than a repair would dare. */
function suggestionsFor(query: string, vocabulary: Vocabulary): string[] {
  const near = termsOf(query).flatMap((term) => {
    const word = vocabulary.nearest(fold(term), Math.max(1, Math.floor(term.length / 2.5)));
    return word === undefined || word.length < 3 ? [] : [word];
  });
  return [...new Set(near)].slice(0, 3);
}
