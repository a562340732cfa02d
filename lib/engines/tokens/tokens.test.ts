/** The token engine against what RFCs publish, and against what its page says of the two verifiers. */
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint } from 'jose';
import { expect, test } from 'vitest';
import type { Engine } from '../lab';
import { TOKEN_CHECKS, type TokenCheck } from './checks';
import { open } from './engine';
import { EC_P256, ED25519, RSA_2048, SECRET_512 } from './published-keys';
import { fromBase32, fromBase64url, spanText, TEXT_MAX, toBase64url, utf8 } from './text';
import { readToken } from './token';
import type {
  Answer,
  PkceInput,
  TokenAbout,
  TokenInput,
  TokenJourney,
  TokenOutcome,
  TokenOutput,
  TotpInput,
  TotpOutcome,
  WebhookJourney,
  WebhookOutcome,
} from './types';
import { JOSE_VERSION } from './version';

const KEYS = [
  { kid: 'rs', algorithm: 'RS256', about: 'RSA, 2048 bits', jwk: RSA_2048 },
  { kid: 'es', algorithm: 'ES256', about: 'P-256', jwk: EC_P256 },
  { kid: 'ed', algorithm: 'EdDSA', about: 'Ed25519', jwk: ED25519 },
  { kid: 'hs', algorithm: 'HS256', about: 'shared secret', jwk: SECRET_512 },
] as const;

const CLAIMS = {
  iss: 'https://login.example.com',
  aud: 'https://orders.example.com',
  sub: 'ada',
  scope: 'orders:read',
  exp: 1_795_262_700,
};

const JOURNEY: TokenJourney = {
  do: 'token',
  issuer: { kid: 'rs', typ: 'at+jwt', claims: JSON.stringify(CLAIMS) },
  way: 'untouched',
  changed: JSON.stringify({ ...CLAIMS, sub: 'root' }),
  pasted: '',
  api: {
    at: '2026-11-21T12:00:30Z',
    trusts: ['rs', 'es', 'ed', 'hs'],
    algorithms: 'RS256 ES256 EdDSA HS256',
    typ: 'at+jwt',
    required: 'exp sub',
    issuer: CLAIMS.iss,
    audience: CLAIMS.aud,
    toleranceS: '0',
  },
};

let opened: Promise<Engine<TokenInput, TokenOutput, TokenAbout>> | null = null;
const run = async (input: TokenInput): Promise<TokenOutput> => {
  opened ??= open(
    { keys: KEYS, begin: [JOURNEY] },
    { addressOf: (asset) => asset, progress: () => {} },
  );
  return (await opened).run(input);
};

type Change = Partial<Omit<TokenJourney, 'issuer' | 'api'>> & {
  readonly issuer?: Partial<TokenJourney['issuer']>;
  readonly api?: Partial<TokenJourney['api']>;
};
const travel = async ({ issuer, api, ...rest }: Change = {}): Promise<TokenOutcome> => {
  const output = await run({
    ...JOURNEY,
    ...rest,
    issuer: { ...JOURNEY.issuer, ...issuer },
    api: { ...JOURNEY.api, ...api },
  });
  if (output.is !== 'token') throw new Error(JSON.stringify(output));
  return output;
};

const answerOf = (output: TokenOutcome, check: TokenCheck, who: 'naive' | 'strict'): Answer => {
  const ruling = output.rulings.find((each) => each.check === TOKEN_CHECKS[check]);
  if (!ruling) throw new Error(`No ruling on ${check}`);
  return ruling[who];
};

/** The check at which a verifier refuses; null if it accepts. */
const refusal = (output: TokenOutcome, who: 'naive' | 'strict'): string | null =>
  output.rulings.find((ruling) => ruling[who].result === 'failed')?.check ?? null;

const pasted = (token: string, api: Partial<TokenJourney['api']> = {}): Promise<TokenOutcome> =>
  travel({
    way: 'pasted',
    pasted: token,
    api: {
      algorithms: '',
      typ: '',
      required: '',
      issuer: '',
      audience: '',
      at: '2011-03-22T18:00:00Z',
      ...api,
    },
  });

const refused = async (input: TokenInput): Promise<string> => {
  const output = await run(input);
  if (output.is !== 'refused') throw new Error(JSON.stringify(output));
  return output.why;
};

// {"iss":"joe", "exp":1300819380, "http://example.com/is_root":true}, with the line ends of RFC 7515.
const RFC_CLAIMS =
  'eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';

