/**
 * Search over everything that has an address, and over commands: FlexSearch finds what a single term
 * may mean, and the ranking is our own. A place's score is the sum over terms and fields of a weight,
 * times the square of the number of terms found, so that a place with all the words beats one with a
 * word in its title.
 */
import { Charset, Encoder, Index } from 'flexsearch';
import {
  KINDS,
  type Kind,
  type PageTexts,
  type PageTitles,
  placeOf,
  type SectionTitle,
  type TitlesFile,
} from './documents';
import { excerpt, highlight, type Piece } from './highlight';
import { Synonyms } from './synonyms';
import { Vocabulary } from './vocabulary';
import { fold, foldedWords, singular, termsOf } from './words';

/** How much a term counts where it is found. */
const WEIGHTS = { title: 8, heading: 6, name: 5, description: 2, body: 1 } as const;
type Field = keyof typeof WEIGHTS;
/** What a place is called: beginnings of words are looked up as they are typed. */
const TITLE_FIELDS = ['title', 'heading', 'name'] as const satisfies readonly Field[];
/** What is told about it: whole words are looked up. */
const TEXT_FIELDS = ['description', 'body'] as const satisfies readonly Field[];
type TitleField = (typeof TITLE_FIELDS)[number];
type TextField = (typeof TEXT_FIELDS)[number];

/** How much the title of its guide counts for a place that has another term itself. */
const LENT = 2;

/**
 * How much a word counts beside the term itself: begun by the term, the more of it was typed; of the
 * same stem; only sounding alike.
 */
const AS_WRITTEN = 1;
const AS_BEGUN = { least: 0.5, span: 0.3 } as const;
const AS_STEM = 0.5;
const AS_SOUNDS = 0.3;
/** What a name counts that synonyms have lent: a page that calls itself so comes before one that says the like. */
const AS_LENT = 0.7;

/** What it adds to be the whole title, and to have the terms one after the other. */
const WHOLE_TITLE = 0.5;
const IN_SEQUENCE = 0.5;

const GROUPS_MAX = 8;
const HITS_PER_GROUP_MAX = 4;

/** Ids that one lookup may give back; what comes after so many better ones is not shown anyway. */
const CANDIDATES_MAX = 2000;

/** Shorter beginnings are not looked up in texts: they begin a word of every one. */
const TEXT_TERM_LENGTH_MIN = 3;
/** So many words that begin with a term are looked up in texts, the commonest first. */
const TEXT_WORDS_MAX = 24;

export interface Hit {
  /** Address from the root of the site; of a command, its id. */
  readonly url: string;
  readonly kind: Kind;
  readonly title: readonly Piece[];
  /** The sentence about it, or the part of its text where the words stand; may be empty. */
  readonly text: readonly Piece[];
}

/** The hits of one guide, or of one kind, best first. */
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
  /** Adds the texts of some pages; titles are found before that. */
  readonly addTexts: (pages: readonly PageTexts[]) => void;
  readonly query: (query: string) => Answer;
}

/** A page, a section or a command. */
interface Entry {
  readonly url: string;
  readonly kind: Kind;
  readonly title: string;
  readonly group: string;
  /** The entry of the guide that it is a part of; undefined for what stands by itself. */
  readonly guide: number | undefined;
  /** Names of its own and those that the synonyms add. */
  names: readonly string[];
  description: string;
  body: string;
  /** Words of the names that it has without synonyms. */
  readonly ownNames: Set<string>;
  /** Words of each field: tell a term that stands there from one that only sounds alike. */
  readonly words: Record<TitleField, readonly string[]>;
}

