'use client';
/**
 * Holds the still of a comparison and, when it comes near, brings the live charts into it.
 *
 * The still stands in the server's HTML alone: it is read from disk while that is rendered, and the
 * browser keeps the markup it got, so that no second copy travels in the page's data.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Still } from '@/components/figure/still.client';
import type { ComparisonCharts } from './comparison.client';
import type { ComparisonData } from './comparison-data';

/** Near: less than one screen away. */
const MARGIN = '100% 0px';

interface Live {
  readonly Charts: typeof ComparisonCharts;
  readonly data: ComparisonData;
  readonly slots: ReadonlyMap<string, Element>;
}

/** Reads the data that the still carries and makes room for the charts in its slots. */
function takeOver(root: HTMLElement): Omit<Live, 'Charts'> | null {
  const carrier = root.querySelector<HTMLElement>('[data-comparison]');
  if (!carrier?.dataset.comparison) return null;
  const data = JSON.parse(carrier.dataset.comparison) as ComparisonData;
  const slots = new Map<string, Element>();
  for (const slot of root.querySelectorAll<HTMLElement>('[data-chart]')) {
    slots.set(slot.dataset.chart ?? '', slot);
    slot.replaceChildren();
  }
  return { data, slots };
}

export interface ComparisonMountProps {
  /** Name of the figure on its page. */
  readonly figure: string;
  readonly still: string;
  readonly caption: ReactNode;
}

export function ComparisonMount({ figure, still, caption }: ComparisonMountProps): ReactNode {
  const root = useRef<HTMLElement>(null);
  const [live, setLive] = useState<Live | null>(null);

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let left = false;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        import('./comparison.client').then(
          ({ ComparisonCharts: Charts }) => {
            const taken = left ? null : takeOver(element);
            if (taken) setLive({ Charts, ...taken });
          },
          // Without a connection the still stays, which shows the same numbers.
          () => undefined,
        );
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => {
      left = true;
      observer.disconnect();
    };
  }, []);

  return (
    <article id={figure} ref={root} className="fig" aria-labelledby={`${figure}-title`}>
      <div className="fig-frame">
        <Still still={still} caption={caption} />
      </div>
      {live && <live.Charts data={live.data} slots={live.slots} />}
    </article>
  );
}
