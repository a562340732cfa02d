import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { NearPages } from '@/components/search/near-pages.client';
import { GuideList } from '@/components/site/guide-list';
import { readManifest } from '@/lib/content/manifest';

export const metadata: Metadata = { title: 'No such page', robots: { index: false } };

export default function NotFound(): ReactNode {
  const guides = Object.values(readManifest().guides);
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <h1 className="page-title">There is no page at this address</h1>
        <p className="page-lede">It may have moved, or the address has a slip in it.</p>
        <NearPages />
        <h2 className="mt-[calc(var(--line)*2)] mb-3 text-[0.9375rem] font-semibold">All guides</h2>
        <GuideList guides={guides} />
      </div>
    </main>
  );
}
