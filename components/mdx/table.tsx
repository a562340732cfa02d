/** A table of prose: scrolls sideways by itself, so that the page never does. */
import type { ComponentPropsWithoutRef, ReactNode } from 'react';

export function Table({ children }: ComponentPropsWithoutRef<'table'>): ReactNode {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div
      className="table-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
      tabIndex={0}
      role="group"
      aria-label="Table"
    >
      <table>{children}</table>
    </div>
  );
}
