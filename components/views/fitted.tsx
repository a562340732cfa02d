/** Numbers that change before one's eyes and move nothing. */
import type { ReactNode } from 'react';

/**
 * A text in a box as wide as another, which is laid out by itself (`.fig-fit`): a page is long, and is else
 * laid out anew from top to bottom for each digit that changes in it.
 *
 * @param widest takes as much room as any text that is to stand here; a wider one reaches out of the box, to
 *   the left, and is not cut off
 */
export function Fitted({
  text,
  widest,
}: {
  readonly text: string;
  readonly widest: string;
}): ReactNode {
  return (
    <b className="fig-fit" data-widest={zeros(widest)}>
      <span>{text}</span>
    </b>
  );
}

/** Digits are of one width, so that a box changes with how many they are and not with which. */
export const zeros = (text: string): string => text.replace(/\d/g, '0');
