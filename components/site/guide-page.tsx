/** A guide with everything around it. */
import type { ReactNode } from 'react';
import { Breadcrumbs } from '@/components/site/breadcrumbs';
import { ContentsAside, ContentsFolded } from '@/components/site/contents';
import { GuideEnd } from '@/components/site/guide-end';
import { GuideFacts } from '@/components/site/guide-facts';
import { GuideSummary } from '@/components/site/guide-summary';
import { JsonLd } from '@/components/site/json-ld';
import { StaticHtml } from '@/components/site/static-html';
import { readManifest } from '@/lib/content/manifest';
import { article, citations } from '@/lib/reach/structured-data';
import { SITE_NAME } from '@/lib/site';

export function GuidePage({ slug }: { readonly slug: string }): ReactNode {
  const manifest = readManifest();
  const guide = manifest.guides[slug];
  if (guide === undefined) throw new Error(`Expected the slug of a guide, got "${slug}".`);
  const category = manifest.categories.find((each) => each.slug === guide.category);
  const headings =
    guide.sources.length === 0
      ? guide.headings
      : [...guide.headings, { depth: 2, id: 'sources', text: 'Sources' }];
  const prerequisites = guide.prerequisites.flatMap((slug) => manifest.guides[slug] ?? []);
  return (
    <main id="content" className="pt-4 pb-24 sm:pt-6">
      <article className="page-grid">
        <header className="page-main">
          <Breadcrumbs
            trail={[
              { path: '/', title: SITE_NAME },
              { path: `/${guide.category}/`, title: category?.title ?? guide.category },
            ]}
            page={{ path: `/${guide.slug}/`, title: guide.title }}
          />
          <h1 className="page-title">{guide.title}</h1>
          <p className="page-lede">{guide.description}</p>
          <GuideFacts guide={guide} prerequisites={prerequisites} />
          <div className="no-print mt-3 border-t border-rule lg:hidden">
            <details className="fold">
              <summary>On this page</summary>
              <GuideSummary points={guide.summary} />
              <ContentsFolded headings={headings} />
            </details>
          </div>
          <JsonLd nodes={[article(guide, category)]} />
        </header>
        <div className="page-side page-side-tall no-print">
          <ContentsAside headings={headings}>
            <GuideSummary points={guide.summary} />
          </ContentsAside>
        </div>
        <div className="page-main">
          <StaticHtml name={`guides/${guide.slug}`} className="prose mt-[calc(var(--line)*0.75)]" />
          <JsonLd nodes={[citations(guide)]} />
          <GuideEnd guide={guide} manifest={manifest} />
        </div>
      </article>
    </main>
  );
}
