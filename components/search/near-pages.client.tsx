'use client';
/** On the page of a wrong address: pages that may have been meant, and the search. */
import { type ReactNode, useEffect, useState } from 'react';
import { KINDS, type PageTitles, TITLES_URL, type TitlesFile } from '@/lib/search/documents';
import { nearPages, queryOfPath } from '@/lib/search/near-pages';
import { BASE_PATH, href } from '@/lib/site';
import { requestSearch } from './request';

export function NearPages(): ReactNode {
  const [pages, setPages] = useState<readonly PageTitles[]>([]);

  useEffect(() => {
    let wanted = true;
    fetch(href(TITLES_URL))
      .then((response) => (response.ok ? response.json() : null))
      .then(
        (titles: TitlesFile | null) => {
          if (wanted && titles !== null) setPages(nearPages(askedPath(), titles.pages));
        },
        // The list of all guides stands below; there is nothing to add to it then.
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, []);

  return (
    <div className="js-only mt-(--line) max-w-[46rem]">
      {pages.length > 0 && (
        <section aria-labelledby="near">
          <h2 id="near" className="mb-2 text-[0.9375rem] font-semibold">
            Perhaps you meant
          </h2>
          <ul className="mb-6">
            {pages.map(({ k, u, t }) => (
              <li key={u}>
                <a href={href(u)} className="group block py-2 font-prose text-[1.0625rem]">
                  <span className="font-semibold underline decoration-accent decoration-1 underline-offset-4">
                    {t}
                  </span>{' '}
                  <span className="font-ui text-[0.8125rem] text-ink-faint">{KINDS[k].label}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <button
        type="button"
        className="cursor-pointer border border-rule-strong px-4 py-2 text-sm hover:border-ink"
        onClick={() => requestSearch(queryOfPath(askedPath()))}
      >
        Search for the words in this address
      </button>
    </div>
  );
}

/** The address that was asked for, from the root of the site. */
function askedPath(): string {
  const { pathname } = location;
  return pathname.startsWith(`${BASE_PATH}/`) ? pathname.slice(BASE_PATH.length) : pathname;
}
