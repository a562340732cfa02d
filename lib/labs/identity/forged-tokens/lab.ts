import { EC_P256, ED25519, RSA_2048, SECRET_512 } from '@/lib/engines/tokens/published-keys';
import type {
  TokenJourney,
  TokenOutcome,
  TokenOutput,
  TokensLab,
} from '@/lib/engines/tokens/types';

/** 2026-11-21 12:00:00 UTC, in seconds. */
const ISSUED_AT = 1_795_262_400;

/** An access token as RFC 9068 has it. */
const claims = (changed: Record<string, string> = {}): string =>
  JSON.stringify(
    {
      iss: 'https://login.example.com',
      aud: 'https://orders.example.com',
      sub: 'ada',
      client_id: 'shop-web',
      scope: 'orders:read',
      iat: ISSUED_AT,
      exp: ISSUED_AT + 300,
      jti: '7f3a',
      ...changed,
    },
    null,
    2,
  );

const UNTOUCHED: TokenJourney = {
  do: 'token',
  issuer: { kid: 'rs-2025', typ: 'at+jwt', claims: claims() },
  way: 'untouched',
  changed: claims({ sub: 'root', scope: 'orders:read orders:refund' }),
  pasted: '',
  api: {
    at: '2026-11-21T12:00:30Z',
    trusts: ['rs-2025', 'ed-2026'],
    algorithms: 'RS256 EdDSA',
    typ: 'at+jwt',
    required: 'exp sub client_id iat jti',
    issuer: 'https://login.example.com',
    audience: 'https://orders.example.com',
    toleranceS: '5',
  },
};

const says =
  (holds: (outcome: TokenOutcome) => boolean) =>
  (output: TokenOutput): boolean =>
    output.is === 'token' && holds(output);

const strictRefusesAt = (check: string) =>
  says(({ rulings }) => rulings.find((each) => each.strict.result === 'failed')?.check === check);

const NAIVE_ACCEPTS = {
  what: 'the naive verifier accepts',
  holds: says(({ naiveAccepts }) => naiveAccepts),
};

export const lab: TokensLab = {
  kind: 'tokens',
  title: 'Forged tokens',
  question:
    'Which forgeries does a verifier accept if it lets the token say how it is to be verified?',
  setup: {
    // Private keys out of RFCs: everybody has them, so that nobody takes them for secrets.
    keys: [
      { kid: 'rs-2025', algorithm: 'RS256', about: 'RSA, 2048 bits', jwk: RSA_2048 },
      { kid: 'es-2025', algorithm: 'ES256', about: 'P-256, no two signatures alike', jwk: EC_P256 },
      { kid: 'ed-2026', algorithm: 'EdDSA', about: 'Ed25519', jwk: ED25519 },
      { kid: 'hs-shared', algorithm: 'HS256', about: 'shared secret, 512 bits', jwk: SECRET_512 },
    ],
    begin: [UNTOUCHED],
  },
  steps: [
    {
      id: 'sign',
      title: 'Sign a token and verify it',
      says: 'Three parts with dots between: header and claims are JSON in base64url, for anybody to read; the signature is over both. The naive verifier skips half of the checks, and you cannot tell, since both accept.',
      input: UNTOUCHED,
      expects: [
        NAIVE_ACCEPTS,
        { what: 'the strict verifier accepts', holds: says(({ strictAccepts }) => strictAccepts) },
        {
          what: 'what arrives is what was issued',
          holds: says(({ issued, arrived }) => issued === arrived),
        },
      ],
    },
    {
      id: 'edit',
      title: 'Change a claim, keep the signature',
      says: 'The holder of the token makes herself root. Both verifiers refuse at the signature, which does not fit the new claims.',
      input: { ...UNTOUCHED, way: 'edited' },
      expects: [
        { what: 'the naive verifier refuses', holds: says(({ naiveAccepts }) => !naiveAccepts) },
        {
          what: 'the strict verifier refuses at the signature',
          holds: strictRefusesAt('Signature'),
        },
      ],
    },
    {
      id: 'none',
      title: 'Ask for no signature at all',
      says: 'The header now says alg: none, and the third part is empty. The naive verifier does as the token says. jose stops at the algorithm, before it has looked at a key.',
      input: { ...UNTOUCHED, way: 'unsigned' },
      expects: [
        NAIVE_ACCEPTS,
        {
          what: 'the strict verifier refuses at the algorithm',
          holds: strictRefusesAt('Algorithm'),
        },
      ],
    },
    {
      id: 'confusion',
      title: 'Make the public key a secret',
      says: 'alg: HS256 turns the check into an HMAC, and the only key that the naive verifier has is the public one, which the attacker has too. Allow HS256 among the algorithms: jose then refuses at the key.',
      input: { ...UNTOUCHED, way: 'confused' },
      expects: [
        NAIVE_ACCEPTS,
        {
          what: 'the strict verifier refuses at the algorithm',
          holds: strictRefusesAt('Algorithm'),
        },
      ],
    },
    {
      id: 'audience',
      title: 'Present a token that was issued for another service',
      says: 'Nothing is forged here: issuer, key and signature are genuine, but the token is for the photo service. Only the audience tells.',
      input: {
        ...UNTOUCHED,
        issuer: {
          kid: 'ed-2026',
          typ: 'at+jwt',
          claims: claims({ aud: 'https://photos.example.com', scope: 'photos:read' }),
        },
      },
      expects: [
        NAIVE_ACCEPTS,
        {
          what: 'the strict verifier refuses at the audience',
          holds: strictRefusesAt('Audience (aud)'),
        },
      ],
    },
    {
      id: 'rotation',
      title: 'Take the old key away too early',
      says: 'The issuer signs with ed-2026 now, and has removed rs-2025 from its set. A token signed just before has most of its life left and is refused. Let the API trust rs-2025 again: it is accepted.',
      input: { ...UNTOUCHED, api: { ...UNTOUCHED.api, trusts: ['ed-2026'] } },
      expects: [{ what: 'the strict verifier refuses at the key', holds: strictRefusesAt('Key') }],
    },
  ],
  differences: [
    'The API is given its keys. In production it fetches the set of the issuer, keeps it for minutes, and may be late to learn of a rotation.',
    'The keys are printed in RFCs, so their private halves are known to everybody. Those of an issuer stay in a key store.',
    'The clock is a field of the form; that of a server drifts, which is what the tolerance is for.',
    'The naive verifier is ours, written to be wrong. Libraries were found wrong in these ways in 2015, and again as late as 2026.',
  ],
};
