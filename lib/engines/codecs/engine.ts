/** Codecs behind the interface of a lab. */
import type { OpenEngine } from '../lab';
import { CODECS } from './codecs';
import { compare } from './compare';
import { evolve } from './evolve';
import type { CodecsAbout, CodecsInput, CodecsOutput, CodecsSetup } from './types';

export const open: OpenEngine<CodecsSetup, CodecsInput, CodecsOutput, CodecsAbout> = async ({
  codecs,
}) => {
  const used = codecs.map((id) => ({ id, name: CODECS[id].name, library: CODECS[id].library }));
  return {
    version: used.map(({ name, library }) => `${name}: ${library}`).join('; '),
    about: { codecs: used },
    run: async (input) =>
      input.task === 'compare' ? compare(codecs, input) : evolve(input.versions),
  };
};
