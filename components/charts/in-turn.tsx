/**
 * Live charts in the slots of a still, one after the other: the library takes its time for each of them,
 * and together they would keep a reader waiting who scrolls or drags.
 */
import { type ReactNode, useEffect } from 'react';
import { calm } from '@/components/figure/calm';
import type { Place } from '@/components/figure/islands';
import { drawInto } from '@/components/figure/root';

/** The place of a chart in a still. */
interface Slot {
  /** Its `data-chart`. */
  readonly chart: string;
  /** At present, px. Known beforehand, so that a chart need not be drawn twice. */
  readonly width: number;
}

/**
 * Draws what `contentOf` makes of each slot of the place, whose still leaves as its chart comes.
 *
 * @returns when all are drawn, what takes them out again
 * @throws what kept a chart from being drawn, once the place has been told
 */
export async function drawInTurn(
  { element, failed }: Pick<Place, 'element' | 'failed'>,
  contentOf: (slot: Slot) => ReactNode,
): Promise<() => void> {
  const ends: (() => void)[] = [];
  const end = (): void => {
    for (const each of ends) each();
  };
  for (const slot of element.querySelectorAll<HTMLElement>('[data-chart]')) {
    await calm();
    const content = contentOf({ chart: slot.dataset.chart ?? '', width: slot.clientWidth });
    await new Promise<void>((resolve, reject) => {
      ends.push(
        drawInto(slot, <Drawn tell={resolve}>{content}</Drawn>, (error) => {
          end();
          failed(error);
          reject(error);
        }),
      );
    });
  }
  return end;
}

/** Tells, in a task of its own, that what it holds has been drawn. */
function Drawn({
  children,
  tell,
}: {
  readonly children: ReactNode;
  readonly tell: () => void;
}): ReactNode {
  useEffect(() => {
    const timer = setTimeout(tell);
    return () => clearTimeout(timer);
  }, [tell]);
  return children;
}
