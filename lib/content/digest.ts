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

/**
 * Sentences by what they add for their length, until no more fit; of two that add as much, the earlier.
 * What a sentence adds only ever becomes less. So none can be the best whose last known gain is less
 * than another's present one, and of all the others few are asked anew for each that is chosen.
 */
function choose(
  sentences: readonly Sentence[],
  known: readonly string[],
  lengthMax: number,
): ReadonlySet<Sentence> {
  const chosen = new Set<Sentence>();
  const inGuide = new Set(known);
  const inSections = new Map<number, Set<string>>();
  let left = lengthMax;
  const gainOf = ({ section, words, text }: Sentence): number => {
    const inSection = inSections.get(section);
    let sum = 0;
    for (const word of words) {
      if (!inGuide.has(word)) sum += 1;
      else if (inSection?.has(word) !== true) sum += NEW_IN_SECTION;
    }
    return sum / text.length;
  };
  /** Last known gain of each sentence that is left; one that does not fit now never will. */
  let open = sentences.map((sentence) => ({ sentence, gain: gainOf(sentence) }));
  for (;;) {
    open = open.filter(({ sentence }) => !chosen.has(sentence) && sentence.text.length <= left);
    let best: { readonly sentence: Sentence; readonly gain: number } | undefined;
    for (const candidate of open) {
      if (best !== undefined && candidate.gain <= best.gain) continue;
      candidate.gain = gainOf(candidate.sentence);
      if (best === undefined || candidate.gain > best.gain) best = candidate;
    }
    if (best === undefined) return chosen;
    const { sentence } = best;
    chosen.add(sentence);
    left -= sentence.text.length;
    const inSection = inSections.get(sentence.section) ?? new Set();
    inSections.set(sentence.section, inSection);
    for (const word of sentence.words) {
      inGuide.add(word);
      inSection.add(word);
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