export function createSearch({
  pages,
  synonyms: groups,
}: Pick<TitlesFile, 'pages' | 'synonyms'>): Search {
  const vocabulary = new Vocabulary();
  const synonyms = new Synonyms([
    ...groups,
    // The names of a term are names of one thing as well.
    ...pages.flatMap(({ k, t, a }) => (k === 'term' && a !== undefined ? [[t, ...a]] : [])),
  ]);
  const entries: Entry[] = [];
  /** Pages by address, with the places of their entries: its own, then those of its sections. */
  const known = new Map<
    string,
    { readonly page: PageTitles; readonly ids: readonly number[]; hasTexts?: true }
  >();
  const indexes: Indexes = {
    title: titleIndex(),
    heading: titleIndex(),
    name: titleIndex(),
    description: textIndex(),
    body: textIndex(),
  };

  const add = (id: number, field: TitleField, text: string): void => {
    const entry = entries[id];
    if (entry === undefined || text === '') return;
    const words = foldedWords(text);
    // Words are folded before they come to the index, so that both sides of a comparison are alike.
    if (entry.words[field].length === 0) indexes[field].add(id, words.join(' '));
    else indexes[field].append(id, words.join(' '));
    entry.words[field] = [...entry.words[field], ...words];
    vocabulary.add(words);
  };
  const addNames = (id: number, names: readonly string[]): void => {
    const entry = entries[id];
    if (entry === undefined) return;
    for (const word of names.flatMap(foldedWords)) entry.ownNames.add(word);
    const said = [entry.title, ...entry.names, ...names];
    // A name each: words that end one and begin the next are no name of anything.
    const others = said.flatMap((name) => synonyms.othersOf(foldedWords(name)));
    const added = [...new Set([...names, ...others])].filter((name) => !entry.names.includes(name));
    entry.names = [...entry.names, ...added];
    add(id, 'name', added.join(' '));
  };
  const addEntry = (
    kind: Kind,
    place: Pick<Entry, 'url' | 'title' | 'group' | 'guide' | 'names'>,
  ): number => {
    const id = entries.length;
    const words = { title: [], heading: [], name: [] };
    const ownNames = new Set<string>();
    entries.push({ ...place, kind, names: [], description: '', body: '', ownNames, words });
    add(id, kind === 'section' ? 'heading' : 'title', place.title);
    addNames(id, place.names);
    return id;
  };
  const addSections = (
    page: PageTitles,
    guide: number,
    sections: readonly SectionTitle[],
  ): number[] =>
    sections.map((section) =>
      addEntry('section', { ...placeOf(page, section), names: [], group: page.t, guide }),
    );

  for (const page of pages) {
    if (known.has(page.u)) continue;
    const guide = known.get(page.g ?? '');
    const id = addEntry(page.k, {
      url: page.u,
      title: page.t,
      names: page.a ?? [],
      group: guide?.page.t ?? KINDS[page.k].group ?? page.t,
      guide: guide?.ids[0],
    });
    known.set(page.u, { page, ids: [id, ...addSections(page, id, page.s ?? [])] });
  }

  const addText = (id: number, field: TextField, text: string): void => {
    if (text === '') return;
    const own = foldedWords(text);
    const words = [...own, ...synonyms.othersOf(own).flatMap(foldedWords)];
    indexes[field].add(id, words.join(' '));
    vocabulary.add(words);
  };

  return {
    addTexts: (texts) => {
      for (const { u, a = [], s = [], d = '', x = [] } of texts) {
        const place = known.get(u);
        const [first] = place?.ids ?? [];
        const entry = entries[first ?? -1];
        if (place === undefined || first === undefined || entry === undefined || place.hasTexts)
          continue;
        place.hasTexts = true;
        addNames(first, a);
        entry.description = d;
        addText(first, 'description', d);
        const ids = [...place.ids, ...addSections(place.page, first, s)];
        for (const [index, text] of x.entries()) {
          const id = ids[index];
          const part = entries[id ?? -1];
          if (id === undefined || part === undefined) continue;
          [part.body = ''] = text.split('\n', 1);
          addText(id, 'body', text);
        }
      }
    },
    query: (query) => {
      const asked = termsOf(query);
      const { terms, repairs } = meant(asked, vocabulary);
      const groups = grouped(score(terms, { entries, indexes, vocabulary }), entries, [
        ...terms.map(({ stem }) => stem),
        ...asked,
        ...synonyms.othersOf(foldedWords(query)).map((name) => foldedWords(name).join(' ')),
      ]);
      const count = groups.reduce((sum, { hits }) => sum + hits.length, 0);
      const suggestions = count > 0 ? [] : suggestionsFor(query, vocabulary);
      return { groups, count, repairs, suggestions };
    },
  };
}

type Indexes = Readonly<Record<Field, Index>>;

function titleIndex(): Index {
  return new Index({ tokenize: 'forward', encoder: soundEncoder() });
}

/** What sounds alike becomes one. Numbers stay whole: "1000" must not be found by "100". */
function soundEncoder(): Encoder {
  return new Encoder(Charset.LatinAdvanced).assign({ numeric: false });
}

/** For terms; an index has one of its own. */
const SOUNDS = soundEncoder();

/** Shorter sounds begin a title of every page: all that is left of "qqq" is a "k". */
const SOUND_LENGTH_MIN = 3;

/**
 * Whole words, a fifth of what their beginnings would take; the vocabulary tells which words begin
 * with a term, and repairs what is misspelt.
 */
