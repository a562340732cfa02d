import './index.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Link } from '@/components/site/link';
import { PageHead } from '@/components/site/page-head';
import { readManifest } from '@/lib/content/manifest';
import { readLabs, readSimulations } from '@/lib/content/simulation-index';
import { type IndexEntry, siteIndex } from '@/lib/content/site-index';
import { pageMetadata } from '@/lib/reach/metadata';

const DESCRIPTION =
  'Every name by which something can be looked up in the handbook, from A to Z: guides with their sections, simulations, labs, incidents, terms and tags.';

export const metadata: Metadata = pageMetadata({
  path: '/search/',
  title: 'Index',
  description: DESCRIPTION,
});

export default function Index(): ReactNode {
  const simulations = readSimulations();
  const letters = siteIndex(
    readManifest(),
    (id) => simulations[id]?.description.title,
    Object.values(simulations).flatMap(({ incidents }) => incidents),
    Object.values(readLabs()),
  );
  return (
    <main id="content" className="page-grid pt-(--line) pb-24">
      <div className="page-main">
        <PageHead path="/search/" title="Index">
          {DESCRIPTION}
        </PageHead>
        <nav aria-label="Letters" className="index-letters">
          {letters.map(({ letter }) => (
            <a key={letter} href={`#${idOf(letter)}`}>
              {letter}
            </a>
          ))}
        </nav>
        {letters.map(({ letter, entries }) => (
          <section key={letter} aria-labelledby={idOf(letter)} className="index-letter">
            <h2 id={idOf(letter)}>{letter}</h2>
            <ul>
              {entries.map((entry) => (
                <Entry key={entry.title} {...entry} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </main>
  );
}

/** What has one place links to it by its name; a name with several says where each one leads. */
function Entry({ title, places, sections }: IndexEntry): ReactNode {
  const [place] = places;
  return (
    <li>
      {places.length === 1 && place !== undefined ? (
        <>
          <Link href={place.url}>{title}</Link> <small>{place.label}</small>
        </>
      ) : (
        <>
          {title}
          {places.map(({ url, label }) => (
            <small key={url}>
              {' '}
              <Link href={url}>{label}</Link>
            </small>
          ))}
        </>
      )}
      {sections.length > 0 && (
        <ul>
          {sections.map((section) => (
            <li key={section.url}>
              <Link href={section.url}>{section.title}</Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** "A" → "a", "0–9" → "0-9". */
function idOf(letter: string): string {
  return letter.toLowerCase().replace('–', '-');
}
