/** A lab as the list of labs has it: what it asks, what runs in it, and where it is explained. */
import type { ReactNode } from 'react';
import { labAddress } from '@/lib/content/addresses';
import type { LabIndexEntry } from '@/lib/content/build-content';
import type { Guide } from '@/lib/content/manifest';
import { Link } from './link';

export function LabEntry({
  lab: { id, title, question, version },
  guides,
}: {
  readonly lab: LabIndexEntry;
  readonly guides: readonly Guide[];
}): ReactNode {
  return (
    <li className="py-4">
      <h3 className="font-prose text-xl leading-snug font-semibold tracking-[-0.01em]">
        <Link
          href={labAddress(id)}
          className="decoration-accent decoration-1 underline-offset-4 hover:underline"
        >
          {title}
        </Link>
      </h3>
      <p className="mt-1 max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
        {question}
      </p>
      <dl className="term-links">
        <div>
          <dt>Runs</dt>
          <dd>{version}</dd>
        </div>
        {guides.length > 0 && (
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
        )}
      </dl>
    </li>
  );
}
