import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { PageHead } from '@/components/site/page-head';
import { StaticHtml } from '@/components/site/static-html';
import { galleryAddress } from '@/lib/content/addresses';
import { readSimulations } from '@/lib/content/simulation-index';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { id: string }[] {
  return Object.keys(readSimulations()).map((id) => ({ id }));
}

async function entryOf({ params }: Props) {
  const { id } = await params;
  return readSimulations()[id] ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { title } = (await entryOf(props)).description;
  return { title: `Figures: ${title}`, robots: { index: false } };
}

export default async function GalleryPage(props: Props): Promise<ReactNode> {
  const { description, figures } = await entryOf(props);
  return (
    <main id="content" className="page-grid pt-4 pb-24 sm:pt-6">
      <div className="page-main">
        <PageHead
          trail={[{ path: '/gallery/', title: 'All figures' }]}
          path={galleryAddress(description.id)}
          title={description.title}
        >
          Every scenario of this simulation, and every view there is of it.
        </PageHead>
        {figures.map(({ figure, still }) => (
          <StaticHtml key={figure} name={`figures/${still}`} />
        ))}
      </div>
    </main>
  );
}
