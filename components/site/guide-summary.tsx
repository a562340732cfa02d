/** What the reader can do after a guide; folded, since the guide itself should come first. */
import type { ReactNode } from 'react';

export function GuideSummary({ points }: { readonly points: readonly string[] }): ReactNode {
  return (
    <details className="mb-4">
      <summary className="cursor-pointer py-1 text-[0.8125rem] font-medium text-ink">
        What you will be able to do
      </summary>
      <ul className="mt-1 text-[0.8125rem] leading-snug text-ink-soft">
        {points.map((point) => (
          <li key={point} className="mt-2 text-pretty">
            {point}
          </li>
        ))}
      </ul>
    </details>
  );
}
