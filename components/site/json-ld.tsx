/** Structured data of a page (lib/reach/structured-data.ts): data, which no browser runs. */
import type { ReactNode } from 'react';
import { jsonLd, type StructuredData } from '@/lib/reach/structured-data';

export function JsonLd({ nodes }: { readonly nodes: readonly StructuredData[] }): ReactNode {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own, in which every "<" is escaped
    <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(nodes) }} />
  );
}
