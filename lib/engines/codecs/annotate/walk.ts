/** Bytes taken one after the other, each with what it means. */
import type { Part, Role } from '../types';

/** Deeper nesting is refused: no object of a reader needs it, and the walk is recursive. */
const DEPTH_MAX = 100;

/**
 * Whatever is taken is said: the parts, put together, are the bytes, and nothing can be skipped.
 */
export class Walk {
  readonly parts: Part[] = [];
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #depth = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The byte that comes next, which stays where it is. */
  peek(ahead = 0): number {
    return this.ahead(ahead + 1)[ahead] ?? 0;
  }

  /** The next bytes, which stay where they are. @throws RangeError if there are fewer. */
  ahead(count: number): Uint8Array {
    const left = this.#bytes.length - this.#at;
    if (count > left)
      throw new RangeError(`${count} bytes should follow byte ${this.#at}, but ${left} do.`);
    return this.#bytes.subarray(this.#at, this.#at + count);
  }

  /** The numbers in the bytes that come next. */
  viewAhead(count: number): DataView {
    this.ahead(count);
    return new DataView(this.#view.buffer, this.#view.byteOffset + this.#at, count);
  }

  take(count: number, role: Role, says: string): void {
    if (count === 0) return;
    this.parts.push({ role, hex: hexOf(this.ahead(count)), says, depth: this.#depth });
    this.#at += count;
  }

  /** What lies in an object, an array or a message. */
  inside(walk: () => void): void {
    if (this.#depth >= DEPTH_MAX)
      throw new RangeError(`An object may be nested ${DEPTH_MAX} deep; this one is deeper.`);
    this.#depth++;
    walk();
    this.#depth--;
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const TEXT_SHOWN = 40;

/** A text in quotes, with as much of it as one can take in. */
export function quoted(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const characters = [...text];
  return JSON.stringify(
    characters.length > TEXT_SHOWN ? `${characters.slice(0, TEXT_SHOWN).join('')}…` : text,
  );
}

/** "1 byte", "3 entries". */
export function counted(count: number | bigint, one: string, many = `${one}s`): string {
  return `${count} ${Number(count) === 1 ? one : many}`;
}
