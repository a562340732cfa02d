/** Where to go from the end of a guide. */
import type { ReactNode } from 'react';
import { tagAddress, termAddress } from '@/lib/content/addresses';
import type { Guide, Manifest } from '@/lib/content/manifest';
import { markdownPath } from '@/lib/reach/addresses';
import { editUrl, reportUrl } from '@/lib/site';
import { GuideList } from './guide-list';
import { Link } from './link';

/** Guides that are described. More of them name a guide as guides are added, and each page would grow. */
const RELATED_IN_FULL = 3;

export function GuideEnd({
  guide,
  manifest,
}: {
  readonly guide: Guide;
  readonly manifest: Manifest;
}): ReactNode {
  const guidesOf = (slugs: readonly string[]): Guide[] =>
    slugs.flatMap((slug) => manifest.guides[slug] ?? []);
  const related = guidesOf(guide.related);
  const mentioning = guidesOf(guide.backlinks.filter((slug) => !guide.related.includes(slug)));
  const terms = manifest.glossary.filter(({ guides }) => guides.includes(guide.slug));
  const edit = editUrl(guide.slug);
  const report = reportUrl(`/${guide.slug}/`);
  return (
    <footer className="no-print mt-[calc(var(--line)*2.5)] max-w-[46rem]">
      <dl className="term-links">
        <Links
          title="Tags"
          links={guide.tags.map((tag) => ({ path: tagAddress(tag), title: tag }))}
        />
        <Links
          title="Terms"
          links={terms.map(({ slug, title }) => ({ path: termAddress(slug), title }))}
        />
        <Links
          title="Named in"
          links={mentioning.map(({ slug, title }) => ({ path: `/${slug}/`, title }))}
        />
        <Links
          title="This page"
          links={[
            ...(report === null ? [] : [{ path: report, title: 'Report a mistake' }]),
            ...(edit === null ? [] : [{ path: edit, title: 'Edit it' }]),
            { path: markdownPath(guide.slug), title: 'As Markdown' },
            { path: '/about/#cite', title: 'How to cite it' },
          ]}
        />
      </dl>
      {related.length > 0 && (
        <section aria-labelledby="related" className="mt-[calc(var(--line)*1.5)]">
          <h2 id="related" className="mb-3 text-[0.9375rem] font-semibold">
            Related
          </h2>
          <GuideList guides={related.slice(0, RELATED_IN_FULL)} />
          {related.length > RELATED_IN_FULL && (
            <dl className="term-links">
              <Links
                title="Also"
                links={related
                  .slice(RELATED_IN_FULL)
                  .map(({ slug, title }) => ({ path: `/${slug}/`, title }))}
              />
            </dl>
          )}
        </section>
      )}
      <Neighbours guide={guide} manifest={manifest} />
    </footer>
  );
}

function Links({
  title,
  links,
}: {
  readonly title: string;
  readonly links: readonly { readonly path: string; readonly title: string }[];
}): ReactNode {
  if (links.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {links.map(({ path, title: text }) => (
          <Link key={path} href={path}>
            {text}
          </Link>
        ))}
      </dd>
    </div>
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