// The naive verifier tries tokens without `kid` with the first key that is trusted.
test.each([
  [
    'RFC 7515, A.1 (HS256)',
    `eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.${RFC_CLAIMS}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk`,
    'hs',
    // jose is given shared secrets by `kid` alone, which this token has not.
    'naive',
  ],
  [
    'RFC 7515, A.2 (RS256)',
    `eyJhbGciOiJSUzI1NiJ9.${RFC_CLAIMS}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw`,
    'rs',
    'both',
  ],
  [
    'RFC 7515, A.3 (ES256)',
    `eyJhbGciOiJFUzI1NiJ9.${RFC_CLAIMS}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q`,
    'es',
    'both',
  ],
])('the signature of %s holds, and one letter less does not', async (_, token, kid, who) => {
  const holds = await pasted(token, { trusts: [kid] });
  expect(holds.naiveAccepts).toBe(true);
  expect(answerOf(holds, 'signature', 'naive').result).toBe('passed');
  if (who === 'both') expect(refusal(holds, 'strict')).toBeNull();
  const cut = await pasted(token.replace('yJpc3Mi', 'yJpc3Nj'), { trusts: [kid] });
  expect([cut.naiveAccepts, cut.strictAccepts]).toEqual([false, false]);
});

test('RFC 7515, A.1: the strict verifier finds the shared secret by its kid', async () => {
  const output = await travel({ issuer: { kid: 'hs' } });
  expect([output.naiveAccepts, output.strictAccepts]).toEqual([true, true]);
});

test('RFC 8037, A.4: the Ed25519 signature holds, though its payload is no claims', async () => {
  const output = await pasted(
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
    { trusts: ['rs', 'ed'] },
  );
  // The token has no `kid`: jose takes the only key for its algorithm.
  expect(answerOf(output, 'key', 'strict').why).toBe('ed: Ed25519');
  expect(answerOf(output, 'signature', 'strict').result).toBe('passed');
  expect(refusal(output, 'strict')).toBe(TOKEN_CHECKS.claims);
});

test('RFC 7519, 6.1: the unsecured token is refused by jose whatever it is told to allow', async () => {
  const token = `eyJhbGciOiJub25lIn0.${RFC_CLAIMS}.`;
  for (const algorithms of ['', 'HS256', 'none']) {
    const output = await pasted(token, { algorithms });
    expect([output.naiveAccepts, output.strictAccepts]).toEqual([true, false]);
  }
});

