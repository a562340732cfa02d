'use client';
/** In the place of a page that React could not draw. What fails in a figure ends in that figure. */
import type { ReactNode } from 'react';

export default function Failed(): ReactNode {
  return (
    <html lang="en">
      <body>
        <main className="page-grid pt-(--line) pb-24">
          <div className="page-main">
            <h1 className="page-title">This page could not be shown</h1>
            <p className="page-lede">
              A fault in its program took it down.{' '}
              <button type="button" className="underline" onClick={() => location.reload()}>
                Load it again
              </button>
              , or read it with JavaScript switched off: its text needs none.
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
