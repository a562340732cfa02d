import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { StaticHtml } from '@/components/site/static-html';
import { readSimulations } from '../simulations';

export const metadata: Metadata = {
  title: 'All figures',
  description: 'Every simulation in every scenario and view.',
  robots: { index: false },
};

export default function Gallery(): ReactNode {
  const simulations = Object.entries(readSimulations());
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <h1 className="page-title">All figures</h1>
        <p className="page-lede">
          Every simulation of the handbook in each of its scenarios, and every view there is of it.
        </p>
      </div>
      {simulations.map(([id, entry]) => (
        <section key={id} aria-labelledby={id} className="contents">
          <div className="page-side mt-[calc(var(--line)*2)]">
            <h2 id={id} className="text-[0.9375rem] font-semibold">
              {entry.description.title}
            </h2>
            <p className="mt-1.5 text-[0.8125rem] leading-normal text-pretty text-ink-faint">
              {entry.description.describe}
            </p>
          </div>
          <div className="page-main mt-[calc(var(--line)*2)]">
            {entry.figures.map(({ figure, still }) => (
              <StaticHtml key={figure} name={`figures/${still}`} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}
