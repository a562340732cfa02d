import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { PageHead } from '@/components/site/page-head';
import { StaticHtml } from '@/components/site/static-html';
import { labAddress } from '@/lib/content/addresses';
import { readManifest } from '@/lib/content/manifest';
import { readLabs } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { id: string }[] {
  return Object.keys(readLabs()).map((id) => ({ id }));
}

async function labOf({ params }: Props) {
  const { id } = await params;
  return readLabs()[id] ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { id, title, question } = await labOf(props);
  return pageMetadata({ path: labAddress(id), title, description: question });
}

export default async function LabPage(props: Props): Promise<ReactNode> {
  const lab = await labOf(props);
  const { guides } = readManifest();
  const shownIn = lab.guides.flatMap((slug) => guides[slug] ?? []);
  return (
    <main id="content" className="page-grid pt-4 pb-24 sm:pt-6">
      <div className="page-main">
        <PageHead
          trail={[{ path: '/labs/', title: 'Labs' }]}
          path={labAddress(lab.id)}
          title={lab.title}
        />
      </div>
      <div className="page-main lab-alone">
        <StaticHtml name={`figures/${lab.still}`} />
      </div>
      {shownIn.length > 0 && (
        <section className="page-main" aria-labelledby="guides">
          <h2 id="guides" className="mt-(--line) mb-3 font-prose text-xl font-semibold">
            {shownIn.length === 1 ? 'The guide that explains it' : 'The guides that explain it'}
          </h2>
          <GuideList guides={shownIn} />
        </section>
      )}
    </main>
  );
}