function textIndex(): Index {
  return new Index({
    tokenize: 'strict',
    encoder: new Encoder(Charset.Exact).assign({ numeric: false }),
  });
}

/** What is looked up for a word of the query. */
interface Term {
  readonly word: string;
  /** A beginning of the word that its other forms share; finds them all. */
  readonly stem: string;
}

/** "buckets" → "bucket", "retries" → "retr", "hedging" → "hedg", "throttle" → "throttl". */
function stemOf(word: string): string {
  if (word.endsWith('ies') && word.length >= 7) return word.slice(0, -3);
  if (word.endsWith('ing') && word.length >= 7) return word.slice(0, -3);
  if (word.endsWith('s') && !word.endsWith('ss') && word.length >= 5) return word.slice(0, -1);
  if (word.endsWith('e') && word.length >= 6) return word.slice(0, -1);
  return word;
}

/** Replaces words that begin no word of the site by what was probably meant. */
function meant(
  asked: readonly string[],
  vocabulary: Vocabulary,
): { readonly terms: readonly Term[]; readonly repairs: Answer['repairs'] } {
  const repairs: { asked: string; meant: string }[] = [];
  const terms = new Map<string, Term>();
  for (const word of asked) {
    const stem = stemOf(word);
    const repaired = vocabulary.hasPrefix(stem) ? [] : vocabulary.repair(word);
    if (repaired.length > 0) repairs.push({ asked: word, meant: repaired.join(' ') });
    for (const each of repaired.length > 0 ? repaired : [word]) {
      const own = stemOf(each);
      if (!terms.has(own)) terms.set(own, { word: each, stem: own });
    }
  }
  return { terms: [...terms.values()], repairs };
}

/** Where a place has a term, and how well. */
interface Found {
  /** The best of title, heading and names, which say the same thing in other words. */
  called: number;
  /** Sum over description and text. */
  told: number;
  /** Likeness of the best word of its title. */
  inTitle: number;
}

/** The places that may be shown, by how well they answer. */
function score(
  terms: readonly Term[],
  site: {
    readonly entries: readonly Entry[];
    readonly indexes: Indexes;
    readonly vocabulary: Vocabulary;
  },
): Map<number, number> {
  const found = terms.map((term) => lookUp(term, site));
  const scores = new Map<number, number>();
  for (const id of new Set(found.flatMap((ofTerm) => [...ofTerm.keys()]))) {
    const entry = site.entries[id];
    if (entry === undefined) continue;
    let sum = 0;
    let count = 0;
    for (const ofTerm of found) {
      const own = ofTerm.get(id);
      const lent = entry.guide === undefined ? 0 : (ofTerm.get(entry.guide)?.inTitle ?? 0);
      if (own === undefined && lent === 0) continue;
      sum += own === undefined ? LENT * lent : own.called + own.told;
      count++;
    }
    scores.set(id, sum * count * count * wholeness(entry, terms) * KINDS[entry.kind].weight);
  }
  return scores;
}

/** Where one term is found, and how well. What only sounds alike helps where nobody wrote the word. */
function lookUp(
  term: Term,
  {
    entries,
    indexes,
    vocabulary,
  }: {
    readonly entries: readonly Entry[];
    readonly indexes: Indexes;
    readonly vocabulary: Vocabulary;
  },
): ReadonlyMap<number, Found> {
  const written = new Map<number, Found>();
  const sounding = new Map<number, Found>();
  const note = (id: number, field: Field, likeness: number): void => {
    const into = likeness > AS_SOUNDS ? written : sounding;
    const found = into.get(id) ?? { called: 0, told: 0, inTitle: 0 };
    const value = WEIGHTS[field] * likeness;
    if (field === 'description' || field === 'body') found.told += value;
    else found.called = Math.max(found.called, value);
    if (field === 'title') found.inTitle = likeness;
    into.set(id, found);
  };
  for (const field of TITLE_FIELDS) {
    for (const id of idsOf(indexes[field], term.stem)) {
      const { words, ownNames } = entries[id] ?? NOBODY;
      const isLent = (word: string): boolean => field === 'name' && !ownNames.has(word);
      const best = words[field].reduce(
        (most, word) => Math.max(most, likeness(term, word) * (isLent(word) ? AS_LENT : 1)),
        AS_SOUNDS,
      );
      note(id, field, best);
    }
  }
  if (term.stem.length >= TEXT_TERM_LENGTH_MIN) {
    const words = vocabulary
      .startingWith(term.stem, TEXT_WORDS_MAX)
      .map((word) => ({ word, like: likeness(term, word) }))
      // The likest first: it is what counts where a text has several.
      .sort((a, b) => b.like - a.like);
    for (const field of TEXT_FIELDS) {
      const seen = new Set<number>();
      for (const { word, like } of words) {
        for (const id of idsOf(indexes[field], word)) {
          if (seen.has(id)) continue;
          seen.add(id);
          note(id, field, like);
        }
      }
    }
  }
  if (written.size > 0) return written;
  return SOUNDS.encode(term.stem).join('').length < SOUND_LENGTH_MIN ? NOWHERE : sounding;
}

