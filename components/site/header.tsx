/** The line at the top of every page: name, places, search, theme. It scrolls away; ⌘K works everywhere. */
import type { ReactNode } from 'react';
import { SearchButton } from '@/components/search/search-button.client';
import { readStyles } from '@/lib/content/style-addresses';
import { href } from '@/lib/site';
import { StaticHtml } from './static-html.client';
import { ThemeSwitch } from './theme-switch.client';

export function Header(): ReactNode {
  return (
    <header className="no-print border-b border-rule">
      <div className="relative mx-auto flex h-14 max-w-(--page) items-center gap-1 px-(--gutter)">
        <StaticHtml name="parts/masthead" className="contents" />
        <SearchButton styles={href(readStyles().search ?? '')} />
        <ThemeSwitch />
        <StaticHtml name="parts/menu" className="lg:hidden" />
      </div>
    </header>
  );
}
