/** Which parts of figures are worth drawing: those in view or about to be. */
import { type RefObject, useEffect, useState } from 'react';
import { beforePaper } from './paper';

const concerned = new Map<Element, (isNear: boolean) => void>();
let observer: IntersectionObserver | undefined;

function watch(element: Element, tell: (isNear: boolean) => void): () => void {
  if (!observer) {
    observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) concerned.get(target)?.(isIntersecting);
      },
      { rootMargin: '30% 0px' },
    );
    // Paper shows everything at once.
    beforePaper(() => {
      for (const each of concerned.values()) each(true);
    });
  }
  concerned.set(element, tell);
  observer.observe(element);
  return () => {
    observer?.unobserve(element);
    concerned.delete(element);
  };
}

/** Whether the element is in view or within a third of a window of it; true until that is known. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [isNear, setNear] = useState(true);
  useEffect(() => (element.current ? watch(element.current, setNear) : undefined), [element]);
  return isNear;
}
