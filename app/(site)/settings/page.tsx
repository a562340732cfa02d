import './settings.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { PageHead } from '@/components/site/page-head';
import { Settings } from '@/components/site/settings.client';
import { readManifest } from '@/lib/content/manifest';
import { readLabs, readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION =
  'How the site looks and listens, and everything that it keeps in your browser, to see and to clear.';

export const metadata: Metadata = pageMetadata({
  path: '/settings/',
  title: 'Settings',
  description: DESCRIPTION,
});

export default function SettingsPage(): ReactNode {
  const index = readSimulations();
  const titles = Object.fromEntries([
    ...readManifest().simulations.map(({ id }) => [id, index[id]?.description.title ?? id]),
    ...Object.values(readLabs()).map(({ id, title }) => [id, title]),
  ]);
  return (
    <main id="content" className="pt-(--line) pb-24">
      <div className="page-grid">
        <div className="page-main">
          <PageHead path="/settings/" title="Settings">
            {DESCRIPTION}
          </PageHead>
          <p className="without-js settings-note mt-(--line)">
            Without JavaScript the site follows the theme of your system and keeps nothing.
          </p>
        </div>
      </div>
      <div className="js-only">
        <Settings titles={titles} />
      </div>
    </main>
  );
}
