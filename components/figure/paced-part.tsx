/** Draws a part of a view in its turn (`lib/figure/pacer.ts`). */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PartProps } from '@/components/views/part';
import { pagePacer } from './frame-clock';

export function PacedPart({ draw, of }: PartProps): ReactNode {
  const [content, setContent] = useState(draw);
  const latest = useRef({ draw, of });
  const drawnOf = useRef(of);
  useEffect(() => {
    latest.current = { draw, of };
    if (!sameAll(of, drawnOf.current)) pagePacer().want(take.current);
  });
  const take = useRef(() => {
    drawnOf.current = latest.current.of;
    flushSync(() => setContent(latest.current.draw()));
  });
  useEffect(() => () => pagePacer().forget(take.current), []);
  return content;
}

const sameAll = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.every((value, i) => Object.is(value, b[i]));
