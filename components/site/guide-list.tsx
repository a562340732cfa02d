/** Guides as a table of contents lists them. */
import type { ReactNode } from 'react';
import type { Guide } from '@/lib/content/manifest';
import { LEVELS } from './level';
import { Link } from './link';

export function GuideList({
  guides,
  isNumbered = false,
}: {
  readonly guides: readonly Guide[];
  /** Whether their order is that in which they are read. */
  readonly isNumbered?: boolean;
}): ReactNode {
  return (
    <ol className="list-rows">
      {guides.map(({ slug, title, description, level, readingMinutes }, index) => (
        <li key={slug}>
          <Link href={`/${slug}/`} className="group block py-4">
            <span className="flex items-baseline gap-4">
              {isNumbered && (
                <span
                  aria-hidden="true"
                  className="w-5 shrink-0 text-[0.8125rem] text-ink-faint tabular"
                >
                  {index + 1}
                </span>
              )}
              <span className="mr-auto font-prose text-xl leading-snug font-semibold tracking-[-0.01em] decoration-accent decoration-1 underline-offset-4 group-hover:underline">
                {title}
              </span>
              <span className="shrink-0 text-[0.8125rem] text-ink-faint tabular">
                {readingMinutes} min
              </span>
            </span>
            <span className={isNumbered ? 'block pl-9' : 'block'}>
              <span className="mt-1 block max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
                {description}
              </span>
              <span className="mt-1.5 block text-[0.8125rem] text-ink-faint">
                {LEVELS[level].title}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
