'use client';
/**
 * The page of a guide as HTML and nothing more: drawn where pages are rendered, sent once, and kept as
 * it is. React would otherwise get all of it a second time, as data, to find that nothing is to be
 * done. Its figures come to life by themselves; what else works in it listens to the document.
 */
import { type ReactNode, useEffect, useRef } from 'react';
import { bringToLife } from '@/components/figure/islands';

/** What React is told to find in the browser; what it finds, it leaves alone. */
const AS_IT_IS = { __html: '' };

export function GuideHtml({ slug }: { readonly slug: string }): ReactNode {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => (root.current ? bringToLife(root.current) : undefined), []);
  if (typeof window === 'undefined') {
    const { GuidePage } = require('./guide-page') as typeof import('./guide-page');
    return (
      <div className="contents">
        <GuidePage slug={slug} />
      </div>
    );
  }
  return (
    <div
      ref={root}
      className="contents"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing is set
      dangerouslySetInnerHTML={AS_IT_IS}
      suppressHydrationWarning
    />
  );
}
