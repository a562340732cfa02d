import '../tags/tags.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Link } from '@/components/site/link';
import { PageHead } from '@/components/site/page-head';
import { galleryAddress } from '@/lib/content/addresses';
import { readSimulations } from '@/lib/content/simulation-index';

export const metadata: Metadata = {
  title: 'All figures',
  description: 'Every simulation in every scenario and view.',
  robots: { index: false },
};

export default function Gallery(): ReactNode {
  return (
    <main id="content" className="page-grid pt-4 pb-24 sm:pt-6">
      <div className="page-main">
        <PageHead path="/gallery/" title="All figures">
          For those who make them: every simulation, the template included, in each of its scenarios
          and views.
        </PageHead>
        <ul className="tag-list">
          {Object.entries(readSimulations()).map(([id, { description, figures }]) => (
            <li key={id}>
              <Link href={galleryAddress(id)}>
                {description.title}
                <span>
                  {figures.length} {figures.length === 1 ? 'figure' : 'figures'}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
