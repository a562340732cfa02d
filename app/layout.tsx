import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { EARLY_KEYS_SCRIPT } from '@/components/search/early-keys';
import { PLACE_SCRIPT } from '@/components/site/place';
import { StaticHtml } from '@/components/site/static-html.client';
import { THEME_SCRIPT } from '@/components/site/theme';
import { MANIFEST_PATH, OPEN_SEARCH_PATH } from '@/lib/reach/addresses';
import { APPLE_ICON } from '@/lib/reach/web-manifest';
import { href, SITE_DESCRIPTION, SITE_NAME, SITE_TAGLINE, SITE_URL } from '@/lib/site';
import { fontVariables } from './fonts';

const FIRST_SCRIPT = `${THEME_SCRIPT};${PLACE_SCRIPT};${EARLY_KEYS_SCRIPT}`;

export const metadata: Metadata = {
  metadataBase: new URL(SITE_URL),
  title: { default: `${SITE_NAME}: ${SITE_TAGLINE}`, template: `%s · ${SITE_NAME}` },
  description: SITE_DESCRIPTION,
  applicationName: SITE_NAME,
  manifest: href(MANIFEST_PATH),
  formatDetection: { telephone: false, address: false, email: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f4' },
    { media: '(prefers-color-scheme: dark)', color: '#161513' },
  ],
};

export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    // The first script sets attributes of this element before React sees it.
    <html lang="en" className={fontVariables} suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: constants of ours, hashed into the policy */}
        <script dangerouslySetInnerHTML={{ __html: FIRST_SCRIPT }} />
        {/* An element and not metadata, which would leave off the icon that is a file of this folder. */}
        <link rel="apple-touch-icon" href={href(APPLE_ICON.path)} />
        <link
          rel="search"
          type="application/opensearchdescription+xml"
          title={SITE_NAME}
          href={href(OPEN_SEARCH_PATH)}
        />
      </head>
      <body>
        <StaticHtml name="parts/marks" />
        {children}
      </body>
    </html>
  );
}
