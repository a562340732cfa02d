/** The headings of a page as links: beside the text on wide screens, folded above it on others. */
import type { ReactNode } from 'react';
import type { Heading } from '@/lib/content/parse';

/** Deeper headings are found by reading. */
const DEPTH_MAX = 3;

function Headings({ headings }: { readonly headings: readonly Heading[] }): ReactNode {
  return (
    <ol className="contents-list">
      {headings
        .filter(({ depth }) => depth <= DEPTH_MAX)
        .map(({ id, depth, text }) => (
          <li key={id} data-depth={depth}>
            <a href={`#${id}`}>{text}</a>
          </li>
        ))}
    </ol>
  );
}

/** Stays beside the text; `contents-spy.client.tsx` marks the section that is being read. */
export function ContentsAside({
  label = 'On this page',
  headings,
  children,
}: {
  readonly label?: string;
  readonly headings: readonly Heading[];
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="contents-aside">
      {children}
      <nav aria-label={label} data-contents>
        <p className="mb-3 text-[0.8125rem] font-medium text-ink">{label}</p>
        <Headings headings={headings} />
      </nav>
    </div>
  );
}

export function ContentsFolded({
  label = 'Sections',
  headings,
}: {
  readonly label?: string;
  readonly headings: readonly Heading[];
}): ReactNode {
  return (
    <nav aria-label={label} className="pb-3">
      <Headings headings={headings} />
    </nav>
  );
}
