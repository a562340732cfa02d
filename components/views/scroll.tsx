import type { ReactNode } from 'react';

/** What may be wider than its place: it scrolls by itself, by keyboard too, and has a name. */
export function Scroll({
  label,
  className = 'v-scroll',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reached by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups controls, of which there are none.
    <div role="group" className={className} aria-label={label} tabIndex={0} data-keys="slider">
      {children}
    </div>
  );
}
