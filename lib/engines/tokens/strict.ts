/**
 * The verifier that one should use: jose, told everything that the API expects. jose answers with one
 * exception; that it makes its checks in the order of `TOKEN_CHECKS` is what the tests hold it to, so
 * that all before the one that failed have passed.
 */
import {
  createLocalJWKSet,
  errors,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { type Arrival, TOKEN_CHECKS, type TokenCheck } from './checks';
import type { KnownKey } from './keys';
import { dateText, spanText } from './text';
import { objectOf, readToken } from './token';
import { Protocol, type Verdict } from './verdict';

/** What is expected; what is empty is not asked. */
interface Policy {
  readonly algorithms: readonly string[];
  readonly typ: string;
  readonly required: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  readonly toleranceS: number;
}

export async function strictVerify(
  { token, now }: Arrival,
  keys: readonly KnownKey[],
  policy: Policy,
): Promise<Verdict<TokenCheck>> {
  const protocol = new Protocol<TokenCheck>();
  const options: JWTVerifyOptions = {
    currentDate: new Date(now * 1000),
    clockTolerance: policy.toleranceS,
    requiredClaims: [...policy.required],
    ...(policy.algorithms.length > 0 && { algorithms: [...policy.algorithms] }),
    ...(policy.typ !== '' && { typ: policy.typ }),
    ...(policy.issuer !== '' && { issuer: policy.issuer }),
    ...(policy.audience !== '' && { audience: policy.audience }),
  };
  // How far jose has come: it asks for a key once form and algorithm are settled.
  let asked: 'nothing' | 'key' | 'all' = 'nothing';
  let chosen: KnownKey | null = null;
  const findKey = keyFinder(keys);
  const getKey: JWTVerifyGetKey = async (...header) => {
    asked = 'key';
    const { known, key } = await findKey(...header);
    asked = 'all';
    chosen = known;
    return key;
  };
  let failed: TokenCheck | null = null;
  let why = '';
  try {
    await jwtVerify(token, getKey, options);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    failed = checkOf(error, asked);
    why = `${error.message}${error instanceof errors.JOSEError ? ` (${error.code})` : ''}`;
  }
  const passed = passes(token, now, chosen, policy);
  for (const check of Object.keys(TOKEN_CHECKS) as TokenCheck[]) {
    if (check === failed) return protocol.refused(check, why);
    const [result, because] = passed[check];
    if (result === 'unasked') protocol.unasked(check, because);
    else protocol.passed(check, because);
  }
  return protocol.accepted();
}

type FindKey = (...header: Parameters<JWTVerifyGetKey>) => Promise<{
  readonly known: KnownKey | null;
  readonly key: Awaited<ReturnType<JWTVerifyGetKey>>;
}>;

/** A set of public keys, as an issuer publishes one; shared secrets, which no set may hold, beside it. */
function keyFinder(keys: readonly KnownKey[]): FindKey {
  const publishable = keys.filter(({ jwk }) => jwk.kty !== 'oct');
  const setOf = (some: readonly KnownKey[]) =>
    createLocalJWKSet({ keys: some.map(({ jwk }) => jwk) });
  const published = setOf(publishable);
  return async (header, input) => {
    const secret = keys.find(
      ({ kid, jwk }) => jwk.kty === 'oct' && kid === header.kid && jwk.alg === header.alg,
    );
    if (secret) return { known: secret, key: secret.bytes };
    const key = await published(header, input);
    // jose gives the key without its name. One alone fits, or it had refused: that which it finds in a
    // set without the others.
    for (const known of publishable) {
      const fits = await setOf([known])(header, input).catch(() => null);
      if (fits) return { known, key };
    }
    return { known: null, key };
  };
}

/** The check that an exception of jose comes from. */
function checkOf(error: Error, asked: 'nothing' | 'key' | 'all'): TokenCheck {
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (asked === 'nothing') return 'form';
  if (asked === 'key') return 'key';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWSInvalid) return 'signature';
  if (error instanceof errors.JWTInvalid) return 'claims';
  if (error instanceof errors.JWTExpired) return 'expiry';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.reason === 'missing') return 'required';
    const check = CLAIM_CHECKS[error.claim];
    if (check) return check;
  }
  // A key that does not fit the algorithm is a TypeError.
  if (error instanceof TypeError || error instanceof errors.JOSENotSupported) return 'key';
  throw error;
}

const CLAIM_CHECKS: Readonly<Record<string, TokenCheck>> = {
  typ: 'type',
  iss: 'issuer',
  aud: 'audience',
  iat: 'notBefore',
  nbf: 'notBefore',
  exp: 'expiry',
};

/** What is said of each check if it passes. */
function passes(
  token: string,
  now: number,
  key: KnownKey | null,
  policy: Policy,
): Record<TokenCheck, readonly ['passed' | 'unasked', string]> {
  const read = readToken(token);
  const header = objectOf(read.header) ?? {};
  const claims = objectOf(read.claims) ?? {};
  const wanted = (isAsked: boolean, why: string): readonly ['passed' | 'unasked', string] =>
    isAsked ? ['passed', why] : ['unasked', 'nothing expected'];
  const required = [
    ...new Set([
      ...(policy.issuer === '' ? [] : ['iss']),
      ...(policy.audience === '' ? [] : ['aud']),
      ...policy.required,
    ]),
  ];
  return {
    form: ['passed', ''],
    algorithm: wanted(policy.algorithms.length > 0, `${String(header.alg)} is expected`),
    key: ['passed', key ? `${key.kid}: ${key.about}` : ''],
    signature: ['passed', 'holds'],
    claims: ['passed', ''],
    type: wanted(policy.typ !== '', String(header.typ)),
    required: wanted(required.length > 0, required.join(', ')),
    issuer: wanted(policy.issuer !== '', policy.issuer),
    audience: wanted(policy.audience !== '', policy.audience),
    notBefore:
      typeof claims.nbf === 'number'
        ? ['passed', `valid from ${dateText(claims.nbf)}`]
        : ['unasked', 'no nbf'],
    expiry:
      typeof claims.exp === 'number'
        ? ['passed', expiryText(claims.exp, now, policy.toleranceS)]
        : ['unasked', 'no exp: it never ends'],
  };
}

const expiryText = (exp: number, now: number, toleranceS: number): string =>
  exp > now
    ? `${spanText(exp - now)} left`
    : `ended ${spanText(now - exp)} ago, within ${spanText(toleranceS)} of tolerance`;
