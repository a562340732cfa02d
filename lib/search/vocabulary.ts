/** All words of the site, to tell a word that is being typed from a word that is misspelt. */
import { editDistance } from './distance';
import { singular } from './words';

/** From this length on a word may be two edits away; shorter ones have too many neighbours. */
const TWO_EDITS_LENGTH = 8;

/** Words shorter than this are not repaired: nearly everything is one edit from them. */
const REPAIR_LENGTH_MIN = 4;

export class Vocabulary {
  readonly #counts = new Map<string, number>();
  #sorted: readonly string[] | null = null;

  /** @param words folded */
  add(words: readonly string[]): void {
    for (const word of words) this.#counts.set(word, (this.#counts.get(word) ?? 0) + 1);
    this.#sorted = null;
  }

  has(word: string): boolean {
    return this.#counts.has(word);
  }

  /** Whether some word begins with this. */
  hasPrefix(prefix: string): boolean {
    const words = this.#words();
    return words[firstNotBefore(words, prefix)]?.startsWith(prefix) ?? false;
  }

  /** The commonest words that begin with this, at most so many. */
  startingWith(prefix: string, limit: number): readonly string[] {
    const words = this.#words();
    const found: string[] = [];
    for (let at = firstNotBefore(words, prefix); words[at]?.startsWith(prefix); at++) {
      found.push(words[at] ?? '');
    }
    if (found.length <= limit) return found;
    const count = (word: string): number => this.#counts.get(word) ?? 0;
    return found.sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1)).slice(0, limit);
  }

  /**
   * What was meant by a term that begins no word: the nearest word, else the two words that were
   * written as one, else nothing. A word is also compared by its beginning, since the reader may not
   * have typed it to the end.
   */
  repair(term: string): readonly string[] {
    if (term.length < REPAIR_LENGTH_MIN) return [];
    const near = this.nearest(term, term.length >= TWO_EDITS_LENGTH ? 2 : 1);
    if (near !== undefined) return [near];
    return this.#split(term) ?? [];
  }

  /** The nearest word within so many edits; among equals one that is whole, then the commonest. */
  nearest(term: string, max: number): string | undefined {
    let best: { word: string; cost: number; count: number } | undefined;
    const letters = lettersOf(term);
    for (const [word, count] of this.#counts) {
      if (word.length < term.length - max) continue;
      // Each edit brings at most one letter that the word does not have: most words end here.
      if (bitCount(letters & ~lettersOf(word)) > max) continue;
      // "bulkhed" is one slip from a bulkhead, also where only bulkheads are spoken of.
      const whole = Math.min(
        editDistance(term, word, max),
        editDistance(term, singular(word), max),
      );
      const beginning =
        word.length > term.length + max
          ? editDistance(term, word.slice(0, term.length), max) + 0.5
          : max + 1;
      const edits = Math.min(whole, beginning);
      if (edits > max) continue;
      const cost =
        edits +
        // A slip of the first letter is rare; a word that differs there is likely to be another word.
        (word[0] === term[0] ? 0 : 0.75) -
        // The slip that is made most: a letter once that is written twice, or twice for once.
        (undoubled(word) === undoubled(term) ? 0.25 : 0);
      if (best === undefined || cost < best.cost || (cost === best.cost && count > best.count)) {
        best = { word, cost, count };
      }
    }
    return best?.word;
  }

  /** "tokenbucket" → ["token", "bucket"]; the second may be unfinished. */
  #split(term: string): readonly string[] | undefined {
    for (let at = term.length - 2; at >= 3; at--) {
      const [first, second] = [term.slice(0, at), term.slice(at)];
      if (this.has(first) && this.hasPrefix(second)) return [first, second];
    }
    return undefined;
  }

  #words(): readonly string[] {
    this.#sorted ??= [...this.#counts.keys()].sort();
    return this.#sorted;
  }
}

/** "letter" → "leter". */
const undoubled = (word: string): string => word.replace(/(.)\1/g, '$1');

/** Index of the first word that is not before the given one; `words` is sorted by code unit. */
function firstNotBefore(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((words[middle] ?? '') < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A bit for each letter or digit that occurs; other characters share the bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
