/** Where to go from the end of a guide. */
import type { ReactNode } from 'react';
import type { Guide, Manifest } from '@/lib/content/manifest';
import { editUrl, reportUrl } from '@/lib/site';
import { Link } from './link';

export function GuideEnd({
  guide,
  manifest,
}: {
  readonly guide: Guide;
  readonly manifest: Manifest;
}): ReactNode {
  const guidesOf = (slugs: readonly string[]): Guide[] =>
    slugs.flatMap((slug) => manifest.guides[slug] ?? []);
  const neighbours = guidesOf([...new Set([...guide.related, ...guide.backlinks])]);
  const edit = editUrl(guide.slug);
  const report = reportUrl(`/${guide.slug}/`);
  return (
    <footer className="no-print mt-[calc(var(--line)*2.5)] max-w-[46rem]">
      {(edit !== null || report !== null) && (
        <p className="flex gap-6 text-[0.8125rem] text-ink-faint">
          {report !== null && (
            <a href={report} className="underline underline-offset-2 hover:text-ink">
              Report a mistake
            </a>
          )}
          {edit !== null && (
            <a href={edit} className="underline underline-offset-2 hover:text-ink">
              Edit this page
            </a>
          )}
        </p>
      )}
      {neighbours.length > 0 && (
        <section aria-labelledby="related" className="mt-(--line)">
          <h2 id="related" className="text-[0.8125rem] font-medium">
            Related
          </h2>
          <ul className="mt-2">
            {neighbours.map(({ slug, title, description }) => (
              <li key={slug} className="border-t border-rule">
                <Link href={`/${slug}/`} className="group block py-3">
                  <span className="font-prose text-[1.0625rem] font-semibold group-hover:underline">
                    {title}
                  </span>
                  <span className="block font-prose text-ink-soft">{description}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Neighbours guide={guide} manifest={manifest} />
    </footer>
  );
}

function Neighbours({
  guide,
  manifest,
}: {
  readonly guide: Guide;
  readonly manifest: Manifest;
}): ReactNode {
  const previous = guide.previous === null ? undefined : manifest.guides[guide.previous];
  const next = guide.next === null ? undefined : manifest.guides[guide.next];
  if (previous === undefined && next === undefined) return null;
  return (
    <nav
      aria-label="Previous and next guide"
      className="mt-(--line) grid gap-x-8 border-t border-rule sm:grid-cols-2"
    >
      {previous !== undefined && (
        <Link href={`/${previous.slug}/`} rel="prev" className="group block py-4">
          <span className="block text-[0.8125rem] text-ink-faint">Previous</span>
          <span className="font-prose text-lg font-semibold group-hover:underline">
            {previous.title}
          </span>
        </Link>
      )}
      {next !== undefined && (
        <Link
          href={`/${next.slug}/`}
          rel="next"
          className="group block py-4 sm:col-start-2 sm:text-right"
        >
          <span className="block text-[0.8125rem] text-ink-faint">Next</span>
          <span className="font-prose text-lg font-semibold group-hover:underline">
            {next.title}
          </span>
        </Link>
      )}
    </nav>
  );
}
