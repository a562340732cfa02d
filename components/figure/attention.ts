/** Watches the figures of a page and gives the turn to play by itself to one of them. */
import type { Figure, FigureState } from '@/lib/figure/figure';
import { turn } from '@/lib/figure/turns';
import { beforePaper } from './paper';

interface Watched {
  readonly id: string;
  readonly figure: Figure;
  /** Share of the figure in view or, if that is more, of the window that it fills. */
  visible: number;
}

/** A figure of which less than this can be seen is out of sight. */
const SEEN = 0.1;
const THRESHOLDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

const watched = new Map<Element, Watched>();
let present: string | null = null;
let observer: IntersectionObserver | undefined;
let isPrinting = false;

export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function decide(): void {
  const candidates = [...watched.values()];
  const states = candidates.map(({ id, visible, figure }) => {
    const { mode, startedBy } = figure.store.get();
    return { id, visible, mode, startedBy };
  });
  present = prefersStillness() || document.hidden || isPrinting ? null : turn(states, present);
  for (const { id, figure, visible } of candidates) {
    const { mode, startedBy } = figure.store.get();
    const outOfSight = document.hidden || visible < SEEN;
    figure.hold(outOfSight || (startedBy === 'page' && id !== present));
    if (id === present && mode === 'waiting') figure.play('page');
  }
}

function observe(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, intersectionRatio, intersectionRect, rootBounds } of entries) {
    const entry = watched.get(target);
    if (!entry) continue;
    const filled = rootBounds ? intersectionRect.height / rootBounds.height : 0;
    entry.visible = Math.max(intersectionRatio, filled);
  }
  decide();
}

/** On paper a figure that nobody has asked to play stands at its still, and not wherever it had come. */
function showStills(): void {
  isPrinting = true;
  for (const { figure } of watched.values()) figure.showStill();
  decide();
}

/**
 * Lets the page start, hold and release a figure according to what the reader sees. Watch the part
 * that moves: a tall panel below it says nothing about whether one is looking.
 *
 * @returns what ends it
 */
export function attend(id: string, figure: Figure, element: Element): () => void {
  if (!observer) {
    observer = new IntersectionObserver(observe, { threshold: THRESHOLDS });
    document.addEventListener('visibilitychange', decide);
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', decide);
    beforePaper(showStills);
    addEventListener('afterprint', () => {
      isPrinting = false;
      decide();
    });
  }
  watched.set(element, { id, figure, visible: 0 });
  observer.observe(element);
  const concerns = ({ mode, startedBy }: FigureState): string => `${mode} ${startedBy}`;
  let before = concerns(figure.store.get());
  const unsubscribe = figure.store.subscribe(() => {
    const after = concerns(figure.store.get());
    if (after === before) return;
    before = after;
    decide();
  });
  return () => {
    unsubscribe();
    observer?.unobserve(element);
    watched.delete(element);
    decide();
  };
}
