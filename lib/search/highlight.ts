/** Which part of a text was asked for, and which part of a long text to show. */
import { fold, type Word, wordsOf } from './words';

export interface Piece {
  readonly text: string;
  /** Whether this is what was asked for. */
  readonly hit: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The text in pieces; together they are the text.
 *
 * @param terms folded; each marks the beginnings of words. A term of several words, divided by single
 * spaces, marks only where all of them stand together
 */
export function highlight(text: string, terms: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of hitsOf(text, terms)) {
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/**
 * The part of a text with most of what was asked for, cut between words, with an ellipsis where
 * something is left out.
 *
 * @param length about how many characters
 */
export function excerpt(text: string, terms: readonly string[], length = 150): string {
  if (text.length <= length) return text;
  const hits = hitsOf(text, terms);
  let best = { start: 0, score: 0 };
  for (const { start } of hits) {
    const inside = hits.filter((hit) => hit.start >= start && hit.end <= start + length);
    const different = new Set(inside.map((hit) => fold(text.slice(hit.start, hit.end)))).size;
    const score = different * 4 + inside.length;
    if (score > best.score) best = { start, score };
  }
  // Some words before the first hit say what it is about.
  const wanted = Math.max(0, Math.min(best.start - length / 4, text.length - length));
  const words = wordsOf(text);
  const start = wanted === 0 ? 0 : (words.find((word) => word.start >= wanted)?.start ?? 0);
  const last = words.findLast((word) => word.start > start && word.end <= start + length);
  const end = text.length - start <= length ? text.length : (last?.end ?? start + length);
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}

function hitsOf(text: string, terms: readonly string[]): Range[] {
  const words = wordsOf(text);
  const phrases = terms.map((term) => term.split(' ')).filter(([first]) => first !== '');
  const ranges: Range[] = [];
  for (let at = 0; at < words.length; at++) {
    // Of several that stand here, the one that reaches furthest.
    const end = phrases.reduce((most, phrase) => Math.max(most, endOf(phrase, words, at, text)), 0);
    const start = words[at]?.start ?? 0;
    if (end <= start) continue;
    ranges.push({ start, end });
    while ((words[at + 1]?.start ?? end) < end) at++;
  }
  return ranges;
}

/** Where a phrase ends that begins with the word at this place; 0 if it does not stand here. */
function endOf(
  phrase: readonly string[],
  words: readonly Word[],
  at: number,
  text: string,
): number {
  const last = phrase.length - 1;
  const stands = phrase.every((part, offset) => {
    const word = words[at + offset]?.word;
    return offset === last ? word?.startsWith(part) : word === part;
  });
  const word = words[at + last];
  const part = phrase[last];
  if (!stands || word === undefined || part === undefined) return 0;
  return word.start + unfolded(text.slice(word.start, word.end), part.length);
}

/** How many units of the original make up so many units of its folded form, in whole characters. */
function unfolded(original: string, foldedLength: number): number {
  let folded = 0;
  let units = 0;
  for (const character of original) {
    const added = fold(character).length;
    // Marks fold to nothing and belong to the letter before them.
    if (folded >= foldedLength && added > 0) break;
    folded += added;
    units += character.length;
  }
  return units;
}
