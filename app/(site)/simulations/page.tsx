import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { PageHead } from '@/components/site/page-head';
import { SimulationEntry } from '@/components/site/simulation-entry';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION =
  'Every simulation of the handbook on a page of its own: all its scenarios, its tasks, and the checks that hold it to theory.';

export const metadata: Metadata = pageMetadata({
  path: '/simulations/',
  title: 'Simulations',
  description: DESCRIPTION,
});

export default function Simulations(): ReactNode {
  const { categories, guides, simulations } = readManifest();
  const index = readSimulations();
  return (
    <main id="content" className="pt-(--line) pb-24">
      <div className="page-grid">
        <div className="page-main">
          <PageHead path="/simulations/" title="Simulations">
            {DESCRIPTION}
          </PageHead>
        </div>
      </div>
      {categories.map(({ slug, title }) => {
        // It is listed where it is met first.
        const here = simulations.filter(({ guides: [first = ''] }) => first.startsWith(`${slug}/`));
        if (here.length === 0) return null;
        return (
          <section key={slug} aria-labelledby={slug} className="page-grid mt-[calc(var(--line)*2)]">
            <div className="page-side">
              <h2 id={slug} className="text-[0.9375rem] font-semibold">
                {title}
              </h2>
            </div>
            <ul className="page-main list-rows">
              {here.flatMap((listed) => {
                const entry = index[listed.id];
                return entry === undefined ? (
                  []
                ) : (
                  <SimulationEntry
                    key={listed.id}
                    description={entry.description}
                    guides={listed.guides.flatMap((each) => guides[each] ?? [])}
                  />
                );
              })}
            </ul>
          </section>
        );
      })}
    </main>
  );
}