const NOWHERE: ReadonlyMap<number, Found> = new Map();
const NOBODY: Pick<Entry, 'words' | 'ownNames'> = {
  words: { title: [], heading: [], name: [] },
  ownNames: new Set(),
};

function idsOf(index: Index, term: string): readonly number[] {
  return index.search(term, { limit: CANDIDATES_MAX }) as number[];
}

/** How much a word counts for a term; AS_SOUNDS if it has no letters in common. */
function likeness({ word: asked, stem }: Term, word: string): number {
  if (word === asked) return AS_WRITTEN;
  // The plural of what was asked for, or its singular, is the word itself.
  if (singular(word) === singular(asked)) return AS_WRITTEN;
  if (word.startsWith(asked)) {
    return AS_BEGUN.least + (AS_BEGUN.span * asked.length) / word.length;
  }
  return word.startsWith(stem) ? AS_STEM : AS_SOUNDS;
}

/** 1 or more: how much of its title was asked for, and whether in the words of the title. */
function wholeness({ words, kind }: Entry, terms: readonly Term[]): number {
  const title = kind === 'section' ? words.heading : words.title;
  return (
    1 +
    (title.length === 0
      ? 0
      : (WHOLE_TITLE * title.filter((word) => begunBy(word, terms)).length) / title.length) +
    IN_SEQUENCE * Math.max(sequence(title, terms), sequence(words.name, terms))
  );
}

function begunBy(word: string, terms: readonly Term[]): boolean {
  return terms.some(({ stem }) => word.startsWith(stem));
}

/** 0 … 1, the share of neighbours in the query that are neighbours here too. */
function sequence(words: readonly string[], terms: readonly Term[]): number {
  if (terms.length < 2) return 0;
  const pairs = terms.slice(1).filter(({ stem }, index) => {
    const before = terms[index]?.stem ?? '';
    return words.some(
      (word, at) => word.startsWith(before) && words[at + 1]?.startsWith(stem) === true,
    );
  });
  return pairs.length / (terms.length - 1);
}

function grouped(
  scores: ReadonlyMap<number, number>,
  entries: readonly Entry[],
  terms: readonly string[],
): HitGroup[] {
  // Equal scores keep the order of the handbook: entries stand in it.
  const ranked = [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const groups = new Map<string, Entry[]>();
  for (const [id] of ranked) {
    const entry = entries[id];
    if (entry === undefined) continue;
    const group = groups.get(entry.group) ?? [];
    if (group.length === 0) {
      if (groups.size === GROUPS_MAX) continue;
      groups.set(entry.group, group);
    }
    if (group.length < HITS_PER_GROUP_MAX) group.push(entry);
  }
  return [...groups].map(([title, group]) => ({
    title,
    hits: group.map((entry) => hitOf(entry, terms)),
  }));
}

function hitOf(
  { url, kind, title, names, description, body }: Entry,
  terms: readonly string[],
): Hit {
  const hitsIn = (text: string): number =>
    terms.filter((term) => highlight(text, [term]).some(({ hit }) => hit)).length;
  // Found by another name: that name says why.
  const telling = names.filter((name) => hitsIn(name) > 0).slice(0, 2);
  const about = excerpt(description, terms);
  const texts = [
    about,
    excerpt(body, terms),
    [...telling, about].filter((part) => part !== '').join(' · '),
  ].filter((text) => text !== '');
  // The first with most of the terms in it: the sentence about the page, unless others say more.
  const text = texts.reduce(
    (best, each) => (hitsIn(each) > hitsIn(best) ? each : best),
    texts[0] ?? '',
  );
  return { url, kind, title: highlight(title, terms), text: highlight(text, terms) };
}

/** Words within reach of those asked for, further than a repair would dare. */
function suggestionsFor(query: string, vocabulary: Vocabulary): string[] {
  const near = termsOf(query).flatMap((term) => {
    const word = vocabulary.nearest(fold(term), Math.max(1, Math.floor(term.length / 2.5)));
    return word === undefined || word.length < 3 ? [] : [word];
  });
  return [...new Set(near)].slice(0, 3);
}
