/**
 * A webhook signed and verified as Standard Webhooks has it (spec/standard-webhooks.md): an HMAC over
 * `id.timestamp.body`, several of them while secrets are rotated, and a time that must be near.
 */
import { equalInConstantTime, hmac } from './mac';
import {
  bounded,
  dateText,
  fromBase64,
  readNumber,
  readTime,
  spanText,
  toBase64,
  Unusable,
  utf8,
  words,
} from './text';
import type { WebhookJourney, WebhookOutcome } from './types';
import { judged, Protocol, type Verdict } from './verdict';

const CHECKS = {
  timestamp: 'Timestamp',
  body: 'Bytes that are signed',
  signature: 'Signature',
} as const;

type Check = keyof typeof CHECKS;

interface Message {
  readonly id: string;
  readonly timestamp: number;
  readonly signatures: string;
  readonly body: string;
}

export async function deliver({
  sender,
  arrives,
  receiver,
}: WebhookJourney): Promise<WebhookOutcome> {
  const id = bounded('Message id', sender.id.trim());
  const timestamp = readTime('Time of sending', sender.at);
  const content = `${id}.${timestamp}.${bounded('Body', sender.body)}`;
  const secrets = words(bounded('Secrets', sender.secrets));
  if (secrets.length < 1 || secrets.length > 4) {
    throw new Unusable(`Secrets of the sender: one to four, not ${secrets.length}.`);
  }
  const signatures = await Promise.all(
    secrets.map((secret) => signatureOf('Secrets of the sender', secret, content)),
  );
  const message: Message = {
    id,
    timestamp,
    signatures: signatures.join(' '),
    body: bounded('Body that arrives', arrives),
  };
  const now = readTime('Time of receipt', receiver.at);
  const toleranceS = readNumber('Tolerance', receiver.toleranceS, 0, 86_400);
  return {
    is: 'webhook',
    headers: [
      ['webhook-id', id],
      ['webhook-timestamp', String(timestamp)],
      ['webhook-signature', message.signatures],
    ],
    content,
    ...judged(
      CHECKS,
      await naiveReceive(message, receiver.secret),
      await strictReceive(message, receiver.secret, now, toleranceS),
    ),
  };
}

async function strictReceive(
  message: Message,
  secret: string,
  now: number,
  toleranceS: number,
): Promise<Verdict<Check>> {
  const protocol = new Protocol<Check>();
  const late = now - message.timestamp;
  const age = late < 0 ? `${spanText(late)} in the future` : `${spanText(late)} old`;
  if (Math.abs(late) > toleranceS) {
    return protocol.refused('timestamp', `${age}, more than ${spanText(toleranceS)}`);
  }
  protocol.passed('timestamp', `${age}, at most ${spanText(toleranceS)}`);
  protocol.passed('body', 'as they arrived');
  return compare(protocol, message, secret, message.body);
}

/** Two mistakes: what is signed is the body parsed and written again, and no time is asked for. */
async function naiveReceive(message: Message, secret: string): Promise<Verdict<Check>> {
  const protocol = new Protocol<Check>();
  protocol.unasked('timestamp', `not looked at: ${dateText(message.timestamp)}`);
  let body: string;
  try {
    body = JSON.stringify(JSON.parse(message.body));
  } catch (error) {
    return protocol.refused('body', error instanceof Error ? error.message : String(error));
  }
  protocol.passed(
    'body',
    body === message.body ? 'parsed, written again: the same' : 'parsed, written again: different',
  );
  return compare(protocol, message, secret, body);
}

async function compare(
  protocol: Protocol<Check>,
  message: Message,
  secret: string,
  body: string,
): Promise<Verdict<Check>> {
  const expected = await signatureOf(
    'Secret of the receiver',
    secret.trim(),
    `${message.id}.${message.timestamp}.${body}`,
  );
  const offered = words(message.signatures);
  // All are compared, so that the time taken does not say which one was near.
  const matches = offered.filter((each) => equalInConstantTime(each, expected)).length;
  if (matches === 0) return protocol.refused('signature', `not the one expected: ${expected}`);
  protocol.passed(
    'signature',
    offered.length === 1 ? 'the one expected' : `one of ${offered.length} is the one expected`,
  );
  return protocol.accepted();
}

async function signatureOf(field: string, secret: string, content: string): Promise<string> {
  const prefix = 'whsec_';
  const bytes = secret.startsWith(prefix) ? fromBase64(secret.slice(prefix.length)) : null;
  if (bytes === null || bytes.length < 1) {
    throw new Unusable(`${field}: ${prefix} and base64 should stand here, not “${secret}”.`);
  }
  return `v1,${toBase64(await hmac('SHA-256', bytes, utf8(content)))}`;
}
