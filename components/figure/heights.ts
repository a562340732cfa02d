/**
 * Figures that nobody has seen are not laid out, and a usual height stands in for theirs (`frame.css`).
 * That does for those below: for those that a reader has jumped over, by a link or with the End key, it
 * would push away what he reads once they come near. Those are laid out at once, and the page is scrolled
 * by as much as they have grown. The browser remembers heights from then on, out of sight too.
 */
import { endWhole } from '@/components/site/place';

/** Up to the beginning of any page, px. */
const ABOVE = 10_000_000;

/**
 * @param root holds figures that keep their elements
 * @returns ends it
 */
export function keepPlaces(root: ParentNode): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      const reached = entries.filter(({ isIntersecting }) => isIntersecting);
      for (const { target } of reached) observer.unobserve(target);
      layOut(reached.filter(({ boundingClientRect: { bottom } }) => bottom < 0));
    },
    { rootMargin: `${ABOVE}px 0px 0px 0px` },
  );
  const rest = (): void => afterFrame(endWhole);
  const watch = (): void => {
    for (const figure of root.querySelectorAll('.fig')) observer.observe(figure);
    rest();
  };
  if (document.readyState === 'complete') watch();
  else addEventListener('load', watch, { once: true });
  addEventListener('click', rest);
  addEventListener('hashchange', rest);
  return () => {
    removeEventListener('load', watch);
    removeEventListener('click', rest);
    removeEventListener('hashchange', rest);
    observer.disconnect();
  };
}

function layOut(above: readonly IntersectionObserverEntry[]): void {
  const last = above.at(-1);
  if (!last) return;
  const figures = above.map(({ target }) => target as HTMLElement);
  for (const { style } of figures) style.contentVisibility = 'visible';
  // Against where the frame had it that the reader sees: the browser may have laid out some since.
  const grownPx = last.target.getBoundingClientRect().bottom - last.boundingClientRect.bottom;
  scrollBy({ top: grownPx, behavior: 'instant' });
  afterFrame(() => {
    for (const { style } of figures) style.removeProperty('content-visibility');
  });
}

/** Once a frame has been made, in which the browser notes the heights of what it has laid out. */
function afterFrame(call: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(call));
}
