/** Where a page stands in the handbook. */
import type { ReactNode } from 'react';
import { Link } from './link';

export function Breadcrumbs({
  trail,
}: {
  /** From the outside in, without the page itself. */
  readonly trail: readonly { readonly path: string; readonly title: string }[];
}): ReactNode {
  return (
    <nav aria-label="Breadcrumbs" className="no-print text-[0.8125rem] text-ink-faint">
      <ol className="flex flex-wrap">
        {trail.map(({ path, title }, index) => (
          <li key={path} className="flex">
            {index > 0 && (
              <span aria-hidden="true" className="px-2">
                /
              </span>
            )}
            <Link href={path} className="hover:text-ink hover:underline">
              {title}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
