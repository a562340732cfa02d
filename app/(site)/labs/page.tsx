import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { LabEntry } from '@/components/site/lab-entry';
import { PageHead } from '@/components/site/page-head';
import { readManifest } from '@/lib/content/manifest';
import { readLabs } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION =
  'Where a claim is about the real thing, the real thing runs in the page: databases, servers, token libraries and codecs, to be used and broken.';

export const metadata: Metadata = pageMetadata({
  path: '/labs/',
  title: 'Labs',
  description: DESCRIPTION,
});

export default function Labs(): ReactNode {
  const { guides } = readManifest();
  const labs = Object.values(readLabs()).sort((a, b) => (a.title < b.title ? -1 : 1));
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead path="/labs/" title="Labs">
          {DESCRIPTION}
        </PageHead>
        <h2 className="sr-only">All labs</h2>
        <ul className="list-rows mt-(--line)">
          {labs.map((lab) => (
            <LabEntry
              key={lab.id}
              lab={lab}
              guides={lab.guides.flatMap((slug) => guides[slug] ?? [])}
            />
          ))}
        </ul>
      </div>
    </main>
  );
}
