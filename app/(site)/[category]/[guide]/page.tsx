import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { CopyCode } from '@/components/mdx/copy-code.client';
import { ContentsSpy } from '@/components/site/contents-spy.client';
import { GuideHtml } from '@/components/site/guide-html.client';
import { GuidePage } from '@/components/site/guide-page';
import { type Category, type Guide, type Manifest, readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';

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

export default async function Page(props: Props): Promise<ReactNode> {
  const { guide } = await guideOf(props);
  // In development the page is React's, so that it follows its sources while it is open.
  const Shown = process.env.NODE_ENV === 'development' ? GuidePage : GuideHtml;
  return (
    <>
      <Shown slug={guide.slug} />
      <ContentsSpy />
      <CopyCode />
    </>
  );
}
