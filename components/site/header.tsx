/** The line at the top of every page: name, search, theme. It scrolls away; ⌘K works everywhere. */
import type { ReactNode } from 'react';
import { SearchButton } from '@/components/search/search-button.client';
import { SITE_NAME } from '@/lib/site';
import { Link } from './link';
import { Mark } from './mark';
import { ThemeSwitch } from './theme-switch.client';

export function Header(): ReactNode {
  return (
    <header className="no-print border-b border-rule">
      <div className="relative mx-auto flex h-14 max-w-(--page) items-center gap-1 px-(--gutter)">
        <Link
          href="/"
          className="mr-auto flex min-h-10 items-center gap-2.5 font-prose text-[1.0625rem] font-semibold tracking-[-0.01em]"
        >
          <Mark />
          {SITE_NAME}
        </Link>
        <SearchButton />
        <ThemeSwitch />
      </div>
    </header>
  );
}
