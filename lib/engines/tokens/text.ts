/** Bytes as text and back, and the reading of what a reader typed. No clock, no page. */
import { grouped } from '../../kernel/grouped';

/** A text longer than this is refused; tokens in headers are held to less by most servers. */
export const TEXT_MAX = 16_384;

/** What was typed cannot be used; the message says what should hold and what came. */
export class Unusable extends Error {}

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Null where the bytes are not UTF-8. */
export function readUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** Without padding, as RFC 7515 has it. */
export const toBase64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** Null where the text is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Null where the text is not base64url without padding. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text)) return null;
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Letters of RFC 4648, 6; spaces, case and padding do not matter. Null where the text is not base32. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const letters = text.toUpperCase().replaceAll(/[\s=]/g, '');
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  for (const letter of letters) {
    const value = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    heldBits += 5;
    if (heldBits >= 8) {
      heldBits -= 8;
      bytes.push((held >> heldBits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** An object of JSON as it was typed. */
export function readObject(field: string, text: string): Record<string, unknown> {
  bounded(field, text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unusable(`${field}: this should be JSON. ${why}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unusable(`${field}: this should be a JSON object, between { and }.`);
  }
  return value as Record<string, unknown>;
}

export function bounded(field: string, text: string): string {
  if (text.length <= TEXT_MAX) return text;
  throw new Unusable(
    `${field}: at most ${grouped(TEXT_MAX)} characters, not ${grouped(text.length)}.`,
  );
}

/** Seconds since 1970, whole. */
export function readTime(field: string, text: string): number {
  // Without a zone a time would be read in that of the machine.
  const ms = /(?:Z|[+-]\d\d:\d\d)$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new Unusable(
      `${field}: a time such as 2026-11-21T12:00:00Z, with its zone, not “${text}”.`,
    );
  }
  return Math.floor(ms / 1000);
}

export function readNumber(field: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Unusable(`${field}: a whole number from ${min} to ${max}, not “${text}”.`);
}

/** "2026-11-21 12:00:05"; the number as it is where it is no time of a four-digit year. */
export function dateText(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** "5 min 30 s". */
export function spanText(seconds: number): string {
  const units: readonly (readonly [number, string])[] = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ];
  const parts: string[] = [];
  let left = Math.floor(Math.abs(seconds));
  for (const [size, unit] of units) {
    const count = Math.floor(left / size);
    if (count > 0 && parts.length < 2) parts.push(`${grouped(count)} ${unit}`);
    left -= count * size;
  }
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
