/** What all pages of the site have around them; figures in pages of others (app/embed) go without. */
import type { ReactNode } from 'react';
import { Header } from '@/components/site/header';
import { ServiceWorker } from '@/components/site/service-worker.client';
import { StaticHtml } from '@/components/site/static-html.client';

export default function SiteLayout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <a className="skip-link js-only" href="#search">
        Skip to search
      </a>
      <Header />
      {children}
      <StaticHtml name="parts/footer" className="mt-auto" />
      <ServiceWorker />
    </>
  );
}
