/** How text becomes words: the same for what is indexed, what is asked and what is highlighted. */

export interface Word {
  /** Folded: lower case, without diacritics. */
  readonly word: string;
  /** Where it stands in the text, in UTF-16 units; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const MARKS = /\p{M}+/gu;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** Longest word that is indexed or asked for; what is longer is a key or an accident. */
const WORD_LENGTH_MAX = 40;

/** "Größe" → "grosse", "Ｆｕｌｌ" → "full". */
export function fold(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .replace(MARKS, '')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      // Lower case of İ has a combining dot of its own.
      .replace(MARKS, '')
  );
}

/** The words of a text with their places. Punctuation divides: "rate-limit" is two words. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const word = fold(match[0]).slice(0, WORD_LENGTH_MAX);
    if (word === '') continue;
    words.push({ word, start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** The words of a text without their places. */
export function foldedWords(text: string): string[] {
  return wordsOf(text).map(({ word }) => word);
}

/** "buckets" → "bucket", "retries" → "retry"; a word that is no plural may lose its "s" as well. */
export function singular(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || word.endsWith('ss')) return word;
  return word.endsWith('ies') && word.length >= 6 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Words of questions that say nothing about the subject. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a about after all an and any are as at be between by can do does for from get has have how i if in into
  is it its me my of on or our should so than that the their them then there these they this to use
  using was we what when where which who why will with would you your`.split(/\s+/),
);

/** Whether a word says something about a subject. */
export function isTelling(word: string): boolean {
  return !STOP_WORDS.has(word);
}

/** Terms beyond this many are not looked up: a pasted page is not a question. */
const TERMS_MAX = 12;

/** As a reader begins who takes the search for a line of commands. */
const GO_TO = /^\s*go to\s+(?=\S)/i;

/**
 * The terms of a query, each once, in order. Stop words are dropped unless nothing else is left or
 * they are the beginning of what is still being typed.
 */
export function termsOf(query: string): string[] {
  const words = [...new Set(wordsOf(query.replace(GO_TO, '')).map(({ word }) => word))];
  const telling = words.filter(isTelling);
  return (telling.length > 0 ? telling : words).slice(0, TERMS_MAX);
}