test('RFC 7638, 3.1: the thumbprint of a key is that of the jose that runs', async () => {
  const n =
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
  expect(await calculateJwkThumbprint({ kty: 'RSA', n, e: 'AQAB' })).toBe(
    'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  );
});

test('what is signed is accepted by both, with each algorithm; all but ES256 sign alike again', async () => {
  for (const { kid } of KEYS) {
    const first = await travel({ issuer: { kid } });
    const second = await travel({ issuer: { kid } });
    expect([kid, refusal(first, 'naive'), refusal(first, 'strict')]).toEqual([kid, null, null]);
    expect(first.arrived === second.arrived).toBe(kid !== 'es');
  }
});

test('a claim that was changed under its signature is refused by both at the signature', async () => {
  const output = await travel({ way: 'edited' });
  expect(refusal(output, 'naive')).toBe(TOKEN_CHECKS.signature);
  expect(refusal(output, 'strict')).toBe(TOKEN_CHECKS.signature);
});

test.each(['rs', 'es', 'ed'])(
  'the public key of %s as the secret of an HMAC deceives the naive verifier alone, even where HS256 is allowed',
  async (kid) => {
    const output = await travel({ way: 'confused', issuer: { kid } });
    expect(output.naiveAccepts).toBe(true);
    expect(refusal(output, 'strict')).toBe(TOKEN_CHECKS.key);
    const listed = await travel({
      way: 'confused',
      issuer: { kid },
      api: { algorithms: 'RS256 ES256 EdDSA' },
    });
    expect(refusal(listed, 'strict')).toBe(TOKEN_CHECKS.algorithm);
  },
);

test('a token for another service is accepted by the naive verifier, and by jose if not told whom to expect', async () => {
  const claims = JSON.stringify({ ...CLAIMS, aud: 'https://photos.example.com' });
  const output = await travel({ issuer: { claims } });
  expect(output.naiveAccepts).toBe(true);
  expect(refusal(output, 'strict')).toBe(TOKEN_CHECKS.audience);
  const untold = await travel({ issuer: { claims }, api: { audience: '' } });
  expect(untold.strictAccepts).toBe(true);
  expect(answerOf(untold, 'audience', 'strict').result).toBe('unasked');
});

test('a token without exp is accepted for ever unless exp is required', async () => {
  const { exp: _, ...claims } = CLAIMS;
  const issuer = { claims: JSON.stringify(claims) };
  const at = '2099-01-01T00:00:00Z';
  expect((await travel({ issuer, api: { required: '', at } })).strictAccepts).toBe(true);
  expect(refusal(await travel({ issuer, api: { at } }), 'strict')).toBe(TOKEN_CHECKS.required);
});

test('a token ends at its exp and not a second later; tolerance moves that for the strict verifier', async () => {
  const at = (second: number): string => new Date((CLAIMS.exp + second) * 1000).toISOString();
  const accepts = async (second: number, toleranceS: string): Promise<boolean[]> => {
    const output = await travel({ api: { at: at(second), toleranceS } });
    return [output.naiveAccepts, output.strictAccepts];
  };
  expect(await accepts(-1, '0')).toEqual([true, true]);
  expect(await accepts(0, '0')).toEqual([false, false]);
  expect(await accepts(29, '30')).toEqual([false, true]);
  expect(await accepts(30, '30')).toEqual([false, false]);
});

test('a key that is no longer in the set takes its tokens with it', async () => {
  const output = await travel({ api: { trusts: ['ed'] } });
  expect(refusal(output, 'strict')).toBe(TOKEN_CHECKS.key);
  expect(answerOf(output, 'key', 'strict').why).toContain('ERR_JWKS_NO_MATCHING_KEY');
  expect(output.naiveAccepts).toBe(false);
});

// A verdict says that all before the check that failed has passed. It is read off one exception, so the
// order in which jose asks must be the one in which the checks are listed.
test('jose refuses at the first fault in the order of the checks', async () => {
  const encoded = (value: unknown): string => toBase64url(utf8(JSON.stringify(value)));
  const signed = await travel({ issuer: { claims: '{}', kid: 'ed' } });
  const [header = '', , signature = ''] = signed.arrived.split('.');
  const far = '2099-01-01T00:00:00Z';
  const strange = {
    typ: 'other',
    required: 'sub exp',
    issuer: 'someone',
    audience: 'somebody',
    algorithms: 'EdDSA',
    at: far,
  };
  const wrong = { iss: 'x', aud: 'x', sub: 'x', nbf: 9_000_000_000, exp: 1 };
  const signedWith = async (claims: unknown, api: Partial<TokenJourney['api']>) =>
    refusal(
      await travel({
        issuer: { kid: 'ed', claims: JSON.stringify(claims) },
        api: { ...strange, ...api },
      }),
      'strict',
    );
  const order = [
    refusal(await pasted(`${encoded('x')}.x.y`, { ...strange, trusts: [] }), 'strict'),
    refusal(await pasted(`${encoded({ alg: 'HS256' })}.x.y`, { ...strange, trusts: [] }), 'strict'),
    refusal(await pasted(`${header}.x.y`, { ...strange, trusts: [] }), 'strict'),
    refusal(await pasted(`${header}.${encoded(1)}.${signature}`, strange), 'strict'),
    refusal(
      await pasted(
        'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
        { ...strange, trusts: ['ed'] },
      ),
      'strict',
    ),
    await signedWith({ iss: 'x', aud: 'x', nbf: 9_000_000_000, exp: 1 }, {}),
    await signedWith({ iss: 'x', aud: 'x', nbf: 9_000_000_000, exp: 1 }, { typ: '' }),
    await signedWith(wrong, { typ: '' }),
    await signedWith(wrong, { typ: '', issuer: '' }),
    await signedWith(wrong, { typ: '', issuer: '', audience: '' }),
    await signedWith({ ...wrong, nbf: 0 }, { typ: '', issuer: '', audience: '' }),
    await signedWith(
      { ...wrong, nbf: 0, exp: 9_000_000_000 },
      { typ: '', issuer: '', audience: '' },
    ),
  ];
  expect(order).toEqual([...Object.values(TOKEN_CHECKS), null]);
});

test('whatever is pasted is judged or refused in words', async () => {
  const texts = [
    'x',
    '..',
    'a.b.c',
    '.'.repeat(50),
    'eyJhbGciOjF9.e30.',
    '🔑.🔑.🔑',
    'e30.e30.e30',
  ];
  for (const text of texts) {
    const output = await pasted(text);
    expect([text, output.naiveAccepts, output.strictAccepts]).toEqual([text, false, false]);
  }
  expect(await refused({ ...JOURNEY, way: 'pasted', pasted: ' ' })).toMatch(/paste one/);
  expect(await refused({ ...JOURNEY, way: 'pasted', pasted: 'x'.repeat(TEXT_MAX + 1) })).toMatch(
    /at most 16,384 characters/,
  );
});

test('what cannot be read is said with its field', async () => {
  const api = (change: Partial<TokenJourney['api']>): TokenInput => ({
    ...JOURNEY,
    api: { ...JOURNEY.api, ...change },
  });
  const issuer = (claims: string): TokenInput => ({
    ...JOURNEY,
    issuer: { ...JOURNEY.issuer, claims },
  });
  expect(await refused(api({ at: '2026-11-21 12:00' }))).toMatch(/^Time at the API: .*zone/);
  expect(await refused(api({ toleranceS: '-1' }))).toMatch(/^Clock tolerance: /);
  expect(await refused(api({ trusts: ['other'] }))).toMatch(/^Key: .*not “other”/);
  expect(await refused(issuer('{'))).toMatch(/^Claims: this should be JSON/);
  expect(await refused(issuer('[1]'))).toMatch(/^Claims: this should be a JSON object/);
  const shared = { ...JOURNEY, way: 'confused', issuer: { ...JOURNEY.issuer, kid: 'hs' } } as const;
  expect(await refused(shared)).toMatch(/no public half/);
});

const WEBHOOK: WebhookJourney = {
  do: 'webhook',
  sender: {
    secrets: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: '2021-02-25T15:02:10Z',
    body: '{"test": 2432232314}',
  },
  arrives: '{"test": 2432232314}',
  receiver: {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    at: '2021-02-25T15:02:10Z',
    toleranceS: '300',
  },
};
const deliver = async (change: Partial<WebhookJourney> = {}): Promise<WebhookOutcome> => {
  const output = await run({ ...WEBHOOK, ...change });
  if (output.is !== 'webhook') throw new Error(JSON.stringify(output));
  return output;
};

// The vector of the test suites of the reference libraries (standard-webhooks, commit b2fa7b8).
test('Standard Webhooks: its own vector, which re-serialising breaks', async () => {
  const output = await deliver();
  expect(output.headers).toEqual([
    ['webhook-id', 'msg_p5jXN8AQM9LWM0D4loKWxJek'],
    ['webhook-timestamp', '1614265330'],
    ['webhook-signature', 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
  ]);
  expect([output.naiveAccepts, output.strictAccepts]).toEqual([false, true]);
});

test('a webhook is held to its body and to its time on either side', async () => {
  const at = (second: number): WebhookJourney['receiver'] => ({
    ...WEBHOOK.receiver,
    at: new Date((1_614_265_330 + second) * 1000).toISOString(),
  });
  expect((await deliver({ arrives: '{"test":1}' })).strictAccepts).toBe(false);
  for (const [second, accepts] of [
    [300, true],
    [301, false],
    [-300, true],
    [-301, false],
  ] as const) {
    expect([second, (await deliver({ receiver: at(second) })).strictAccepts]).toEqual([
      second,
      accepts,
    ]);
  }
  const compact = { sender: { ...WEBHOOK.sender, body: '{"a":1}' }, arrives: '{"a":1}' };
  const replayed = await deliver({ ...compact, receiver: at(86_400) });
  expect([replayed.naiveAccepts, replayed.strictAccepts]).toEqual([true, false]);
});

test('while a secret is rotated, receivers with the old and with the new one accept', async () => {
  const fresh = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
  const sender = { ...WEBHOOK.sender, secrets: `${WEBHOOK.sender.secrets} ${fresh}` };
  expect((await deliver({ sender })).strictAccepts).toBe(true);
  const receiver = { ...WEBHOOK.receiver, secret: fresh };
  expect((await deliver({ sender, receiver })).strictAccepts).toBe(true);
  expect((await deliver({ receiver })).strictAccepts).toBe(false);
  expect(
    await refused({ ...WEBHOOK, receiver: { ...WEBHOOK.receiver, secret: 'secret' } }),
  ).toMatch(/^Secret of the receiver: whsec_/);
});

const base32 = (text: string): string => {
  const bits = Array.from(utf8(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
};

const TOTP: TotpInput = {
  do: 'totp',
  secret: base32('12345678901234567890'),
  hash: 'SHA-1',
  digits: '8',
  stepS: '30',
  shownAt: '1970-01-01T00:00:59Z',
  checkedAt: '1970-01-01T00:00:59Z',
  window: '1',
  typed: '',
};
const code = async (change: Partial<TotpInput>): Promise<TotpOutcome> => {
  const output = await run({ ...TOTP, ...change });
  if (output.is !== 'totp') throw new Error(JSON.stringify(output));
  return output;
};

test('RFC 6238, appendix B: all eighteen codes', async () => {
  const secrets = {
    'SHA-1': '12345678901234567890',
    'SHA-256': '12345678901234567890123456789012',
    'SHA-512': '1234567890123456789012345678901234567890123456789012345678901234',
  } as const;
  const published = [
    ['1970-01-01T00:00:59Z', '94287082', '46119246', '90693936'],
    ['2005-03-18T01:58:29Z', '07081804', '68084774', '25091201'],
    ['2005-03-18T01:58:31Z', '14050471', '67062674', '99943326'],
    ['2009-02-13T23:31:30Z', '89005924', '91819424', '93441116'],
    ['2033-05-18T03:33:20Z', '69279037', '90698825', '38618901'],
    ['2603-10-11T11:33:20Z', '65353130', '77737706', '47863826'],
  ];
  for (const [at = '', ...codes] of published) {
    const made = [];
    for (const hash of ['SHA-1', 'SHA-256', 'SHA-512'] as const) {
      const secret = base32(secrets[hash]);
      made.push((await code({ hash, secret, shownAt: at, checkedAt: at })).code);
    }
    expect([at, ...made]).toEqual([at, ...codes]);
  }
});

test('RFC 4226, appendix D: the first ten codes of six digits', async () => {
  const made = [];
  for (let counter = 0; counter < 10; counter++) {
    const at = new Date(counter * 30_000).toISOString();
    made.push((await code({ digits: '6', shownAt: at, checkedAt: at })).code);
  }
  expect(made.join(' ')).toBe(
    '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489',
  );
});

test('steps after the last that is a date are left out, and a far one is said in full', async () => {
  const last = '+275760-09-13T00:00:00Z';
  const { steps, accepted } = await code({ shownAt: last, checkedAt: last });
  expect(accepted).toBe(true);
  expect(steps.map(({ from }) => from)).toEqual(['+275760-09-12T23:59:30Z', last]);
});

test('a code is accepted within the window on either side and not beyond', async () => {
  const accepted = async (checkedAt: string, window: string): Promise<boolean> =>
    (await code({ shownAt: '2026-11-21T12:00:00Z', checkedAt, window })).accepted;
  expect(await accepted('2026-11-21T12:00:29Z', '0')).toBe(true);
  expect(await accepted('2026-11-21T12:00:30Z', '0')).toBe(false);
  expect(await accepted('2026-11-21T12:00:59Z', '1')).toBe(true);
  expect(await accepted('2026-11-21T12:01:00Z', '1')).toBe(false);
  expect(await accepted('2026-11-21T11:59:30Z', '1')).toBe(true);
  expect(await accepted('2026-11-21T11:59:29Z', '1')).toBe(false);
  expect(await refused({ ...TOTP, secret: '0189' })).toMatch(/^Secret: /);
  expect(await refused({ ...TOTP, shownAt: '1969-12-31T23:59:59Z' })).toMatch(/since 1970/);
});

test('RFC 7636, appendix B: the challenge, and what a thief without the verifier is told', async () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const pkce: PkceInput = { do: 'pkce', method: 'S256', verifier, presented: verifier };
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
  expect(await run(pkce)).toMatchObject({ is: 'pkce', challenge, accepted: true });
  expect(await run({ ...pkce, presented: challenge })).toMatchObject({ accepted: false });
  // With `plain` the request itself carries what the exchange asks for.
  expect(await run({ ...pkce, method: 'plain' })).toMatchObject({ challenge: verifier });
  expect(await refused({ ...pkce, verifier: 'short' })).toMatch(/^Verifier: 43 to 128/);
});

test('texts are read as their RFCs have them', () => {
  expect(fromBase32('MZXW6YTBOI======')).toEqual(utf8('foobar'));
  expect(fromBase32('mzxw 6ytb oi')).toEqual(utf8('foobar'));
  expect(fromBase64url('A+8')).toBeNull();
  expect(readToken('a.b').parts).toBe(2);
  expect(readToken('_w.e30.x')).toMatchObject({ header: { decoded: null }, signature: 'x' });
  expect([spanText(0), spanText(330), spanText(90_061)]).toEqual(['0 s', '5 min 30 s', '1 d 1 h']);
});

test('the version that is shown is the one that is installed', () => {
  const { version } = JSON.parse(readFileSync('node_modules/jose/package.json', 'utf8')) as {
    version: string;
  };
  expect(JOSE_VERSION).toBe(version);
});
