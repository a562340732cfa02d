'use client';
/** Marks in the list of contents which section is being read. */
import { useEffect } from 'react';

/** A heading counts as reached when it is in the upper third of the window. */
const READING_LINE = 0.33;

/** The last heading above the reading line; the last of all at the end of the page. */
export function currentHeading(
  headings: readonly { readonly id: string; readonly top: number }[],
  { height, atEnd }: { readonly height: number; readonly atEnd: boolean },
): string | null {
  if (atEnd) return headings.at(-1)?.id ?? null;
  return headings.findLast(({ top }) => top <= height * READING_LINE)?.id ?? null;
}

export function ContentsSpy(): null {
  useEffect(() => {
    const list = document.querySelector<HTMLElement>('[data-contents]');
    if (list === null) return;
    const links = new Map(
      [...list.querySelectorAll('a')].map((link) => [decodeURIComponent(link.hash.slice(1)), link]),
    );
    let current: HTMLAnchorElement | undefined;
    let frame = 0;

    const mark = (): void => {
      frame = 0;
      const { scrollHeight } = document.documentElement;
      const id = currentHeading(
        [...links.keys()].flatMap((each) => {
          const heading = document.getElementById(each);
          return heading === null ? [] : [{ id: each, top: heading.getBoundingClientRect().top }];
        }),
        { height: innerHeight, atEnd: scrollY > 0 && scrollY + innerHeight >= scrollHeight - 2 },
      );
      const next = id === null ? undefined : links.get(id);
      if (next === current) return;
      current?.removeAttribute('aria-current');
      next?.setAttribute('aria-current', 'true');
      current = next;
      // Within its own scrolling list only: scrollIntoView would move the page as well.
      if (next !== undefined && list.scrollHeight > list.clientHeight) {
        list.scrollTop = next.offsetTop - list.clientHeight / 2;
      }
    };
    const schedule = (): void => {
      if (frame === 0) frame = requestAnimationFrame(mark);
    };
    schedule();
    addEventListener('scroll', schedule, { passive: true });
    addEventListener('resize', schedule);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', schedule);
      removeEventListener('resize', schedule);
    };
  }, []);
  return null;
}
