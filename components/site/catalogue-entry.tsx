/** Something of the catalogue in a list: its title, a sentence, and what leads on from it. */
import type { ReactNode } from 'react';
import type { Guide } from '@/lib/content/manifest';
import { Link } from './link';

export function CatalogueEntry({
  address,
  title,
  says,
  children,
}: {
  readonly address: string;
  readonly title: string;
  readonly says: string;
  /** Rows of a list of terms: `GuidesRow` and its like. */
  readonly children: ReactNode;
}): ReactNode {
  return (
    <li className="py-4">
      <h3 className="font-prose text-xl leading-snug font-semibold tracking-[-0.01em]">
        <Link
          href={address}
          className="decoration-accent decoration-1 underline-offset-4 hover:underline"
        >
          {title}
        </Link>
      </h3>
      <p className="mt-1 max-w-[38rem] font-prose text-[1.0625rem] leading-normal text-pretty text-ink-soft">
        {says}
      </p>
      <dl className="term-links">{children}</dl>
    </li>
  );
}

/** The guides that explain something; nothing if there are none. */
export function GuidesRow({ guides }: { readonly guides: readonly Guide[] }): ReactNode {
  return (
    guides.length > 0 && (
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
    )
  );
}
