/** An input as it was kept in the reader's browser, which may be of an older version, or damaged. */

import type { TokenInput } from './types';
import { WAY_IDS } from './ways';

const text = 'text';
const list = 'list';
/** What each field must be: text, a list of texts, one of some, or fields of its own. */
type Form = typeof text | typeof list | readonly string[] | { readonly [field: string]: Form };

const FORMS: Readonly<Record<TokenInput['do'], Form>> = {
  token: {
    do: ['token'],
    issuer: { kid: text, typ: text, claims: text },
    way: WAY_IDS,
    changed: text,
    pasted: text,
    api: {
      at: text,
      trusts: list,
      algorithms: text,
      typ: text,
      required: text,
      issuer: text,
      audience: text,
      toleranceS: text,
    },
  },
  webhook: {
    do: ['webhook'],
    sender: { secrets: text, id: text, at: text, body: text },
    arrives: text,
    receiver: { secret: text, at: text, toleranceS: text },
  },
  totp: {
    do: ['totp'],
    secret: text,
    hash: ['SHA-1', 'SHA-256', 'SHA-512'],
    digits: text,
    stepS: text,
    shownAt: text,
    checkedAt: text,
    window: text,
    typed: text,
  },
  pkce: { do: ['pkce'], method: ['S256', 'plain'], verifier: text, presented: text },
};

/** Null if it is no input. */
export const readTokenInput = (kept: unknown): TokenInput | null =>
  Object.values(FORMS).some((form) => fits(kept, form)) ? (kept as TokenInput) : null;

function fits(value: unknown, form: Form): boolean {
  if (form === text) return typeof value === 'string';
  if (form === list) return Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (Array.isArray(form)) return form.includes(value);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(form).every(([field, each]) => fits(Reflect.get(value, field), each))
  );
}
