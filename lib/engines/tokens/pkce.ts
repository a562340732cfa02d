/** Proof key for code exchange (RFC 7636). */
import { equalInConstantTime, sha256 } from './mac';
import { bounded, toBase64url, Unusable, utf8 } from './text';
import type { PkceInput, PkceOutcome } from './types';

export async function exchange({ method, verifier, presented }: PkceInput): Promise<PkceOutcome> {
  const own = verifier.trim();
  // RFC 7636, 4.1.
  if (!/^[\w.~-]{43,128}$/.test(own)) {
    throw new Unusable(
      `Verifier: 43 to 128 letters, digits or - . _ ~ should stand here, not ${own.length} characters “${own.slice(0, 64)}”.`,
    );
  }
  const transform = async (text: string): Promise<string> =>
    method === 'plain' ? text : toBase64url(await sha256(utf8(text)));
  const challenge = await transform(own);
  const computed = await transform(bounded('Presented verifier', presented.trim()));
  const accepted = equalInConstantTime(challenge, computed);
  return {
    is: 'pkce',
    challenge,
    computed,
    accepted,
    why: accepted
      ? 'the challenge of what is presented is the one that came with the request'
      : 'invalid_grant: the challenge of what is presented is a different one',
  };
}
