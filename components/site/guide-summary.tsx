/** What the reader can do after a guide; folded, since the guide itself should come first. */
import type { ReactNode } from 'react';

export function GuideSummary({ points }: { readonly points: readonly string[] }): ReactNode {
  return (
    <details className="fold mb-2 lg:mb-6">
      <summary className="lg:-mt-2.5">What you will be able to do</summary>
      <ul className="pb-3 text-[0.8125rem] leading-snug text-ink-soft">
        {points.map((point) => (
          <li key={point} className="mb-2 text-pretty">
            {point}
          </li>
        ))}
      </ul>
    </details>
  );
}
