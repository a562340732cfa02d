import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { NearPages } from '@/components/search/near-pages.client';
import { Link } from '@/components/site/link';
import { readManifest } from '@/lib/content/manifest';

/**
 * What a host shows for an address where there is nothing; the export moves it to 404.html. It is a
 * page and not the framework's `not-found`, which would be sent along with every other page.
 */
export const metadata: Metadata = { title: 'No such page', robots: { index: false } };

export default function Lost(): ReactNode {
  const { categories } = readManifest();
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <h1 className="page-title">There is no page at this address</h1>
        <p className="page-lede">It may have moved, or the address has a slip in it.</p>
        <NearPages />
        <h2 className="mt-[calc(var(--line)*2)] mb-3 text-[0.9375rem] font-semibold">
          All categories
        </h2>
        <ul className="list-rows">
          {categories.map(({ slug, title, blurb }) => (
            <li key={slug}>
              <Link href={`/${slug}/`} className="group block py-4">
                <span className="block font-prose text-lg font-semibold group-hover:underline">
                  {title}
                </span>
                <span className="mt-1 block max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
                  {blurb}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
