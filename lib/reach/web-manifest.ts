/** The web app manifest: what the site is called and looks like when it is installed. */
import { href, SITE_DESCRIPTION, SITE_NAME } from '../site';

/** Square icons, px. A maskable one keeps its drawing within the circle that every mask leaves. */
export const ICONS = [
  { path: '/icons/192.png', size: 192, purpose: 'any' },
  { path: '/icons/512.png', size: 512, purpose: 'any' },
  { path: '/icons/maskable-512.png', size: 512, purpose: 'maskable' },
] as const;

/** iOS reads no manifest for its icon and rounds the corners itself. */
export const APPLE_ICON = { path: '/icons/apple-touch-icon.png', size: 180 } as const;

export function webManifest({ paper }: { readonly paper: string }): string {
  return `${JSON.stringify(
    {
      id: href('/'),
      name: SITE_NAME,
      short_name: SITE_NAME,
      description: SITE_DESCRIPTION,
      lang: 'en',
      start_url: href('/'),
      scope: href('/'),
      // With a way back: pages are documents, and there is no navigation of our own to replace it.
      display: 'minimal-ui',
      // A manifest knows one theme; pages name the colour of each in their theme-color.
      background_color: paper,
      theme_color: paper,
      categories: ['education', 'developer', 'books'],
      icons: ICONS.map(({ path, size, purpose }) => ({
        src: href(path),
        sizes: `${size}x${size}`,
        type: 'image/png',
        purpose,
      })),
    },
    null,
    2,
  )}\n`;
}
