import '@/components/incident/incident.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { Link } from '@/components/site/link';
import { PageHead } from '@/components/site/page-head';
import { StaticHtml } from '@/components/site/static-html';
import { incidentAddress, simulationAddress } from '@/lib/content/addresses';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

interface Props {
  readonly params: Promise<{ readonly id: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { id: string }[] {
  return Object.values(readSimulations()).flatMap(({ incidents }) =>
    incidents.map(({ id }) => ({ id })),
  );
}

async function incidentOf({ params }: Props) {
  const { id } = await params;
  const { guides, simulations } = readManifest();
  for (const { incidents, description } of Object.values(readSimulations())) {
    const incident = incidents.find((each) => each.id === id);
    if (incident === undefined) continue;
    return {
      incident,
      // One that no guide uses has no page of its own yet.
      simulation: simulations.some((each) => each.id === description.id) ? description : null,
      guides: incident.guides.flatMap((slug) => guides[slug] ?? []),
    };
  }
  return notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { incident } = await incidentOf(props);
  const { id, title, describe } = incident;
  return pageMetadata({ path: incidentAddress(id), title, description: describe });
}

export default async function IncidentPage(props: Props): Promise<ReactNode> {
  const { incident, simulation, guides } = await incidentOf(props);
  return (
    <main id="content" className="page-grid pt-4 pb-24 sm:pt-6">
      <div className="page-main">
        <PageHead
          trail={[{ path: '/incidents/', title: 'Incidents' }]}
          path={incidentAddress(incident.id)}
          title={incident.title}
        >
          {incident.describe}
        </PageHead>
      </div>
      <div className="page-main">
        <StaticHtml name={`figures/${incident.still}`} />
      </div>
      <section className="page-main" aria-labelledby="guides">
        <h2 id="guides" className="mt-(--line) mb-3 font-prose text-xl font-semibold">
          To read afterwards
        </h2>
        <GuideList guides={guides} />
        {simulation !== null && (
          <p className="mt-(--line)">
            Made by the simulation{' '}
            <Link href={simulationAddress(simulation.id)} className="underline">
              {simulation.title}
            </Link>
            .
          </p>
        )}
      </section>
    </main>
  );
}
