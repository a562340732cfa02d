/** A root of React's in the place of a still. */
import { type ReactNode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import type { Place } from './islands';

/** Roots share a page: ids that React makes must differ between them. */
let roots = 0;

/** Draws into `element`, whose still leaves in the same moment; the result takes it out again. */
export function drawInto(
  element: Element | DocumentFragment,
  content: ReactNode,
  failed: Place['failed'],
): () => void {
  const root = createRoot(element, {
    onUncaughtError: failed,
    identifierPrefix: `root-${++roots}-`,
  });
  // In slices: a figure takes longer to draw for the first time than a page may be kept waiting.
  startTransition(() => root.render(content));
  // Later, since it may be React itself, drawing something else, that asks for it.
  return () => queueMicrotask(() => root.unmount());
}
