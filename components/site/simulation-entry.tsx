/** A simulation as the catalogue lists it: what it asks, in which scenarios, and where it is explained. */
import type { ReactNode } from 'react';
import { simulationAddress } from '@/lib/content/addresses';
import type { Guide } from '@/lib/content/manifest';
import type { Description } from '@/lib/simulation/definition';
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
    <li className="py-4">
      <h3 className="font-prose text-xl leading-snug font-semibold tracking-[-0.01em]">
        <Link
          href={page}
          className="decoration-accent decoration-1 underline-offset-4 hover:underline"
        >
          {title}
        </Link>
      </h3>
      <p className="mt-1 max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
        {describe}
      </p>
      <dl className="term-links">
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
        <div>
          <dt>{guides.length === 1 ? 'Guide' : 'Guides'}</dt>
          <dd>
            {guides.map((guide) => (
              <Link key={guide.slug} href={`/${guide.slug}/`}>
                {guide.title}
              </Link>
            ))}
          </dd>
        </div>
      </dl>
    </li>
  );
}
