/** One line under a guide's title: for whom, how long, how fresh, what to read before. */
import type { ReactNode } from 'react';
import type { Guide } from '@/lib/content/manifest';
import { canonical } from '@/lib/site';
import { formatDay } from './day';
import { LEVELS } from './level';
import { Link } from './link';

export function GuideFacts({
  guide: { slug, level, readingMinutes, published, updated },
  prerequisites,
}: {
  readonly guide: Guide;
  readonly prerequisites: readonly Guide[];
}): ReactNode {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-ink-faint tabular sm:gap-x-5 sm:text-[0.8125rem]">
      <li title={LEVELS[level].meaning}>{LEVELS[level].title}</li>
      <li>{readingMinutes} min</li>
      <li>
        {updated === published ? 'Published ' : 'Updated '}
        <time
          dateTime={updated}
          title={updated === published ? undefined : `Published ${formatDay(published)}`}
        >
          {formatDay(updated)}
        </time>
      </li>
      <li className="only-print">{canonical(`/${slug}/`)}</li>
      {prerequisites.length > 0 && (
        <li>
          Read first:{' '}
          {prerequisites.map(({ slug: other, title }, index) => (
            <span key={other}>
              {index > 0 && ', '}
              <Link href={`/${other}/`} className="text-ink-soft underline underline-offset-2">
                {title}
              </Link>
            </span>
          ))}
        </li>
      )}
    </ul>
  );
}
