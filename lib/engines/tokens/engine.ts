/**
 * The engine of the token lab: jose and hand-written verifiers over WebCrypto. Every run is by itself: a
 * function of its input and of the lab's keys, with time as an input. Only ES256 signatures differ from
 * run to run, since ECDSA draws a number for each.
 */
import type { OpenEngine } from '../lab';
import { travel } from './journey';
import { keyRing } from './keys';
import { exchange } from './pkce';
import { Unusable } from './text';
import { checkTotp } from './totp';
import type { TokenAbout, TokenInput, TokenOutput, TokenSetup } from './types';
import { JOSE_VERSION } from './version';
import { deliver } from './webhook';

export const open: OpenEngine<TokenSetup, TokenInput, TokenOutput, TokenAbout> = async (setup) => {
  // Outside a secure context (https, or the reader's own machine) a browser has no WebCrypto.
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(
      'WebCrypto should be there to sign with, and is not: browsers offer it on https and on localhost only.',
    );
  }
  const keys = keyRing(setup.keys);
  const answer = (input: TokenInput): Promise<TokenOutput> => {
    switch (input.do) {
      case 'token':
        return travel(input, keys);
      case 'webhook':
        return deliver(input);
      case 'totp':
        return checkTotp(input);
      case 'pkce':
        return exchange(input);
    }
  };
  return {
    version: `jose ${JOSE_VERSION} and WebCrypto`,
    about: { keys: setup.keys.map(({ jwk: _, ...key }) => key), begin: setup.begin },
    run: async (input) => {
      try {
        return await answer(input);
      } catch (error) {
        if (error instanceof Unusable) return { is: 'refused', why: error.message };
        throw error;
      }
    },
  };
};
