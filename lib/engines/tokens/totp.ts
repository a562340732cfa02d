/** One-time passwords by time: RFC 6238 over RFC 4226. */
import { equalInConstantTime, type HashName, hmac } from './mac';
import { bounded, fromBase32, readNumber, readTime, toHex, Unusable } from './text';
import type { TotpInput, TotpOutcome } from './types';

/** The last second that is a date (ECMA-262, 21.4.1.1): no clock comes to a step after it. */
const LAST_S = 8.64e12;

export async function checkTotp(input: TotpInput): Promise<TotpOutcome> {
  const secret = fromBase32(bounded('Secret', input.secret));
  if (secret === null || secret.length === 0) {
    throw new Unusable('Secret: letters A to Z and digits 2 to 7 (base32) should stand here.');
  }
  const digits = readNumber('Digits', input.digits, 6, 8);
  const stepS = readNumber('Step', input.stepS, 1, 3600);
  const window = readNumber('Window', input.window, 0, 10);
  const counterAt = (field: string, time: string): number => {
    const counter = Math.floor(readTime(field, time) / stepS);
    if (counter >= 0) return counter;
    throw new Unusable(`${field}: a time since 1970, where the steps begin, not “${time}”.`);
  };
  const shown = await codeOf(input.hash, secret, counterAt('Device clock', input.shownAt), digits);
  const own = counterAt('Clock of the server', input.checkedAt);
  const typed = input.typed.trim() === '' ? shown.code : bounded('Code', input.typed.trim());
  const counters = Array.from({ length: 2 * window + 1 }, (_, place) => own - window + place);
  const steps = await Promise.all(
    counters
      .filter((counter) => counter >= 0 && counter * stepS <= LAST_S)
      .map(async (counter) => {
        const { code } = await codeOf(input.hash, secret, counter, digits);
        const from = new Date(counter * stepS * 1000).toISOString().replace('.000', '');
        return { counter, from, code, matches: equalInConstantTime(code, typed) };
      }),
  );
  return { is: 'totp', ...shown, typed, steps, accepted: steps.some(({ matches }) => matches) };
}

async function codeOf(
  hash: HashName,
  secret: Uint8Array<ArrayBuffer>,
  counter: number,
  digits: number,
): Promise<Pick<TotpOutcome, 'counter' | 'mac' | 'offset' | 'code'>> {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(counter));
  const mac = await hmac(hash, secret, message);
  // Dynamic truncation (RFC 4226, 5.3): the last four bits say where; the sign bit is dropped.
  const offset = (mac[mac.length - 1] ?? 0) & 0xf;
  const number = new DataView(mac.buffer).getUint32(offset) & 0x7fffffff;
  const code = String(number).slice(-digits).padStart(digits, '0');
  return { counter, mac: toHex(mac), offset, code };
}
