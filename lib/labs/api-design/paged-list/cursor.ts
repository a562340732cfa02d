import * as z from 'zod/mini';
import type { Position } from './events';

/** What a cursor holds: a version, so that its inside can change, and the last row that was sent. */
const inside = z.tuple([z.literal(1), z.iso.datetime(), z.int().check(z.positive())]);

/** base64url of JSON: opaque to the client, which has only to send it back. */
export function writeCursor({ at, id }: Position): string {
  const json = JSON.stringify([1, at, id] satisfies z.infer<typeof inside>);
  return btoa(json).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** null for what was not written by `writeCursor`: a cursor comes from outside, like any parameter. */
export function readCursor(text: string): Position | null {
  try {
    const json: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    const read = inside.safeParse(json);
    if (!read.success) return null;
    const [, at, id] = read.data;
    const position = { at, id };
    // A cursor has one spelling; another text that decodes to the same is not ours.
    return writeCursor(position) === text ? position : null;
  } catch {
    return null;
  }
}
