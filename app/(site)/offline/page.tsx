import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { KeptPages } from '@/components/site/kept-pages.client';

/** Shown by the service worker in the place of a page that is neither reachable nor kept. */
export const metadata: Metadata = { title: 'No connection', robots: { index: false } };

export default function Offline(): ReactNode {
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <h1 className="page-title">There is no connection</h1>
        <p className="page-lede">
          This page has not been read on this device before, and so it is not kept here.
        </p>
        <h2 className="mt-[calc(var(--line)*2)] mb-3 text-[0.9375rem] font-semibold">
          Kept on this device, figures included
        </h2>
        <KeptPages />
      </div>
    </main>
  );
}
