/** The line at the top of every page: name, places, search, theme. It scrolls away; ⌘K works everywhere. */
import type { ReactNode } from 'react';
import { SearchButton } from '@/components/search/search-button.client';
import { readStyles } from '@/lib/content/style-addresses';
import { href, SITE_NAME } from '@/lib/site';
import { Link } from './link';
import { Mark } from './mark';
import { BESIDE, READING } from './pages';
import { ThemeSwitch } from './theme-switch.client';

export function Header(): ReactNode {
  return (
    <header className="no-print border-b border-rule">
      <div className="relative mx-auto flex h-14 max-w-(--page) items-center gap-1 px-(--gutter)">
        <Link
          href="/"
          className="mr-auto flex min-h-10 items-center gap-2.5 font-prose text-[1.0625rem] font-semibold tracking-[-0.01em] lg:mr-8"
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
        <SearchButton styles={href(readStyles().search ?? '')} />
        <ThemeSwitch />
        <Menu />
      </div>
    </header>
  );
}

/** On narrow screens: all places behind one button, which the browser opens without a program. */
function Menu(): ReactNode {
  return (
    <div className="lg:hidden">
      <button
        type="button"
        popoverTarget="menu"
        aria-label="Menu"
        title="Menu"
        className="-mr-2.5 grid size-10 cursor-pointer place-items-center text-ink-soft hover:text-ink"
      >
        <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
          <path d="M2.5 5.5h13M2.5 12.5h13" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
      <div id="menu" popover="auto" className="header-popover">
        <nav aria-label="Menu">
          {[...READING, ...BESIDE].map(({ path, title }) => (
            <Link key={path} href={path}>
              {title}
            </Link>
          ))}
        </nav>
      </div>
    </div>
  );
}
