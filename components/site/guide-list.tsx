/** Guides as a table of contents lists them. */
import type { ReactNode } from 'react';
import type { Guide } from '@/lib/content/manifest';
import { Link } from './link';

export function GuideList({ guides }: { readonly guides: readonly Guide[] }): ReactNode {
  return (
    <ol className="max-w-[46rem] border-t border-rule">
      {guides.map(({ slug, title, description, level, readingMinutes }) => (
        <li key={slug} className="border-b border-rule">
          <Link href={`/${slug}/`} className="group block py-4">
            <span className="flex items-baseline justify-between gap-6">
              <span className="font-prose text-xl leading-snug font-semibold tracking-[-0.01em] decoration-accent decoration-1 underline-offset-4 group-hover:underline">
                {title}
              </span>
              <span className="shrink-0 text-[0.8125rem] text-ink-faint tabular-nums">
                {readingMinutes} min
              </span>
            </span>
            <span className="mt-1 block max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
              {description}
            </span>
            <span className="mt-1.5 block text-[0.8125rem] text-ink-faint capitalize">{level}</span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
