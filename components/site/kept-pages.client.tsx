'use client';
/** The pages that this browser keeps for reading without a network. */
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { forgetPagesKeptHere, pagesKeptHere } from '@/lib/offline/here';
import type { KeptPage } from '@/lib/offline/kept';
import { SITE_NAME } from '@/lib/site';

/** Null until they have been counted. */
function useKeptPages(): readonly [readonly KeptPage[] | null, () => void] {
  const [pages, setPages] = useState<readonly KeptPage[] | null>(null);
  const read = useCallback(() => {
    pagesKeptHere().then(setPages);
  }, []);
  useEffect(read, [read]);
  return [pages, read];
}

/** As a list of links, newest first. */
export function KeptPages(): ReactNode {
  const [pages] = useKeptPages();
  if (pages === null) return null;
  if (pages.length === 0) return <p className="font-prose text-lg">No page is kept yet.</p>;
  return (
    <ul className="list-rows">
      {pages.map(({ path, title }) => (
        <li key={path}>
          <a href={path} className="block py-3 font-prose text-lg hover:underline">
            {title.replace(` · ${SITE_NAME}`, '')}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Their number, and a button that clears them. */
export function KeptPagesSetting(): ReactNode {
  const [pages, read] = useKeptPages();
  if (pages === null) return null;
  const clear = (): void => {
    forgetPagesKeptHere().then(read);
  };
  return (
    <>
      <p className="settings-note" role="status">
        {pages.length === 0
          ? 'None. Pages that you read from now on are kept with their figures, so that they open without a network.'
          : `${pages.length} ${pages.length === 1 ? 'page' : 'pages'}, figures included, open without a network.`}
      </p>
      {pages.length > 0 && (
        <button type="button" className="settings-button" onClick={clear}>
          Clear the pages
        </button>
      )}
    </>
  );
}
