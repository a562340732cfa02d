import './tags.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Link } from '@/components/site/link';
import { PageHead } from '@/components/site/page-head';
import { readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION = 'Every subject that the guides touch, across the categories.';

export const metadata: Metadata = pageMetadata({
  path: '/tags/',
  title: 'Tags',
  description: DESCRIPTION,
});

export default function Tags(): ReactNode {
  const { tags } = readManifest();
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead path="/tags/" title="Tags">
          {DESCRIPTION}
        </PageHead>
        <ul className="tag-list">
          {tags.map(({ slug, title, guides }) => (
            <li key={slug}>
              <Link href={`/tags/${slug}/`}>
                {title}
                <span>
                  {guides.length} {guides.length === 1 ? 'guide' : 'guides'}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
