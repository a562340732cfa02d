/** Draws a part of a view in its turn (`lib/figure/pacer.ts`). */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { PartProps } from '@/components/views/part';
import { pagePacer } from './frame-clock';

interface Drawn {
  readonly part: PartProps;
  readonly content: ReactNode;
}

const drawn = (part: PartProps): Drawn => ({ part, content: part.draw() });

export function PacedPart(part: PartProps): ReactNode {
  const [kept, setKept] = useState(() => drawn(part));
  let shown = kept;
  if (!sameAll(part.atOnce, kept.part.atOnce)) {
    shown = drawn(part);
    setKept(shown);
  }
  const latest = useRef(part);
  useEffect(() => {
    latest.current = part;
    const isSame = sameAll(part.of, shown.part.of);
    if (!isSame || part.t !== shown.part.t)
      pagePacer().want(take.current, isSame ? 'moment' : 'all');
  });
  const take = useRef(() => {
    flushSync(() => setKept(drawn(latest.current)));
  });
  useEffect(() => () => pagePacer().forget(take.current), []);
  return shown.content;
}

const sameAll = (a: readonly unknown[] = [], b: readonly unknown[] = []): boolean =>
  a.every((value, i) => Object.is(value, b[i]));
