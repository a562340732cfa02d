/** The sources of a guide, from its front matter, each with what it supports. */
import type { ReactNode } from 'react';
import type { Source } from '@/lib/content/front-matter';

export function Sources({ sources }: { readonly sources: readonly Source[] }): ReactNode {
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      <ol>
        {sources.map(({ key, title, by, edition, url, supports }) => (
          <li key={key} id={`source-${key}`}>
            {by}, <a href={url}>{title}</a> ({edition}). {supports}
          </li>
        ))}
      </ol>
    </section>
  );
}
