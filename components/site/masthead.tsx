/** The name of the site and its main places, at the top of every page. */
import type { ReactNode } from 'react';
import { SITE_NAME } from '@/lib/site';
import { Link } from './link';
import { Mark } from './mark';
import { READING } from './pages';

export function Masthead(): ReactNode {
  return (
    <>
      <Link
        href="/"
        className="mr-auto flex min-h-10 items-center gap-2.5 font-prose text-[1.0625rem] font-semibold tracking-[-0.01em] whitespace-nowrap lg:mr-8"
      >
        <Mark />
        {SITE_NAME}
      </Link>
      <nav aria-label="Handbook" className="header-nav">
        {READING.map(({ path, title }) => (
          <Link key={path} href={path}>
            {title}
          </Link>
        ))}
      </nav>
    </>
  );
}
