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
  as: Element,
  text,
  widest,
}: {
  readonly as: 'b' | 'small';
  readonly text: string;
  readonly widest: string;
}): ReactNode {
  return (
    // Digits are of one width, so that the box changes with how many they are and not with which.
    <Element className="fig-fit" data-widest={widest.replace(/\d/g, '0')}>
      <span>{text}</span>
    </Element>
  );
}
