/** Names of one thing: a page that uses one of them is found by the others too. */
import { foldedWords, singular } from './words';

interface Name {
  readonly text: string;
  /** Its words in the singular. */
  readonly words: readonly string[];
}

export class Synonyms {
  /** Names by each name's first word, with the names of the same thing. */
  readonly #byFirst = new Map<string, { readonly name: Name; readonly all: readonly Name[] }[]>();

  /** @param groups the names of one thing, a list for each */
  constructor(groups: readonly (readonly string[])[]) {
    for (const group of groups) {
      const all = sameThing(
        group.map((text): Name => ({ text, words: foldedWords(text).map(singular) })),
      );
      for (const name of all) {
        const [first] = name.words;
        if (first === undefined) continue;
        this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), { name, all }]);
      }
    }
  }

  /**
   * The other names of what a text names, each once; singular and plural are one.
   *
   * @param folded the words of the text (see `wordsOf`)
   */
  othersOf(folded: readonly string[]): string[] {
    const words = folded.map(singular);
    const holds = (name: Name, at: number): boolean => standsAt(name, words, at);
    const others = new Set<string>();
    for (const [at, first] of words.entries()) {
      for (const { name, all } of this.#byFirst.get(first) ?? []) {
        if (!holds(name, at)) continue;
        for (const other of all) {
          if (!words.some((_, start) => holds(other, start))) others.add(other.text);
        }
      }
    }
    return [...others];
  }
}

const standsAt = (name: Name, words: readonly string[], at: number): boolean =>
  name.words.every((word, offset) => words[at + offset] === word);

/** Without names that hold another one whole: a message queue is a kind of queue, not another word for it. */
function sameThing(names: readonly Name[]): readonly Name[] {
  return names.filter(
    ({ words }) =>
      !names.some(
        (other) =>
          other.words.length < words.length && words.some((_, at) => standsAt(other, words, at)),
      ),
  );
}
