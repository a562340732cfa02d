/** Where a page stands in the handbook. */
import type { ReactNode } from 'react';
import { breadcrumbs } from '@/lib/reach/structured-data';
import { JsonLd } from './json-ld';
import { Link } from './link';

interface Step {
  readonly path: string;
  readonly title: string;
}

export function Breadcrumbs({
  trail,
  page,
}: {
  /** From the outside in, without the page itself. */
  readonly trail: readonly Step[];
  /** The page itself, which the trail leads to: shown by its heading, named for search engines. */
  readonly page: Step;
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
      <JsonLd nodes={[breadcrumbs(trail, page)]} />
    </nav>
  );
}
