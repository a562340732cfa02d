import '@/components/site/embed.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { EmbedPage } from '@/components/site/embed.client';
import { EMBED_THEME_SCRIPT } from '@/components/site/embed-theme';
import { StaticHtml } from '@/components/site/static-html';
import { galleryAddress, simulationAddress } from '@/lib/content/addresses';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { declaredResults } from '@/lib/simulation/measures';
import { href, SITE_NAME } from '@/lib/site';

interface Props {
  readonly params: Promise<{ readonly id: string; readonly scenario: string }>;
}

export const dynamicParams = false;

export function generateStaticParams(): { id: string; scenario: string }[] {
  return Object.entries(readSimulations()).flatMap(([id, { embeds }]) =>
    embeds.map(({ scenario }) => ({ id, scenario })),
  );
}

async function embedOf({ params }: Props) {
  const { id, scenario } = await params;
  const { description, embeds } = readSimulations()[id] ?? notFound();
  const embed = embeds.find((each) => each.scenario === scenario);
  const declared = description.scenarios[scenario];
  if (!embed || !declared) notFound();
  const isListed = readManifest().simulations.some((each) => each.id === id);
  return {
    description,
    title: declared.title,
    figure: embed.figure,
    still: embed.still,
    // Where the whole of it is, and under which name this figure is there.
    home: isListed
      ? { path: simulationAddress(id), figure: scenario }
      : { path: galleryAddress(id), figure: embed.figure },
  };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { description, title } = await embedOf(props);
  return {
    title: `${description.title}: ${title}`,
    description: description.describe,
    // It is found where it is at home.
    robots: { index: false },
  };
}

export default async function Page(props: Props): Promise<ReactNode> {
  const { description, title, figure, still, home } = await embedOf(props);
  return (
    <main className="embed">
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, hashed into the policy */}
      <script dangerouslySetInnerHTML={{ __html: EMBED_THEME_SCRIPT }} />
      <h1 className="sr-only">
        {description.title}: {title}
      </h1>
      <EmbedPage
        known={{
          controls: Object.keys(description.parameters),
          views: Object.keys(description.views),
          variants: Object.keys(description.variants),
          measures: declaredResults(description.measures).map(({ id }) => id),
        }}
        figure={figure}
        home={{ path: href(home.path), figure: home.figure, site: SITE_NAME }}
      >
        <StaticHtml name={`figures/${still}`} />
      </EmbedPage>
    </main>
  );
}
