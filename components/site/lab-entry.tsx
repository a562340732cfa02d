/** A lab as the list of labs has it: what it asks, what runs in it, and where it is explained. */
import type { ReactNode } from 'react';
import { labAddress } from '@/lib/content/addresses';
import type { LabIndexEntry } from '@/lib/content/build-content';
import type { Guide } from '@/lib/content/manifest';
import { CatalogueEntry, GuidesRow } from './catalogue-entry';

export function LabEntry({
  lab: { id, title, question, version },
  guides,
}: {
  readonly lab: LabIndexEntry;
  readonly guides: readonly Guide[];
}): ReactNode {
  return (
    <CatalogueEntry address={labAddress(id)} title={title} says={question}>
      <div>
        <dt>Runs</dt>
        <dd>{version}</dd>
      </div>
      <GuidesRow guides={guides} />
    </CatalogueEntry>
  );
}
