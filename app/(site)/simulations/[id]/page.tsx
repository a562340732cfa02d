import '@/components/figure/explorer.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { PageHead } from '@/components/site/page-head';
import { StaticHtml } from '@/components/site/static-html';
import { simulationAddress } from '@/lib/content/addresses';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { id: string }[] {
  return readManifest().simulations.map(({ id }) => ({ id }));
}

async function simulationOf({ params }: Props) {
  const { id } = await params;
  const { guides, simulations } = readManifest();
  const listed = simulations.find((each) => each.id === id);
  const entry = readSimulations()[id];
  if (listed === undefined || entry === undefined) notFound();
  return { entry, guides: listed.guides.flatMap((each) => guides[each] ?? []) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { entry } = await simulationOf(props);
  const { id, title, describe } = entry.description;
  return pageMetadata({ path: simulationAddress(id), title, description: describe });
}

export default async function SimulationPage(props: Props): Promise<ReactNode> {
  const { entry, guides } = await simulationOf(props);
  const { description, page } = entry;
  return (
    <main id="content" className="page-grid pt-4 pb-24 sm:pt-6">
      <div className="page-wide">
        <PageHead
          trail={[{ path: '/simulations/', title: 'Simulations' }]}
          path={simulationAddress(description.id)}
          title={description.title}
        >
          {description.describe}
        </PageHead>
      </div>
      {page.map(({ spec, still }) => {
        const figure = <StaticHtml name={`figures/${still}`} />;
        if (spec.kind === 'tasks' || spec.kind === 'omissions') {
          return (
            <section key={spec.kind} className="page-main" aria-labelledby={spec.kind}>
              <h2 id={spec.kind} className="mt-(--line) font-prose text-xl font-semibold">
                {spec.kind === 'tasks' ? 'Tasks' : 'What this model leaves out'}
              </h2>
              {figure}
            </section>
          );
        }
        const isWide = spec.kind === 'explorer';
        return (
          <div key={spec.kind} className={isWide ? 'page-wide fig-wide' : 'page-main'}>
            {figure}
          </div>
        );
      })}
      <section className="page-main" aria-labelledby="guides">
        <h2 id="guides" className="mt-(--line) mb-3 font-prose text-xl font-semibold">
          {guides.length === 1 ? 'The guide that explains it' : 'The guides that explain it'}
        </h2>
        <GuideList guides={guides} />
      </section>
    </main>
  );
}
