import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { IncidentList } from '@/components/site/incident-list';
import { PageHead } from '@/components/site/page-head';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION =
  'Outages made by the simulations. You are paged, you see what the dashboards and the log know so far, and what you do changes the rest of the run.';

export const metadata: Metadata = pageMetadata({
  path: '/incidents/',
  title: 'Incidents',
  description: DESCRIPTION,
});

export default function Incidents(): ReactNode {
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead path="/incidents/" title="Incidents">
          {DESCRIPTION}
        </PageHead>
        <h2 className="sr-only">All incidents</h2>
        <div className="mt-(--line)">
          <IncidentList
            incidents={Object.values(readSimulations()).flatMap(({ incidents }) => incidents)}
          />
        </div>
      </div>
    </main>
  );
}
