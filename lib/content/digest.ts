/**
 * What of a guide's text is sent to readers who search: as many of its sentences as fit, those first
 * that say most that is new, and the words of the others. So every word of the guide is found, most
 * of them with the sentence in which they stand, and a long guide costs no more than its budget.
 */
import { isTelling, wordsOf } from '../search/words';

/** Characters of sentences for one guide; with the words of the rest at most 2.5 kB compressed. */
const SENTENCES_LENGTH_MAX = 3_000;

/** What a word that the guide has elsewhere is worth in a section where it is new. */
const NEW_IN_SECTION = 0.25;

/** Nobody searches a guide for one of these alone. */
const SMALL_NUMBER = /^\d{1,2}$/;

interface Sentence {
  readonly section: number;
  readonly text: string;
  readonly words: readonly string[];
}

/**
 * @param sections texts of the sections, in order
 * @param known what is sent about the guide anyway: title, names, headings, description
 * @returns for each section its sentences, with an ellipsis where some are left out, and after a line
 * break the words that the guide has in no sentence shown (numbers below 100 aside)
 */
export function digest(
  sections: readonly string[],
  known: readonly string[],
  lengthMax = SENTENCES_LENGTH_MAX,
): string[] {
  const sentences = sections.flatMap((text, section) => sentencesOf(text, section));
  const shown = choose(sentences, wordsIn(known.join(' ')), lengthMax);
  const seen = new Set(wordsIn(known.join(' ')));
  for (const { words } of shown) for (const word of words) seen.add(word);

  return sections.map((_, section) => {
    const own = sentences.filter((sentence) => sentence.section === section);
    let text = '';
    let isGap = false;
    const hidden: string[] = [];
    for (const sentence of own) {
      if (shown.has(sentence)) {
        text += `${text === '' ? '' : ' '}${isGap ? '… ' : ''}${sentence.text}`;
        isGap = false;
        continue;
      }
      isGap = true;
      for (const word of sentence.words) {
        if (seen.has(word) || SMALL_NUMBER.test(word)) continue;
        seen.add(word);
        hidden.push(word);
      }
    }
    if (isGap && text !== '') text += ' …';
    return hidden.length === 0 ? text : `${text}\n${hidden.sort().join(' ')}`;
  });
}

/** Sentences by what they add for their length, until no more fit. */
function choose(
  sentences: readonly Sentence[],
  known: readonly string[],
  lengthMax: number,
): ReadonlySet<Sentence> {
  const chosen = new Set<Sentence>();
  const inGuide = new Set(known);
  const inSection = new Set<string>();
  let left = lengthMax;
  const gainOf = ({ section, words, text }: Sentence): number =>
    words.reduce((sum, word) => {
      if (!inGuide.has(word)) return sum + 1;
      return inSection.has(`${section} ${word}`) ? sum : sum + NEW_IN_SECTION;
    }, 0) / text.length;
  for (;;) {
    let best: { readonly sentence: Sentence; readonly gain: number } | undefined;
    for (const sentence of sentences) {
      if (chosen.has(sentence) || sentence.text.length > left) continue;
      const gain = gainOf(sentence);
      if (best === undefined || gain > best.gain) best = { sentence, gain };
    }
    if (best === undefined) return chosen;
    const { sentence } = best;
    chosen.add(sentence);
    left -= sentence.text.length;
    for (const word of sentence.words) {
      inGuide.add(word);
      inSection.add(`${sentence.section} ${word}`);
    }
  }
}

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' });

function sentencesOf(text: string, section: number): Sentence[] {
  return [...SEGMENTER.segment(text.replace(/\s+/g, ' '))]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => ({ section, text: sentence, words: wordsIn(sentence) }));
}

/** The words that say something about the subject, each once. */
function wordsIn(text: string): string[] {
  return [...new Set(wordsOf(text).map(({ word }) => word))].filter(isTelling);
}
