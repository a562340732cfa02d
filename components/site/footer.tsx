/** The end of every page: what the site promises, and where the rest of it is. */
import type { ReactNode } from 'react';
import { SITE_NAME } from '@/lib/site';
import { Link } from './link';

export function Footer({ simulations }: { readonly simulations: number }): ReactNode {
  return (
    <footer className="no-print mt-auto border-t border-rule text-[0.8125rem] text-ink-faint">
      <div className="mx-auto flex max-w-(--page) flex-wrap justify-between gap-x-12 gap-y-3 px-(--gutter) py-8">
        <p className="max-w-[38rem] text-pretty">
          {SITE_NAME} runs in your browser: no account, no tracker, and nothing that you type leaves
          this machine.
        </p>
        <nav aria-label="Site" className="flex gap-6">
          <Link href="/" className="hover:text-ink">
            Contents
          </Link>
          {simulations > 0 && (
            <Link href="/gallery/" className="hover:text-ink">
              All figures
            </Link>
          )}
        </nav>
      </div>
    </footer>
  );
}
