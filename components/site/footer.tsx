/** The end of every page: what the site promises, and where the rest of it is. */
import type { ReactNode } from 'react';
import { FEED_PATH } from '@/lib/reach/addresses';
import { SITE_NAME } from '@/lib/site';
import { Link } from './link';
import { BESIDE, READING } from './pages';

export function Footer(): ReactNode {
  return (
    <footer className="no-print border-t border-rule text-[0.8125rem] text-ink-faint">
      <div className="mx-auto flex max-w-(--page) flex-wrap justify-between gap-x-12 gap-y-6 px-(--gutter) py-8">
        <p className="max-w-[26rem] text-pretty">
          {SITE_NAME} runs in your browser: no account, no tracker, and nothing that you type leaves
          this machine.
        </p>
        <nav aria-label="Site" className="footer-nav">
          {[...READING, ...BESIDE, { path: FEED_PATH, title: 'Feed' }].map(({ path, title }) => (
            <Link key={path} href={path}>
              {title}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}
