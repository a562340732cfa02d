import './home.css';
import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { GuideList } from '@/components/site/guide-list';
import { IncidentList } from '@/components/site/incident-list';
import { JsonLd } from '@/components/site/json-ld';
import { Link } from '@/components/site/link';
import { StaticHtml } from '@/components/site/static-html';
import { readManifest } from '@/lib/content/manifest';
import { readSimulations } from '@/lib/content/simulation-index';
import { pageMetadata } from '@/lib/reach/metadata';
import { website } from '@/lib/reach/structured-data';
import { SITE_DESCRIPTION, SITE_TAGLINE } from '@/lib/site';

export const metadata: Metadata = pageMetadata({
  path: '/',
  title: SITE_TAGLINE,
  description: SITE_DESCRIPTION,
  isHome: true,
});

/** What the reader can do with a figure that a picture does not allow. */
const DEEDS = [
  ['Move a control:', 'the run is computed again, on the same requests.'],
  ['Scrub', 'back to the moment when it went wrong.'],
  ['Re-roll the seed', 'to see what was luck.'],
  ['Copy a link', 'that opens at this very moment.'],
  ['Fork it', 'at any moment, and compare both futures.'],
  ['Edit its code', 'and race yours against ours.'],
] as const;

/** Its first figure runs here: one control, and a cliff, within one screen. */
const SHOWN = 'traffic-control/surviving-production-traffic';

/** Guides of a category that stand here; the others are a step away, and this page stays one to look over. */
const GUIDES_MAX = 6;

export default function Home(): ReactNode {
  const { categories, guides } = readManifest();
  const shown = guides[SHOWN] ?? Object.values(guides)[0];
  const incidents = Object.values(readSimulations()).flatMap((each) => each.incidents);
  return (
    <main id="content" className="pb-24">
      <header className="page-grid pt-(--line)">
        <div className="page-main">
          <h1 className="max-w-[40rem] font-prose text-[2rem] leading-[1.12] font-semibold tracking-[-0.02em] text-balance sm:text-[2.75rem]">
            {SITE_TAGLINE}
          </h1>
          <p className="page-lede">
            Every figure is a simulation that runs in your browser: change one thing, and see where
            it breaks. Every number in the text comes out of such a run.
          </p>
        </div>
      </header>

      {shown !== undefined && shown.figure !== null && (
        <section className="page-grid home-figure" aria-label="A figure">
          <div className="page-side">
            <h2 className="text-[0.9375rem] font-semibold">What a figure can do</h2>
            <ul className="home-deeds">
              {DEEDS.map(([deed, effect]) => (
                <li key={deed}>
                  <strong>{deed}</strong> {effect}
                </li>
              ))}
            </ul>
          </div>
          <div className="page-main">
            <StaticHtml name={`figures/${shown.figure}`} />
            <p className="max-w-(--measure) font-prose text-[1.0625rem] leading-6 text-pretty">
              {shown.description} Read on in{' '}
              <Link
                href={`/${shown.slug}/`}
                className="underline decoration-accent decoration-1 underline-offset-[0.18em]"
              >
                {shown.title}
              </Link>
              .
            </p>
          </div>
        </section>
      )}

      {incidents.length > 0 && (
        <section aria-labelledby="incidents" className="page-grid mt-[calc(var(--line)*2.5)]">
          <div className="page-side">
            <h2 id="incidents" className="text-[0.9375rem] font-semibold">
              <Link href="/incidents/" className="hover:underline">
                On call
              </Link>
            </h2>
            <p className="mt-1.5 max-w-[30rem] text-[0.8125rem] leading-normal text-pretty text-ink-faint">
              Outages made by the simulations, for you to mitigate.
            </p>
          </div>
          <div className="page-main">
            <IncidentList incidents={incidents} />
          </div>
        </section>
      )}

      <JsonLd nodes={[website()]} />
      <div id="guides">
        {categories.map(({ slug, title, blurb, guides: slugs }) => (
          <section
            key={slug}
            aria-labelledby={slug}
            className="page-grid mt-[calc(var(--line)*2.5)]"
          >
            <div className="page-side">
              <h2 id={slug} className="text-[0.9375rem] font-semibold">
                <Link href={`/${slug}/`} className="hover:underline">
                  {title}
                </Link>
              </h2>
              <p className="mt-1.5 max-w-[30rem] text-[0.8125rem] leading-normal text-pretty text-ink-faint">
                {blurb}
              </p>
            </div>
            <div className="page-main">
              <GuideList
                guides={slugs.slice(0, GUIDES_MAX).flatMap((each) => guides[each] ?? [])}
              />
              {slugs.length > GUIDES_MAX && (
                <p className="mt-4 text-[0.8125rem]">
                  <Link href={`/${slug}/`} className="text-accent hover:underline">
                    All {slugs.length} guides of {title}
                  </Link>
                </p>
              )}
            </div>
          </section>
        ))}
      </div>
    </main>
  );
}
