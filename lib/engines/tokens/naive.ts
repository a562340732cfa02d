/**
 * The verifier that people write who have read what a token is made of, but not how one is attacked. It
 * is wrong on purpose, and by hand, since no kept library should do this any more: it lets the token choose
 * how the token is checked (1), takes "none" for an answer (2), gives the bytes of a public key to an
 * HMAC (3), and never asks for whom the token was issued (4).
 */
import type { Arrival, TokenCheck } from './checks';
import type { KnownKey } from './keys';
import { dateText, fromBase64url, utf8 } from './text';
import { objectOf, readToken } from './token';
import { Protocol, type Verdict } from './verdict';

export async function naiveVerify(
  { token, now }: Arrival,
  keys: readonly KnownKey[],
): Promise<Verdict<TokenCheck>> {
  const protocol = new Protocol<TokenCheck>();
  const read = readToken(token);
  const header = objectOf(read.header);
  const claims = objectOf(read.claims);
  if (header === null || claims === null) {
    return protocol.refused('form', 'header or claims do not decode to an object');
  }
  protocol.passed('form');

  const algorithm = String(header.alg); // (1)
  protocol.passed('algorithm', `${algorithm}, as the token says`);
  if (algorithm === 'none') {
    protocol.unasked('key', 'none needed');
    protocol.passed('signature', 'none needed'); // (2)
  } else {
    const key = keys.find((each) => each.kid === header.kid) ?? keys[0];
    if (!key) return protocol.refused('key', 'there is no key');
    const signature = fromBase64url(read.signature);
    const signed = utf8(`${read.header.text}.${read.claims.text}`);
    let holds: boolean;
    try {
      holds = signature !== null && (await verifies(algorithm, key, signature, signed));
    } catch {
      // Each WebCrypto says in words of its own that a key is of another kind.
      return protocol.refused('key', `${key.kid} is no key for ${algorithm}`);
    }
    protocol.passed('key', algorithm === 'HS256' ? `the bytes of ${key.kid}` : key.kid);
    if (!holds) return protocol.refused('signature', 'does not hold');
    protocol.passed('signature', 'holds');
  }

  protocol.passed('claims');
  for (const check of ['type', 'required', 'issuer', 'audience', 'notBefore'] as const) {
    protocol.unasked(check, 'not looked at'); // (4)
  }
  if (typeof claims.exp !== 'number') protocol.unasked('expiry', 'no exp');
  else if (claims.exp <= now) return protocol.refused('expiry', `ended ${dateText(claims.exp)}`);
  else protocol.passed('expiry', `ends ${dateText(claims.exp)}`);
  return protocol.accepted();
}

type Bytes = Uint8Array<ArrayBuffer>;

async function verifies(
  algorithm: string,
  key: KnownKey,
  signature: Bytes,
  signed: Bytes,
): Promise<boolean> {
  const { subtle } = crypto;
  if (algorithm === 'HS256') {
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const secret = await subtle.importKey('raw', key.bytes, hmac, false, ['verify']); // (3)
    return subtle.verify(hmac, secret, signature, signed);
  }
  const method = PUBLIC_KEY_METHODS[algorithm];
  if (!method) throw new Error('an algorithm that it does not know');
  const { kty, crv, n, e, x, y } = key.jwk;
  const jwk = Object.fromEntries(
    Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => value !== undefined),
  );
  const publicKey = await subtle.importKey('jwk', jwk, method, false, ['verify']);
  return subtle.verify(method, publicKey, signature, signed);
}

const PUBLIC_KEY_METHODS: Readonly<
  Record<string, { name: string; hash?: string; namedCurve?: string }>
> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256' },
  EdDSA: { name: 'Ed25519' },
};
