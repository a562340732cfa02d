/** A root of React's in the place of a still. */
import {
  createElement,
  Fragment,
  type ReactNode,
  startTransition,
  useLayoutEffect,
  useState,
} from 'react';
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
  const drawn = createElement(Fragment, null, content, createElement(FocusKept, { element }));
  // In slices: a figure takes longer to draw for the first time than a page may be kept waiting.
  startTransition(() => root.render(drawn));
  // Later, since it may be React itself, drawing something else, that asks for it.
  return () => queueMicrotask(() => root.unmount());
}

const FOCUSABLE = 'a[href], summary, button:enabled, input:enabled, [tabindex="0"]';

/**
 * Who was in the still with the keyboard goes on in what takes its place: at what bears the same name,
 * or else at the first thing there. It is drawn last, so that the still leaves right after it has looked.
 */
function FocusKept({ element }: { readonly element: Element | DocumentFragment }): null {
  const [held] = useState(() => focusIn(element));
  useLayoutEffect(() => {
    if (held === null || document.activeElement !== document.body) return;
    const there = [...element.querySelectorAll<HTMLElement>(FOCUSABLE)];
    const next = there.filter((each) => nameOf(each) === held.name)[held.place] ?? there[0];
    next?.focus({ preventScroll: true });
    if (next) next.scrollLeft = held.leftPx;
  }, [element, held]);
  return null;
}

interface Held {
  readonly name: string;
  /** Among those of the same name. */
  readonly place: number;
  /** How far it has been scrolled. */
  readonly leftPx: number;
}

function focusIn(element: Element | DocumentFragment): Held | null {
  const focused = document.activeElement;
  if (focused === null || !element.contains(focused)) return null;
  const name = nameOf(focused);
  const alike = [...element.querySelectorAll(FOCUSABLE)].filter((each) => nameOf(each) === name);
  return { name, place: Math.max(0, alike.indexOf(focused)), leftPx: focused.scrollLeft };
}

const nameOf = (element: Element): string =>
  `${element.localName} ${element.getAttribute('aria-label') ?? element.textContent}`;
