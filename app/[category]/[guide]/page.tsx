import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { CopyCode } from '@/components/mdx/copy-code.client';
import { Breadcrumbs } from '@/components/site/breadcrumbs';
import { ContentsAside, ContentsFolded } from '@/components/site/contents';
import { ContentsSpy } from '@/components/site/contents-spy.client';
import { GuideEnd } from '@/components/site/guide-end';
import { GuideFacts } from '@/components/site/guide-facts';
import { GuideSummary } from '@/components/site/guide-summary';
import { JsonLd } from '@/components/site/json-ld';
import { StaticHtml } from '@/components/site/static-html';
import { type Category, type Guide, type Manifest, readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';
import { article } from '@/lib/reach/structured-data';
import { SITE_NAME } from '@/lib/site';

interface Props {
  readonly params: Promise<{ readonly category: string; readonly guide: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { category: string; guide: string }[] {
  return Object.values(readManifest().guides).map(({ category, name }) => ({
    category,
    guide: name,
  }));
}

async function guideOf({ params }: Props): Promise<{ guide: Guide; manifest: Manifest }> {
  const { category, guide: name } = await params;
  const manifest = readManifest();
  const guide = manifest.guides[`${category}/${name}`];
  if (guide === undefined) notFound();
  return { guide, manifest };
}

function categoryOf(guide: Guide, { categories }: Manifest): Category | undefined {
  return categories.find(({ slug }) => slug === guide.category);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { guide, manifest } = await guideOf(props);
  const { title, description, slug } = guide;
  return pageMetadata({
    path: `/${slug}/`,
    title,
    description,
    card: slug,
    article: { ...guide, section: categoryOf(guide, manifest)?.title ?? guide.category },
  });
}

export default async function GuidePage(props: Props): Promise<ReactNode> {
  const { guide, manifest } = await guideOf(props);
  const headings =
    guide.sources.length === 0
      ? guide.headings
      : [...guide.headings, { depth: 2, id: 'sources', text: 'Sources' }];
  const category = categoryOf(guide, manifest);
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
        </header>
        <div className="page-side page-side-tall no-print">
          <ContentsAside headings={headings}>
            <GuideSummary points={guide.summary} />
          </ContentsAside>
        </div>
        <div className="page-main">
          <StaticHtml name={`guides/${guide.slug}`} className="prose mt-[calc(var(--line)*0.75)]" />
          <GuideEnd guide={guide} manifest={manifest} />
        </div>
      </article>
      <JsonLd nodes={[article(guide, category)]} />
      <ContentsSpy />
      <CopyCode />
    </main>
  );
}
