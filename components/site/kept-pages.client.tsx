'use client';
/** The pages that this browser keeps for reading without a network. */
import { type ReactNode, useEffect, useState } from 'react';
import { pagesKeptHere } from '@/lib/offline/here';
import type { KeptPage } from '@/lib/offline/kept';
import { SITE_NAME } from '@/lib/site';

export function KeptPages(): ReactNode {
  const [pages, setPages] = useState<readonly KeptPage[] | null>(null);
  useEffect(() => {
    pagesKeptHere().then(setPages);
  }, []);
  if (pages === null) return null;
  if (pages.length === 0) return <p className="prose">No page is kept yet.</p>;
  return (
    <ul className="border-t border-rule">
      {pages.map(({ path, title }) => (
        <li key={path} className="border-b border-rule">
          <a href={path} className="block py-3 font-prose text-lg hover:underline">
            {title.replace(` · ${SITE_NAME}`, '')}
          </a>
        </li>
      ))}
    </ul>
  );
}
