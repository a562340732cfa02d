/** The keys of a lab, imported when they are first used. */
import { exportSPKI, importJWK, type JWK } from 'jose';
import { fromBase64url, Unusable } from './text';
import type { HeldKey } from './types';

/** A key as a verifier has it. */
export interface KnownKey {
  readonly kid: string;
  readonly about: string;
  /** Public half; for a shared secret the secret itself. */
  readonly jwk: JWK;
  /**
   * What a naive service keeps in its settings as text: the public key as PEM, or the secret's bytes.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface KeyRing {
  /** For signing. */
  readonly signing: (kid: string) => Promise<CryptoKey | Uint8Array>;
  readonly held: (kid: string) => HeldKey;
  readonly known: (kid: string) => Promise<KnownKey>;
}

export function keyRing(keys: readonly HeldKey[]): KeyRing {
  const held = (kid: string): HeldKey => {
    const key = keys.find((each) => each.kid === kid);
    if (key) return key;
    throw new Unusable(
      `Key: one of ${keys.map((each) => each.kid).join(', ')} should sign, not “${kid}”.`,
    );
  };
  const imported = async (jwk: JWK, algorithm: string): Promise<CryptoKey | Uint8Array> => {
    try {
      return await importJWK(jwk, algorithm, { extractable: true });
    } catch (error) {
      if (error instanceof Error && error.name === 'NotSupportedError') {
        throw new Unusable(
          `${algorithm}: this browser’s WebCrypto does not have it. Ed25519 is in Chrome since version 137, Firefox since 129, Safari since 17; choose another key.`,
        );
      }
      throw error;
    }
  };
  return {
    held,
    signing: (kid) => imported(held(kid).jwk, held(kid).algorithm),
    known: async (kid) => {
      const { jwk, algorithm, about } = held(kid);
      if (jwk.kty === 'oct') {
        const bytes = fromBase64url(jwk.k ?? '');
        if (bytes === null) throw new Error(`The secret ${kid} should be base64url.`);
        return { kid, about, jwk: { ...jwk, kid, alg: algorithm }, bytes };
      }
      const shared = publicHalf(jwk);
      const key = await imported(shared, algorithm);
      if (key instanceof Uint8Array) throw new Error(`The key ${kid} should have a public half.`);
      return {
        kid,
        about,
        jwk: { ...shared, kid, alg: algorithm, use: 'sig' },
        bytes: new TextEncoder().encode(await exportSPKI(key)),
      };
    },
  };
}

function publicHalf({ kty, crv, x, y, n, e }: JWK): JWK {
  switch (kty) {
    case 'RSA':
      return { kty, n, e } as JWK;
    case 'EC':
      return { kty, crv, x, y } as JWK;
    case 'OKP':
      return { kty, crv, x } as JWK;
    default:
      throw new Error(`A key of a lab is RSA, EC, OKP or oct, not ${kty}.`);
  }
}
