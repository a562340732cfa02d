import type {
  PkceInput,
  TokenOutput,
  TokensLab,
  TotpInput,
  WebhookJourney,
  WebhookOutcome,
} from '@/lib/engines/tokens/types';

/** As the sender wrote it, with blanks that another writer of JSON would leave out. */
const BODY = '{"type": "invoice.paid", "data": {"id": "inv_482", "total": 129.50}}';

// The secret of the test suites of the reference libraries of Standard Webhooks.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const DELIVERY: WebhookJourney = {
  do: 'webhook',
  sender: {
    secrets: SECRET,
    id: 'msg_2026-11-21_482',
    at: '2026-11-21T12:00:00Z',
    body: BODY,
  },
  arrives: BODY,
  receiver: { secret: SECRET, at: '2026-11-21T12:00:02Z', toleranceS: '300' },
};

/** A body that is the same when it is parsed and written again. */
const COMPACT = JSON.stringify(JSON.parse(BODY));

const CODE: TotpInput = {
  do: 'totp',
  // RFC 6238, appendix B, in base32.
  secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  hash: 'SHA-1',
  digits: '6',
  stepS: '30',
  shownAt: '2026-11-21T12:00:28Z',
  checkedAt: '2026-11-21T12:00:33Z',
  window: '1',
  typed: '',
};

const EXCHANGE: PkceInput = {
  do: 'pkce',
  method: 'S256',
  // RFC 7636, appendix B.
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  presented: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

const webhook =
  (holds: (outcome: WebhookOutcome) => boolean) =>
  (output: TokenOutput): boolean =>
    output.is === 'webhook' && holds(output);

export const lab: TokensLab = {
  kind: 'tokens',
  title: 'Shared secrets',
  question:
    'What does a secret that both sides have prove: for a webhook, a one-time code, a code exchange?',
  setup: { keys: [], begin: [DELIVERY, CODE, EXCHANGE] },
  steps: [
    {
      id: 'webhook',
      title: 'Verify a webhook',
      says: 'The signature is over the bytes of the body. The strict receiver signs the bytes that came. The naive one parses them and writes them again, without the blanks and with a price of 129.5, and refuses an honest message.',
      input: DELIVERY,
      expects: [
        {
          what: 'the strict receiver accepts',
          holds: webhook(({ strictAccepts }) => strictAccepts),
        },
        { what: 'the naive receiver refuses', holds: webhook(({ naiveAccepts }) => !naiveAccepts) },
      ],
    },
    {
      id: 'replay',
      title: 'Send it again an hour later',
      says: 'A message that was caught on its way, sent again unchanged. Its signature is valid for ever; only its time betrays it, and only to a receiver that looks. Within the tolerance the id must do that: keep those you have seen.',
      input: {
        ...DELIVERY,
        sender: { ...DELIVERY.sender, body: COMPACT },
        arrives: COMPACT,
        receiver: { ...DELIVERY.receiver, at: '2026-11-21T13:00:00Z' },
      },
      expects: [
        {
          what: 'the strict receiver refuses',
          holds: webhook(({ strictAccepts }) => !strictAccepts),
        },
        { what: 'the naive receiver accepts', holds: webhook(({ naiveAccepts }) => naiveAccepts) },
      ],
    },
    {
      id: 'code',
      title: 'Type a one-time code as it changes',
      says: 'The device showed this code two seconds before its step ended; the server looks three seconds into the next. A window of one step to either side accepts it. Set it to zero, and it is refused.',
      input: CODE,
      expects: [
        {
          what: 'the code is that of the step before, and is accepted',
          holds: (output) =>
            output.is === 'totp' && output.accepted && output.steps[0]?.matches === true,
        },
      ],
    },
    {
      id: 'exchange',
      title: 'Exchange a stolen authorization code',
      says: 'The thief has seen the request, and with it the challenge, and now has the code. The verifier was not in it. Choose plain: the challenge is the verifier, and the thief has it.',
      input: EXCHANGE,
      expects: [
        {
          what: 'the challenge is no verifier',
          holds: (output) => output.is === 'pkce' && !output.accepted,
        },
      ],
    },
  ],
  differences: [
    'A real receiver also keeps the ids of messages that it has handled, and a real server the codes that were used: each is good once.',
    'A server limits how often a six-digit code may be guessed. Here you may guess as often as you like.',
    'The secrets are printed in documentation and RFCs. Yours come from a random number generator and stay in a secret store.',
  ],
};
