import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { ContentsAside, ContentsFolded } from '@/components/site/contents';
import { ContentsSpy } from '@/components/site/contents-spy.client';
import { JsonLd } from '@/components/site/json-ld';
import { PageHead } from '@/components/site/page-head';
import { TermEntry } from '@/components/site/term-entry';
import { readManifest } from '@/lib/content/manifest';
import { pageMetadata } from '@/lib/reach/metadata';
import { termSet } from '@/lib/reach/structured-data';

const DESCRIPTION =
  'What the words of backend engineering mean here: one paragraph each, with what they do not promise, and the guides that show them at work.';

export const metadata: Metadata = pageMetadata({
  path: '/glossary/',
  title: 'Glossary',
  description: DESCRIPTION,
});

export default function Glossary(): ReactNode {
  const { glossary, guides } = readManifest();
  const headings = glossary.map(({ slug, title }) => ({ depth: 2, id: slug, text: title }));
  const terms = new Map(glossary.map((term) => [term.slug, term]));
  return (
    <main id="content" className="pt-(--line) pb-24">
      <div className="page-grid">
        <div className="page-main">
          <PageHead path="/glossary/" title="Glossary">
            {DESCRIPTION}
          </PageHead>
          <details className="fold no-print mt-4 border-t border-rule lg:hidden">
            <summary>Terms</summary>
            <ContentsFolded label="Terms" headings={headings} />
          </details>
        </div>
        <div className="page-side page-side-tall no-print">
          <ContentsAside label="Terms" headings={headings} />
        </div>
        <div className="page-main">
          {glossary.map((term) => (
            <TermEntry
              key={term.slug}
              term={term}
              related={term.related.flatMap((slug) => terms.get(slug) ?? [])}
              guides={term.guides.flatMap((slug) => guides[slug] ?? [])}
            />
          ))}
        </div>
      </div>
      <JsonLd nodes={[termSet('/glossary/', 'Glossary', glossary)]} />
      <ContentsSpy />
    </main>
  );
}
