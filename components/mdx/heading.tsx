/** Headings that are links to themselves; the sign hangs in the margin while pointed at or focused. */
import type { ComponentPropsWithoutRef, ReactNode } from 'react';

type HeadingProps = ComponentPropsWithoutRef<'h2'>;

/** The whole heading is the link, so that its name is read once and is what is pointed at. */
function SelfLink({ id, children }: Pick<HeadingProps, 'id' | 'children'>): ReactNode {
  if (id === undefined) return children;
  return (
    <a href={`#${id}`} className="self-link">
      {children}
    </a>
  );
}

export function H2({ id, children }: HeadingProps): ReactNode {
  return (
    <h2 id={id}>
      <SelfLink id={id}>{children}</SelfLink>
    </h2>
  );
}

export function H3({ id, children }: HeadingProps): ReactNode {
  return (
    <h3 id={id}>
      <SelfLink id={id}>{children}</SelfLink>
    </h3>
  );
}

export function H4({ id, children }: HeadingProps): ReactNode {
  return (
    <h4 id={id}>
      <SelfLink id={id}>{children}</SelfLink>
    </h4>
  );
}
