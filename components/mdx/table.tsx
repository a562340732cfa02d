/** A table of prose: scrolls sideways by itself, so that the page never does. */
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { Scroll } from '../views/scroll';

export function Table({ children }: ComponentPropsWithoutRef<'table'>): ReactNode {
  return (
    <Scroll label="Table" className="table-scroll">
      <table>{children}</table>
    </Scroll>
  );
}
