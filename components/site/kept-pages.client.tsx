'use client';
/** The pages that this browser keeps for reading without a network. */
import { type ReactNode, useEffect, useState } from 'react';
import { pagesKeptHere } from '@/lib/offline/here';
import type { KeptPage } from '@/lib/offline/kept';
import { SITE_NAME } from '@/lib/site';

/** As a list of links, newest first. */
export function KeptPages(): ReactNode {
  /** Null until they have been counted. */
  const [pages, setPages] = useState<readonly KeptPage[] | null>(null);
  useEffect(() => {
    void pagesKeptHere().then(setPages);
  }, []);
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
