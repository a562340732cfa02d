/** On narrow screens: all places behind one button, which the browser opens without a program. */
import type { ReactNode } from 'react';
import { Link } from './link';
import { BESIDE, READING } from './pages';

export function Menu(): ReactNode {
  return (
    <>
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
    </>
  );
}
