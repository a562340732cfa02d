/** A token taken apart without asking whether it is true: what anybody can read who holds it. */
import { fromBase64url, readUtf8 } from './text';

export interface TokenPart {
  readonly text: string;
  /** What it decodes to; null if it is no base64url of UTF-8. */
  readonly decoded: string | null;
}

interface ReadToken {
  /** Header and claims, in this order; the rest as it came. */
  readonly header: TokenPart;
  readonly claims: TokenPart;
  /** All after the second dot; empty if there is none. */
  readonly signature: string;
  readonly parts: number;
}

export function readToken(text: string): ReadToken {
  const [header = '', claims = '', ...rest] = text.split('.');
  return {
    header: part(header),
    claims: part(claims),
    signature: rest.join('.'),
    parts: text.split('.').length,
  };
}

const part = (text: string): TokenPart => {
  const bytes = fromBase64url(text);
  return { text, decoded: bytes === null ? null : readUtf8(bytes) };
};

/** The decoded part as an object; null where it is none. */
export function objectOf({ decoded }: TokenPart): Record<string, unknown> | null {
  if (decoded === null) return null;
  try {
    const value: unknown = JSON.parse(decoded);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
