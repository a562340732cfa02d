import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { PageHead } from '@/components/site/page-head';
import { tagAddress } from '@/lib/content/addresses';
import { readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';

interface Props {
  readonly params: Promise<{ readonly tag: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { tag: string }[] {
  return readManifest().tags.map(({ slug }) => ({ tag: slug }));
}

async function tagOf({ params }: Props) {
  const { tag: slug } = await params;
  const manifest = readManifest();
  const tag = manifest.tags.find((each) => each.slug === slug);
  if (tag === undefined) notFound();
  return { tag, guides: tag.guides.flatMap((each) => manifest.guides[each] ?? []) };
}

/** "API design" stays, "overload" begins a line as "Overload". */
function headingOf(tag: string): string {
  return `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { tag, guides } = await tagOf(props);
  return pageMetadata({
    path: tagAddress(tag.title),
    title: `Tag: ${headingOf(tag.title)}`,
    description: `Guides about ${tag.title}: ${guides.map(({ title }) => title).join(', ')}.`,
  });
}

export default async function TagPage(props: Props): Promise<ReactNode> {
  const { tag, guides } = await tagOf(props);
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead
          trail={[{ path: '/tags/', title: 'Tags' }]}
          path={tagAddress(tag.title)}
          title={headingOf(tag.title)}
        />
        <div className="mt-(--line)">
          <GuideList guides={guides} />
        </div>
      </div>
    </main>
  );
}
