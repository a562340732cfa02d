/** A token from the issuer, over what is done to it on the way, to an API that verifies it. */
import { CompactSign } from 'jose';
import { type Arrival, TOKEN_CHECKS } from './checks';
import type { KeyRing } from './keys';
import { hmac } from './mac';
import { naiveVerify } from './naive';
import { strictVerify } from './strict';
import {
  bounded,
  readNumber,
  readObject,
  readTime,
  toBase64url,
  Unusable,
  utf8,
  words,
} from './text';
import { readToken } from './token';
import type { TokenJourney, TokenOutcome } from './types';
import { judged } from './verdict';

export async function travel(journey: TokenJourney, keys: KeyRing): Promise<TokenOutcome> {
  const { issuer, api, way } = journey;
  const now = readTime('Time at the API', api.at);
  const policy = {
    algorithms: words(bounded('Algorithms', api.algorithms)),
    typ: api.typ.trim(),
    required: words(bounded('Required claims', api.required)),
    issuer: api.issuer.trim(),
    audience: api.audience.trim(),
    toleranceS: readNumber('Clock tolerance', api.toleranceS, 0, 86_400),
  };
  const issued = way === 'pasted' ? null : await sign(issuer, keys);
  const { token, signedBy } = await changed(issued, journey, keys);
  const arrival: Arrival = { token, now };
  const known = await Promise.all([...new Set(api.trusts)].map(keys.known));
  return {
    is: 'token',
    issued,
    arrived: token,
    signedBy,
    ...judged(
      TOKEN_CHECKS,
      await naiveVerify(arrival, known),
      await strictVerify(arrival, known, policy),
    ),
  };
}

async function sign(issuer: TokenJourney['issuer'], keys: KeyRing): Promise<string> {
  const { kid, algorithm } = keys.held(issuer.kid);
  const claims = readObject('Claims', issuer.claims);
  const typ = bounded('Type', issuer.typ.trim());
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ alg: algorithm, ...(typ !== '' && { typ }), kid })
    .sign(await keys.signing(issuer.kid));
}

/** What arrives, and who has signed that. */
async function changed(
  issued: string | null,
  { way, changed: text, pasted, issuer }: TokenJourney,
  keys: KeyRing,
): Promise<{ readonly token: string; readonly signedBy: string }> {
  if (issued === null) {
    const token = bounded('Token', pasted.replaceAll(/\s/g, ''));
    if (token === '') throw new Unusable('Token: paste one, three parts with dots between.');
    return { token, signedBy: 'unknown: the token was pasted' };
  }
  const key = keys.held(issuer.kid);
  if (way === 'untouched') {
    return { token: issued, signedBy: `the issuer, with ${key.kid} (${key.about})` };
  }
  const { signature } = readToken(issued);
  const claims = encoded(readObject('Changed claims', text));
  const typ = issuer.typ.trim();
  const header = (alg: string): string =>
    encoded({ alg, ...(typ !== '' && { typ }), kid: issuer.kid });
  switch (way) {
    case 'edited':
      return {
        token: `${header(key.algorithm)}.${claims}.${signature}`,
        signedBy: 'the issuer, but over the claims as they were',
      };
    case 'unsigned':
      return { token: `${header('none')}.${claims}.`, signedBy: 'nobody' };
    case 'confused': {
      if (key.jwk.kty === 'oct') {
        throw new Unusable(
          `Key: ${key.kid} is a shared secret and has no public half; sign with RS256, ES256 or EdDSA for this attack.`,
        );
      }
      const { bytes } = await keys.known(issuer.kid);
      const signed = `${header('HS256')}.${claims}`;
      return {
        token: `${signed}.${toBase64url(await hmac('SHA-256', bytes, utf8(signed)))}`,
        signedBy: `the attacker: an HMAC whose secret is the public key of ${key.kid}, ${bytes.length} bytes of PEM`,
      };
    }
    case 'pasted':
      throw new Error('A pasted token is not issued.');
  }
}

const encoded = (value: Record<string, unknown>): string =>
  toBase64url(utf8(JSON.stringify(value)));
