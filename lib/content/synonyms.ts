/**
 * `content/synonyms.yaml`: names of one thing, by which readers search. A page that uses one of them
 * is found by the others too. Names of a single guide belong among its aliases, those of a term into
 * the glossary, whose names are synonyms by themselves.
 */
import { z } from 'zod';
import { singular, wordsOf } from '../search/words';
import { type ReadYaml, readYaml, sentence } from './front-matter';
import type { Problem } from './problem';

export const SYNONYMS_FILE = 'content/synonyms.yaml';

const synonymsSchema = z.strictObject({
  /** Each group names one thing; the name to be read first. */
  groups: z.array(
    z
      .array(sentence('a name'), { error: 'expected a list of names' })
      .min(2, 'expected at least two names of one thing'),
    { error: 'expected a list of groups' },
  ),
});

/** Names of one thing, a list for each. */
export type SynonymGroups = readonly (readonly string[])[];

export function readSynonyms(text: string, file = SYNONYMS_FILE): ReadYaml<SynonymGroups> {
  const read = readYaml(text, synonymsSchema, { file, firstLine: 1, what: 'synonyms' });
  if (read.value === null) return { ...read, value: null };
  const { groups } = read.value;
  const problems: Problem[] = [...read.problems];
  const first = new Map<string, string>();
  for (const [group, names] of groups.entries()) {
    for (const [index, name] of names.entries()) {
      const key = wordsOf(name)
        .map(({ word }) => singular(word))
        .join(' ');
      const before = first.get(key);
      first.set(key, before ?? name);
      if (before === undefined && key !== '') continue;
      problems.push({
        file,
        ...read.placeOf(['groups', group, index]),
        message: `synonyms "groups": expected each name once, got "${name}"${before === undefined ? ', which has no word' : ` after "${before}"`}`,
        remedy: 'Remove it here, or join the two groups; singular and plural are one name',
      });
    }
  }
  return { ...read, value: groups, problems };
}
