import { describe, expect, it } from 'vitest';
import { Vocabulary } from './vocabulary';

const of = (...words: string[]): Vocabulary => {
  const vocabulary = new Vocabulary();
  vocabulary.add(words);
  return vocabulary;
};

describe('the repair of a misspelt word', () => {
  it('takes a word of the site before two that were written as one', () => {
    expect(of('bulkheads', 'bulk', 'hedge').repair('bulkhed')).toEqual(['bulkheads']);
    expect(of('token', 'bucket').repair('tokenbucket')).toEqual(['token', 'bucket']);
  });

  it('takes a letter that should stand twice before another slip, however common the other word is', () => {
    expect(of('later', 'later', 'later', 'letter').repair('leter')).toEqual(['letter']);
    expect(of('commit', 'comets', 'comets').repair('comit')).toEqual(['commit']);
  });

  it('takes the commonest of words that are as near', () => {
    expect(of('cacher', 'caches', 'caches').repair('cachez')).toEqual(['caches']);
  });

  it('leaves short words and words like nothing alone', () => {
    expect(of('later').repair('lat')).toEqual([]);
    expect(of('later').repair('quorum')).toEqual([]);
  });
});
