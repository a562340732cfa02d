/** Incidents as a list to choose from; a list says nothing of what goes wrong. */
import type { ReactNode } from 'react';
import { incidentAddress } from '@/lib/content/addresses';
import type { SimulationIndexEntry } from '@/lib/content/build-content';
import { Link } from './link';

export function IncidentList({
  incidents,
}: {
  readonly incidents: SimulationIndexEntry['incidents'];
}): ReactNode {
  return (
    <ul className="list-rows">
      {incidents.map(({ id, title, describe }) => (
        <li key={id} className="py-4">
          <h3 className="font-prose text-xl leading-snug font-semibold tracking-[-0.01em]">
            <Link
              href={incidentAddress(id)}
              className="decoration-accent decoration-1 underline-offset-4 hover:underline"
            >
              {title}
            </Link>
          </h3>
          <p className="mt-1 max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
            {describe}
          </p>
        </li>
      ))}
    </ul>
  );
}
