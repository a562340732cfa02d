/** How large an answer of the reader's worker may be, measured before it goes on to the page. */
import { grouped } from '@/lib/kernel/grouped';

/** The parts that an answer may have, all levels together: a full recording has a tenth of it. */
const PARTS_MAX = 1_000_000;
/** Bytes of buffers and texts; a full recording has 3 MB. */
const BYTES_MAX = 64 * 2 ** 20;

interface Measured {
  /** Null if it is within bounds; otherwise why not. */
  readonly excess: string | null;
  /** Its buffers, to be handed over rather than copied. */
  readonly buffers: ArrayBuffer[];
}

/** @param answer as it came through a message: a tree or graph of plain values */
export function measure(answer: unknown): Measured {
  const seen = new Set<object>();
  const buffers = new Set<ArrayBuffer>();
  const waiting: unknown[] = [answer];
  let parts = 1;
  let bytes = 0;
  const take = (value: unknown): void => {
    parts++;
    waiting.push(value);
  };
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === 'string') bytes += 2 * value.length;
    if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
      if (buffer instanceof ArrayBuffer) {
        if (!buffers.has(buffer)) bytes += buffer.byteLength;
        buffers.add(buffer);
      } else if (Array.isArray(value)) {
        // Its holes count as well: whoever walks over it meets them.
        if (parts + value.length <= PARTS_MAX) value.forEach(take);
        else parts = PARTS_MAX + 1;
      } else if (isPlain(value)) {
        for (const [name, part] of Object.entries(value)) {
          bytes += 2 * name.length;
          take(part);
        }
      } else return refused('values that are neither plain nor part of a recording');
    }
    if (parts > PARTS_MAX) return refused(`more than ${grouped(PARTS_MAX)} values`);
    if (bytes > BYTES_MAX) return refused(`more than ${BYTES_MAX / 2 ** 20} MB`);
  }
  return { excess: null, buffers: [...buffers] };
}

const refused = (excess: string): Measured => ({ excess, buffers: [] });

/** Messages carry Maps, images and ports as well, and nothing of ours is made of these. */
const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;
