/** The mark: a quantity that swings, swings less, and settles. */
import type { ReactNode } from 'react';

export function Mark(): ReactNode {
  return (
    <svg
      width="26"
      height="16"
      viewBox="0 0 26 16"
      aria-hidden="true"
      className="shrink-0 text-accent"
    >
      <path
        d="M1 15C3 15 3.6 1 6 1s2.6 11 5 11 2.2-5.6 4.4-5.6S17.6 8.6 20 8.6h5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
