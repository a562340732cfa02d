/// <reference types="next" />
/** HTML that the build has drawn, with figures that come to life. */
import '@/components/figure/figure.css';
import '@/components/mdx/code.css';
import type { ReactNode } from 'react';
import { readHtml } from '@/lib/content/generated';
import { StaticHtml as Client } from './static-html.client';

/**
 * Changes with everything that is generated. It is imported and not read, so that the development
 * server draws a page again that is open while its content changes.
 */
const stamp: unknown = import.meta.glob('../../.generated/stamp.json', { eager: true });

export function StaticHtml({
  name,
  className,
}: {
  /** See `readHtml`. */
  readonly name: string;
  readonly className?: string;
}): ReactNode {
  // In development the HTML is sent as data too, so that an open page follows its content.
  const html = process.env.NODE_ENV === 'development' && stamp ? readHtml(name) : undefined;
  return <Client name={name} html={html} className={className} />;
}
