/** A simulation as the catalogue lists it: what it asks, in which scenarios, and where it is explained. */
import type { ReactNode } from 'react';
import { simulationAddress } from '@/lib/content/addresses';
import type { Guide } from '@/lib/content/manifest';
import type { Description } from '@/lib/simulation/definition';
import { CatalogueEntry, GuidesRow } from './catalogue-entry';
import { Link } from './link';

export function SimulationEntry({
  description: { id, title, describe, scenarios },
  guides,
}: {
  readonly description: Description;
  readonly guides: readonly Guide[];
}): ReactNode {
  const page = simulationAddress(id);
  const [first] = Object.values(scenarios);
  return (
    <CatalogueEntry address={page} title={title} says={describe}>
      {first !== undefined && (
        <div>
          <dt>Asks</dt>
          <dd>{first.question}</dd>
        </div>
      )}
      <div>
        <dt>Scenarios</dt>
        <dd>
          {Object.entries(scenarios).map(([scenario, each]) => (
            <Link key={scenario} href={`${page}#${scenario}`}>
              {each.title}
            </Link>
          ))}
        </dd>
      </div>
      <GuidesRow guides={guides} />
    </CatalogueEntry>
  );
}
