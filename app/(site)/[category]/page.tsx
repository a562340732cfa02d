import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { PageHead } from '@/components/site/page-head';
import { readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';

interface Props {
  readonly params: Promise<{ readonly category: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { category: string }[] {
  return readManifest().categories.map(({ slug }) => ({ category: slug }));
}

async function categoryOf({ params }: Props) {
  const { category: slug } = await params;
  const manifest = readManifest();
  const category = manifest.categories.find((each) => each.slug === slug);
  if (category === undefined) notFound();
  return { category, guides: category.guides.flatMap((each) => manifest.guides[each] ?? []) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { category } = await categoryOf(props);
  const { slug, title, blurb } = category;
  return pageMetadata({ path: `/${slug}/`, title, description: blurb, card: slug });
}

export default async function CategoryPage(props: Props): Promise<ReactNode> {
  const { category, guides } = await categoryOf(props);
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead path={`/${category.slug}/`} title={category.title}>
          {category.blurb}
        </PageHead>
        <div className="mt-(--line)">
          <GuideList guides={guides} isNumbered />
        </div>
      </div>
    </main>
  );
}
