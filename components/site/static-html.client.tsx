'use client';
/**
 * Static HTML in a page of React's: in the page once, as HTML, and not a second time as data. What is
 * in it belongs to nobody but the figures, which are roots of their own.
 */
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { bringToLife } from '@/components/figure/islands';

export function StaticHtml({
  name,
  html,
  className,
}: {
  readonly name: string;
  /** In development alone; it wins over what was read by name. */
  readonly html?: string | undefined;
  readonly className?: string | undefined;
}): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  const content = useMemo(() => ({ __html: html ?? ownHtml(name) }), [html, name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new content has new figures
  useEffect(() => (root.current ? bringToLife(root.current) : undefined), [content]);
  return (
    <div
      ref={root}
      className={className}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own components, rendered by the build
      dangerouslySetInnerHTML={content}
      suppressHydrationWarning
    />
  );
}

/** Nothing in the browser, which has the HTML in its page already and keeps what it finds there. */
function ownHtml(name: string): string {
  if (typeof window === 'undefined') {
    const { readHtml } =
      require('@/lib/content/generated') as typeof import('@/lib/content/generated');
    return readHtml(name);
  }
  return '';
}
